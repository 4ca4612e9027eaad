import Testing

@testable import CoupletSandbox

@Suite("Dataverse: records around records")
struct DataverseExpandTests {
    private static func guid(_ kind: String, _ number: Int) -> String {
        "00000000-0000-0000-0000-0000000000\(kind)\(number)"
    }

    /// Two accounts; the first has three contacts, one of which is its primary one, and one of which has a contact itself.
    private static func client() -> DataverseClient {
        func contact(_ number: Int, _ name: String, _ parent: String?) -> SandboxJSON {
            .members([
                "contactid": .string(guid("c", number)), "lastname": .string(name), "fullname": .string(name),
                "_parentcustomerid_value": parent.map { .string($0) } ?? .null, "creditlimit": .number("\(number)"),
            ])
        }
        let accounts = [
            SandboxJSON.members([
                "accountid": .string(guid("a", 1)), "name": .string("Fabrikam"),
                "_primarycontactid_value": .string(guid("c", 2)),
            ]), .members(["accountid": .string(guid("a", 2)), "name": .string("Contoso")]),
        ]
        let contacts = [
            contact(1, "Ann", guid("a", 1)), contact(2, "Bo", guid("a", 1)), contact(3, "Cy", guid("a", 1)),
            contact(4, "Di", guid("c", 3)),
        ]
        return DataverseClient(seed: [
            SeedTable(entitySet: "accounts", rows: accounts), SeedTable(entitySet: "contacts", rows: contacts),
        ])
    }

    private func names(_ query: String) -> [String]? {
        var client = Self.client()
        let response = client.send("GET", query.replacing(" ", with: "%20"))
        return response.status == 200 ? response.records.compactMap { ($0["name"] ?? $0["lastname"])?.string } : nil
    }

    @Test(arguments: [
        ("accounts?$filter=contact_customer_accounts/any(c:c/lastname eq 'ann')", ["Fabrikam"]),
        ("accounts?$filter=contact_customer_accounts/any()", ["Fabrikam"]),
        ("accounts?$filter=not contact_customer_accounts/any()", ["Contoso"]),
        ("accounts?$filter=contact_customer_accounts/all(c:c/creditlimit gt 1)", ["Contoso"]),
        (
            "accounts?$filter=contact_customer_accounts/any(c: c/creditlimit gt 2 and contains(c/lastname,'C'))",
            ["Fabrikam"]
        ),
        (
            "accounts?$filter=contact_customer_accounts/any(c:c/contact_customer_contacts/any(d:d/lastname eq 'Di'))",
            [
                "Fabrikam"
            ]
        ),
        ("contacts?$filter=parentcustomerid_account/name eq 'Fabrikam' and lastname ne 'Bo'", ["Ann", "Cy"]),
        ("contacts?$filter=parentcustomerid_contact/lastname eq 'Cy'", ["Di"]),
        ("contacts?$filter=parentcustomerid_account/primarycontactid/lastname eq 'Bo'&$top=1", ["Ann"]),
        (
            "contacts?$filter=Microsoft.Dynamics.CRM.In(PropertyName='lastname',PropertyValues=['ann','di'])",
            ["Ann", "Di"]
        ),
        (
            "contacts?$filter=Microsoft.Dynamics.CRM.Between(PropertyName='creditlimit',PropertyValues=[\"2\",\"3\"])",
            [
                "Bo", "Cy",
            ]
        ),
        ("contacts?$filter=Microsoft.Dynamics.CRM.Today(PropertyName='createdon')&$top=1", ["Ann"]),
        ("contacts?$filter=Microsoft.Dynamics.CRM.OlderThanXDays(PropertyName='createdon',PropertyValue=1)", []),
        ("contacts?$filter=contains(lastname,@p)&$orderby=@o desc&@p='n'&@o=lastname", ["Ann"]),
        (
            "accounts(00000000-0000-0000-0000-0000000000a1)/contact_customer_accounts?$orderby=lastname desc&$top=2",
            [
                "Cy", "Bo",
            ]
        ),
    ])
    func `filters reach other records`(query: String, expected: [String]) {
        #expect(names(query) == expected)
    }

    @Test
    func `records of a lookup and of a collection come along with their own options`() {
        var client = Self.client()
        let expand =
            "primarycontactid($select=lastname),"
            + "contact_customer_accounts($select=lastname;$filter=creditlimit%20gt%201;$orderby=lastname%20desc;$top=5;"
            + "$expand=contact_customer_contacts($select=lastname))"
        let one = client.send("GET", "accounts(\(Self.guid("a", 1)))?$select=name&$expand=\(expand)").json
        #expect(one["primarycontactid"]?["lastname"]?.string == "Bo")
        let members = one["contact_customer_accounts"]?.array ?? []
        #expect(members.compactMap { $0["lastname"]?.string } == ["Cy", "Bo"])
        #expect(members.first?["contact_customer_contacts"]?.array?.first?["lastname"]?.string == "Di")
        #expect(one["contact_customer_accounts@odata.nextLink"] == nil)
        let other = client.send("GET", "accounts?$select=name&$expand=\(expand)").records
        #expect(other[1]["primarycontactid"]?.isNull == true)
        #expect(other[1]["contact_customer_accounts"]?.array?.isEmpty == true)
        let link = other[0]["contact_customer_accounts@odata.nextLink"]?.string
        #expect(client.follow(link?.replacing(" ", with: "%20")).records.count == 2)
    }

    @Test(arguments: [
        ("primarycontactid", 200), ("primarycontactid/$ref", 200), ("primarycontactid/lastname", 200),
        ("primarycontactid/lastname/$value", 200), ("parentaccountid", 204), ("contact_customer_accounts/$count", 200),
        ("contact_customer_accounts/$ref", 200), ("contact_customer_accounts(\(guid("c", 1)))", 200),
        ("contact_customer_accounts(\(guid("c", 4)))", 404), ("nosuch", 404), ("name/nosuch", 404),
        ("owninguser", 200), ("createdby/domainname", 200),
    ])
    func `addresses lead from record to record`(path: String, status: Int) {
        var client = Self.client()
        let response = client.send("GET", "accounts(\(Self.guid("a", 1)))/\(path)")
        #expect(response.status == status, "\(response.text)")
    }

    @Test
    func `a lookup that may lead to several tables says where it leads`() {
        var client = Self.client()
        let wanted = [("Prefer", #"odata.include-annotations="*""#)]
        let contacts = client.send("GET", "contacts?$select=_parentcustomerid_value", headers: wanted).records
        let name = "_parentcustomerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty"
        #expect(contacts[0][name]?.string == "parentcustomerid_account")
        #expect(contacts[3][name]?.string == "parentcustomerid_contact")
        #expect(contacts[3]["_parentcustomerid_value@OData.Community.Display.V1.FormattedValue"]?.string == "Cy")
    }
}
