import CoupletCore
import CoupletSandbox

/// What the oracle makes of the couplings that people see.
extension Oracle {
    /// Takes in the couplings as they are now.
    mutating func observe(couplings: [OpenItems.Pair], _ report: inout SimulationReport) {
        noteParted(couplings)
        for pair in couplings {
            guard let (erp, crm, mapping) = names(pair) else { continue }
            records[erp]?.knownVersion = pair.versions.erp
            records[crm]?.knownVersion = pair.versions.crm
            let isNew = partners[erp] == nil && partners[crm] == nil
            if !isNew, partners[erp] == crm, partners[crm] == erp { continue }
            report.check(.bijection, isNew, "\(erp) and \(crm) are coupled, but one of them had another partner")
            (partners[erp], partners[crm]) = (crm, erp)
            reunite(erp, crm)
            for (name, source) in [(erp, crm), (crm, erp)] where records[name]?.isCouplets == true {
                noteFirst(name, from: source, mapping)
            }
            noteRead(erp, crm, mapping)
            noteReached(erp, by: .couplet, isHeard: true)
            for (name, source) in [(erp, crm), (crm, erp)] where records[name]?.isCoupletsForSure == true {
                judgeCreated(name, from: source, mapping, &report)
            }
        }
    }

    /// Notes what both sides had at some moment of the action that coupled them: it compared what it had read by then, and
    /// a user may have changed it since.
    private mutating func noteRead(_ erp: RecordName, _ crm: RecordName, _ mapping: TableMapping) {
        for field in mapping.fields {
            guard let left = records[erp]?.fields[field.erp.name], let right = records[crm]?.fields[field.crm.name]
            else { continue }
            let (lefts, rights) = (left.values(since: actionBegan), right.values(since: actionBegan))
            guard lefts.count + rights.count > 2 else { continue }
            for one in lefts {
                guard let there = translated(one, field, from: .erp),
                    let other = rights.first(where: { field.isSame(there, $0) })
                else { continue }
                records[erp]?.fields[field.erp.name]?.agreed.insert(.init(value: one, isCouplets: true), at: 0)
                records[crm]?.fields[field.crm.name]?.agreed.insert(.init(value: other, isCouplets: true), at: 0)
            }
        }
    }

    /// Couplings end when a person asks for that, and by themselves once neither record is there any more.
    private mutating func noteParted(_ couplings: [OpenItems.Pair]) {
        let pairs = couplings.compactMap { names($0) }
        let present = Dictionary(pairs.map { ($0.erp, $0.crm) }, uniquingKeysWith: { first, _ in first })
        // A record may have moved to another partner at once.
        for (name, partner) in partners.sorted(by: { $0.key < $1.key })
        where name.side == .erp && present[name] != partner {
            let isEmpty = [name, partner].allSatisfy { records[$0]?.isPresent == false }
            let isRenewed =
                renewed.contains(name) && records[partner]?.isPresent == false
                && present[name].map { records[$0]?.isCouplets == true } ?? false
            let isTakenOver = mayTakeOver && [name, partner].contains { records[$0]?.isPresent == false }
            if mayUncouple || isEmpty || isRenewed || isTakenOver { separate(name, partner) }
            if isRenewed { renewed.remove(name) }
        }
    }

    /// Notes that what a record was created with is what both sides had first, even if a user changed one of them before
    /// Couplet knew that its create was done.
    private mutating func noteFirst(_ name: RecordName, from source: RecordName, _ mapping: TableMapping) {
        for field in mapping.fields {
            let (here, there) = (field.field(name.side).name, field.field(source.side).name)
            guard let first = records[name]?.fields[here]?.past.first,
                let origin = records[source]?.fields[there]?.past.last(where: { past in
                    guard let sent = translated(past, field, from: source.side) else { return false }
                    let changer = changers[FieldName(side: name.side, table: name.table, field: here)]
                    return field.isSame(sent, first)
                        || changer.map { $0.changed(sent).utf8.elementsEqual(first.utf8) } ?? false
                })
            else { continue }
            records[name]?.fields[here]?.agreed.insert(.init(value: first, isCouplets: true), at: 0)
            records[source]?.fields[there]?.agreed.insert(.init(value: origin, isCouplets: true), at: 0)
        }
    }

    private func judgeCreated(
        _ name: RecordName,
        from source: RecordName,
        _ mapping: TableMapping,
        _ report: inout SimulationReport
    ) {
        for field in mapping.fields {
            guard let first = records[name]?.fields[field.field(name.side).name]?.past.first,
                mapping.direction.intersection(field.direction)?.writes(to: name.side) == true, field.reference == nil
            else { continue }
            report.check(
                .noInvention,
                isKnown(first, field, of: source) || isServers(first, name, field.field(name.side).name),
                "\(name) was created with \(field.id) '\(first)', which \(source) never had"
            )
        }
    }
}
