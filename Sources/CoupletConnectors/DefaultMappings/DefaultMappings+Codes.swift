package import CoupletCore

extension DefaultMappings {
    /// CURRENCY: currencies of the ERP and of the CRM, which has them from its administrator.
    package static func currency(erp: String, crm: String) -> TableMapping {
        TableMapping(
            name: "CURRENCY",
            erp: codes("currencies", erp),
            crm: TableMapping.Table(
                connection: crm,
                table: "transactioncurrencies",
                idField: "transactioncurrencyid",
                keyField: "isocurrencycode",
                nameField: "currencyname",
                admitsCreates: false
            ),
            direction: .toIntegrationTable,
            fields: [
                code("code", 10, "isocurrencycode", 5, .toIntegrationTable),
                keepingBlank(text("symbol", 10, "currencysymbol", 10, .toIntegrationTable)),
                keepingBlank(text("displayName", 30, "currencyname", 100, .toIntegrationTable)),
            ],
            matchRules: [rule(0, ("code", "isocurrencycode"))],
            onlyCoupled: true,
            isShared: true
        )
    }

    /// PAYMENT TERMS: payment terms of the ERP and the choices of an account's payment terms.
    package static func paymentTerms(erp: String, crm: String) -> TableMapping {
        choices("PAYMENT TERMS", codes("paymentTerms", erp), "account.paymenttermscode", crm)
    }

    /// SHIPMENT METHOD: shipment methods of the ERP and the choices of an account's freight terms.
    package static func shipmentMethod(erp: String, crm: String) -> TableMapping {
        choices("SHIPMENT METHOD", codes("shipmentMethods", erp), "account.address1_freighttermscode", crm)
    }

    /// UNIT OF MEASURE: units of the ERP and unit groups of the CRM that are named after their one unit.
    package static func unitOfMeasure(erp: String, crm: String) -> TableMapping {
        TableMapping(
            name: "UNIT OF MEASURE",
            erp: codes("unitsOfMeasure", erp),
            crm: TableMapping.Table(
                connection: crm,
                table: "uomschedules",
                idField: "uomscheduleid",
                keyField: "baseuomname",
                nameField: "name"
            ),
            direction: .toIntegrationTable,
            fields: [
                code("code", 10, "baseuomname", 100, .toIntegrationTable),
                code("code", 10, "name", 200, .toIntegrationTable),
            ],
            matchRules: [rule(0, ("code", "baseuomname"))],
            onlyCoupled: true,
            isShared: true
        )
    }

    /// A table of the ERP whose records have a code and a name.
    private static func codes(_ table: String, _ connection: String) -> TableMapping.Table {
        TableMapping.Table(
            connection: connection,
            table: table,
            idField: "id",
            keyField: "code",
            nameField: "displayName",
            modifiedField: "lastModifiedDateTime"
        )
    }

    /// Codes of the ERP against the choices of a column, which belong to the definition of its table.
    private static func choices(
        _ name: String,
        _ erp: TableMapping.Table,
        _ column: String,
        _ crm: String
    ) -> TableMapping {
        TableMapping(
            name: name,
            erp: erp,
            crm: TableMapping.Table(
                connection: crm,
                table: column,
                idField: "value",
                keyField: "label",
                nameField: "label",
                admitsCreates: false
            ),
            direction: .toIntegrationTable,
            fields: [code("code", 10, "label", 0, .toIntegrationTable)],
            matchRules: [rule(0, ("code", "label"))],
            onlyCoupled: true,
            isShared: true
        )
    }

    private static func keepingBlank(_ field: FieldMapping) -> FieldMapping {
        var field = field
        field.keepTargetWhenBlank = true
        return field
    }
}
