import CoupletCore
import CoupletPorts

/// What the choices for one record come to.
struct CouplingOffers: Sendable {
    let context: MappingContext
    let record: RecordKey
    let live: LiveRecords.Found
    let others: LiveRecords.Found

    private var row: ObservedRow? { live.rows[record.id] }

    /// Why the record cannot be coupled with anything; a counterpart that it has is no reason, for it can be left.
    func obstacle(_ transaction: any StoreReading) throws -> CoupletError? {
        try Self.obstacle { try requireThere(record, live, transaction, moves: true) }
    }

    /// A record with what choosing it would come to.
    func counterpart(
        _ partner: RecordKey,
        _ candidate: Matcher.Candidate,
        _ transaction: any StoreReading
    ) throws -> CouplingOffer.Counterpart {
        let isPresent = record.coupling != nil && partner.coupling?.id == record.coupling?.id
        let obstacle =
            isPresent ? nil : try Self.obstacle { try requireThere(partner, others, transaction, moves: false) }
        let found = try pair(partner).map { try decide($0, transaction) }
        return CouplingOffer.Counterpart(
            key: partner.text,
            number: partner.record.key,
            id: partner.id,
            name: partner.record.name,
            score: candidate.score < 0 ? nil : candidate.score,
            reasons: candidate.reasons,
            isPresent: isPresent,
            obstacle: obstacle,
            notices: isPresent ? [] : try notices(partner, transaction),
            fields: found?.fields ?? [],
            ways: found?.ways ?? []
        )
    }

    /// What creating a counterpart would write.
    func creation(_ transaction: any StoreReading) throws -> CouplingOffer.Way {
        let target = record.side.other
        var way = CouplingOffer.Way(values: record.side)
        let mapping = context.mapping
        way.obstacle = try Self.obstacle {
            try requireThere(record, live, transaction, moves: false)
            guard mapping.createTargets.contains(target) else {
                throw CoupletError(
                    "couple.createNotAllowed",
                    ["mapping": mapping.name, "side": target.rawValue],
                    status: .wrongUse
                )
            }
        }
        guard way.obstacle == nil, let row else { return way }
        let questions = context.program.referenceQuestions(creatingFrom: [row], source: record.side)
        let decision = CreatePlanner(program: context.program, target: target).decide(
            source: row,
            id: record.id,
            references: try context.answers(questions, transaction),
            newID: nil,
            naturalKey: nil,
            label: MappingRun.label(key: record.record.key, name: record.record.name)
        )
        switch decision {
        case .step(var step):
            step.key = record.text
            way.steps = [PlanView.StepView(StoredStep(plan: 0, job: nil, step: step, state: .planned))]
        case .problems(let problems): way.problems = problems.map(\.message)
        case .waits(let waits): way.problems = waits.map(Message.init(waiting:))
        }
        return way
    }

    /// What the choices ask about other records.
    func questions(_ partners: [RecordKey]) -> ReferenceTable.Questions {
        let program = context.program
        var questions = program.referenceQuestions(partners.compactMap(pair))
        if let row {
            let creating = program.referenceQuestions(creatingFrom: [row], source: record.side)
            questions.couplings.formUnion(creating.couplings)
            questions.rows.formUnion(creating.rows)
        }
        return questions
    }

    private func requireThere(
        _ key: RecordKey,
        _ found: LiveRecords.Found,
        _ transaction: any StoreReading,
        moves: Bool
    ) throws {
        if found.missing.contains(key.id) {
            let arguments = ["key": key.text, "name": key.record.name, "mapping": context.name]
            throw CoupletError("couple.deleted", arguments, status: .wrongUse)
        }
        _ = try CouplingCheck(context, transaction).ended(by: key, moves: moves, row: found.rows[key.id])
    }

    private static func obstacle(_ check: () throws -> Void) throws -> CoupletError? {
        do {
            try check()
            return nil
        } catch let error as CoupletError {
            return error
        }
    }

