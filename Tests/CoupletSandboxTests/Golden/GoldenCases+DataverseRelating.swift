import CoupletSandbox

extension GoldenCase {
    private static let first = "00000000-0000-0000-0000-000000000001"
    private static let second = "00000000-0000-0000-0000-000000000002"
    private static let coffee = "6af77a42-5f0e-e611-80e0-00155da84c03"
    private static let person = "60f77a42-5f0e-e611-80e0-00155da84c03"
    private static let rafting = "7cf77a42-5f0e-e611-80e0-00155da84c03"
    private static let rival = "77f77a42-5f0e-e611-80e0-00155da84c03"

    /// Records related to each other, and taken apart.
    static let dataverseReferences: [GoldenCase] = [
        GoldenCase(id: "dv-008", bench: { mail }, check: { _, bench in count(["activityparties": 2], &bench) }),
        GoldenCase(
            id: "dv-004",
            bench: { opportunity(#"{"opportunityid":"\#(first)"}"#) },
            check: { _, bench in customer(second, &bench) }
        ),
        GoldenCase(
            id: "dv-005",
            bench: { opportunity(#"{"opportunityid":"\#(first)","_customerid_value":"\#(second)"}"#) },
            check: { _, bench in customer(nil, &bench) }
        ),
        GoldenCase(
            id: "dv-007",
            bench: { opportunity(#"{"opportunityid":"\#(first)"}"#) },
            check: { _, bench in customer(second, &bench) }
        ),
        GoldenCase(
            id: "dv-076",
            bench: { employer(#"{"contactid":"\#(person)"}"#) },
            check: { _, bench in employer(coffee, &bench) }
        ),
        GoldenCase(
            id: "dv-078",
            bench: { employer(#"{"contactid":"\#(person)","_parentcustomerid_value":"\#(coffee)"}"#) },
            check: { _, bench in employer(nil, &bench) }
        ),
        GoldenCase(
            id: "dv-081",
            bench: { rivals.bench },
            check: { _, bench in count(["opportunities(\(rafting))/opportunitycompetitors_association": 1], &bench) }
        ),
        GoldenCase(
            id: "dv-083",
            bench: {
                rivals.adding(
                    "opportunitycompetitorscollection",
                    [#"{"competitorid":"\#(rival)","opportunityid":"\#(rafting)"}"#]
                ).bench
            },
            check: { _, bench in count(["opportunities(\(rafting))/opportunitycompetitors_association": 0], &bench) }
        ),
    ]

    /// A mail to somebody, and two persons.
    private static var mail: GoldenBench {
        let id = "2479d20d-3a39-e711-8145-e0071b6a2001"
        return writing.defining(
            [
                "table email emails Email name=subject stamped owned", "activityid guid create", "subject text(200)",
            ],
            [
                "table activityparty activityparties ActivityParty name=addressused", "activitypartyid guid create",
                "addressused text(320)", "participationtypemask integer",
                "activityid lookup: email/activityid_email/email_activity_parties",
                "partyid lookup: contact/partyid_contact/contact_activity_parties",
                "versionnumber long readonly",
            ]
        )
        .adding("emails", [#"{"activityid":"\#(id)"}"#])
        .adding("activityparties", [#"{"_activityid_value":"\#(id)","participationtypemask":2}"#])
        .adding(
            "contacts",
            [
                #"{"contactid":"a30d4045-fc46-e711-8115-e0071b66df51"}"#,
                #"{"contactid":"1dcdda07-3a39-e711-8145-e0071b6a2001"}"#,
            ]
        ).bench
    }

    private static var rivals: GoldenState {
        writing.adding("competitors", [#"{"competitorid":"\#(rival)","name":"Adventure Works"}"#])
            .adding("opportunities", [#"{"opportunityid":"\#(rafting)","name":"River rafting adventure"}"#])
    }

    private static func opportunity(_ row: String) -> GoldenBench {
        writing.adding("accounts", [#"{"accountid":"\#(second)"}"#]).adding("opportunities", [row]).bench
    }

    private static func employer(_ row: String) -> GoldenBench {
        writing.adding("accounts", [#"{"accountid":"\#(coffee)"}"#]).adding("contacts", [row]).bench
    }

    private static func customer(_ id: String?, _ bench: inout GoldenBench) -> [String] {
        let record = bench.send("GET", "/api/data/v9.2/opportunities?$select=_customerid_value").firstRecord
        return record?["_customerid_value"]?.string == id ? [] : ["the customer is another one"]
    }

    private static func employer(_ id: String?, _ bench: inout GoldenBench) -> [String] {
        let record = bench.send("GET", "/api/data/v9.2/contacts?$select=_parentcustomerid_value").firstRecord
        return record?["_parentcustomerid_value"]?.string == id ? [] : ["the company is another one"]
    }

    /// Many records at once, and records by alternate keys.
    static let dataverseMany: [GoldenCase] = [
        GoldenCase(
            id: "dv-h-multi-2",
            bench: {
                examples.adding(
                    "sample_examples",
                    ["8f4c3f92", "904c3f92", "914c3f92"].map {
                        #"{"sample_exampleid":"\#($0)-312b-ee11-bdf4-000d3a993550","sample_name":"old"}"#
                    }
                ).bench
            },
            check: { _, bench in
                let found = bench.send("GET", "/api/data/v9.2/sample_examples?$filter=endswith(sample_name,'Updated')")
                let number = (try? SandboxJSON(bytes: found.body))?["value"]?.array?.count
                return number == 3 ? [] : ["not all are updated"]
            }
        ),
        GoldenCase(
            id: "dv-h-multi-3",
            bench: { examples.adding("sample_examples", [#"{"sample_keyattribute":"0000001"}"#]).bench },
            check: { _, bench in count(["sample_examples": 2], &bench) }
        ),
        GoldenCase(
            id: "dv-h-multi-4",
            bench: {
                writing.defining([
                    "table contoso_sensordata contoso_sensordatas contoso_SensorData name=contoso_name custom elastic",
                    "contoso_sensordataid guid create", "contoso_name text(100)", "partitionid text(100)",
                    "versionnumber long readonly",
                ]).adding(
                    "contoso_sensordatas",
                    ["6114ca58", "6214ca58", "6314ca58"].map {
                        #"{"contoso_sensordataid":"\#($0)-0928-ee11-9965-6045bd5cd155"}"#
                    }
                ).bench
            },
            check: { _, bench in count(["contoso_sensordatas": 0], &bench) }
        ),
        GoldenCase(
            id: "dv-h-upsert-2",
            bench: { records.adding("example_records", [#"{"example_key1":2,"example_key2":2}"#]).bench },
            check: { _, bench in count(["example_records": 1], &bench) }
        ),
        GoldenCase(id: "dv-h-upsert-3", bench: { records.bench }),
        GoldenCase(
            id: "dv-h-upsert-4",
            bench: { records.adding("example_records", [#"{"example_key1":3,"example_key2":3}"#]).bench }
        ),
    ]

    private static var examples: GoldenState {
        writing.defining([
            "table sample_example sample_examples sample_Example name=sample_name custom stamped owned active",
            "sample_exampleid guid create", "sample_name text(100)", "sample_keyattribute text(100)",
            "key sample_key: sample_keyattribute",
        ])
    }

    private static var records: GoldenState {
        writing.defining([
            "table example_record example_records example_Record name=example_name custom stamped owned active",
            "example_recordid guid create", "example_name text(100)", "example_key1 integer", "example_key2 integer",
            "key example_key: example_key1, example_key2",
        ])
    }
}
