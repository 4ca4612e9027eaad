package import CoupletCore

extension DefaultMappings {
    /// CONTACT: persons of the ERP's companies and contacts of the CRM's accounts.
    package static func contact(erp: String, crm: String) -> TableMapping {
        TableMapping(
            name: "CONTACT",
            erp: TableMapping.Table(
                connection: erp,
                table: "contacts",
                idField: "id",
                keyField: "number",
                nameField: "displayName",
                modifiedField: "lastModifiedDateTime",
                filter: .all([equal("type", .text("Person")), .not(.blank(field: "companyNumber"))]),
                template: [
                    TableMapping.TemplateValue(field: FieldMapping.Field("type", .option), value: .text("Person"))
                ]
            ),
            crm: TableMapping.Table(
                connection: crm,
                table: "contacts",
                idField: "contactid",
                keyField: nil,
                nameField: "fullname",
                filter: .all([active, equal("\(parent)@\(tableOfLookup)", .text("account"))]),
                absorbedBy: "_masterid_value"
            ),
            direction: .bidirectional,
            fields: [
                name, company,
                text("addressLine1", 100, "address1_line1", 250),
                text("addressLine2", 50, "address1_line2", 250),
                code("postalCode", 20, "address1_postalcode", 20),
                text("city", 30, "address1_city", 80),
                text("state", 30, "address1_stateorprovince", 50),
                code("country", 10, "address1_country", 80),
                text("email", 80, "emailaddress1", 100),
                text("website", 255, "websiteurl", 200),
                text("phoneNumber", 30, "telephone1", 50),
                text("mobilePhoneNumber", 30, "mobilephone", 50),
            ],
            matchRules: [
                rule(0, ("email", "emailaddress1")),
                rule(1, ("displayName", "fullname"), ("companyName", "\(parent)@\(nameOfLookup)")),
            ],
            onlyCoupled: true
        )
    }

    private static let parent = "_parentcustomerid_value"
    /// What the CRM says about a lookup: the table that its record is in.
    private static let tableOfLookup = "Microsoft.Dynamics.CRM.lookuplogicalname"
    /// What the CRM says about a lookup: the name of its record.
    private static let nameOfLookup = "OData.Community.Display.V1.FormattedValue"

    /// The CRM puts the whole name together by itself.
    private static var name: FieldMapping {
        FieldMapping(
            erp: FieldMapping.Field("displayName", .text(maximum: 100)),
            crm: FieldMapping.Field(
                "fullname",
                .personName(first: "firstname", last: "lastname", maximum: 50)
            ),
            direction: .bidirectional
        )
    }

    /// The ERP's contact names its company's contact, which the customer or the vendor has; the CRM's names the account.
    private static var company: FieldMapping {
        FieldMapping(
            erp: FieldMapping.Field("companyNumber", .code(maximum: 20)),
            crm: FieldMapping.Field(parent, .reference(table: "accounts", property: "parentcustomerid_account")),
            direction: .bidirectional,
            reference: FieldMapping.Reference(
                mapping: "CUSTOMER",
                erpHoldsKey: true,
                required: true,
                path: ReferencePath(
                    others: ["VENDOR"],
                    erpKeys: ReferencePath.KeyTable(
                        table: "contactsInformation",
                        idField: "relatedId",
                        keyField: "contactNumber",
                        filter: equal("contactType", .text("Company"))
                    )
                ),
                isParent: true
            )
        )
    }
}
