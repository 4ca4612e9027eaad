import CoupletCore
import CoupletPorts

/// Creates without an answer whose ids the remote assigns: what was sent tells which record is theirs.
extension LostAnswers {
    /// Creates whose ids the remote assigns: nothing is sent again until the remote's time limit has passed; then the natural
    /// key or the values tell, and only exactly one free match is taken for ours.
    ///
    /// All are looked for before anything follows from what is not found: the record of one may have what another one sent.
    func settleAssigned(_ steps: [StoredStep], _ result: inout Result) async throws {
        var open: [(stored: StoredStep, candidates: Candidates)] = []
        for stored in steps {
            let sent = stored.sentAt ?? run.clock.now
            guard try await waitUntilSettled(sent) else {
                note(stored)
                continue
            }
            let candidates = try await candidates(stored, since: sent)
            if candidates.whole.count == 1 {
                try await take(candidates.whole[0], for: stored)
            } else {
                open.append((stored, candidates))
            }
        }
        for (stored, candidates) in open {
            let whole = try await free(candidates.whole)
            let found = try await whole + free(candidates.others)
            if whole.count == 1 {
                try await take(whole[0], for: stored)
            } else if !found.isEmpty {
                try await ask(stored, found)
            } else {
                try await settleUnfound(stored, &result)
            }
        }
    }

    /// Waits until what was sent can no longer arrive; false where that is left to a later run.
    private func waitUntilSettled(_ sent: Instant) async throws -> Bool {
        let until = sent.advanced(bySeconds: run.context.connectors[target].capabilities.operationLimitSeconds)
        guard run.clock.now < until else { return true }
        guard run.clock.now.seconds(until: until) <= Self.longestWaitSeconds else { return false }
        try await run.clock.sleep(until: until)
        return true
    }

    private func take(_ found: Found, for stored: StoredStep) async throws {
        let written = Outcome.Written(id: found.id, version: found.version, row: found.row, isFoundLater: true)
        _ = try await BatchSettler(run: run, target: target, mayDelay: false).settle([stored], [.applied(written)])
    }

    private func settleUnfound(_ stored: StoredStep, _ result: inout Result) async throws {
        let resembling = try await resembling(stored, since: stored.sentAt ?? run.clock.now)
        if resembling.isEmpty {
            try await sendAgain(stored, asked: run.clock.now, &result)
        } else {
            try await ask(stored, resembling)
        }
    }

    /// Uncoupled records that have what was sent.
    private struct Candidates {
        /// Those that may well be ours.
        var whole: [Found]
        /// Those that have something where nothing was sent: somebody else's, or ours and changed since.
        var others: [Found] = []
    }

    private func candidates(_ stored: StoredStep, since sent: Instant) async throws -> Candidates {
        let step = stored.step
        let table = run.context.mapping.table(target)
        var values = step.fields.filter { !$0.write.value.isBlank }
        var since: Instant? = sent.advanced(bySeconds: -Self.clockSkewSeconds)
        if let key = values.first(where: { $0.target.name == table.keyField }) {
            values = [key]
            // A number of the mapping's own belongs to this create whenever the record was changed.
            if step.naturalKey != nil { since = nil }
            return Candidates(whole: try await free(values, since: since))
        }
        let found = try await free(values, since: since)
        let isWhole = found.map { run.context.program.hasBlanks(of: step, $0.row) }
        return Candidates(
            whole: zip(found, isWhole).filter(\.1).map(\.0),
            others: zip(found, isWhole).filter { !$0.1 }.map(\.0)
        )
    }

    /// Uncoupled records that have the name and half of what was sent: the system may have made something else of the rest.
    ///
    /// They are no proof, so that a person is asked; but sending again could make a second record.
    private func resembling(_ stored: StoredStep, since sent: Instant) async throws -> [Found] {
        let table = run.context.mapping.table(target)
        let values = stored.step.fields.filter { !$0.write.value.isBlank }
        guard !values.contains(where: { $0.target.name == table.keyField }),
            let name = values.first(where: { $0.target.name == table.nameField })
        else { return [] }
        let layout = run.context.program.layouts[target]
        return try await free([name], since: sent.advanced(bySeconds: -Self.clockSkewSeconds)).filter { found in
            let same = values.count { field in
                guard let position = layout.position(of: field.target.name),
                    let now = found.row.withView(fieldCount: layout.fields.count, { $0.value(at: position) })
                else { return false }
                return now.text.utf8.elementsEqual(field.write.value.text.utf8)
            }
            return 2 * same >= values.count
        }
    }

    /// Uncoupled records that have certain values and changed since a time.
    private func free(_ values: [Step.Field], since: Instant?) async throws -> [Found] {
        let page = try await run.context.connectors[target].find(
            values.map { WritePart.Field(field: $0.target, value: $0.write.value) },
            changedSince: since,
            of: run.context.shapes[target]
        )
        return try await free(
            (0..<page.count).map { Found(id: page.ids[$0], version: page.version(at: $0), row: page.row(at: $0)) }
        )
    }

    /// Those of some records that are not coupled.
    private func free(_ found: [Found]) async throws -> [Found] {
        guard !found.isEmpty else { return [] }
        let name = run.context.name
        let target = target
        let ids = found.map(\.id)
        let coupled = try await run.store.read { try $0.couplings(side: target, records: ids, mapping: name) }
        return found.filter { coupled[$0.id] == nil }
    }

    private struct Found: Sendable {
        let id: RecordID
        let version: String
        let row: EncodedRow
    }

    /// How far the remote's clock may be behind ours when looking for records changed since a step was sent.
    private static let clockSkewSeconds = 300.0

    private func ask(_ stored: StoredStep, _ found: [Found]) async throws {
        guard let source = stored.step.ids[target.other] else { return }
        let program = run.context.program
        let side = target
        let candidates = found.map { record in
            let row = ObservedRow(row: record.row, layout: program.layouts[side], version: record.version)
            return QuestionRecord.Candidate(
                id: record.id,
                key: program.key(of: row, side: side),
                name: program.name(of: row, side: side),
                score: 1 / Double(found.count),
                reasons: [Message("unconfirmed.sameValues")]
            )
        }
        let now = run.clock.now
        let question = QuestionRecord(
            mapping: run.context.name,
            kind: .unconfirmedCreate,
            side: side.other,
            record: source,
            label: stored.step.label,
            candidates: candidates,
            askedAt: now
        )
        try await run.store.write { transaction in
            var question = question
            if let open = try transaction.openQuestion(mapping: question.mapping, side: side.other, record: source) {
                question.id = open.id
            }
            // What takes the place of a coupling is asked about without it.
            if let replaced = stored.step.replaces { try CouplingSteps.release(replaced, of: stored, run, transaction) }
            _ = try transaction.save(question)
            var stored = stored
            stored.state = .unconfirmed
            try transaction.update([stored])
        }
        run.book.note(run.mainJob, .question(source))
    }
}
