import CoupletCore
import CoupletPorts

/// What must hold when nobody edits and Couplet has had its time.
extension Oracle {
    /// Judges a quiet point.
    /// - Parameters:
    ///   - open: What Couplet names as open.
    ///   - kept: The values that the history keeps of a record's field.
    ///   - putBack: The values that an undo has brought back to a record's field, as the history has it.
    ///   - report: What was checked and found.
    mutating func judgeQuiet(
        _ open: OpenItems,
        kept: (RecordName, String) -> [String],
        putBack: (RecordName, String) -> [String],
        _ report: inout SimulationReport
    ) {
        judgeBijection(open, &report)
        for pair in open.pairs { judgeConvergence(pair, open, putBack, &report) }
        judgeOrphans(open, &report)
        judgeOverwritten(kept: kept, &report)
        dropGrants(open)
    }

    func names(_ pair: OpenItems.Pair) -> (erp: RecordName, crm: RecordName, mapping: TableMapping)? {
        guard let mapping = mappings.first(where: { $0.name == pair.mapping }) else { return nil }
        return (
            RecordName(side: .erp, table: mapping.erp.table, id: pair.ids.erp),
            RecordName(side: .crm, table: mapping.crm.table, id: pair.ids.crm), mapping
        )
    }

    private func judgeBijection(_ open: OpenItems, _ report: inout SimulationReport) {
        for side in Side.allCases {
            let ids = open.pairs.map { "\($0.mapping) \($0.ids[side])" }
            report.check(.bijection, Set(ids).count == ids.count, "a record of \(side.rawValue) is coupled twice")
        }
        let known = Set(open.pairs.compactMap { names($0)?.erp })
        for name in partners.keys.sorted() where name.side == .erp {
            report.check(.bijection, known.contains(name), "\(name) was coupled and is not any more")
        }
    }

    private func judgeConvergence(
        _ pair: OpenItems.Pair,
        _ open: OpenItems,
        _ putBack: (RecordName, String) -> [String],
        _ report: inout SimulationReport
    ) {
        guard let (erp, crm, mapping) = names(pair), isInScope(erp), isInScope(crm) else { return }
        guard pair.hasBase || pair.hasChoice else { return }
        for field in mapping.fields where field.enabled {
            guard let direction = mapping.direction.intersection(field.direction) else { continue }
            let isApart = [(erp, field.erp.name), (crm, field.crm.name)]
                .allSatisfy { records[$0.0]?.fields[$0.1]?.isApart == true }
            let isNamed = pair.hasQuestion || pair.hasFailure || isApart || pair.conflicts.contains(field.id)
            let isEqual = isEqual(field, erp: erp, crm: crm)
            let left = records[erp]?.value(field.erp.name) ?? ""
            let right = records[crm]?.value(field.crm.name) ?? ""
            if open.hasTrouble, !pair.hasFailure { report.checks[.isolation, default: 0] += 1 }
            report.check(
                .convergence,
                isEqual || isNamed || isWaiting(field, erp: erp, crm: crm)
                    || isDrift(field, direction, erp: erp, crm: crm)
                    || isUntouched(field, erp: erp, crm: crm)
                    || isPutBack(field, BySide(erp: left, crm: right), pair, erp, crm, putBack),
                "\(field.id) is '\(left)' in \(erp) and '\(right)' in \(crm), and nothing says why"
            )
            report.check(
                .noEcho,
                !pair.conflicts.contains(field.id)
                    || (!left.utf8.elementsEqual(right.utf8) && field.direction == .bidirectional),
                "\(field.id) of \(erp) and \(crm) is in conflict, and both sides have '\(left)'"
            )
        }
    }

    /// Whether two values are what an undo has left: one of them it was to bring back, and found there when it looked what had
    /// become of its request, and nobody has changed either since.
    private func isPutBack(
        _ field: FieldMapping,
        _ present: BySide<String>,
        _ pair: OpenItems.Pair,
        _ erp: RecordName,
        _ crm: RecordName,
        _ putBack: (RecordName, String) -> [String]
    ) -> Bool {
        guard hasUndone, let base = pair.base[field.id],
            Side.allCases.allSatisfy({ base[$0].utf8.elementsEqual(present[$0].utf8) })
        else { return false }
        return [erp, crm].contains { name in
            putBack(name, field.id).contains { $0.utf8.elementsEqual(present[name.side].utf8) }
        }
    }

    /// Whether an optional reference names a record that is not coupled: the field waits for that, and the record does not.
    private func isWaiting(_ field: FieldMapping, erp: RecordName, crm: RecordName) -> Bool {
        guard let reference = field.reference, !reference.required else { return false }
        let values = [(erp, field.erp.name), (crm, field.crm.name)]
        return values.contains { name, own in
            let value = records[name]?.value(own) ?? ""
            return !value.isEmpty && field.direction.writes(to: name.side.other)
                && translated(value, field, from: name.side) == nil
        }
    }

    /// Whether references are as both sides had them last: what they mean may have changed since, by uncoupling what they
    /// name, without anybody changing them.
    private func isUntouched(_ field: FieldMapping, erp: RecordName, crm: RecordName) -> Bool {
        guard field.reference != nil else { return false }
        return [(erp, field.erp.name), (crm, field.crm.name)].allSatisfy { name, field in
            guard let track = records[name]?.fields[field], let last = track.agreed.last else { return false }
            return last.value.utf8.elementsEqual(track.value.utf8)
        }
    }

    /// Whether a one-way field's target may differ: a user set it, or the source is blank and leaves it.
    private func isDrift(_ field: FieldMapping, _ direction: Direction, erp: RecordName, crm: RecordName) -> Bool {
        let (source, target): (RecordName, RecordName)
        switch direction {
        case .bidirectional: return false
        case .toIntegrationTable: (source, target) = (erp, crm)
        case .fromIntegrationTable: (source, target) = (crm, erp)
        }
        let value = records[source]?.value(field.field(source.side).name) ?? ""
        if value.isEmpty, field.keepTargetWhenBlank { return true }
        return records[target]?.fields[field.field(target.side).name]?.isUsers ?? false
    }

    private func judgeOrphans(_ open: OpenItems, _ report: inout SimulationReport) {
        let unconfirmed = open.unconfirmed
        for (name, record) in records.sorted(by: { $0.key < $1.key }) where record.isCoupletsForSure && record.isPresent
        {
            let isKnown = partners[name] != nil || unconfirmed.contains(name.id)
            report.check(.noOrphan, isKnown, "Couplet created \(name) and does not know it")
            guard let key = mapping(of: name)?.table(name.side).keyField,
                let first = record.fields[key]?.past.first, !first.isEmpty
            else { continue }
            let twins = records.filter { other in
                other.key.side == name.side && other.key.table == name.table && other.value.isCoupletsForSure
                    && other.value.isPresent && other.value.fields[key]?.past.first == first
            }
            report.check(.noDuplicate, twins.count == 1, "Couplet created '\(first)' \(twins.count) times: \(name)")
        }
    }

    /// A person's choice is used up once the records were compared.
    private mutating func dropGrants(_ open: OpenItems) {
        var waiting: Set<RecordName> = []
        for pair in open.pairs {
            guard let (erp, crm, _) = names(pair) else { continue }
            let isCompared = pair.hasBase && !pair.hasFailure && isInScope(erp) && isInScope(crm)
            if !isCompared { waiting.formUnion([erp, crm]) }
        }
        grants = grants.filter { waiting.contains($0.key) }
    }
}
