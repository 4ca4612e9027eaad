package import CoupletCore

extension DefaultMappings {
    /// CUSTOMER: customers of the ERP and accounts of the CRM that are customers.
    package static func customer(erp: String, crm: String) -> TableMapping {
        account(
            "CUSTOMER",
            "customers",
            type: .number("3"),
            fields: address + [
                number, currency, paymentTerms, shipmentMethod, amount("creditLimit", "creditlimit"), salesperson,
            ],
            BySide(erp: erp, crm: crm)
        )
    }

    /// VENDOR: vendors of the ERP and accounts of the CRM that are vendors.
    package static func vendor(erp: String, crm: String) -> TableMapping {
        account(
            "VENDOR",
            "vendors",
            type: .number("11"),
            fields: address + [number, currency, paymentTerms],
            BySide(erp: erp, crm: crm)
        )
    }

    /// A table of the ERP against the accounts of one relationship type.
    private static func account(
        _ name: String,
        _ table: String,
        type: Value,
        fields: [FieldMapping],
        _ connections: BySide<String>
    ) -> TableMapping {
        TableMapping(
            name: name,
            erp: TableMapping.Table(
                connection: connections.erp,
                table: table,
                idField: "id",
                keyField: "number",
                nameField: "displayName",
                modifiedField: "lastModifiedDateTime",
                filter: notBlocked
            ),
            crm: TableMapping.Table(
                connection: connections.crm,
                table: "accounts",
                idField: "accountid",
                keyField: "accountnumber",
                nameField: "name",
                filter: .all([active, equal("customertypecode", type)]),
                template: [
                    TableMapping.TemplateValue(field: FieldMapping.Field("customertypecode", .option), value: type)
                ],
                absorbedBy: "_masterid_value"
            ),
            direction: .bidirectional,
            fields: fields,
            matchRules: [
                rule(0, ("number", "accountnumber")),
                rule(1, ("displayName", "name"), ("city", "address1_city")),
            ],
            onlyCoupled: true
        )
    }

    private static var address: [FieldMapping] {
        [
            text("displayName", 100, "name", 160),
            text("addressLine1", 100, "address1_line1", 250),
            text("addressLine2", 50, "address1_line2", 250),
            code("postalCode", 20, "address1_postalcode", 20),
            text("city", 30, "address1_city", 80),
            text("state", 30, "address1_stateorprovince", 50),
            text("email", 80, "emailaddress1", 100),
            text("website", 255, "websiteurl", 200),
            text("phoneNumber", 30, "telephone1", 50),
            code("country", 10, "address1_country", 80),
        ]
    }

    private static var number: FieldMapping { code("number", 20, "accountnumber", 20, .toIntegrationTable) }

    /// Without its owner an account would belong to whoever created it.
    private static var salesperson: FieldMapping {
        FieldMapping(
            erp: FieldMapping.Field("salespersonCode", .code(maximum: 20)),
            crm: FieldMapping.Field("_ownerid_value", .reference(table: "systemusers", property: "ownerid")),
            direction: .toIntegrationTable,
            reference: FieldMapping.Reference(mapping: "SALESPEOPLE", erpHoldsKey: true, required: true),
            keepTargetWhenBlank: true
        )
    }

    /// The ERP has no record of its own currency, but shows its code: the CRM's currency with that code is meant.
    private static var currency: FieldMapping {
        FieldMapping(
            erp: FieldMapping.Field("currencyCode", .code(maximum: 10)),
            crm: FieldMapping.Field(
                "_transactioncurrencyid_value",
                .reference(table: "transactioncurrencies", property: "transactioncurrencyid")
            ),
            direction: .bidirectional,
            reference: FieldMapping.Reference(
                mapping: "CURRENCY",
                erpHoldsKey: true,
                required: false,
                path: ReferencePath(
                    sharedKeys: ReferencePath.KeyTable(
                        table: "transactioncurrencies",
                        idField: "transactioncurrencyid",
                        keyField: "isocurrencycode"
                    )
                )
            ),
            keepTargetWhenBlank: true
        )
    }

    private static var paymentTerms: FieldMapping {
        choice("paymentTermsId", "paymentTerms", "paymenttermscode", mapping: "PAYMENT TERMS")
    }

    private static var shipmentMethod: FieldMapping {
        choice("shipmentMethodId", "shipmentMethods", "address1_freighttermscode", mapping: "SHIPMENT METHOD")
    }

    /// A record of the ERP against a choice: both are coupled by a mapping of their own.
    private static func choice(_ erp: String, _ table: String, _ crm: String, mapping: String) -> FieldMapping {
        FieldMapping(
            erp: FieldMapping.Field(erp, .reference(table: table, property: "")),
            crm: FieldMapping.Field(crm, .option),
            direction: .bidirectional,
            reference: FieldMapping.Reference(mapping: mapping, erpHoldsKey: false, required: false)
        )
    }
}
