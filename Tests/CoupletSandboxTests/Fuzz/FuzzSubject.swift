@testable import CoupletSandbox

/// A stand-in and the requests that it is tried with.
struct FuzzSubject<Machine: SandboxMachine> {
    /// The stand-in as every stretch of requests finds it.
    let machine: Machine
    /// Requests that are right.
    let requests: [FuzzRequest]
    /// The words that requests are made up of.
    let words: FuzzGrammar.Words
    /// Where the sets are.
    let root: String
    /// The address of batches.
    let batch: String

    /// A request of its words in any arrangement.
    func madeUp(_ grammar: inout FuzzGrammar) -> FuzzRequest {
        let set = grammar.pick(words.sets)
        let key: String
        switch grammar.number(6) {
        case 0: key = "(\(grammar.literal()))"
        case 1: key = "(\(grammar.pick(words.properties))=\(grammar.literal()))"
        case 2: key = "(f2a5738a-44e3-4a11-bb43-000d3a2feca1)"
        default: key = ""
        }
        var target = root + set + key
        if grammar.chance(4) {
            target += "/" + grammar.pick(words.navigations + ["$count", "$ref", "$value", "$batch"])
        }
        let query = (0..<grammar.number(4)).map { _ in grammar.option() }.joined(separator: "&")
        if !query.isEmpty { target += "?" + Self.escaped(query, everything: !grammar.chance(10)) }
        let method = grammar.pick(["GET", "GET", "GET", "POST", "PATCH", "DELETE", "PUT", "OPTIONS", "ZZ"])
        var request = FuzzRequest(method: method, target: target)
        if method != "GET" {
            request.body = grammar.json()
            if !grammar.chance(8) { request.headers.append(("Content-Type", "application/json")) }
            if !grammar.chance(4) { request.headers.append(("If-Match", "*")) }
        }
        for name in ["If-Match", "If-None-Match", "Prefer", "Content-Type", "Accept", "MSCRMCallerID", "Company"]
        where grammar.chance(6) {
            let value = grammar.pick([
                "*", "W/\"1\"", "\"", "odata.maxpagesize=\(grammar.number(3) - 1)", "return=representation",
                "odata.include-annotations=\"*\"", "odata.track-changes", "application/json", grammar.literal(),
            ])
            request.headers.append((name, value))
        }
        return request
    }

    /// A query as an address has it.
    static func escaped(_ text: String, everything: Bool) -> String {
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x24, 0x26, 0x27, 0x28, 0x29, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A,
                0x3B,
                0x3D, 0x3F, 0x40, 0x5F, 0x25:
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                guard everything || byte == 0x20 || byte >= 0x80 else {
                    escaped.unicodeScalars.append(Unicode.Scalar(byte))
                    continue
                }
                let digits = String(byte, radix: 16, uppercase: true)
                escaped += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return escaped
    }
}

extension FuzzSubject where Machine == DataverseSandbox {
    private static var account: String { "f2a5738a-44e3-4a11-bb43-000d3a2feca1" }

