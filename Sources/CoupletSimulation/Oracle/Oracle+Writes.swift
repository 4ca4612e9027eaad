import CoupletCore
import CoupletPorts

/// A field that Couplet wrote.
struct FieldChangeByCouplet: Sendable {
    var record: RecordName
    /// The field mapping.
    var mapped: FieldMapping
    /// What it became.
    var value: String
    /// Whether the system made something else of what was written.
    var isServers = false
}

/// What Couplet says of its own work, beside what it did.
extension Oracle {
    /// What Couplet wrote must be in the history, with the value.
    mutating func judgeWrites(recorded: (RecordName, String) -> [String], _ report: inout SimulationReport) {
        // Of what is not kept, the history says that it was written.
        for write in writes where !write.isServers && write.mapped.isUnkept != true {
            let values = recorded(write.record, write.mapped.id)
            report.check(
                .accountability,
                values.contains { write.mapped.isSame($0, write.value) },
                "\(write.mapped.id) of \(write.record) was set to '\(write.value)', and the history does not have it"
            )
        }
        writes = []
    }

    /// What was written since a moment must be what a plan has shown.
    func judge(since first: Int, shown steps: [Step], _ report: inout SimulationReport) {
        for write in writes.dropFirst(first) where !write.isServers {
            let isShown = steps.contains { step in
                step.target == write.record.side
                    && (step.ids[step.target] == nil || step.ids[step.target] == write.record.id)
                    && step.fields.contains { field in
                        field.target.name == write.mapped.field(write.record.side).name
                            && write.mapped.isSame(field.write.value.text, write.value)
                    }
            }
            report.check(
                .previewIsApplied,
                isShown,
                "a plan was applied that did not show \(write.mapped.id) of \(write.record) as '\(write.value)'"
            )
        }
    }

    /// A user's value that was written over must be in the history.
    mutating func judgeOverwritten(kept: (RecordName, String) -> [String], _ report: inout SimulationReport) {
        let unkept = Set(mappings.flatMap(\.fields).filter { $0.isUnkept == true }.map(\.id))
        for lost in overwritten where !unkept.contains(lost.field) {
            let isKept = kept(lost.record, lost.field).contains { $0.utf8.elementsEqual(lost.value.utf8) }
            report.check(
                .noLostUpdate,
                isKept,
                "\(lost.field) of \(lost.record): '\(lost.value)' was overwritten and the history does not have it"
            )
        }
        overwritten = []
    }

    /// What Couplet knows of coupled records at rest must be what they are.
    func judgeKnowledge(_ open: OpenItems, _ report: inout SimulationReport) {
        for pair in open.pairs {
            guard let (erp, crm, mapping) = names(pair) else { continue }
            for name in [erp, crm] {
                guard let record = records[name], record.isPresent else { continue }
                report.check(
                    .checkpointSafety,
                    pair.versions[name.side] == record.version || pair.versions[name.side].isEmpty,
                    "\(name) has version \(record.version), and Couplet has read \(pair.versions[name.side])"
                )
            }
            for field in mapping.fields where field.enabled {
                guard let base = pair.base[field.id] else { continue }
                judgeBase(field, base, BySide(erp: erp, crm: crm), &report)
            }
            for failure in open.failures where failure.coupling == pair.coupling {
                report.check(
                    .isolation,
                    failure.attempts <= RetryPolicy.transient.maximumAttempts + 1,
                    "\(failure.label) was tried \(failure.attempts) times"
                )
            }
            judgeConflicts(pair, erp, crm, mapping, &report)
        }
    }

    /// Both halves of a base must be values that the field has had, or what was sent to it.
    private func judgeBase(
        _ field: FieldMapping,
        _ base: BySide<String>,
        _ names: BySide<RecordName>,
        _ report: inout SimulationReport
    ) {
        for side in Side.allCases {
            let fieldName = FieldName(side: side, table: names[side].table, field: field.field(side).name)
            guard changers[fieldName] == nil, !base[side].isEmpty else { continue }
            let past = records[names[side]]?.fields[field.field(side).name]?.past ?? []
            report.check(
                .atomicRecords,
                past.contains { field.isSame($0, base[side]) || field.mayShorten($0, base[side]) },
                "the base of \(field.id) has '\(base[side])', which \(names[side]) never had"
            )
        }
    }

    /// A conflict must be about a field that users have set on both sides.
    private func judgeConflicts(
        _ pair: OpenItems.Pair,
        _ erp: RecordName,
        _ crm: RecordName,
        _ mapping: TableMapping,
        _ report: inout SimulationReport
    ) {
        // Records that are gone or outside their filters are not compared: what was in conflict stays until they are back.
        guard isInScope(erp), isInScope(crm) else { return }
        for field in mapping.fields where pair.conflicts.contains(field.id) && !hasUndone {
            let isBoth = [(erp, field.erp.name), (crm, field.crm.name)].allSatisfy { name, own in
                records[name]?.fields[own].map { track in
                    // What a person typed to settle a conflict counts as that person's, also as a code in capitals.
                    track.isUsers || track.isCopys || track.value.isEmpty || track.mayBeUnbased
                        || typed.contains { field.isSame($0, track.value) }
                        // What a system has made of a new record's value is its own edit.
                        || (isServers(track.value, name, own) && !wasSent(track.value, name, own))
                } ?? true
            }
            report.check(
                .fieldIndependence,
                isBoth,
                "\(field.id) of \(erp) and \(crm) is in conflict, and one side is as Couplet left it"
            )
            let isOneSettled = [(erp, field.erp.name), (crm, field.crm.name)].contains { name, field in
                records[name]?.fields[field]?.isSettled == true
            }
            report.check(
                .fieldIndependence,
                !isOneSettled || field.reference != nil,
                "\(field.id) of \(erp) and \(crm) is in conflict, and one side is as both were when nobody edited"
            )
        }
    }