    /// The couplings that would end, and those of other mappings that the counterpart has and keeps.
    private func notices(_ partner: RecordKey, _ transaction: any StoreReading) throws -> [Message] {
        let check = try CouplingCheck(context, transaction)
        let ended = try [record, partner].compactMap { key -> Message? in
            guard let coupling = key.coupling else { return nil }
            let isGone = try check.isGone(coupling.ids[key.side.other], key.side.other)
            return isGone || key.id == record.id
                ? Message(ending: coupling, keeping: key.side, isGone: isGone) : nil
        }
        let siblings = context.siblings[partner.side].map(\.mapping.name)
        return try ended
            + siblings.compactMap { name in
                try transaction.coupling(mapping: name, side: partner.side, record: partner.id).map { other in
                    let side = partner.side.other
                    return Message("couple.alsoIn", ["mapping": name, "with": other.ids[side].typed(on: side)])
                }
            }
    }

    /// Both records as if nobody had compared them.
    private func pair(_ partner: RecordKey) -> PairInput? {
        guard let own = row, let other = others.rows[partner.id] else { return nil }
        let isERP = record.side == .erp
        return PairInput(
            coupling: 0,
            ids: BySide(erp: isERP ? record.id : partner.id, crm: isERP ? partner.id : record.id),
            observed: BySide(erp: isERP ? own : other, crm: isERP ? other : own),
            versions: BySide(erp: isERP ? own.version : other.version, crm: isERP ? other.version : own.version)
        )
    }

    private func decide(
        _ input: PairInput,
        _ transaction: any StoreReading
    ) throws -> (fields: [CouplingOffer.Field], ways: [CouplingOffer.Way]) {
        let program = context.program
        let references = try context.answers(program.referenceQuestions([input]), transaction)
        let compared = Reconciler(program: program, direction: .bidirectional, isFull: false)
            .decide(input, references: references)
        let same = Set(compared.agreements.map(\.field))
        let fields = program.fields.enumerated().map { index, field in
            func value(_ side: Side) -> Value {
                input.observed[side].flatMap { program.value(of: $0, field: index, side: side) } ?? .null
            }
            return CouplingOffer.Field(
                field: field.id,
                direction: context.mapping.direction(of: field) ?? field.direction,
                values: BySide(erp: value(.erp), crm: value(.crm)),
                isSame: same.contains(field.id)
            )
        }
        return (fields, [nil, Side.erp, .crm].map { way($0, input, references) })
    }

    private func way(_ values: Side?, _ input: PairInput, _ references: ReferenceTable) -> CouplingOffer.Way {
        var way = CouplingOffer.Way(values: values)
        guard let values else { return way }
        let asked = Direction.toward(values.other)
        guard let direction = context.mapping.direction.intersection(asked) else {
            way.obstacle = CoupletError(
                "sync.directionNotAllowed",
                [
                    "mapping": context.name, "direction": asked.rawValue,
                    "allowed": context.mapping.direction.rawValue,
                ],
                status: .wrongUse
            )
            return way
        }
        var input = input
        input.firstChoice = values
        let reconciler = Reconciler(program: context.program, direction: direction, isFull: false)
        let decision = context.decisions.reconcile(input, references: references, by: reconciler)
        let label = MappingRun.label(key: record.record.key, name: record.record.name)
        let steps = reconciler.steps(for: decision, input: input, label: label)
        way.steps = [Side.crm, .erp].compactMap { steps[$0] }.map { step in
            var step = step
            step.key = record.side == .erp ? record.text : step.ids.erp?.description
            return PlanView.StepView(StoredStep(plan: 0, job: nil, step: step, state: .planned))
        }
        way.open = decision.conflicts + decision.undecided
        way.problems =
            decision.problems.map(\.message) + decision.waits.filter(\.required).map(Message.init(waiting:))
        return way
    }
}