    static func dataverse() -> FuzzSubject {
        let root = "/api/data/v9.2/"
        let accounts = SeedTable(entitySet: "accounts", count: 20) { index in
            .members([
                "accountid": index == 0 ? .string(account) : .null, "name": .string("Adventure Works \(index)"),
                "accountnumber": .string("A\(index)"), "revenue": .number("\(index)000.5"),
                "telephone1": .string("+46 8 \(index)"),
            ])
        }
        let contacts = SeedTable(entitySet: "contacts", count: 5) { index in
            .members([
                "lastname": .string("Falk \(index)"), "emailaddress1": .string("a\(index)@b.example"),
                "_parentcustomerid_value": .string(account),
            ])
        }
        let gets = reads.map { FuzzRequest(method: "GET", target: root + escaped($0, everything: true)) }
        let json = [("Content-Type", "application/json; charset=utf-8"), ("Prefer", "return=representation")]
        let writes: [(String, String, String)] = [
            ("POST", "accounts", #"{"name":"New","revenue":12.5,"primarycontactid":{"firstname":"A","lastname":"B"}}"#),
            (
                "PATCH", "accounts(\(account))",
                #"{"name":"Other","telephone1":null,"ownerid@odata.bind":"/systemusers(\#(account))"}"#
            ),
            ("PUT", "accounts(\(account))/name", #"{"value":"X"}"#), ("DELETE", "accounts(\(account))", ""),
            (
                "POST", "accounts/Microsoft.Dynamics.CRM.CreateMultiple",
                #"{"Targets":[{"@odata.type":"Microsoft.Dynamics.CRM.account","name":"M"}]}"#
            ),
            (
                "POST", "Merge",
                #"{"Target":{"@odata.type":"Microsoft.Dynamics.CRM.account","accountid":"\#(account)"},"Subordinate":{"accountid":"\#(account)"},"PerformParentingChecks":false}"#
            ),
            (
                "POST", "BulkDelete",
                #"{"QuerySet":[{"EntityName":"account","Criteria":{"FilterOperator":"And","Conditions":[{"AttributeName":"name","Operator":"Equal","Values":[{"Value":"x","Type":"System.String"}]}]}}],"JobName":"j","SendEmailNotification":false,"ToRecipients":[],"CCRecipients":[],"RecurrencePattern":"","StartDateTime":"2026-01-01T00:00:00Z"}"#
            ),
            (
                "POST", "EntityDefinitions",
                #"{"@odata.type":"Microsoft.Dynamics.CRM.EntityMetadata","SchemaName":"new_T","DisplayName":{"LocalizedLabels":[{"Label":"T","LanguageCode":1033}]},"Attributes":[{"@odata.type":"Microsoft.Dynamics.CRM.StringAttributeMetadata","IsPrimaryName":true,"SchemaName":"new_Name","MaxLength":100}]}"#
            ),
            (
                "POST", "EntityDefinitions(LogicalName='account')/Attributes",
                #"{"@odata.type":"Microsoft.Dynamics.CRM.StringAttributeMetadata","SchemaName":"new_A","MaxLength":10}"#
            ),
            ("POST", "accounts(\(account))/contact_customer_accounts/$ref", #"{"@odata.id":"contacts(\#(account))"}"#),
        ]
        let changes = writes.map { FuzzRequest(method: $0.0, target: root + $0.1, headers: json, body: $0.2) }
        let batch = FuzzRequest.multipart(Array(gets.prefix(3) + changes.prefix(4)), target: root + "$batch")
        return FuzzSubject(
            machine: DataverseSandbox(seed: [accounts, contacts], at: SandboxInstant(milliseconds: 1_700_000_000_000)),
            requests: gets + changes + [batch, batch, batch],
            words: words,
            root: root,
            batch: root + "$batch"
        )
    }

    private static var reads: [String] {
        let fetch =
            "<fetch count='5'><entity name='account'><attribute name='name'/><filter><condition attribute='name' operator='like' value='A%25'/></filter><order attribute='name'/></entity></fetch>"
        return [
            "accounts", "accounts(\(account))?$select=name,revenue&$expand=primarycontactid($select=fullname)",
            "accounts?$select=name&$filter=contains(name,'Works') and revenue gt 100 or not (statecode eq 1)&$orderby=name desc&$top=3&$count=true",
            "accounts?$filter=contact_customer_accounts/any(c:c/lastname eq 'Falk 1')", "accounts?fetchXml=\(fetch)",
            "accounts?$filter=Microsoft.Dynamics.CRM.In(PropertyName='accountnumber',PropertyValues=['A1','A2'])",
            "accounts?$apply=groupby((statecode),aggregate(revenue with sum as total))", "accounts/$count",
            "?sql=SELECT TOP 3 name FROM account WHERE name LIKE 'A%25' ORDER BY name", "WhoAmI", "$metadata",
            "EntityDefinitions(LogicalName='account')/Attributes?$select=LogicalName&$filter=IsValidForRead eq true",
            "EntityDefinitions?$select=LogicalName&$expand=Keys", "GlobalOptionSetDefinitions",
            "RelationshipDefinitions?$filter=SchemaName eq 'x'", "contacts?$expand=parentcustomerid_account",
            "accounts(\(account))/contact_customer_accounts?$select=lastname",
            "accounts?$skiptoken=%3Ccookie%20pagenumber=%222%22%20pagingcookie=%22%253ccookie%252f%253e%22%20/%3E",
            "accounts?$filter=Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue=7)",
            "InitializeFrom(EntityMoniker=@p1,TargetEntityName=@p2,TargetFieldType=@p3)?@p1={'@odata.id':'accounts(\(account))'}&@p2='contact'&@p3=0",
        ]
    }

    private static var words: FuzzGrammar.Words {
        FuzzGrammar.Words(
            sets: [
                "accounts", "contacts", "transactioncurrencies", "quotes", "EntityDefinitions", "systemusers", "",
                "nothings",
            ],
            properties: [
                "name", "accountid", "revenue", "statecode", "statuscode", "modifiedon", "versionnumber",
                "creditonhold",
                "_primarycontactid_value", "_ownerid_value", "numberofemployees", "lastname", "fullname", "nothing",
            ],
            navigations: [
                "primarycontactid", "contact_customer_accounts", "parentaccountid", "ownerid", "transactioncurrencyid",
                "Attributes", "Keys", "none", "name", "Microsoft.Dynamics.CRM.CreateMultiple",
            ],
            tables: ["account", "contact", "systemuser", "transactioncurrency", "nothing"],
            functions: ["In", "Between", "LastXDays", "OnOrAfter", "EqualUserId", "ContainValues", "Under", "Nothing"]
        )
    }
}
