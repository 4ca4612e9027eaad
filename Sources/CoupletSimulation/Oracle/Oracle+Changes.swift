import CoupletCore
import CoupletSandbox

/// Who changed something.
enum Actor: Sendable {
    case user
    case couplet
}

/// What the oracle makes of changes as they happen.
extension Oracle {
    /// Takes in what a table holds now.
    mutating func observe(
        _ side: Side,
        _ table: String,
        _ rows: [SandboxJSON],
        by actor: Actor,
        _ report: inout SimulationReport
    ) {
        guard let mapping = mappings.first(where: { $0.table(side).table == table }) else { return }
        event += 1
        var seen: Set<RecordName> = []
        for row in rows {
            guard let id = row[mapping.table(side).idField]?.string.flatMap({ RecordID($0) }) else { continue }
            let name = RecordName(side: side, table: table, id: id)
            seen.insert(name)
            if records[name] == nil { appear(name, row, by: actor) } else { change(name, row, by: actor, &report) }
        }
        for name in records.keys.sorted()
        where name.side == side && name.table == table && !seen.contains(name) && records[name]?.isPresent == true {
            records[name]?.isPresent = false
            if actor == .couplet { report.check(.noDeletion, false, "Couplet deleted \(name)") }
        }
    }

    private mutating func appear(_ name: RecordName, _ row: SandboxJSON, by actor: Actor) {
        var record = RecordTrack()
        record.isCouplets = actor == .couplet
        record.version = Self.version(row)
        for field in watched[name.side][name.table] ?? [] {
            let value = row[field]?.plainText ?? ""
            record.fields[field] = FieldTrack(
                value: value,
                isUsers: actor == .user,
                setAt: event,
                hasReached: false,
                past: [value],
                pastEvents: [event]
            )
        }
        records[name] = record
        if isWithinFilter(name) { records[name]?.versionsWithin.insert(record.version) }
        guard actor == .couplet else { return }
        coupletWrites += 1
        news.append("creates \(name)")
    }

    private static func version(_ row: SandboxJSON) -> String {
        (row["@odata.etag"] ?? row["versionnumber"])?.plainText ?? ""
    }

    private mutating func change(
        _ name: RecordName,
        _ row: SandboxJSON,
        by actor: Actor,
        _ report: inout SimulationReport
    ) {
        if records[name]?.isPresent == false {
            records[name]?.isPresent = true
            let isExcused = actor == .user || records[name]?.wasDeletedUnheard == true
            report.check(.noResurrection, isExcused, "\(name) was deleted and Couplet made it again")
            records[name]?.wasDeletedUnheard = false
        }
        let version = Self.version(row)
        guard version != records[name]?.version else { return }
        if isWithinFilter(name) { records[name]?.lastWithin = event }
        records[name]?.version = version
        if actor == .couplet { coupletWrites += 1 }
        if actor == .user, name.side == .erp, partners[name] == nil { records[name]?.wasTouchedBefore = true }
        for field in (watched[name.side][name.table] ?? []).sorted() {
            let value = row[field]?.plainText ?? ""
            guard let track = records[name]?.fields[field], !track.value.utf8.elementsEqual(value.utf8) else {
                continue
            }
            let isServers = actor == .couplet && isServers(value, name, field)
            let isUsers = actor == .user || isServers && !wasSent(value, name, field)
            if actor == .couplet { news.append("sets \(field) of \(name) from '\(track.value)' to '\(value)'") }
            if actor == .couplet { judge(name, field, track, value, isServers: isServers, &report) }
            if actor == .couplet { noteApart(name, field, track, value) }
            records[name]?.fields[field]?.value = value
            records[name]?.fields[field]?.isUsers = isUsers
            records[name]?.fields[field]?.isCopys = actor == .couplet && isCopys
            noteRepetition(name, field, by: actor, &report)
            records[name]?.fields[field]?.setAt = event
            records[name]?.fields[field]?.hasReached = false
            records[name]?.fields[field]?.past.append(value)
            records[name]?.fields[field]?.pastEvents.append(event)
            if actor == .couplet { forgetSettled(name, field) }
            noteReached(name, by: actor, isHeard: false)
        }
        if actor == .couplet { noteMade(name) }
        if isWithinFilter(name) { records[name]?.versionsWithin.insert(version) }
    }

    /// What both sides had at the last quiet point is not what Couplet compares with any more.
    private mutating func forgetSettled(_ name: RecordName, _ field: String) {
        records[name]?.fields[field]?.settled = nil
        guard let (partner, mapping) = partner(of: name) else { return }
        for mapped in mapping.fields where mapped.field(name.side).name == field {
            records[partner]?.fields[mapped.field(partner.side).name]?.settled = nil
        }
    }

