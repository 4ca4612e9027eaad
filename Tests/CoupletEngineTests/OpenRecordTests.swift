import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Opening a record's counterpart")
struct OpenRecordTests {
    private static let account = "00000000-0000-4000-8000-00000000d001"

    /// A world with the mappings CUSTOMER and VENDOR for the same accounts, changed.
    private func world(
        accounts: [SandboxJSON] = [Small.account(1, ["name": .string("Brewery")])],
        change: (inout TableMapping) -> Void = { _ in }
    ) async throws -> World {
        var options = World.Options()
        options.mappings = ["SALESPEOPLE", "CUSTOMER", "VENDOR"]
        let world = try await World(seed: Small.seed(accounts: accounts), options: options)
        try await world.coupleSalespeople()
        let mappings = try await world.perform(ListMappings()).mappings.map(\.mapping)
        let changed = mappings.filter { ["CUSTOMER", "VENDOR"].contains($0.name) }.map { mapping in
            var mapping = mapping
            change(&mapping)
            return mapping
        }
        #expect(try await world.perform(ApplyMappings(mappings: changed)).isApplied)
        return world
    }

    private func open(
        _ world: World,
        _ table: String,
        _ key: String,
        _ mapping: String? = nil,
        creates: Bool = false
    ) async throws -> OpenedRecord {
        try await world.perform(OpenRecord(table: table, key: key, mapping: mapping, creates: creates))
    }

    @Test("S0422 A coupled customer leads to the account's page, by its id")
    func toAccount() async throws {
        // S0453: the address names the table and the id.
        let world = try await world()
        try await world.perform(CoupleRecords(mapping: "CUSTOMER", key: "C-001", with: Self.account, choice: nil))
        let opened = try await open(world, "customers", "C-001")
        let expected = "http://crm.example/main.aspx?pagetype=entityrecord&etn=account&id=\(Self.account)"
        #expect(opened.address == expected)
        #expect(opened.question == nil)
        #expect(opened.run == nil)
        #expect(opened.ways.map(\.mapping) == ["CUSTOMER"])
        #expect(try await open(world, "CUSTOMER", "C-001").address == expected)
    }

