extension DataverseTable {
    /// Companies and persons that one does business with.
    static let account = DataverseTable(
        name: "account",
        set: "accounts",
        nameAttribute: "name",
        permissions: .all,
        columns: accountHead + accountTexts + accountAddresses + accountChoices + accountSystem
    )

    private static let accountHead: [DataverseColumn] = [
        DataverseColumn("accountid", .guid, .create),
        DataverseColumn("name", .text(160)),
        DataverseColumn("accountnumber", .text(20)),
        DataverseColumn("accountcategorycode", .choice(options("PreferredCustomer", "Standard"))),
        DataverseColumn(
            "customertypecode",
            .choice(
                options(
                    "Competitor",
                    "Consultant",
                    "Customer",
                    "Investor",
                    "Partner",
                    "Influencer",
                    "Press",
                    "Prospect",
                    "Reseller",
                    "Supplier",
                    "Vendor",
                    "Other"
                )
            )
        ),
        DataverseColumn("primarycontactid", .lookup(["contact"])),
        DataverseColumn("parentaccountid", .lookup(["account"])),
        DataverseColumn("defaultpricelevelid", .lookup(["pricelevel"])),
        DataverseColumn("transactioncurrencyid", .lookup(["transactioncurrency"])),
        DataverseColumn("exchangerate", .decimal(10), .never),
        DataverseColumn("creditlimit", .money),
        DataverseColumn("creditlimit_base", .money, .never),
        DataverseColumn("creditonhold", .boolean, initial: "false"),
        DataverseColumn("revenue", .money),
        DataverseColumn("numberofemployees", .integer),
        DataverseColumn("description", .text(2000)),
    ]

    private static let accountTexts: [DataverseColumn] = [
        DataverseColumn("websiteurl", .text(200)),
        DataverseColumn("emailaddress1", .text(100)),
        DataverseColumn("emailaddress2", .text(100)),
        DataverseColumn("telephone1", .text(50)),
        DataverseColumn("telephone2", .text(50)),
        DataverseColumn("fax", .text(50)),
    ]

    private static let accountAddresses: [DataverseColumn] = [
        DataverseColumn("address1_line1", .text(250)),
        DataverseColumn("address1_line2", .text(250)),
        DataverseColumn("address1_line3", .text(250)),
        DataverseColumn("address1_city", .text(80)),
        DataverseColumn("address1_stateorprovince", .text(50)),
        DataverseColumn("address1_postalcode", .text(20)),
        DataverseColumn("address1_country", .text(80)),
        DataverseColumn("address1_name", .text(200)),
        DataverseColumn("address1_telephone1", .text(50)),
        DataverseColumn("address1_latitude", .decimal(5)),
        DataverseColumn("address1_longitude", .decimal(5)),
        DataverseColumn("address1_freighttermscode", .choice(options("FOB", "No Charge"))),
        DataverseColumn(
            "address1_shippingmethodcode",
            .choice(options("Airborne", "DHL", "FedEx", "UPS", "Postal Mail", "Full Load", "Will Call"))
        ),
        DataverseColumn("address2_line1", .text(250)),
        DataverseColumn("address2_line2", .text(250)),
        DataverseColumn("address2_city", .text(80)),
        DataverseColumn("address2_stateorprovince", .text(50)),
        DataverseColumn("address2_postalcode", .text(20)),
        DataverseColumn("address2_country", .text(80)),
    ]

    private static let accountChoices: [DataverseColumn] = [
        DataverseColumn("paymenttermscode", .choice(options("Net 30", "2% 10, Net 30", "Net 45", "Net 60"))),
        DataverseColumn("industrycode", .choice(industries)),
        DataverseColumn("ownershipcode", .choice(options("Public", "Private", "Subsidiary", "Other"))),
        DataverseColumn(
            "preferredcontactmethodcode",
            .choice(options("Any", "Email", "Phone", "Fax", "Mail")),
            initial: "1"
        ),
        DataverseColumn("donotemail", .boolean, initial: "false"),
    ]

    private static let accountSystem: [DataverseColumn] = [
        DataverseColumn("ownerid", .lookup(["systemuser", "team"])),
        DataverseColumn("owningbusinessunit", .lookup(["businessunit"]), .never),
        DataverseColumn("owninguser", .lookup(["systemuser"]), .never),
        DataverseColumn("owningteam", .lookup(["team"]), .never),
        DataverseColumn("createdon", .dateTime, .never),
        DataverseColumn("createdby", .lookup(["systemuser"]), .never),
        DataverseColumn("modifiedon", .dateTime, .never),
        DataverseColumn("modifiedby", .lookup(["systemuser"]), .never),
        DataverseColumn("versionnumber", .bigInteger, .never),
        DataverseColumn("overriddencreatedon", .dateTime, .create),
        DataverseColumn("importsequencenumber", .integer, .create),
        DataverseColumn("timezoneruleversionnumber", .integer),
        DataverseColumn("statecode", .state(activeOrInactive), .update, initial: "0"),
        DataverseColumn("statuscode", .status(statusOptions, states: [1: 0, 2: 1]), initial: "1"),
    ]

    private static let industries = options(
        "Accounting",
        "Agriculture and Non-petrol Natural Resource Extraction",
        "Broadcasting Printing and Publishing",
        "Brokers",
        "Building Supply Retail",
        "Business Services",
        "Consulting",
        "Consumer Services",
        "Design, Direction and Creative Management",
        "Distributors, Dispatchers and Processors",
        "Doctor's Offices and Clinics",
        "Durable Manufacturing",
        "Eating and Drinking Places",
        "Entertainment Retail",
        "Equipment Rental and Leasing",
        "Financial",
        "Food and Tobacco Processing",
        "Inbound Capital Intensive Processing",
        "Inbound Repair and Services",
        "Insurance",
        "Legal Services",
        "Non-Durable Merchandise Retail",
        "Outbound Consumer Service",
        "Petrochemical Extraction and Distribution",
        "Service Retail",
        "SIG Affiliations",
        "Social Services",
        "Special Outbound Trade Contractors",
        "Specialty Realty",
        "Transportation",
        "Utility Creation and Distribution",
        "Vehicle Retail",
        "Wholesale"
    )

    static let activeOrInactive = [
        DataverseOption(value: 0, label: "Active"), DataverseOption(value: 1, label: "Inactive"),
    ]

    static let statusOptions = options("Active", "Inactive")

    /// Options numbered from one.
    static func options(_ labels: String...) -> [DataverseOption] {
        labels.enumerated().map { DataverseOption(value: $0.offset + 1, label: $0.element) }
    }
}