    /// Notes which values of the other side have reached a record that Couplet has written, as what its system makes of them.
    ///
    /// Only what the present request has sent counts: a field that holds what an earlier one has made of it, and of which
    /// Couplet has not heard, is not settled by a request about others.
    private mutating func noteMade(_ name: RecordName) {
        guard let (partner, mapping) = partner(of: name) else { return }
        for mapped in mapping.fields {
            let (here, there) = (mapped.field(name.side).name, mapped.field(partner.side).name)
            guard let changer = changers[FieldName(side: name.side, table: name.table, field: here)],
                let value = records[name]?.value(here), let sent = records[partner]?.value(there), sent != value,
                hasSent(here, to: name), changer.changed(sent).utf8.elementsEqual(value.utf8)
            else { continue }
            records[partner]?.fields[there]?.hasReached = true
            agree(partner, there, sent, by: .couplet, isHeard: false)
            agree(name, here, value, by: .couplet, isHeard: false)
        }
    }

    /// Whether the present request sets a field of a record.
    private func hasSent(_ field: String, to name: RecordName) -> Bool {
        guard let place = request.firstRange(of: Array("\(name.table)(\(name.id))".utf8)) else { return false }
        let rest = request[place.upperBound...]
        // The parts of a batch begin with what shall be done.
        let end = ["PATCH", "POST"].compactMap { rest.firstRange(of: Array($0.utf8))?.lowerBound }.min()
        return rest[..<(end ?? rest.endIndex)].has("\"\(field)\"")
    }

    /// Judges a change that Couplet made to a field.
    private mutating func judge(
        _ name: RecordName,
        _ field: String,
        _ track: FieldTrack,
        _ value: String,
        isServers: Bool,
        _ report: inout SimulationReport
    ) {
        guard let (partner, mapping) = partner(of: name),
            let mapped = mapping.fields.first(where: { $0.field(name.side).name == field })
        else {
            report.check(.oneWay, false, "Couplet changed \(field) of \(name) from '\(track.value)' to '\(value)'")
            return
        }
        for record in [name, partner] {
            report.check(
                .oneWay,
                wasWithinFilter(record),
                "\(mapped.id) of \(name) became '\(value)', although \(record) is outside its mapping's filter"
            )
        }
        let direction = mapping.direction.intersection(mapped.direction)
        report.check(
            .oneWay,
            direction?.writes(to: name.side) ?? false,
            "\(mapped.id) of \(name) may not be written, and became '\(value)'"
        )
        report.check(
            .noInvention,
            isServers || isKnown(value, mapped, of: partner) || isPutBack(value, track),
            "\(mapped.id) of \(name) became '\(value)', which \(partner) never had"
        )
        writes.append(FieldChangeByCouplet(record: name, mapped: mapped, value: value, isServers: isServers))
        judgeReference(mapped, value, of: partner, &report)
        // Without a base a blank is filled; there is none before the first comparison, or for a field that never agreed.
        let mayBeUnbased =
            track.agreed.isEmpty || track.mayBeUnbased || compared[name]?.contains(mapped.id) != true
        let isFilled = track.value.isEmpty && mayBeUnbased
        let isLoser = track.isUsers && !track.hasReached && !isFilled && !track.mayBeBase(track.value)
        guard isLoser else {
            report.check(.noLostUpdate, true, "")
            return
        }
        let isGranted = [name, partner].contains { grants[$0]?.covers(track.value) ?? false }
        report.check(
            .noLostUpdate,
            isGranted || direction != .bidirectional || isOnlyChanged(track.value, to: value, partner, mapped),
            "\(mapped.id) of \(name): a user's '\(track.value)' was overwritten by '\(value)', and nobody chose that"
        )
        if !track.value.isEmpty {
            overwritten.append(
                Overwritten(record: name, field: mapped.id, value: track.value)
            )
        }
    }

    /// A reference may be written only when its record is coupled with the one that is named.
    private func judgeReference(
        _ field: FieldMapping,
        _ value: String,
        of partner: RecordName,
        _ report: inout SimulationReport
    ) {
        guard field.reference != nil, !value.isEmpty else { return }
        let past = records[partner]?.fields[field.field(partner.side).name]?.past ?? []
        report.check(
            .referentialOrder,
            past.contains { translated($0, field, from: partner.side).map { field.isSame($0, value) } ?? false }
                || hasUndone,
            "\(field.id) became '\(value)', and no record of the other side that is called so is coupled"
        )
    }

    /// Whether a value is what a system makes of one that the other side had.
    func isServers(_ value: String, _ name: RecordName, _ field: String) -> Bool {
        guard let changer = changers[FieldName(side: name.side, table: name.table, field: field)] else { return false }
        return changer.changed(value).utf8.elementsEqual(value.utf8)
    }

    /// Whether a value is just what the other side had, so that the system has left it as it was sent.
    func wasSent(_ value: String, _ name: RecordName, _ field: String) -> Bool {
        guard let (partner, mapping) = partner(of: name) else { return false }
        return mapping.fields.contains { mapped in
            guard mapped.field(name.side).name == field else { return false }
            let past = records[partner]?.fields[mapped.field(partner.side).name]?.past ?? []
            return past.contains { $0.utf8.elementsEqual(value.utf8) }
        }
    }

