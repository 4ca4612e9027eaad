import CoupletCore
import CoupletTestSupport
import Testing

/// Random histories of edits and synchronizations; the oracle is the edit history of each field.
@Suite("Generated histories")
struct HistoryTests {
    static let chunks = 40
    static let seedsPerChunk: UInt64 = 10

    @Test("no update is lost or invented, and everything converges or is named", arguments: 0..<chunks)
    func histories(chunk: Int) {
        for seed in UInt64(chunk) * Self.seedsPerChunk..<UInt64(chunk + 1) * Self.seedsPerChunk {
            var world = HistoryWorld(seed: seed, couplings: 4)
            world.faults = seed % 4 == 0 ? [] : .all
            live(&world)
            settleDown(&world, seed)
            check(world, seed)
        }
    }

    private static let rules = [
        ConflictRules(update: .erp), ConflictRules(update: .crm), ConflictRules(scope: .record),
        ConflictRules(update: .erp, scope: .record), ConflictRules(update: .crm, scope: .record),
    ]

    @Test("the same holds with rules for conflicts, and a side that wins leaves no conflict", arguments: rules, 0..<6)
    func ruled(rules: ConflictRules, chunk: Int) {
        for seed in UInt64(chunk) * Self.seedsPerChunk..<UInt64(chunk + 1) * Self.seedsPerChunk {
            var world = HistoryWorld(seed: seed, couplings: 4, rules: rules)
            world.faults = seed % 4 == 0 ? [] : .all
            live(&world)
            settleDown(&world, seed)
            check(world, seed)
            guard rules.update != .ask else { continue }
            for coupling in world.records.indices {
                #expect(world.decide(coupling, job: .bidirectional).conflicts.isEmpty, "seed \(seed), \(coupling)")
            }
        }
    }

    private func live(_ world: inout HistoryWorld) {
        for _ in 0..<60 {
            let coupling = world.random.below(world.records.count)
            switch world.random.below(12) {
            case 0...4: world.randomEdit()
            case 5: world.resolve(coupling)
            case 6:
                let choice = world.random.oneIn(6) ? world.random.pick(Side.allCases) : nil
                world.synchronize(coupling, job: .bidirectional, isFull: world.random.oneIn(4), choice: choice)
            case 7...8:
                let job = world.random.pick(Direction.allCases)
                world.synchronize(coupling, job: job, isFull: world.random.oneIn(6))
            default:
                var order = Array(world.records.indices)
                order.shuffle(using: &world.random)
                let job = world.random.pick(Direction.allCases)
                for coupling in order { world.synchronize(coupling, job: job) }
            }
        }
    }

    /// Synchronizes without faults until nothing moves, and once more.
    private func settleDown(_ world: inout HistoryWorld, _ seed: UInt64) {
        world.faults = []
        var cycles = 0
        while cycles < 10 {
            cycles += 1
            var isMoving = false
            for coupling in world.records.indices {
                if world.synchronize(coupling, job: .bidirectional) { isMoving = true }
            }
            if !isMoving { break }
        }
        #expect(cycles < 6, "seed \(seed) does not come to rest")
    }

    private func check(_ world: HistoryWorld, _ seed: UInt64) {
        for coupling in world.records.indices {
            let decision = world.decide(coupling, job: .bidirectional)
            let named = Set(
                (decision.conflicts + decision.drift + decision.undecided).map(\.field) + decision.problems.map(\.field)
            )
            for (index, field) in HistoryFields.all.enumerated() {
                let context: Comment = "seed \(seed), coupling \(coupling), \(field.mapping.id)"
                let record = world.records[coupling]
                let present = BySide(
                    erp: field.meaning(record.erp.values[index]),
                    crm: field.meaning(record.crm.values[index])
                )
                guard let entry = world.ledger.entries[.init(coupling: coupling, field: index)] else { continue }
                // What a conflict of the whole record holds back is named by that conflict.
                let isHeld = world.ledger.takesRecordsAsOne && !decision.conflicts.isEmpty
                if !named.contains(field.mapping.id), !isHeld {
                    #expect(present.erp == present.crm, "a difference that nobody is told of: \(context)")
                }
                for side in Side.allCases {
                    #expect(entry.given.contains(present[side]), "a value that nobody gave: \(context)")
                    guard let last = entry.last[side] else { continue }
                    #expect(present[side] == last || entry.kept.contains(last), "a lost update on \(side): \(context)")
                }
            }
        }
    }

