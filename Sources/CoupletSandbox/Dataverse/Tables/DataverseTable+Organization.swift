extension DataverseTable {
    /// The people and applications that work in the environment.
    ///
    /// They come from the directory, so the API creates none.
    static let systemUser = DataverseTable(
        name: "systemuser",
        set: "systemusers",
        nameAttribute: "fullname",
        permissions: .update,
        columns: [
            DataverseColumn("systemuserid", .guid, .create),
            DataverseColumn("domainname", .text(250)),
            DataverseColumn("fullname", .text(200), .never),
            DataverseColumn("firstname", .text(64)),
            DataverseColumn("lastname", .text(64)),
            DataverseColumn("internalemailaddress", .text(100)),
            DataverseColumn("isdisabled", .boolean, .never, initial: "false"),
            DataverseColumn("islicensed", .boolean, initial: "false"),
            DataverseColumn("accessmode", .choice(accessModes), initial: "0"),
            DataverseColumn("businessunitid", .lookup(["businessunit"]), .never),
            DataverseColumn("mobilephone", .text(64)),
            DataverseColumn("jobtitle", .text(100)),
            DataverseColumn("address1_telephone1", .text(64)),
            DataverseColumn("isintegrationuser", .boolean, initial: "false"),
            DataverseColumn("applicationid", .guid, .create),
            DataverseColumn("invitestatuscode", .choice(inviteStatuses)),
            DataverseColumn("createdon", .dateTime, .never),
            DataverseColumn("modifiedon", .dateTime, .never),
            DataverseColumn("versionnumber", .bigInteger, .never),
        ]
    )

    /// The currencies of the organization, which its administrators keep.
    static let transactionCurrency = DataverseTable(
        name: "transactioncurrency",
        set: "transactioncurrencies",
        nameAttribute: "currencyname",
        permissions: [],
        columns: [
            DataverseColumn("transactioncurrencyid", .guid, .create),
            DataverseColumn("isocurrencycode", .text(5), .create),
            DataverseColumn("currencyname", .text(100)),
            DataverseColumn("currencysymbol", .text(10)),
            DataverseColumn("currencyprecision", .integer, initial: "2"),
            DataverseColumn("exchangerate", .decimal(10), initial: "1.0"),
            DataverseColumn("createdon", .dateTime, .never),
            DataverseColumn("modifiedon", .dateTime, .never),
            DataverseColumn("versionnumber", .bigInteger, .never),
            DataverseColumn("statecode", .state(activeOrInactive), .update, initial: "0"),
            DataverseColumn("statuscode", .status(statusOptions, states: [1: 0, 2: 1]), initial: "1"),
        ]
    )

    private static let accessModes = numbered(
        ["Read-Write", "Administrative", "Read", "Support User", "Non-interactive"]
    )

    private static let inviteStatuses = numbered([
        "Invitation Not Sent", "Invited", "Invitation Near Expired", "Invitation Expired", "Invitation Accepted",
        "Invitation Rejected", "Invitation Revoked",
    ])

    /// Options numbered from zero.
    private static func numbered(_ labels: [String]) -> [DataverseOption] {
        labels.enumerated().map { DataverseOption(value: $0.offset, label: $0.element) }
    }
}
