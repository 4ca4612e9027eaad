/// One bad week at Fyrholm Trading: a record of every kind of trouble, as users of both systems make it.
///
/// The edits follow a first synchronization, after which everything is in sync but two accounts of the same name, which
/// are in question from the beginning.
package enum DemoTroubles {
    /// What a user of one of the systems does.
    package struct Edit: Sendable {
        /// Whether it happens in the ERP; otherwise in the CRM.
        package let isERP: Bool
        /// The entity set.
        package let entitySet: String
        /// The property by whose text the record is found; nil for a record that is new.
        package let found: (property: String, text: String)?
        /// The properties to set; nil to delete the record.
        package let members: [SandboxJSON.Member]?
    }

    /// The account that is made in the ERP while the ERP's answer is lost.
    package static let unanswered = "5eed0000-0000-4000-8000-00000000000c"

    /// What goes wrong while it is made, as `/_sandbox/faults` of the ERP takes it: the answer is lost, and so that nobody
    /// can be sure afterwards, the ERP writes addresses of pages in small letters.
    package static let lostAnswer = SandboxJSON.members([
        "faults": .array([
            .members(["fault": .string("dropAfter"), "method": .string("POST"), "path": .string("$batch")])
        ]),
        "changes": .array([
            .members([
                "entitySet": .string("customers"), "field": .string("website"), "change": .string("lowerCase"),
            ])
        ]),
    ])

    /// The customers by their trouble, as commands name them.
    package static let customers: KeyValuePairs<String, String> = [
        "conflict": "10000", "tooLong": "10010", "unmappedOption": "10020", "waiting": "10030", "drift": "10040",
        "outOfScope": "10050", "erpDeleted": "10060", "crmDeleted": "10070", "unresolvableReference": "10080",
        "question": "10110", "merged": "10090", "unconfirmed": "crm:\(unanswered)",
    ]

    /// The edits, in their order.
    package static var edits: [Edit] {
        let long = Array(repeating: "Harrow & Pike Chandlers", count: 6).joined(separator: ", ")
        return [
            customer("10000", ["phoneNumber": .string("+46 8 555 01 23")]),
            account("10000", ["telephone1": .string("+44 20 5550 0789")]),
            account("10010", ["name": .string(long)]),
            // A choice of the CRM for which the ERP has no payment terms.
            account("10020", ["paymenttermscode": .number("2")]),
            Edit(
                isERP: true,
                entitySet: "salespeoplePurchasers",
                found: nil,
                members: members([
                    "id": .string("5eed0000-0000-4000-8000-000000000001"), "code": .string("NY"),
                    "displayName": .string("Nyman Yrsa"), "email": .string("yrsa.nyman@fyrholm.example"),
                ])
            ), customer("10030", ["salespersonCode": .string("NY"), "phoneNumber": .string("+44 1584 555 099")]),
            customer("10050", ["blocked": .string("All")]),
            Edit(isERP: true, entitySet: "customers", found: ("number", "10060"), members: nil),
            Edit(isERP: false, entitySet: "accounts", found: ("accountnumber", "10070"), members: nil),
            Edit(
                isERP: true,
                entitySet: "currencies",
                found: nil,
                members: members([
                    "id": .string("5eed0000-0000-4000-8000-000000000002"), "code": .string("NOK"),
                    "displayName": .string("Norwegian krone"),
                ])
            ), customer("10080", ["currencyCode": .string("NOK")]),
            // Somebody merges an account into another one.
            Edit(
                isERP: false,
                entitySet: "accounts",
                found: nil,
                members: members([
                    "accountid": .string("5eed0000-0000-4000-8000-00000000000b"),
                    "name": .string("Copperfield Group plc"), "address1_city": .string("Sheffield"),
                    "customertypecode": .number("3"), "statecode": .number("0"), "statuscode": .number("1"),
                ])
            ),
            account(
                "10090",
                [
                    "_masterid_value": .string("5eed0000-0000-4000-8000-00000000000b"), "merged": .boolean(true),
                    "statecode": .number("1"), "statuscode": .number("2"),
                ]
            ),
            // Another choice, which the CRM gets only once somebody approves it.
            Edit(
                isERP: true,
                entitySet: "paymentTerms",
                found: nil,
                members: members([
                    "id": .string("5eed0000-0000-4000-8000-000000000003"), "code": .string("NET 90"),
                    "dueDateCalculation": .string("90D"),
                ])
            ),
        ]
    }

    /// What is edited once everything was read anew, which would put it back.
    package static var lateEdits: [Edit] {
        [
            account("10040", ["accountnumber": .string("OLD-1")]),
            Edit(
                isERP: false,
                entitySet: "accounts",
                found: nil,
                members: members([
                    "accountid": .string(unanswered), "name": .string("Quayside Rope & Tackle Ltd"),
                    "address1_city": .string("Whitby"), "websiteurl": .string("https://Quayside-Rope.example"),
                    "customertypecode": .number("3"), "statecode": .number("0"), "statuscode": .number("1"),
                ])
            ),
        ]
    }

    private static func customer(_ number: String, _ properties: KeyValuePairs<String, SandboxJSON>) -> Edit {
        Edit(isERP: true, entitySet: "customers", found: ("number", number), members: members(properties))
    }

    private static func account(_ number: String, _ properties: KeyValuePairs<String, SandboxJSON>) -> Edit {
        Edit(isERP: false, entitySet: "accounts", found: ("accountnumber", number), members: members(properties))
    }

    private static func members(_ properties: KeyValuePairs<String, SandboxJSON>) -> [SandboxJSON.Member] {
        properties.map { SandboxJSON.Member(name: $0.key, value: $0.value) }
    }
}
