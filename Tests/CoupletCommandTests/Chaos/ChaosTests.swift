import Foundation
import Glibc
import Synchronization
import Testing

/// Real processes over real HTTP, with answers that are late, cut off, reset or sent twice, and `kill -9` in between.
@Suite("Couplet on a bad network, and killed again and again")
struct ChaosTests {
    @Test(.timeLimit(.minutes(25)))
    func `fifty cycles of edits, damaged answers and kills lose nothing and double nothing`() async throws {
        let chaos = try await Chaos(seed: 20_261)
        var ends: [Int32: Int] = [:]
        for cycle in 0..<50 {
            try await chaos.edit(cycle)
            let status = try await chaos.synchronize(isKilled: cycle % 2 == 0, isDouble: cycle % 10 == 5)
            ends[status, default: 0] += 1
        }
        try await chaos.rest()
        // Faults and kills did strike, and what was not killed ended as a command that says what to do.
        #expect(chaos.faults.count >= 4, "\(chaos.faults)")
        #expect((ends[-SIGKILL] ?? 0) >= 5, "\(ends)")
        #expect(Set(ends.keys).isSubset(of: [0, 1, 69, 75, -SIGKILL]), "\(ends)")
        try await chaos.judge()
    }
}

/// One world whose answers come through two proxies, and what its users have done.
private final class Chaos: Sendable {
    private struct Done {
        /// What each field of each record was set to last, by table, key and field.
        var edits: [String: String] = [:]
        var created: [String] = []
        var random: RandomSource
    }

    private let world: World
    private let proxies: [String: FaultProxy]
    private let done: Mutex<Done>

    /// Each kind of fault that struck.
    var faults: Set<FaultProxy.Fault> { Set(proxies.values.flatMap { $0.counts.keys }) }

    init(seed: UInt64) async throws {
        let world = try await World(["--records", "12"])
        self.world = world
        done = Mutex(Done(random: RandomSource(state: seed)))
        var proxies: [String: FaultProxy] = [:]
        for (side, offset) in [("erp", UInt64(1)), ("crm", 2)] {
            let url = try #require(world.addresses[side]["baseURL"].text)
            let port = try #require(URL(string: url)?.port)
            let proxy = try FaultProxy(target: UInt16(port), seed: seed &+ offset)
            proxies[side] = proxy
            func moved(_ name: String) -> String {
                (world.addresses[side][name].text ?? "").replacingOccurrences(of: ":\(port)", with: ":\(proxy.port)")
            }
            let set = try world.connectionSet(
                side,
                changing: ["url": moved("baseURL"), "token-url": moved("tokenURL")]
            )
            let ended = try await world.start(set).finished()
            #expect(ended.status == 0, "\(ended.output) \(ended.errors)")
        }
        self.proxies = proxies
        _ = try await world.json("connection", "enable", "--yes")
        try await world.synchronizeFirst()
    }

    /// Users change a field of a customer and another one of an account, and now and then make a new customer.
    func edit(_ cycle: Int) async throws {
        let customers = try await world.rows("erp", "customers").filter {
            $0["blocked"].text?.contains("x0020") == true
        }
        let accounts = try await world.rows("crm", "accounts")
            .filter { $0["accountnumber"].text != nil && $0["customertypecode"].integer == 3 }
        let picks = done.withLock { done in
            (done.random.below(max(1, customers.count)), done.random.below(max(1, accounts.count)))
        }
        let customer = try #require(customers.dropFirst(picks.0).first)
        try await put("erp", "customers", ["id": customer["id"].text ?? "", "city": "Town \(cycle)"])
        done.withLock { $0.edits["\(customer["number"].text ?? "") city"] = "Town \(cycle)" }
        let account = try #require(accounts.dropFirst(picks.1).first)
        let id = account["accountid"].text ?? ""
        try await put("crm", "accounts", ["accountid": id, "telephone1": "+46 \(cycle)"])
        done.withLock { $0.edits["\(account["accountnumber"].text ?? "") phone"] = "+46 \(cycle)" }
        guard cycle % 5 == 0 else { return }
        let number = "NEW\(cycle)"
        try await put("erp", "customers", ["number": number, "displayName": "New customer \(cycle)"])
        done.withLock { $0.created.append(number) }
    }

    private func put(_ side: String, _ table: String, _ fields: [String: String]) async throws {
        let body = try JSONSerialization.data(withJSONObject: [fields])
        _ = try await world.administer(side, "POST", "records/\(table)", String(decoding: body, as: UTF8.self))
    }

    /// Synchronizes on the bad network; a killed one ends at some answer, and a double one has another process beside it.
    /// - Returns: How the process ended.
    func synchronize(isKilled: Bool, isDouble: Bool) async throws -> Int32 {
        let (side, answers) = done.withLock { done in
            (done.random.below(2) == 0 ? "erp" : "crm", 1 + done.random.below(3))
        }
        for proxy in proxies.values { proxy.setCalm(false) }
        let process = try world.start(["sync", "CUSTOMER", "--create", "--direction", "to", "--yes", "--json"])
        let other = isDouble ? try world.start(["sync", "--yes", "--json"]) : nil
        if isKilled { proxies[side]?.onAnswer(answers) { process.send(SIGKILL) } }
        let status = await process.finished().status
        if let other {
            let second = await other.finished().status
            #expect([0, 1, 69, 75].contains(second), "two at a time: \(second)")
        }
        for proxy in proxies.values { proxy.setCalm(true) }
        // What was created in the ERP's direction only; the CRM's edits take the way back without creating.
        guard status != -SIGKILL else { return status }
        for proxy in proxies.values { proxy.setCalm(false) }
        let back = try world.start(["sync", "CUSTOMER", "--yes", "--json"])
        let ended = await back.finished().status
        for proxy in proxies.values { proxy.setCalm(true) }
        return ended
    }

    /// Synchronizes on a good network until nothing is open.
    func rest() async throws {
        for _ in 0..<6 {
            _ = try await world.start(
                ["sync", "CUSTOMER", "--full", "--create", "--direction", "to", "--yes", "--json"]
            ).finished()
            let ended = try await world.start(["sync", "--full", "--yes", "--json"]).finished()
            if ended.status == 0 { return }
        }
    }

    /// Every edit is on both sides, every customer has exactly one account, and the store is whole.
    func judge() async throws {
        let customers = Dictionary(
            grouping: try await world.rows("erp", "customers"),
            by: { $0["number"].text ?? "" }
        )
        let accounts = Dictionary(
            grouping: try await world.rows("crm", "accounts"),
            by: { $0["accountnumber"].text ?? "" }
        )
        let (edits, created) = done.withLock { ($0.edits, $0.created) }
        #expect(created.count == 10)
        for number in created + edits.keys.compactMap({ $0.split(separator: " ").first.map(String.init) }) {
            #expect(customers[number]?.count == 1, "customer \(number)")
            #expect(accounts[number]?.count == 1, "account \(number)")
        }
        for (key, value) in edits {
            let parts = key.split(separator: " ").map(String.init)
            let customer = try #require(customers[parts[0]]?.first)
            let account = try #require(accounts[parts[0]]?.first)
            let (here, there) =
                parts[1] == "city"
                ? (customer["city"].text, account["address1_city"].text)
                : (customer["phoneNumber"].text, account["telephone1"].text)
            #expect(here == value, "\(key) in the ERP")
            #expect(there == value, "\(key) in the CRM")
        }
        let doctor = try await world.start(["doctor", "--json"]).finished()
        #expect([0, 1].contains(doctor.status), "\(doctor.output)")
    }
}
