import CoupletCore
import CoupletTestSupport

/// Two systems in memory with people who edit them, and a synchronizer made of decisions and settlements alone.
///
/// Writes are conditional, answers get lost, work stops between write and settlement, people edit in between. Whatever
/// happens is noted in `ledger`, which knows nothing of bases.
struct HistoryWorld {
    struct Record {
        var values: [Value]
        var version = 1
    }

    struct Fault: OptionSet {
        let rawValue: Int
        static let races = Fault(rawValue: 1)
        static let lostSteps = Fault(rawValue: 2)
        static let lostSettlements = Fault(rawValue: 4)
        static let all: Fault = [.races, .lostSteps, .lostSettlements]
    }

    let program: MappingProgram
    var random: SeededGenerator
    var records: [BySide<Record>]
    var bases: [Base?]
    var choices: [Side?]
    var resolutions: [[String: Resolution]]
    /// Steps sent whose settlement was lost; the synchronizer looks them up first, as after a restart.
    var inFlight: [[Step]]
    /// The versions that equal the base; a record at such a version need not be observed.
    var settledVersions: [BySide<Int>]
    var faults: Fault = []
    var ledger: HistoryLedger

    init(seed: UInt64, couplings: Int, rules: ConflictRules = ConflictRules()) {
        program = rules == ConflictRules() ? HistoryFields.program : HistoryFields.program(rules)
        var random = SeededGenerator(seed: seed)
        var records: [BySide<Record>] = []
        for _ in 0..<couplings {
            let values = HistoryFields.all.map { field in
                BySide(erp: field.randomValue(.erp, &random), crm: field.randomValue(.crm, &random))
            }
            let isAlike = random.oneIn(3)
            records.append(
                BySide(
                    erp: Record(values: values.map(\.erp)),
                    crm: Record(values: isAlike ? HistoryFields.alike(values.map(\.erp)) : values.map(\.crm))
                )
            )
        }
        self.random = random
        self.records = records
        bases = Array(repeating: nil, count: couplings)
        choices = (0..<couplings).map { [nil, .erp, .crm, .crm][$0 % 4] }
        resolutions = Array(repeating: [:], count: couplings)
        inFlight = Array(repeating: [], count: couplings)
        settledVersions = Array(repeating: BySide(erp: 0, crm: 0), count: couplings)
        ledger = HistoryLedger(records: records, seed: seed)
        ledger.takesRecordsAsOne = rules.scope == .record
    }

    // MARK: People

    /// A person sets a field on a side.
    mutating func edit(_ coupling: Int, _ side: Side, _ field: Int, _ value: Value) {
        guard records[coupling][side].values[field] != value else { return }
        records[coupling][side].values[field] = value
        records[coupling][side].version += 1
        ledger.noteEdit(coupling, side, field, value)
    }

    mutating func randomEdit(_ coupling: Int? = nil) {
        let coupling = coupling ?? random.below(records.count)
        let side = random.pick(Side.allCases)
        let field = random.below(HistoryFields.all.count)
        edit(coupling, side, field, HistoryFields.all[field].randomValue(side, &random))
    }

    /// A person settles the conflicts of a record in one way or another.
    mutating func resolve(_ coupling: Int) {
        let decision = decide(coupling, job: .bidirectional)
        for conflict in decision.conflicts {
            guard let field = HistoryFields.all.firstIndex(where: { $0.mapping.id == conflict.field }) else { continue }
            let typed = HistoryFields.all[field].randomValue(.erp, &random)
            let resolution = random.pick([Resolution.take(.erp), .take(.crm), .value(typed)])
            resolutions[coupling][conflict.field] = resolution
            if case .value(let value) = resolution { ledger.noteTyped(coupling, field, value) }
        }
    }

    // MARK: The synchronizer

    /// One pass over one coupling; yes if it wrote or recorded anything.
    @discardableResult
    mutating func synchronize(
        _ coupling: Int,
        job: Direction,
        isFull: Bool = false,
        choice: Side? = nil
    ) -> Bool {
        recover(coupling)
        let input = input(coupling, choice: choice)
        let reconciler = Reconciler(program: program, direction: job, isFull: isFull)
        let decision = reconciler.decide(input, references: ReferenceTable())
        ledger.check(decision, coupling, job: job, isFull: isFull, choice: input.choice)
        if !decision.agreements.isEmpty {
            bases[coupling] = Settlement.base(agreeing: decision.agreements, to: bases[coupling], program: program)
            for agreement in decision.agreements {
                ledger.noteSettled(coupling, field(agreement.field), agreement.present)
            }
        }
        let steps = reconciler.steps(for: decision, input: input, label: "\(coupling)")
        var targets = Side.allCases
        targets.shuffle(using: &random)
        for target in targets {
            if let step = steps[target] { send(step, coupling) }
        }
        closeResolutions(coupling, decision)
        rememberSettledVersions(coupling)
        return !decision.agreements.isEmpty || steps.erp != nil || steps.crm != nil
    }

