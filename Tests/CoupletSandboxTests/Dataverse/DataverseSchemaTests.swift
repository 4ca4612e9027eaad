import Testing

@testable import CoupletSandbox

@Suite("Dataverse's stand-in: tables")
struct DataverseSchemaTests {
    @Test(arguments: DataverseDefinitions.all)
    func `every table of the environment can be read`(text: String) throws {
        let lines = text.split(separator: "\n").map(String.init)
        let table = try DataverseDefinition(lines, schema: DataverseSchema()).table
        #expect(table.columns[0].attribute == "\(table.name)id")
        #expect(table.position(table.nameAttribute) != nil)
        #expect(DataverseSchema.initial.table(set: table.set)?.name == table.name)
    }

    @Test
    func `the tables that lookups lead to are there`() {
        let schema = DataverseSchema.initial
        let targets = Set(schema.tables.flatMap { $0.columns.flatMap { $0.type.targets.map(\.table) } })
        #expect(targets.filter { schema.table($0) == nil } == [])
    }

    @Test
    func `amounts bring their base amount and the rate along`() throws {
        let account = try #require(DataverseSchema.initial.table("account"))
        #expect(account.position("revenue_base") != nil)
        #expect(account.position("exchangerate") != nil)
        let currency = try #require(DataverseSchema.initial.table("transactioncurrency"))
        #expect(currency.columns.count { $0.attribute == "exchangerate" } == 1)
    }

    @Test
    func `a lookup to several tables has a navigation property for each`() throws {
        let opportunity = try #require(DataverseSchema.initial.table("opportunity"))
        #expect(opportunity.byNavigation["customerid_account"]?.table == "account")
        #expect(opportunity.byNavigation["customerid_contact"]?.table == "contact")
        #expect(opportunity.byNavigation["customerid"] == nil)
        #expect(opportunity.byNavigation["ownerid"]?.table == nil)
        let collections = DataverseSchema.initial.collections(of: "account")
        #expect(
            collections["opportunity_customer_accounts"] == .referencing(table: "opportunity", attribute: "customerid")
        )
    }

    @Test
    func `a seed defines tables, and adds columns to those that are there`() {
        let definitions = SeedTable(
            entitySet: "EntityDefinitions",
            rows: [
                Self.definition([
                    "table task tasks Task name=subject stamped owned", "activityid guid create", "subject text(200)",
                    "regardingobjectid lookup: account/regardingobjectid_account_task/Account_Tasks",
                    "statecode state update =0: 0=Open; 1=Completed; 2=Canceled",
                    "statuscode status =2: 2=Not Started/0; 5=Completed/1; 6=Canceled/2",
                ]),
                Self.definition([
                    "extend contact", "sample_outdooractivities choices: 1=Swimming; 2=Hiking",
                    "key sample_key: firstname, emailaddress1",
                ]),
                Self.definition(["extend nothing", "sample_x text(10)"]),
            ]
        )
        var client = DataverseClient(seed: [definitions])
        let task = client.send(
            "POST",
            "tasks?$select=subject,statuscode",
            #"{"subject":"Call"}"#,
            headers: [
                DataverseClient.representation
            ]
        )
        #expect(task.json["statuscode"]?.integer == 2)
        let contact = client.send(
            "POST",
            "contacts?$select=sample_outdooractivities",
            #"{"sample_outdooractivities":"2,1"}"#,
            headers: [DataverseClient.representation]
        )
        #expect(contact.json["sample_outdooractivities"]?.string == "1,2")
        #expect(
            client.sandbox.store.schema.table("contact")?.head.keys.map(\.attributes) == [
                ["firstname", "emailaddress1"]
            ]
        )
        #expect(client.sandbox.store.schema.collections(of: "account")["Account_Tasks"]?.table == "task")
        #expect(client.sandbox.warnings == ["EntityDefinitions: 'extend nothing' cannot be read."])
    }

    private static func definition(_ lines: [String]) -> SandboxJSON {
        .members(["Definition": .array(lines.map { .string($0) })])
    }
}
