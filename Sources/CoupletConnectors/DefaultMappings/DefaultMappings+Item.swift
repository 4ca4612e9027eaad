package import CoupletCore

extension DefaultMappings {
    /// ITEM-PRODUCT: items of the ERP and products of the CRM that are kept in stock.
    package static func item(erp: String, crm: String) -> TableMapping {
        TableMapping(
            name: "ITEM-PRODUCT",
            erp: TableMapping.Table(
                connection: erp,
                table: "items",
                idField: "id",
                keyField: "number",
                nameField: "displayName",
                modifiedField: "lastModifiedDateTime",
                filter: equal("blocked", .boolean(false))
            ),
            crm: TableMapping.Table(
                connection: crm,
                table: "products",
                idField: "productid",
                keyField: "productnumber",
                nameField: "name",
                filter: .all([notRetired, equal("producttypecode", inventory)]),
                template: [
                    TableMapping.TemplateValue(
                        field: FieldMapping.Field("producttypecode", .option),
                        value: inventory
                    ),
                    TableMapping.TemplateValue(
                        field: FieldMapping.Field("quantitydecimal", .integer),
                        value: .number("2")
                    ),
                ]
            ),
            direction: .bidirectional,
            fields: [
                code("number", 20, "productnumber", 100, .toIntegrationTable),
                text("displayName", 100, "name", 100),
                amount("unitPrice", "price"), amount("unitCost", "standardcost"), amount("unitCost", "currentcost"),
                amount("inventory", "quantityonhand"), unitGroup, unit,
            ],
            matchRules: [rule(0, ("number", "productnumber"))],
            onlyCoupled: true
        )
    }

    /// The choice "Sales Inventory" of a product's type.
    private static let inventory = Value.number("1")

    /// A product is a draft until somebody publishes it, and belongs to its item all the same.
    private static let notRetired = RecordFilter.compare(field: "statecode", .notEqual, .number("1"))

    /// No product can do without its units, so an item without one is told by its field and not by the CRM's refusal.
    private static var unitGroup: FieldMapping {
        FieldMapping(
            erp: FieldMapping.Field("baseUnitOfMeasureCode", .code(maximum: 10)),
            crm: FieldMapping.Field(
                "_defaultuomscheduleid_value",
                .reference(table: "uomschedules", property: "defaultuomscheduleid")
            ),
            direction: .bidirectional,
            reference: FieldMapping.Reference(mapping: "UNIT OF MEASURE", erpHoldsKey: true, required: true),
            needsValue: true
        )
    }

    /// The one unit of the unit group, which the CRM makes together with the group.
    private static var unit: FieldMapping {
        FieldMapping(
            erp: FieldMapping.Field("baseUnitOfMeasureCode", .code(maximum: 10)),
            crm: FieldMapping.Field("_defaultuomid_value", .reference(table: "uoms", property: "defaultuomid")),
            direction: .toIntegrationTable,
            reference: FieldMapping.Reference(
                mapping: "UNIT OF MEASURE",
                erpHoldsKey: true,
                required: true,
                path: ReferencePath(
                    crmKeys: ReferencePath.KeyTable(
                        table: "uoms",
                        idField: "_uomscheduleid_value",
                        keyField: "uomid",
                        filter: equal("isschedulebaseuom", .boolean(true))
                    )
                )
            )
        )
    }
}
