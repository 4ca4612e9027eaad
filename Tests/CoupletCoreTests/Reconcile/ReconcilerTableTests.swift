import CoupletCore
import Testing

/// The whole table of base × ERP × CRM × direction × job × full × choice for one field.
///
/// The expectation is written as pictures, one for each of the four situations, and knows nothing of how it is decided:
/// `-` nothing, `=` agreement, `>` ERP's value to the CRM, `<` CRM's value to the ERP, `!` conflict, `?` question,
/// `d` drift. Narrowing by the job is applied to the pictures afterwards.
@Suite("Reconciler: the whole table")
struct ReconcilerTableTests {
    /// Rows are the ERP, columns the CRM: not seen, as the base, blank, X, Y.
    static let twoWayWithBase = [
        "--<<<",
        "--<<<",
        ">>=!!",
        ">>!=!",
        ">>!!=",
    ]
    static let toTheCRMWithBase = [
        "--ddd",
        "--ddd",
        ">>=>>",
        ">>>=>",
        ">>>>=",
    ]
    /// Blank, X, Y.
    static let twoWayWithoutBase = [
        "=<<",
        ">=?",
        ">?=",
    ]
    static let toTheCRMWithoutBase = [
        "=??",
        ">=?",
        ">?=",
    ]

    struct Setting: CustomTestStringConvertible, Sendable {
        var field: Direction
        var job: Direction
        var isFull: Bool
        var choice: Side?

        var testDescription: String {
            "field \(field), job \(job), full \(isFull), choice \(choice.map(\.rawValue) ?? "none")"
        }

        static let all: [Setting] = Direction.allCases.flatMap { field in
            Direction.allCases.flatMap { job in
                [false, true].flatMap { isFull in
                    [nil, .erp, .crm].map { Setting(field: field, job: job, isFull: isFull, choice: $0) }
                }
            }
        }
    }

    @Test("every cell is decided as the pictures say", arguments: Setting.all)
    func everyCell(setting: Setting) throws {
        let one = OneField(
            field: Sample.field("a", direction: setting.field),
            job: setting.job,
            isFull: setting.isFull,
            choice: setting.choice
        )
        let seen: [Value?] = [nil, "B", "", "X", "Y"]
        for (row, erp) in seen.enumerated() {
            for (column, crm) in seen.enumerated() {
                let found = try one.decide(base: .both("B"), erp: erp, crm: crm)
                let expected = expectation(hasBase: true, row: row, column: column, setting: setting)
                #expect(
                    Cell(found) == expected,
                    "base B, ERP \(String(describing: erp)), CRM \(String(describing: crm))"
                )
            }
        }
        for (row, erp) in seen.dropFirst(2).enumerated() {
            for (column, crm) in seen.dropFirst(2).enumerated() {
                let found = try one.decide(base: nil, erp: erp, crm: crm)
                let expected = expectation(hasBase: false, row: row, column: column, setting: setting)
                #expect(
                    Cell(found) == expected,
                    "no base, ERP \(String(describing: erp)), CRM \(String(describing: crm))"
                )
            }
        }
    }

    @Test("a side that was not read is never guessed without a base", arguments: Setting.all)
    func unread(setting: Setting) throws {
        let one = OneField(field: Sample.field("a", direction: setting.field), job: setting.job, choice: setting.choice)
        for (erp, crm) in [(nil, nil), ("X", nil), (nil, "X")] as [(Value?, Value?)] {
            let found = try one.decide(base: nil, erp: erp, crm: crm)
            #expect(found.skip == .unread)
            #expect(found.writes.erp.isEmpty && found.writes.crm.isEmpty && found.agreements.isEmpty)
        }
    }

    // MARK: Expectation

    /// One letter of a picture, with the cause of a write.
    struct Cell: Equatable {
        var letter: Character
        var cause: WriteCause?
    }

    private func expectation(hasBase: Bool, row: Int, column: Int, setting: Setting) -> Cell {
        // The table for the other one-way direction is the same seen in a mirror.
        let isMirrored = setting.field == .fromIntegrationTable
        let picture =
            switch (hasBase, setting.field == .bidirectional) {
            case (true, true): Self.twoWayWithBase
            case (true, false): Self.toTheCRMWithBase
            case (false, true): Self.twoWayWithoutBase
            case (false, false): Self.toTheCRMWithoutBase
            }
        let line = Array(picture[isMirrored ? column : row])
        var letter = line[isMirrored ? row : column]
        if isMirrored { letter = letter == ">" ? "<" : letter == "<" ? ">" : letter }
        let (first, second) = hasBase ? (row, column) : (row + 2, column + 2)
        return narrowed(letter, hasBase: hasBase, oneIsBlank: (first == 2) != (second == 2), setting: setting)
    }

    private func narrowed(_ picture: Character, hasBase: Bool, oneIsBlank: Bool, setting: Setting) -> Cell {
        var letter = picture
        var cause: WriteCause = hasBase ? .edit : .fill
        switch (letter, setting.choice) {
        case ("!", let side?) where setting.job != (side == .erp ? .fromIntegrationTable : .toIntegrationTable):
            (letter, cause) = (side == .erp ? ">" : "<", .resolution)
        case ("?", .erp?) where setting.field != .fromIntegrationTable: (letter, cause) = (">", .choice)
        case ("?", .crm?) where setting.field != .toIntegrationTable: (letter, cause) = ("<", .choice)
        default: break
        }
        if letter == "d", setting.isFull {
            let write: Character = setting.field == .toIntegrationTable ? ">" : "<"
            let isAllowed = setting.job == .bidirectional || setting.job == setting.field
            if isAllowed { (letter, cause) = (write, .drift) }
        }
        if letter == ">", setting.job == .fromIntegrationTable { return Cell(letter: "l") }
        if letter == "<", setting.job == .toIntegrationTable { return Cell(letter: "r") }
        return Cell(letter: letter, cause: letter == ">" || letter == "<" ? cause : nil)
    }
}

extension ReconcilerTableTests.Cell {
    init(letter: Character) { self.init(letter: letter, cause: nil) }

    /// What a decision about one field amounts to; `*` when it says more than one thing.
    init(_ decision: PairDecision) {
        var letters: [Character] = []
        var cause: WriteCause?
        for write in decision.writes.crm {
            letters.append(">")
            cause = write.cause
        }
        for write in decision.writes.erp {
            letters.append("<")
            cause = write.cause
        }
        letters += decision.agreements.map { _ in "=" }
        letters += decision.conflicts.map { _ in "!" }
        letters += decision.undecided.map { _ in "?" }
        letters += decision.drift.map { _ in "d" }
        letters += decision.left.erp.map { _ in "l" }
        letters += decision.left.crm.map { _ in "r" }
        letters += decision.problems.map { _ in "p" } + decision.waits.map { _ in "w" }
        if decision.skip != nil { letters.append("s") }
        if letters.isEmpty { letters.append(decision.isUnchanged ? "-" : "*") }
        self.init(letter: letters.count == 1 ? letters[0] : "*", cause: cause)
    }
}
