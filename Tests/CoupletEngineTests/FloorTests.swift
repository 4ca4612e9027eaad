import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Foundation
import Testing

@Suite("What a synchronization costs")
struct FloorTests {
    /// Ten thousand customers where time does not matter.
    private static let records = ProcessInfo.processInfo.environment["COUPLET_LONG"] == "1" ? 10_000 : 2000
    private static let edits = 1000
    private static let merged = 300
    private static let contested = 20

    @Test func `a thousand edits on each side merge within 1.2 times the floor`() async throws {
        let world = try await World(seed: GeneratedCompany(records: Self.records).seed)
        try await world.coupleSalespeople()
        let made = try await world.perform(
            MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        )
        #expect(made.status == .done)
        #expect(made.counts.inserted == Self.records)
        try await world.synchronize()
        try await learnFullBatches(world)
        edit(world)

        let before = counted(world)
        let run = try await world.synchronize("CUSTOMER")
        let after = counted(world)
        #expect(after.erp - before.erp == run.requests.erp)
        #expect(after.crm - before.crm == run.requests.crm)
        #expect(run.counts.conflicts == Self.contested)
        #expect(run.counts.modified == 2 * (Self.edits - Self.contested))

        let echo = try await world.synchronize("CUSTOMER")
        let quiet = try await world.synchronize("CUSTOMER")
        #expect(quiet.requests == BySide(erp: 1, crm: 1))
        let writes = Self.edits - Self.contested
        let floor =
            ceiling(Self.edits, 20_000) + ceiling(writes, 1000) + ceiling(Self.edits, 5000) + ceiling(writes, 100)
        let echoFloor = ceiling(writes, 5000) + ceiling(writes, 20_000)
        let cost = run.requests.erp + run.requests.crm
        let echoCost = echo.requests.erp + echo.requests.crm
        Issue.record(
            "\(Self.records) records: \(cost) requests, floor \(floor); echo \(echoCost), floor \(echoFloor)",
            severity: .warning
        )
        #expect(run.floor.erp + run.floor.crm == floor)
        #expect(echo.floor.erp + echo.floor.crm == echoFloor)
        #expect(quiet.floor == BySide(erp: 1, crm: 1))
        #expect(Double(cost) <= 1.2 * Double(floor))
        #expect(Double(cost + echoCost) <= 1.2 * Double(floor + echoFloor))
        try verify(world)
    }

    private func ceiling(_ count: Int, _ size: Int) -> Int { (count + size - 1) / size }

    private func counted(_ world: World) -> BySide<Int> {
        BySide(erp: world.countedRequests(.erp), crm: world.countedRequests(.crm))
    }

    private func learnFullBatches(_ world: World) async throws {
        try await world.store.write { transaction in
            for (connection, table, size) in [("bc", "customers", 100), ("crm", "accounts", 1000)] {
                var feed = try transaction.openFeed(connection: connection, table: table)
                feed.batchSize = size
                try transaction.save(feed)
            }
        }
    }

    /// Which edits a record gets, by its place: the first ones on the ERP only, then both, then the CRM only.
    private var plan: (erp: Range<Int>, crm: Range<Int>, contested: Range<Int>) {
        let start = Self.edits - Self.merged - Self.contested
        return (0..<Self.edits, start..<(start + Self.edits), start..<(start + Self.contested))
    }

    private func edit(_ world: World) {
        let customers = sorted(world, .erp, "customers", by: "number")
        let accounts = sorted(world, .crm, "accounts", by: "accountnumber")
        let plan = plan
        world.edit(
            .erp,
            "customers",
            rows: plan.erp.map { index in
                let field = plan.contested.contains(index) ? "city" : "phoneNumber"
                return .members(["id": .string(customers[index].text("id")), field: .string("ERP \(index)")])
            }
        )
        world.edit(
            .crm,
            "accounts",
            rows: plan.crm.map { index in
                .members([
                    "accountid": .string(accounts[index].text("accountid")), "address1_city": .string("CRM \(index)"),
                ])
            }
        )
    }

    private func sorted(_ world: World, _ side: Side, _ table: String, by key: String) -> [SandboxJSON] {
        world.rows(side, table).sorted { $0.text(key) < $1.text(key) }
    }

    private func verify(_ world: World) throws {
        let customers = sorted(world, .erp, "customers", by: "number")
        let accounts = sorted(world, .crm, "accounts", by: "accountnumber")
        let plan = plan
        #expect(customers.count == accounts.count)
        for index in 0..<min(customers.count, accounts.count) {
            let (customer, account) = (customers[index], accounts[index])
            let isContested = plan.contested.contains(index)
            let phone = plan.erp.contains(index) && !isContested ? "ERP \(index)" : nil
            let isEqual = customer.text("phoneNumber") == account.text("telephone1")
            if !isEqual || phone.map({ $0 != customer.text("phoneNumber") }) == true {
                Issue.record("\(customer.text("number")): \(customer.text("phoneNumber"))")
            }
            let cities = (customer.text("city"), account.text("address1_city"))
            if isContested {
                #expect(cities == ("ERP \(index)", "CRM \(index)"))
            } else if cities.0 != cities.1 || (plan.crm.contains(index) && cities.0 != "CRM \(index)") {
                Issue.record("\(customer.text("number")): \(cities.0) and \(cities.1)")
            }
        }
    }
}
