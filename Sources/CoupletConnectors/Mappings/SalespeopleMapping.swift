package import CoupletCore

extension DefaultMappings {
    /// SALESPEOPLE: users of the CRM become salespeople of the ERP.
    package static func salespeople(erp: String, crm: String) -> TableMapping {
        TableMapping(
            name: "SALESPEOPLE",
            erp: TableMapping.Table(
                connection: erp,
                table: "salespeoplePurchasers",
                idField: "id",
                keyField: "code",
                nameField: "displayName",
                modifiedField: "lastModifiedDateTime",
                keyPattern: TableMapping.KeyPattern(prefix: "SP-", digits: 5)
            ),
            crm: TableMapping.Table(
                connection: crm,
                table: "systemusers",
                idField: "systemuserid",
                keyField: nil,
                nameField: "fullname",
                filter: people
            ),
            direction: .fromIntegrationTable,
            fields: [
                field("email", 80, "internalemailaddress", 100),
                field("displayName", 50, "fullname", 200),
                field("phoneNo", 30, "mobilephone", 64),
            ],
            matchRules: [MatchRule(pairs: [MatchRule.Pair(erp: "email", crm: "internalemailaddress")])],
            onlyCoupled: true
        )
    }

    /// Users who are people at work: what is not known counts as no, so only a licence must be stated.
    private static var people: RecordFilter {
        .all([
            .not(.compare(field: "isdisabled", .equal, .boolean(true))),
            .compare(field: "islicensed", .equal, .boolean(true)),
            .not(.compare(field: "isintegrationuser", .equal, .boolean(true))),
        ])
    }

    private static func field(_ erp: String, _ erpMaximum: Int, _ crm: String, _ crmMaximum: Int) -> FieldMapping {
        FieldMapping(
            erp: FieldMapping.Field(erp, .text(maximum: erpMaximum)),
            crm: FieldMapping.Field(crm, .text(maximum: crmMaximum)),
            direction: .fromIntegrationTable
        )
    }
}