    /// Whether a value is written over by what the other system has made of it.
    private func isOnlyChanged(_ old: String, to new: String, _ partner: RecordName, _ field: FieldMapping) -> Bool {
        let there = FieldName(side: partner.side, table: partner.table, field: field.field(partner.side).name)
        guard let changer = changers[there] else { return false }
        return changer.changed(old).utf8.elementsEqual(new.utf8)
    }

    /// Counts how often Couplet sets a field although no user does: a value that comes and goes is an error.
    private mutating func noteRepetition(
        _ name: RecordName,
        _ field: String,
        by actor: Actor,
        _ report: inout SimulationReport
    ) {
        guard let (partner, mapping) = partner(of: name),
            let mapped = mapping.fields.first(where: { $0.field(name.side).name == field })
        else { return }
        guard actor == .couplet else {
            records[name]?.fields[field]?.repetitions = 0
            records[partner]?.fields[mapped.field(partner.side).name]?.repetitions = 0
            return
        }
        let count = (records[name]?.fields[field]?.repetitions ?? 0) + 1
        records[name]?.fields[field]?.repetitions = count
        report.check(.roundTrip, count <= 3, "\(mapped.id) of \(name) was set \(count) times, and no user touched it")
    }

    /// Whether a value may be one that an undo brought back.
    private func isPutBack(_ value: String, _ track: FieldTrack) -> Bool {
        hasUndone && track.past.contains { $0.utf8.elementsEqual(value.utf8) }
    }

    /// A value that an undo brought back stands beside the other side's: both are what nobody has changed since.
    private mutating func noteApart(_ name: RecordName, _ field: String, _ track: FieldTrack, _ value: String) {
        let isApart = isPutBack(value, track)
        records[name]?.fields[field]?.apart = isApart ? value : nil
        // An undo leaves what it brought back as settled, although the other side never had it.
        if isApart { agree(name, field, value, by: .couplet, isHeard: false) }
        guard let (partner, mapping) = partner(of: name) else { return }
        for mapped in mapping.fields where mapped.field(name.side).name == field {
            let there = mapped.field(partner.side).name
            let other = records[partner]?.value(there)
            records[partner]?.fields[there]?.apart = isApart ? other : nil
        }
    }

    func isKnown(_ value: String, _ field: FieldMapping, of partner: RecordName) -> Bool {
        if value.isEmpty || typed.contains(where: { field.isSame($0, value) }) { return true }
        let past = records[partner]?.fields[field.field(partner.side).name]?.past ?? []
        return past.contains { before in
            guard let there = translated(before, field, from: partner.side) else { return false }
            return field.isSame(there, value) || field.mayShorten(there, value)
        }
    }

    /// Notes which fields of a pair are equal at this moment: whatever was set there has reached the other side.
    mutating func noteReached(_ name: RecordName, by actor: Actor, isHeard: Bool) {
        guard let (partner, mapping) = partner(of: name) else { return }
        let (erp, crm) = name.side == .erp ? (name, partner) : (partner, name)
        for field in mapping.fields where isEqual(field, erp: erp, crm: crm) {
            for (name, field) in [(erp, field.erp.name), (crm, field.crm.name)] {
                guard let track = records[name]?.fields[field] else { continue }
                records[name]?.fields[field]?.hasReached = true
                if !track.isSettled { records[name]?.fields[field]?.settled = nil }
                guard track.agreed.last?.value != track.value else { continue }
                agree(name, field, track.value, by: actor, isHeard: isHeard)
            }
        }
    }

    /// Notes that both sides have agreed on a value.
    private mutating func agree(_ name: RecordName, _ field: String, _ value: String, by actor: Actor, isHeard: Bool) {
        let isCouplets = actor == .couplet && !hasCopy
        let agreed = FieldTrack.Agreed(
            value: value,
            isCouplets: isCouplets && isHeard,
            isPending: isCouplets && !isHeard
        )
        records[name]?.fields[field]?.agreed.append(agreed)
        if agreed.isPending { pending.append(FieldPlace(record: name, field: field)) }
    }

    /// What Couplet wrote last it knows of if it has heard the answer.
    mutating func settlePending(isHeard: Bool) {
        if isHeard { confirm(pending) } else { unheard += pending }
        pending = []
    }

    private mutating func confirm(_ places: [FieldPlace]) {
        for place in places {
            guard var track = records[place.record]?.fields[place.field] else { continue }
            for index in track.agreed.indices where track.agreed[index].isPending {
                (track.agreed[index].isCouplets, track.agreed[index].isPending) = (true, false)
            }
            records[place.record]?.fields[place.field] = track
        }
    }
}
