import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

extension World {
    /// Makes every user a salesperson.
    func coupleSalespeople() async throws {
        try await perform(MatchRecords(mapping: "SALESPEOPLE", synchronization: .from))
        try await perform(
            Synchronize(mapping: "SALESPEOPLE", direction: .fromIntegrationTable, isFull: true, creates: true)
        )
    }

    /// Synchronizes all mappings, or one.
    @discardableResult
    func synchronize(_ mapping: String? = nil, _ direction: Direction = .bidirectional) async throws -> RunOrPlan {
        try await perform(Synchronize(mapping: mapping, direction: direction))
    }

    /// The customer of a number.
    func customer(_ number: String) throws -> SandboxJSON {
        try #require(row(.erp, "customers", where: "number", is: number))
    }

    /// The account that was made of a customer.
    func account(_ number: String) throws -> SandboxJSON {
        try #require(row(.crm, "accounts", where: "accountnumber", is: number))
    }

    /// Changes a customer as a user of the ERP would.
    func editCustomer(_ number: String, _ property: String, _ value: SandboxJSON) throws {
        let id = try #require(try customer(number)["id"]?.string)
        #expect(edit(.erp, "customers", ["id": .string(id), property: value]).isEmpty)
    }

    /// Changes an account as a user of the CRM would.
    func editAccount(_ number: String, _ property: String, _ value: SandboxJSON) throws {
        let id = try #require(try account(number)["accountid"]?.string)
        #expect(edit(.crm, "accounts", ["accountid": .string(id), property: value]).isEmpty)
    }

    /// How a record stands.
    func explain(_ key: String, _ mapping: String = "CUSTOMER") async throws -> ExplanationView {
        try await perform(ExplainRecord(mapping: mapping, key: key))
    }

    /// The states of a mapping's records by key, on one side.
    func states(_ mapping: String = "CUSTOMER", _ side: Side = .erp) async throws -> [String: RecordState] {
        let view = try await perform(ListRecords(mapping: mapping, side: side))
        return Dictionary(view.records.map { ($0.key ?? $0.name, $0.state) }) { first, _ in first }
    }

    /// How many requests, tokens not counted, and how many writes the systems have seen.
    var traffic: (requests: BySide<Int>, writes: Int) {
        var requests = BySide(erp: 0, crm: 0)
        var writes = 0
        for line in trace {
            guard let side = Side.allCases.first(where: { line.contains(" \($0.rawValue): ") }),
                !line.contains("/oauth2/")
            else { continue }
            requests[side] += 1
            if !line.contains(": GET ") { writes += 1 }
        }
        return (requests, writes)
    }

    /// Everything that both systems hold, versions included: any write shows.
    var content: [String] {
        let tables: [(Side, String)] = [
            (.erp, "customers"), (.erp, "salespeoplePurchasers"), (.crm, "accounts"), (.crm, "systemusers"),
        ]
        return tables.flatMap { side, table in rows(side, table).map { String(decoding: $0.bytes, as: UTF8.self) } }
    }

    /// Does something and says what it cost.
    func cost(_ body: () async throws -> Void) async throws -> (requests: BySide<Int>, writes: Int) {
        let before = traffic
        try await body()
        let after = traffic
        return (
            BySide(
                erp: after.requests.erp - before.requests.erp,
                crm: after.requests.crm - before.requests.crm
            ),
            after.writes - before.writes
        )
    }
}

extension RunOrPlan {
    /// The counters of all jobs together.
    var counts: JobCounts {
        (jobs ?? []).map(\.counts).reduce(into: JobCounts()) { sum, one in
            sum.inserted += one.inserted
            sum.modified += one.modified
            sum.unchanged += one.unchanged
            sum.skipped += one.skipped
            sum.failed += one.failed
            sum.parked += one.parked
            sum.waiting += one.waiting
            sum.conflicts += one.conflicts
            sum.questions += one.questions
            sum.coupled += one.coupled
            sum.uncoupled += one.uncoupled
            sum.deleted += one.deleted
            sum.held += one.held
        }
    }

    /// The fewest requests that all jobs needed.
    var floor: BySide<Int> {
        (jobs ?? []).reduce(into: BySide(erp: 0, crm: 0)) { sum, job in
            sum.erp += job.floor.erp
            sum.crm += job.floor.crm
        }
    }

    /// The requests of all jobs together.
    var requests: BySide<Int> {
        (jobs ?? []).reduce(into: BySide(erp: 0, crm: 0)) { sum, job in
            sum.erp += job.requests.erp
            sum.crm += job.requests.crm
        }
    }
}

extension SandboxJSON {
    /// A property's text; empty where it is null or absent.
    func text(_ name: String) -> String { self[name]?.string ?? "" }
}

/// The code of the error that something ends with; nil when it ends well.
func code(of body: () async throws -> Void) async throws -> String? {
    do {
        try await body()
        return nil
    } catch let error as CoupletError {
        return error.message.code
    }
}
