import CoupletCore
import CoupletPorts
import Testing

extension StateStoreConformance {
    static let openItemChecks = [
        Check("a conflict comes back whole, and stays under its number when saved again", conflictIsKept),
        Check(
            "conflicts come oldest first, of one mapping or all, open ones unless asked",
            conflictsOldestFirst
        ),
        Check("a coupling has at most one open conflict", oneOpenConflict),
        Check(
            "a question comes back whole, with and without candidates, answer and coupling",
            questionIsKept
        ),
        Check(
            "questions come oldest first, of one mapping or all, open ones unless asked",
            questionsOldestFirst
        ),
        Check("at most one question about a record is open in a mapping", oneOpenQuestion),
        Check(
            "a failure comes back whole and is replaced by the next of its target and source",
            failureIsReplaced
        ),
        Check("failures come oldest first", failuresOldestFirst),
    ]

    /// An open conflict of two fields, one of which was never settled before.
    static func conflict(_ world: World, _ coupling: Int64) -> ConflictRecord {
        ConflictRecord(
            mapping: world.mapping.name,
            coupling: coupling,
            label: "C-1 Åsa",
            fields: [
                FieldDifference(
                    field: "name|name",
                    base: BySide(erp: .text("a"), crm: .null),
                    present: BySide(erp: .number("1.0"), crm: .boolean(true))
                ),
                FieldDifference(field: "city|city", base: nil, present: BySide(erp: .text(""), crm: .null)),
            ],
            foundAt: at(40)
        )
    }

    /// An open question with two candidates.
    static func question(_ world: World, side: Side, record: Int) -> QuestionRecord {
        QuestionRecord(
            mapping: world.mapping.name,
            kind: .severalCandidates,
            side: side,
            record: id(record),
            label: "K\(record)",
            candidates: [
                QuestionRecord.Candidate(
                    id: id(8),
                    key: "A",
                    name: "Alfa",
                    score: 0.5,
                    reasons: [Message("match.name", ["value": "x"])]
                ),
                QuestionRecord.Candidate(id: id(9), key: nil, name: "", score: 1, reasons: []),
            ],
            fields: [FieldDifference(field: "f|g", base: nil, present: BySide(erp: .null, crm: .text("y")))],
            askedAt: at(41)
        )
    }

    @Sendable private static func conflictIsKept(_ store: any StateStore) async throws {
        let world = try await World(store)
        let number = try await store.write { try $0.insert(world.coupling(1, 2)) }
        var saved = conflict(world, number)
        saved.id = try await store.write(with: saved) { try $0.save($1) }
        #expect(try await store.read(with: saved) { try $0.conflict($1.id) } == saved)
        saved.fields.removeLast()
        saved.resolutions = ["name|name": .take(.crm), "city|city": .value(.number("1.0")), "a|b": .value(.null)]
        saved.resolvedBy = "anna"
        saved.label = "other"
        #expect(try await store.write(with: saved) { try $0.save($1) } == saved.id)
        #expect(try await store.read(with: saved) { try $0.conflict($1.id) } == saved)
        #expect(try await store.read { try $0.conflict(4711) } == nil)
    }

    @Sendable private static func conflictsOldestFirst(_ store: any StateStore) async throws {
        let world = try await World(store)
        let numbers = try await store.write { writing throws in
            try (1...3).map { number in
                var saved = conflict(world, try writing.insert(world.coupling(number, number)))
                saved.foundAt = at(100 - number)
                saved.closedAt = number == 2 ? at(200) : nil
                return try writing.save(saved)
            }
        }
        try await store.read { reading throws in
            let open = try reading.conflicts(mapping: "CUSTOMER", includingClosed: false)
            #expect(open.map(\.id) == [numbers[2], numbers[0]])
            let all = try reading.conflicts(mapping: nil, includingClosed: true)
            #expect(all.map(\.id) == [numbers[2], numbers[1], numbers[0]])
            #expect(try reading.conflicts(mapping: "VENDOR", includingClosed: true).isEmpty)
        }
    }

    @Sendable private static func oneOpenConflict(_ store: any StateStore) async throws {
        let world = try await World(store)
        let number = try await store.write { try $0.insert(world.coupling(1, 2)) }
        var saved = conflict(world, number)
        saved.id = try await store.write(with: saved) { try $0.save($1) }
        await expectFailed(store) { _ = try $0.save(conflict(world, number)) }
        saved.closedAt = at(9)
        _ = try await store.write(with: saved) { try $0.save($1) }
        _ = try await store.write { try $0.save(conflict(world, number)) }
    }

