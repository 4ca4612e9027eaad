import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox

/// Two worlds with the same edits, worked in different orders, must end up the same.
extension Simulation {
    /// Makes the same company twice, edits both in the same way, and lets Couplet work them in different orders.
    func judgeTwins() async {
        var random = SimulationGenerator(seed: history.seed ^ 0x7714)
        do {
            let one = try await twin(pageSize: nil)
            let other = try await twin(pageSize: 2)
            edit(one, other, &random)
            for _ in 0..<3 { try await one.perform(Synchronize()) }
            let orders: [[Direction]] = [
                [.toIntegrationTable, .fromIntegrationTable], [.fromIntegrationTable, .toIntegrationTable], [],
            ]
            let order = random.pick(orders) ?? []
            if order.isEmpty {
                for key in try await keys(other).reversed() {
                    try await other.perform(Synchronize(mapping: "CUSTOMER", keys: [key]))
                }
            }
            for direction in order { try await other.perform(Synchronize(direction: direction)) }
            for _ in 0..<2 { try await other.perform(Synchronize()) }
            compare(one, other)
            one.giveBack()
            other.giveBack()
        } catch let error as CoupletError where error.status != .defect {
            fail(.commutativity, "two worlds without faults ended with \(error.message.code)")
        } catch {
            fail(.commutativity, "two worlds without faults ended with \(error)")
        }
    }

    private func twin(pageSize: Int?) async throws -> World {
        var options = setting.options
        options.pageSize = pageSize
        if var decisions = options.parts.decisions as? WatchedDecisions {
            // What waits for approval depends on how much is asked for at a time.
            decisions.limits = nil
            options.parts.decisions = decisions
        }
        let world = try await World(seed: setting.company, options: options)
        try await world.perform(MatchRecords(mapping: "SALESPEOPLE", synchronization: .from))
        try await world.perform(
            Synchronize(mapping: "SALESPEOPLE", direction: .fromIntegrationTable, isFull: true, creates: true)
        )
        try await world.perform(MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to))
        for _ in 0..<3 { try await world.perform(Synchronize()) }
        return world
    }

    private func edit(_ one: World, _ other: World, _ random: inout SimulationGenerator) {
        var oracle = Oracle(setting)
        var report = SimulationReport(seed: history.seed)
        for mapping in oracle.mappings {
            for side in Side.allCases {
                let table = mapping.table(side).table
                oracle.observe(side, table, one.rows(side, table), by: .user, &report)
            }
        }
        for _ in 0..<random.below(8) + 2 {
            guard case .put(let side, let table, let row)? = UserEdit.any(oracle, &random) else { continue }
            one.edit(side, table, row)
            other.edit(side, table, row)
            oracle.observe(side, table, one.rows(side, table), by: .user, &report)
        }
    }

    /// The numbers of the customers that are coupled.
    private func keys(_ world: World) async throws -> [String] {
        let pairs = OpenItems.couplings(world.store, mappings: setting.mappings, now: world.clock.now)
        return pairs.filter { $0.mapping == "CUSTOMER" }.map(\.ids.erp.description).sorted()
    }

    private func compare(_ one: World, _ other: World) {
        var isSame = true
        var text = ""
        for mapping in setting.mappings {
            for side in Side.allCases {
                let table = mapping.table(side)
                let names = [table.idField] + mapping.fields.map { $0.field(side).name }
                let left = Self.texts(one.rows(side, table.table), names)
                let right = Self.texts(other.rows(side, table.table), names)
                guard left != right else { continue }
                isSame = false
                text =
                    "\(table.table) is \(left.subtracting(right)) or \(right.subtracting(left)), by the order of work"
            }
        }
        let conflicts = [one, other].map { world in
            Set(
                OpenItems.couplings(world.store, mappings: setting.mappings, now: world.clock.now)
                    .flatMap { pair in pair.conflicts.map { "\(pair.ids.erp) \($0)" } }
            )
        }
        if !isSame || conflicts[0] != conflicts[1] {
            for (number, twin) in [one, other].enumerated() {
                for line in twin.trace { world.note("twin \(number + 1) \(line)") }
            }
        }
        driver.with { state in
            state.report.check(.commutativity, isSame, text)
            state.report.check(
                .commutativity,
                conflicts[0] == conflicts[1],
                "the conflicts are \(conflicts[0].sorted()) or \(conflicts[1].sorted()), by the order of work"
            )
        }
    }

    private static func texts(_ rows: [SandboxJSON], _ names: [String]) -> Set<String> {
        Set(rows.map { row in names.map { row[$0]?.plainText ?? "" }.joined(separator: "|") })
    }
}
