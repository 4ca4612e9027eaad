import CoupletCore
import CoupletPorts

extension Engine {
    /// Who is said to have done what Couplet does by itself.
    package static let itself = "couplet"

    /// Compares the store with what its witness has seen, before anything is done with it; stops writing where the store
    /// is not what it was.
    ///
    /// Called once by each process, after it has opened the store.
    /// - Throws: `StoreError`; `CoupletError` when the witness cannot keep anything.
    package func compareWithWitness() async throws {
        guard let witness else { return }
        let now = clock.now
        let found = try await store.read { transaction in
            try Self.stop(witness, now: now, transaction)
        }
        if let found {
            try await store.write { transaction in
                let open = try transaction.writeStops(includingConfirmed: false)
                // What is found while nobody has confirmed comes of what was found first.
                guard !open.contains(where: { $0.reason != .otherSystem }) else { return }
                try transaction.stopWriting(found, by: Author(who: Self.itself, at: now))
            }
        }
        let mark = try await store.read { try $0.markToKeep(by: witness) }
        if let mark { try await keep(mark, by: witness) }
    }

    /// Keeps a mark, and only then notes in the store that there is one: cut off between the two, the next process finds
    /// a mark that nobody asks for, and not a store that misses its mark.
    private func keep(_ mark: WitnessMark, by witness: any StoreWitness) async throws {
        try witness.keep(mark)
        let isKnown = try await store.read { try $0.isWitnessed() }
        if !isKnown { try await store.write { try $0.markWitnessed() } }
    }

    /// Why writing must stop; nil where the store is what it was.
    private static func stop(
        _ witness: any StoreWitness,
        now: Instant,
        _ transaction: any StoreReading
    ) throws -> WriteStop? {
        let mark = try transaction.witnessMark()
        let kept: WitnessMark?
        do {
            kept = try witness.last()
        } catch let error as CoupletError where error.message.code == "witness.damaged" {
            return WriteStop(reason: .lostWitness, foundAt: now)
        }
        guard let kept else {
            return try transaction.isWitnessed() ? WriteStop(reason: .lostWitness, foundAt: now) : nil
        }
        let details = ["run": String(mark.run), "seen": String(kept.run)]
        if kept.instance != mark.instance { return WriteStop(reason: .otherStore, foundAt: now, details: details) }
        // A copy may be older too; that there is another one is what somebody must know first.
        if !kept.place.isEmpty, kept.place != witness.place {
            return WriteStop(reason: .copiedStore, foundAt: now, details: details)
        }
        if kept.isAhead(of: mark) { return WriteStop(reason: .olderStore, foundAt: now, details: details) }
        if let end = kept.audit, try transaction.auditHash(end.number) != end.hash {
            return WriteStop(reason: .otherStore, foundAt: now, details: details)
        }
        return nil
    }

    /// Lets writing begin again; see `ConfirmWriting`.
    func confirmWriting(_ author: Author) async throws -> WritingView {
        let witness = witness
        return try await gate.withTurn {
            let (view, mark) = try await store.write { transaction in
                let open = try transaction.writeStops(includingConfirmed: false)
                if open.isEmpty { throw CoupletError("writing.notStopped", status: .wrongUse) }
                for var stop in open {
                    stop.confirmedBy = author.who
                    stop.confirmedAt = author.at
                    try transaction.save(stop)
                    let details = ["reason": stop.reason.rawValue]
                    let subject = AuditEntry.Subject(.store, stop.subject)
                    try transaction.audit(.writingConfirmed, subject, by: author, details)
                }
                // What the store believes of both systems may be old: everything is compared before anything is written.
                try transaction.readAnew()
                let all = try transaction.writeStops(includingConfirmed: true)
                return (WritingView(stops: all), try transaction.markToKeep(by: witness))
            }
            // Cut off here, the next process finds the old mark, and an administrator is asked once more.
            if let mark, let witness { try await keep(mark, by: witness) }
            return view
        }
    }
}

extension StoreWriting {
    /// Stops writing until an administrator has looked.
    func stopWriting(_ stop: WriteStop, by author: Author) throws {
        try save(stop)
        let details = stop.details.merging(["reason": stop.reason.rawValue]) { own, _ in own }
        try audit(.writingStopped, AuditEntry.Subject(.store, stop.subject), by: author, details)
    }
}