    @Test("S0458 An account leads to its customer's page, whatever the link calls the table")
    func toCustomer() async throws {
        // S0462: names are the same in any case.
        let world = try await world()
        try await world.perform(CoupleRecords(mapping: "CUSTOMER", key: "C-001", with: Self.account, choice: nil))
        for name in ["account", "accounts", "aCCoUnT", "CUSTOMER"] {
            let opened = try await open(world, name, "crm:" + Self.account)
            #expect(
                opened.address == "http://erp.example/?company=Small&page=21&filter='No.'%20IS%20'C-001'",
                "\(name)"
            )
        }
        let user = try await open(world, "sYsTeMuSeR", "crm:" + Small.users[0])
        #expect(user.address?.hasSuffix("&page=5116&filter='Code'%20IS%20'SP-00007'") == true)
    }

    @Test func `a connection's own pattern stands in place of the usual one`() async throws {
        let world = try await world()
        try await world.perform(CoupleRecords(mapping: "CUSTOMER", key: "C-001", with: Self.account, choice: nil))
        let known = try #require(
            try await world.perform(ListConnections()).connections.first { $0.connection.side == .crm }
        )
        func set(_ pattern: String?) async throws -> ConnectionsView {
            let connection = known.connection
            return try await world.perform(
                SetConnection(
                    connection: connection.name,
                    side: .crm,
                    kind: connection.kind,
                    url: connection.url,
                    tokenURL: connection.tokenURL,
                    clientID: connection.clientID,
                    secret: nil,
                    recordURL: pattern
                )
            )
        }
        _ = try await set("https://apps.example/{table}?open={id}&no={key}")
        // Without a number the address cannot be told.
        #expect(try await open(world, "CUSTOMER", "C-001").address == nil)
        _ = try await set("https://apps.example/{entitySet}?open={id}")
        let expected = "https://apps.example/accounts?open=\(Self.account)"
        #expect(try await open(world, "CUSTOMER", "C-001").address == expected)
        _ = try await set(nil)
        #expect(try await open(world, "CUSTOMER", "C-001").address == expected)
        #expect(try await set("").connections.first?.connection.recordURL == nil)
        #expect(try await code { _ = try await set("no address") } == "connection.badAddress")
    }

    @Test("S0419 An uncoupled record leads nowhere; the mapping says why, and nothing is done")
    func onlyCoupled() async throws {
        let world = try await world()
        let content = world.content
        for (table, key) in [("customers", "C-001"), ("account", "crm:" + Self.account)] {
            let opened = try await open(world, table, key)
            #expect(opened.address == nil)
            #expect(opened.question == nil)
            #expect(opened.ways.first?.obstacle?.message.code == "open.onlyCoupled")
            #expect(try await code { _ = try await open(world, table, key, creates: true) } == "open.onlyCoupled")
        }
        #expect(world.content == content)
        #expect(try await world.states()["C-001"] == .uncoupled)
    }

    @Test("S0423 A table without a mapping is named as such")
    func unknown() async throws {
        // S0452: a table that no mapping has.
        let world = try await world()
        #expect(try await code { _ = try await open(world, "bank account", "C-001") } == "open.unknownTable")
        #expect(try await code { _ = try await open(world, "account", "C-001") } == "open.unknownTable")
        #expect(try await code { _ = try await open(world, "customers", "C-999") } == "open.unknownKey")
        #expect(try await code { _ = try await open(world, "customers", "C-001", "NOTHING") } == "mapping.unknown")
    }

    @Test func `where uncoupled records are synchronized too, an account becomes a customer and leads there`()
        async throws
    {
        let world = try await world { $0.onlyCoupled = false }
        let asked = try await open(world, "account", "crm:" + Self.account)
        #expect(asked.question?.code == "open.create")
        #expect(asked.ways.first?.mapping == "CUSTOMER")
        #expect(asked.ways.first?.action == .create)
        // The account is no vendor.
        #expect(asked.ways.last?.obstacle?.message.code == "couple.outOfScope")
        #expect(world.rows(.erp, "customers").count == 3)
        let opened = try await open(world, "account", "crm:" + Self.account, creates: true)
        #expect(opened.run?.counts.inserted == 1)
        let customer = try #require(world.row(.erp, "customers", where: "displayName", is: "Brewery"))
        #expect(opened.address?.hasSuffix("'\(customer.text("number"))'") == true)
        #expect(opened.ways.first?.counterpart?.id == RecordID(customer.text("id")))
        // Again, it leads there at once.
        #expect(try await open(world, "account", "crm:" + Self.account, creates: true).run == nil)
    }

    @Test func `what the match rules are sure of is coupled instead, with the values of the record it came from`()
        async throws
    {
        let account = Small.account(1, ["name": .string("Brewery"), "accountnumber": .string("C-002")])
        let world = try await world(accounts: [account]) { $0.onlyCoupled = false }
        let asked = try await open(world, "account", "crm:" + Self.account)
        #expect(asked.question?.code == "open.couple")
        #expect(asked.ways.first?.counterpart?.key == "C-002")
        let opened = try await open(world, "account", "crm:" + Self.account, creates: true)
        #expect(opened.run?.counts.coupled == 1)
        #expect(world.rows(.erp, "customers").count == 3)
        #expect(try world.customer("C-002").text("displayName") == "Brewery")
    }

    @Test func `only what was shown is done, and only the mappings of whoever asks are looked at`() async throws {
        let world = try await world { $0.onlyCoupled = false }
        func open(_ expects: String?, _ among: [String]?) async throws -> OpenedRecord {
            let key = "crm:" + Self.account
            let creates = expects != nil
            return try await world.perform(
                OpenRecord(table: "account", key: key, creates: creates, expects: expects, among: among)
            )
        }
        #expect(try await open(nil, ["vendor"]).ways.map(\.mapping) == ["VENDOR"])
        #expect(try await code { _ = try await open(nil, ["SALESPEOPLE"]) } == "open.unknownTable")
        #expect(try await code { _ = try await open(Small.users[0], nil) } == "open.moved")
        #expect(try await code { _ = try await open("create", ["VENDOR"]) } == "couple.outOfScope")
        #expect(world.rows(.erp, "customers").count == 3)
        #expect(try await open("create", ["CUSTOMER"]).run?.counts.inserted == 1)
    }

    @Test func `several matches are left to a person`() async throws {
        let accounts = [1, 2].map {
            Small.account($0, ["name": .string("Customer 1"), "address1_city": .string("Lund")])
        }
        let world = try await world(accounts: accounts) { $0.onlyCoupled = false }
        let opened = try await open(world, "customers", "C-001")
        #expect(opened.ways.first?.obstacle?.message.code == "open.severalMatches")
        #expect(
            try await code { _ = try await open(world, "customers", "C-001", creates: true) } == "open.severalMatches"
        )
    }

    @Test func `an account that fits two mappings asks which, before and after it is coupled`() async throws {
        let world = try await world { mapping in
            mapping.onlyCoupled = false
            mapping.crm.filter = .everything
            if mapping.name == "VENDOR" { mapping.crm.template = [] }
        }
        let key = "crm:" + Self.account
        let asked = try await open(world, "account", key)
        #expect(asked.question?.code == "open.which")
        #expect(asked.question?.arguments["mappings"] == "CUSTOMER, VENDOR")
        #expect(try await code { _ = try await open(world, "account", key, creates: true) } == "open.several")
        let vendor = try await open(world, "account", key, "VENDOR", creates: true)
        #expect(vendor.address?.contains("page=26") == true)
        // It has one counterpart now, and leads there.
        #expect(try await open(world, "account", key).address == vendor.address)
        let customer = try await open(world, "account", key, "CUSTOMER", creates: true)
        #expect(customer.address?.contains("page=21") == true)
        let both = try await open(world, "account", key)
        #expect(both.address == nil)
        #expect(both.question?.code == "open.which")
        #expect(both.ways.map(\.address) == [customer.address, vendor.address])
    }

    @Test func `creates only in the mapping's direction, and only where writing is allowed`() async throws {
        let key = "crm:" + Self.account
        let oneWay = try await world { mapping in
            mapping.onlyCoupled = false
            mapping.direction = .toIntegrationTable
            for index in mapping.fields.indices { mapping.fields[index].direction = .toIntegrationTable }
        }
        #expect(try await open(oneWay, "account", key).ways.first?.obstacle?.message.code == "open.otherDirection")
        let disabled = try await world { $0.onlyCoupled = false }
        try await disabled.perform(EnableConnection(connection: nil, isEnabled: false))
        let content = disabled.content
        let opened = try await open(disabled, "account", key)
        #expect(opened.ways.first?.obstacle?.message.code == "connection.disabled")
        #expect(try await code { _ = try await open(disabled, "account", key, creates: true) } == "connection.disabled")
        #expect(disabled.content == content)
    }

    @Test("S0237 A record that is skipped still leads to its counterpart")
    func skipped() async throws {
        let world = try await world()
        try await world.perform(CoupleRecords(mapping: "CUSTOMER", key: "C-001", with: Self.account, choice: .erp))
        try world.editCustomer("C-001", "blocked", .string("All"))
        try await world.synchronize()
        #expect(try await open(world, "customers", "C-001").address?.contains(Self.account) == true)
    }
}