    @Sendable private static func questionIsKept(_ store: any StateStore) async throws {
        let world = try await World(store)
        let number = try await store.write { try $0.insert(world.coupling(1, 2)) }
        var saved = question(world, side: .erp, record: 1)
        saved.id = try await store.write(with: saved) { try $0.save($1) }
        #expect(try await store.read(with: saved) { try $0.question($1.id) } == saved)
        saved.kind = .unconfirmedCreate
        saved.coupling = number
        saved.candidates = []
        saved.fields = []
        saved.answer = "crm:1"
        saved.answeredBy = "anna"
        saved.closedAt = at(9)
        #expect(try await store.write(with: saved) { try $0.save($1) } == saved.id)
        #expect(try await store.read(with: saved) { try $0.question($1.id) } == saved)
        #expect(try await store.read { try $0.question(4711) } == nil)
    }

    @Sendable private static func questionsOldestFirst(_ store: any StateStore) async throws {
        let world = try await World(store)
        let numbers = try await store.write { writing throws in
            try (1...3).map { number in
                var saved = question(world, side: .crm, record: number)
                saved.askedAt = at(100 - number)
                saved.closedAt = number == 2 ? at(200) : nil
                return try writing.save(saved)
            }
        }
        try await store.read { reading throws in
            let open = try reading.questions(mapping: "CUSTOMER", includingClosed: false)
            #expect(open.map(\.id) == [numbers[2], numbers[0]])
            let all = try reading.questions(mapping: nil, includingClosed: true)
            #expect(all.map(\.id) == [numbers[2], numbers[1], numbers[0]])
            #expect(try reading.questions(mapping: "VENDOR", includingClosed: true).isEmpty)
            #expect(try reading.openQuestion(mapping: "CUSTOMER", side: .crm, record: id(1))?.id == numbers[0])
            #expect(try reading.openQuestion(mapping: "CUSTOMER", side: .erp, record: id(1)) == nil)
            #expect(try reading.openQuestion(mapping: "CUSTOMER", side: .crm, record: id(2)) == nil)
            #expect(try reading.openQuestion(mapping: "VENDOR", side: .crm, record: id(1)) == nil)
        }
    }

    @Sendable private static func oneOpenQuestion(_ store: any StateStore) async throws {
        let world = try await World(store)
        _ = try await store.write { try $0.save(question(world, side: .erp, record: 1)) }
        await expectFailed(store) { _ = try $0.save(question(world, side: .erp, record: 1)) }
        _ = try await store.write { try $0.save(question(world, side: .crm, record: 1)) }
    }

    @Sendable private static func failureIsReplaced(_ store: any StateStore) async throws {
        let world = try await World(store)
        let first = world.failure(toward: .crm, source: 1, .retrying, nextAt: at(30))
        try await store.write { try $0.save(first) }
        #expect(try await store.read { try $0.failures(mapping: "CUSTOMER") } == [first])
        let second = world.failure(toward: .crm, source: 1, .parked)
        let other = world.failure(toward: .erp, source: 1, .waiting)
        try await store.write { writing throws in
            try writing.save(second)
            try writing.save(other)
        }
        #expect(try await store.read { Set(try $0.failures(mapping: nil)) } == [second, other])
        try await store.write { writing throws in
            try writing.removeFailure(mapping: "CUSTOMER", target: .crm, source: id(1))
            try writing.removeFailure(mapping: "CUSTOMER", target: .crm, source: id(1))
            try writing.removeFailure(mapping: "VENDOR", target: .erp, source: id(1))
        }
        #expect(try await store.read { try $0.failures(mapping: nil) } == [other])
        #expect(try await store.read { try $0.failures(mapping: "VENDOR") }.isEmpty)
    }

    @Sendable private static func failuresOldestFirst(_ store: any StateStore) async throws {
        let world = try await World(store)
        try await store.write { writing throws in
            for (source, first) in [(1, 30), (2, 10), (3, 20)] {
                var failure = world.failure(toward: .crm, source: source, .parked)
                failure.firstAt = at(first)
                try writing.save(failure)
            }
        }
        #expect(try await store.read { try $0.failures(mapping: "CUSTOMER").map(\.source) } == [id(2), id(3), id(1)])
    }
}
