import CoupletCore
import CoupletPorts

extension Engine {
    /// Settles every conflict of a mapping in the same way; see `ResolveConflicts`.
    func resolve(_ action: ResolveConflicts, _ context: ActionContext) async throws -> RunOrPlan {
        var mapping = try await store.read { try MappingService.mapping(named: action.mapping, in: $0) }
        let field = try action.field.map { try mapping.field(named: $0) }
        guard mapping.direction.writes(to: action.side.other) else {
            throw CoupletError(
                "conflict.oneWay",
                ["mapping": mapping.name, "side": action.side.rawValue],
                status: .wrongUse
            )
        }
        var standing: PlanDetails.StandingResolution?
        if action.isStanding {
            standing = PlanDetails.StandingResolution(mapping: mapping.name, field: field?.id, side: action.side)
        }
        if let standing, !action.isPreview { mapping = try await setRule(standing, in: mapping, by: context.author) }
        let asked = mapping
        let details = Asked.about(mapping.name, ["field": field?.id, "take": action.side.rawValue])
        return try await RunSession.run(
            "conflict.resolve",
            context,
            isPreview: action.isPreview,
            standing: standing,
            asked: details
        ) { session in
            let run = try await session.open(asked, asked.direction, isFull: false, writes: true, isMeasured: true)
            try await session.prepare(run, isFull: false)
            let couplings = try await decide(action.side, field?.id, run, by: context.author)
            let selection = MappingRun.Selection(scope: .couplings(couplings), choice: nil, isAsked: true)
            var planner = CouplingPlanner(run: run, choice: nil, isAsked: true)
            planner.shownResolution = CouplingPlanner.ShownResolution(side: action.side, field: field?.id)
            let planned = try await planner.plan(selection.scope)
            guard !session.isPreview else { return }
            let nothing = BySide(erp: 0, crm: 0)
            let holds = try await SafetyCheck(run: run).holds(changed: planned.steps, created: nothing)
            guard holds.isEmpty else { return try await session.hold(run, holds) }
            try await run.synchronize(selection, planned: planned)
            session.book.charge(run.mainJob, run.context)
        }
    }

    /// Keeps the decision with every open conflict that it is about.
    /// - Returns: Their couplings.
    private func decide(_ side: Side, _ field: String?, _ run: MappingRun, by author: Author) async throws -> [Int64] {
        let (name, number) = (run.context.name, run.book.run.id)
        let isPreview = run.isPreview
        return try await store.write { transaction in
            var couplings: [Int64] = []
            for var conflict in try transaction.conflicts(mapping: name, includingClosed: false) {
                let fields = conflict.fields.map(\.field).filter { field == nil || $0 == field }
                guard !fields.isEmpty else { continue }
                couplings.append(conflict.coupling)
                if isPreview { continue }
                for name in fields { conflict.resolutions[name] = .take(side) }
                conflict.resolvedBy = author.who
                _ = try transaction.save(conflict)
                let details = ["fields": fields.joined(separator: ", "), "take": side.rawValue]
                let subject = AuditEntry.Subject(.conflict, conflict.id)
                try transaction.audit(.conflictResolved, subject, by: author, run: number, details)
            }
            return couplings.sorted()
        }
    }

    /// Makes a side's values stand in later conflicts too.
    private func setRule(
        _ standing: PlanDetails.StandingResolution,
        in mapping: TableMapping,
        by author: Author
    ) async throws -> TableMapping {
        let changed = mapping.settled(by: standing)
        let changes = try await mappings.apply([changed], isPreview: false, by: author)
        if let problem = changes.problems.first { throw problem }
        return changed
    }
}

extension TableMapping {
    /// Itself, with a resolution as its rule or a field's.
    func settled(by standing: PlanDetails.StandingResolution) -> TableMapping {
        var changed = self
        let rule: ConflictRules.Update = standing.side == .erp ? .erp : .crm
        if let field = standing.field {
            for index in changed.fields.indices where changed.fields[index].id == field {
                changed.fields[index].updateConflicts = rule
            }
        } else {
            changed.conflictRules.update = rule
        }
        return changed
    }

    /// The enabled field mapping that has a name on either side, or that is its id.
    func field(named name: String) throws -> FieldMapping {
        let found = enabledFields.first { field in
            field.id == name || [field.erp.name, field.crm.name].contains { $0.lowercased() == name.lowercased() }
        }
        guard let found else {
            throw CoupletError(
                "match.unknownField",
                [
                    "mapping": self.name, "field": name,
                    "known": enabledFields.map { $0.id.replacing("|", with: " / ") }.joined(separator: ", "),
                ],
                status: .wrongUse
            )
        }
        return found
    }
}