    func decide(_ coupling: Int, job: Direction) -> PairDecision {
        var quiet = self
        return Reconciler(program: program, direction: job, isFull: false)
            .decide(quiet.input(coupling, choice: nil), references: ReferenceTable())
    }

    private func field(_ id: String) -> Int { program.fields.firstIndex { $0.id == id } ?? -1 }

    private func observed(_ coupling: Int, _ side: Side) -> ObservedRow {
        let record = records[coupling][side]
        return ObservedRow(row: EncodedRow(record.values), layout: program.layouts[side], version: "\(record.version)")
    }

    private mutating func input(_ coupling: Int, choice: Side?) -> PairInput {
        func seen(_ side: Side) -> ObservedRow? {
            let isSettled = records[coupling][side].version == settledVersions[coupling][side]
            return isSettled && random.oneIn(2) ? nil : observed(coupling, side)
        }
        let pair = BySide(erp: seen(.erp), crm: seen(.crm))
        return PairInput(
            coupling: Int64(coupling),
            ids: BySide(erp: Sample.id(coupling), crm: Sample.id(coupling, .crm)),
            base: bases[coupling],
            observed: pair,
            versions: BySide(
                erp: "\(records[coupling].erp.version)",
                crm: "\(records[coupling].crm.version)"
            ),
            choice: choice,
            firstChoice: choices[coupling],
            resolutions: resolutions[coupling]
        )
    }

    private mutating func send(_ step: Step, _ coupling: Int) {
        if faults.contains(.races), random.oneIn(8) { randomEdit(coupling) }
        if faults.contains(.lostSteps), random.oneIn(10) { return }
        guard step.precondition == "\(records[coupling][step.target].version)" else { return }
        for field in step.fields {
            let index = self.field(field.write.field)
            ledger.check(field.write, coupling, index, target: step.target)
            records[coupling][step.target].values[index] = field.write.value
        }
        records[coupling][step.target].version += 1
        if faults.contains(.lostSettlements), random.oneIn(8) {
            inFlight[coupling].append(step)
            return
        }
        settle(step, coupling, returned: random.oneIn(5) ? nil : observed(coupling, step.target).row)
    }

    private mutating func settle(_ step: Step, _ coupling: Int, returned: EncodedRow?) {
        bases[coupling] = Settlement.base(
            applying: step,
            returned: returned,
            to: bases[coupling],
            source: nil,
            program: program
        )
        for field in step.fields {
            var pair = BySide(erp: field.write.value, crm: field.write.value)
            pair[step.target.other] = field.write.source
            ledger.noteSettled(coupling, self.field(field.write.field), pair)
        }
    }

    /// Looks up what became of steps whose answer was lost, and settles the fields that hold what was sent.
    private mutating func recover(_ coupling: Int) {
        let steps = inFlight[coupling]
        inFlight[coupling] = []
        for step in steps {
            let row = observed(coupling, step.target).row
            if let done = Settlement.confirmed(step, by: row, program: program) {
                settle(done, coupling, returned: row)
            }
        }
    }

    /// A person's decision holds until it is carried out, or the record changes under it.
    private mutating func closeResolutions(_ coupling: Int, _ decision: PairDecision) {
        let open = decide(coupling, job: .bidirectional)
        for id in resolutions[coupling].keys {
            let isWritten = (open.writes.erp + open.writes.crm).contains { $0.field == id && $0.cause == .resolution }
            if !isWritten || random.oneIn(4) { resolutions[coupling][id] = nil }
        }
    }

    private mutating func rememberSettledVersions(_ coupling: Int) {
        guard let base = bases[coupling] else { return }
        for side in Side.allCases
        where program.isSettled(observed(coupling, side), side: side, record: .zero, base: base) {
            settledVersions[coupling][side] = records[coupling][side].version
        }
    }
}