    /// Couplet has found out about everything that was on its way: what it took for settled is in its bases.
    mutating func settleUnheard(_ pairs: [OpenItems.Pair]) {
        var known: [RecordName: OpenItems.Pair] = [:]
        for pair in pairs {
            guard let (erp, crm, _) = names(pair) else { continue }
            (known[erp], known[crm]) = (pair, pair)
        }
        for place in unheard {
            guard var track = records[place.record]?.fields[place.field],
                let mapped = mapping(of: place.record)?.fields
                    .first(where: { $0.field(place.record.side).name == place.field })
            else { continue }
            let base = known[place.record]?.base[mapped.id]?[place.record.side]
            for index in track.agreed.indices where track.agreed[index].isPending {
                track.agreed[index].isPending = false
                guard let base else { continue }
                track.agreed[index].isCouplets = mapped.isSame(base, track.agreed[index].value)
            }
            records[place.record]?.fields[place.field] = track
        }
        unheard = []
    }

    /// A user has just typed what Couplet has sent to that very field and not heard of: whoever looks takes it for what was
    /// sent, so that it may count as what both sides had, and a later edit of the other side may go through.
    mutating func noteTypedAlike(_ step: Step) {
        guard step.action == .update, let id = step.ids[step.target],
            let mapping = mappings.first(where: { $0.name == step.mapping })
        else { return }
        let name = RecordName(side: step.target, table: mapping.table(step.target).table, id: id)
        for field in step.fields {
            guard let track = records[name]?.fields[field.target.name], track.isUsers, track.setAt == event,
                track.value.utf8.elementsEqual(field.write.value.text.utf8)
            else { continue }
            records[name]?.fields[field.target.name]?.agreed.append(.init(value: track.value, isCouplets: false))
        }
    }

    /// A user has just deleted what a create has made that Couplet has not heard of.
    mutating func noteDeletedUnheard(_ step: Step) {
        guard step.action == .create, let id = step.ids[step.target],
            let mapping = mappings.first(where: { $0.name == step.mapping })
        else { return }
        let name = RecordName(side: step.target, table: mapping.table(step.target).table, id: id)
        if records[name]?.isPresent == false { records[name]?.wasDeletedUnheard = true }
    }

    /// Notes which fields both sides have alike at a quiet point.
    mutating func noteSettled(_ open: OpenItems) {
        for pair in open.pairs {
            guard let (erp, crm, mapping) = names(pair) else { continue }
            let isCompared = pair.hasBase && !pair.hasQuestion && !pair.hasFailure && isInScope(erp) && isInScope(crm)
            for field in mapping.fields {
                // A conflict about a value and its beginning is none that a shorter field explains.
                let isOpen = pair.conflicts.contains(field.id)
                let isSettled = isCompared && field.enabled && !isOpen && isEqual(field, erp: erp, crm: crm)
                for (name, own) in [(erp, field.erp.name), (crm, field.crm.name)] {
                    let value = records[name]?.value(own)
                    records[name]?.fields[own]?.settled = isSettled ? value : nil
                }
            }
        }
    }

    /// Couplet's store is an earlier one: what it had compared since, it does not know.
    mutating func forgetSettled() {
        for name in records.keys {
            for field in (records[name]?.fields ?? [:]).keys { records[name]?.fields[field]?.settled = nil }
        }
    }

    /// A system was put back to an earlier state: what Couplet had written since is gone as if it had never been.
    mutating func forgetWrites(to side: Side) {
        writes.removeAll { $0.record.side == side }
        overwritten.removeAll { $0.record.side == side }
        // Its versions are given out once more, for other values.
        for name in records.keys where name.side == side { records[name]?.version = "" }
    }

    /// A person has asked for something: from now on repetitions are counted anew.
    mutating func forgetRepetitions() {
        for name in records.keys {
            for field in (records[name]?.fields ?? [:]).keys { records[name]?.fields[field]?.repetitions = 0 }
        }
    }

    /// A field may have lost its base, because its mapping was another one for a while.
    mutating func mayLoseBase(of erpField: String) {
        for mapping in mappings {
            for field in mapping.fields where field.erp.name == erpField {
                for name in records.keys {
                    let own = field.field(name.side).name
                    guard mapping.table(name.side).table == name.table else { continue }
                    records[name]?.fields[own]?.mayBeUnbased = true
                    records[name]?.fields[own]?.settled = nil
                }
            }
        }
    }

    /// A mapping is another one from now on.
    mutating func replace(_ mapping: TableMapping) {
        guard let index = mappings.firstIndex(where: { $0.name == mapping.name }) else { return }
        let before = mappings[index]
        mappings[index] = mapping
        for (old, new) in zip(before.fields, mapping.fields) where old.enabled != new.enabled {
            mayLoseBase(of: new.erp.name)
        }
    }
}

extension FieldMapping {
    /// Whether one value may be the other one in a shorter form, as the mapping allows.
    func mayShorten(_ long: String, _ short: String) -> Bool {
        allowTruncation && !short.isEmpty && long.hasPrefix(short)
    }
}
