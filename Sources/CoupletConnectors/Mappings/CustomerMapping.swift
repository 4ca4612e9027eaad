package import CoupletCore

extension DefaultMappings {
    /// CUSTOMER: customers of the ERP and accounts of the CRM that are customers.
    package static func customer(erp: String, crm: String) -> TableMapping {
        TableMapping(
            name: "CUSTOMER",
            erp: TableMapping.Table(
                connection: erp,
                table: "customers",
                idField: "id",
                keyField: "number",
                nameField: "displayName",
                modifiedField: "lastModifiedDateTime",
                filter: .compare(field: "blocked", .equal, .text("_x0020_"))
            ),
            crm: TableMapping.Table(
                connection: crm,
                table: "accounts",
                idField: "accountid",
                keyField: "accountnumber",
                nameField: "name",
                filter: .all([
                    .compare(field: "statecode", .equal, .number("0")),
                    .compare(field: "customertypecode", .equal, customerType),
                ]),
                template: [
                    TableMapping.TemplateValue(
                        field: FieldMapping.Field("customertypecode", .option),
                        value: customerType
                    )
                ]
            ),
            direction: .bidirectional,
            fields: texts + [country, number, salesperson],
            matchRules: [
                MatchRule(pairs: [MatchRule.Pair(erp: "number", crm: "accountnumber")], priority: 0),
                MatchRule(
                    pairs: [
                        MatchRule.Pair(erp: "displayName", crm: "name"),
                        MatchRule.Pair(erp: "city", crm: "address1_city"),
                    ],
                    priority: 1
                ),
            ],
            onlyCoupled: true
        )
    }

    /// The choice "Customer" of an account's relationship type.
    private static let customerType = Value.number("3")

    private static var texts: [FieldMapping] {
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
        ]
    }

    private static var country: FieldMapping { code("country", 10, "address1_country", 80) }

    private static var number: FieldMapping {
        FieldMapping(
            erp: FieldMapping.Field("number", .code(maximum: 20)),
            crm: FieldMapping.Field("accountnumber", .text(maximum: 20)),
            direction: .toIntegrationTable
        )
    }

    private static var salesperson: FieldMapping {
        FieldMapping(
            erp: FieldMapping.Field("salespersonCode", .code(maximum: 20)),
            crm: FieldMapping.Field("_ownerid_value", .reference(table: "systemusers", property: "ownerid")),
            direction: .toIntegrationTable,
            reference: FieldMapping.Reference(mapping: "SALESPEOPLE", erpHoldsKey: true, required: true),
            keepTargetWhenBlank: true
        )
    }

    private static func text(_ erp: String, _ erpMaximum: Int, _ crm: String, _ crmMaximum: Int) -> FieldMapping {
        FieldMapping(
            erp: FieldMapping.Field(erp, .text(maximum: erpMaximum)),
            crm: FieldMapping.Field(crm, .text(maximum: crmMaximum)),
            direction: .bidirectional
        )
    }

    private static func code(_ erp: String, _ erpMaximum: Int, _ crm: String, _ crmMaximum: Int) -> FieldMapping {
        FieldMapping(
            erp: FieldMapping.Field(erp, .code(maximum: erpMaximum)),
            crm: FieldMapping.Field(crm, .text(maximum: crmMaximum)),
            direction: .bidirectional
        )
    }
}
