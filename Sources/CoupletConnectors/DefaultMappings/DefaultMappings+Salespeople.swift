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
                text("email", 80, "internalemailaddress", 100, .fromIntegrationTable),
                text("displayName", 50, "fullname", 200, .fromIntegrationTable),
                text("phoneNo", 30, "mobilephone", 64, .fromIntegrationTable),
                disabled(text("jobTitle", 30, "jobtitle", 100, .fromIntegrationTable)),
            ],
            matchRules: [rule(0, ("email", "internalemailaddress"))],
            onlyCoupled: true,
            isShared: true
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

    /// A field that takes part only when a person enables it.
    private static func disabled(_ field: FieldMapping) -> FieldMapping {
        var field = field
        field.enabled = false
        return field
    }
}