    @Test("the order of directions, passes and couplings does not change the result", arguments: 0..<20)
    func commutes(chunk: Int) {
        for seed in UInt64(chunk) * 4..<UInt64(chunk + 1) * 4 {
            let results = (0..<4).map { variant in outcome(seed: seed, variant: variant) }
            #expect(Set(results).count == 1, "seed \(seed) depends on the order")
        }
    }

    /// The end of one script of edits, synchronized in one of several orders after each round.
    private func outcome(seed: UInt64, variant: UInt64) -> [[String]] {
        var script = SeededGenerator(seed: seed)
        var world = HistoryWorld(seed: seed, couplings: 3)
        world.choices = [.erp, .crm, .erp]
        world.random = SeededGenerator(seed: seed ^ variant &* 7919)
        for _ in 0..<6 {
            for _ in 0..<script.below(8) {
                let (coupling, field) = (script.below(3), script.below(HistoryFields.all.count))
                let side = script.pick(Side.allCases)
                world.edit(coupling, side, field, HistoryFields.all[field].randomValue(side, &script))
            }
            var order = Array(world.records.indices)
            order.shuffle(using: &world.random)
            let jobs: [Direction] =
                switch variant {
                case 0: [.bidirectional]
                case 1: [.toIntegrationTable, .fromIntegrationTable]
                case 2: [.fromIntegrationTable, .toIntegrationTable]
                default: [.fromIntegrationTable, .bidirectional, .toIntegrationTable]
                }
            if world.random.oneIn(2) {
                for job in jobs { for coupling in order { world.synchronize(coupling, job: job) } }
            } else {
                for coupling in order { for job in jobs { world.synchronize(coupling, job: job) } }
            }
        }
        return world.records.map { record in
            HistoryFields.all.indices.flatMap { field in
                Side.allCases.map { HistoryFields.all[field].meaning(record[$0].values[field]) }
            }
        }
    }
}

/// Creating with lost answers: what was created is found again by matching.
@Suite("Generated histories: creating")
struct CreateHistoryTests {
    static let rule = MatchRule(pairs: [MatchRule.Pair(erp: "e_number", crm: "c_number")])

    @Test("no record is created twice, whatever is lost and however often it is tried", arguments: 0..<20)
    func createsOnce(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let fields = [Sample.field("number"), Sample.field("a")]
        let program = try Sample.program(Sample.mapping("THING", fields, matchRules: [Self.rule]))
        let sources = (1...20).map { number in
            (Sample.id(number), Sample.row(["e_number": .text("\(number)"), "e_a": "A"], program.layouts.erp))
        }
        var targets: [(id: RecordID, row: ObservedRow)] = []
        var coupled: [RecordID: RecordID] = [:]
        for _ in 0..<8 {
            var matcher = Matcher(program: program)
            for (id, row) in sources { matcher.add(side: .erp, id: id, row: row, isCoupled: coupled[id] != nil) }
            let taken = Set(coupled.values)
            for (id, row) in targets { matcher.add(side: .crm, id: id, row: row, isCoupled: taken.contains(id)) }
            let found = matcher.results()
            #expect(found.questions.isEmpty, "seed \(seed)")
            for couple in found.couples { coupled[couple.erp] = couple.crm }
            let planner = CreatePlanner(program: program, target: .crm)
            for (id, row) in sources where found.unmatched.contains(id) && !random.oneIn(3) {
                let decision = planner.decide(
                    source: row,
                    id: id,
                    references: ReferenceTable(),
                    newID: Sample.id(targets.count + 1, .crm),
                    naturalKey: nil,
                    label: ""
                )
                guard case .step(let step) = decision, let newID = step.ids.crm, !random.oneIn(5) else { continue }
                let values = step.fields.map { ($0.target.name, $0.write.value as Value?) }
                let created = Sample.row(Dictionary(uniqueKeysWithValues: values), program.layouts.crm)
                targets.append((newID, created))
                if !random.oneIn(3) { coupled[id] = newID }
            }
        }
        let numbers = targets.map { program.value(of: $0.row, named: "c_number") }
        #expect(Set(numbers).count == numbers.count, "seed \(seed): created twice")
        #expect(Set(coupled.values).count == coupled.count, "seed \(seed): coupled twice")
    }
}

extension MappingProgram {
    func value(of row: ObservedRow, named field: String) -> Value {
        guard let position = row.layout.position(of: field) else { return .null }
        return row.row.values(fieldCount: row.layout.fields.count)[position] ?? .null
    }
}
