package import CoupletCore
import CoupletPorts

/// Looks for what needs a person and tells it to those who want to be told, until it is cancelled.
///
/// What was told, and what is on its way, is stored before it is sent: a message may come twice after a crash, and none is
/// lost. It waits for nobody who synchronizes, and nobody who synchronizes waits for it.
package struct AlertKeeper: Sendable {
    /// What happened.
    package enum Event: Sendable {
        /// A message arrived.
        case delivered(recipient: String, id: String, alerts: Int)
        /// A message did not arrive, and is tried again later.
        case failed(recipient: String, id: String, Message, nextAt: Instant)
        /// The store could not be asked, and is asked again later.
        case stumbled(any Error, nextAt: Instant)
    }

    /// What it remembers between its steps.
    package struct Memory: Sendable {
        fileprivate var scene = Scene()
        /// Whether what is remembered could not be stored.
        fileprivate var isUnsaved = false

        /// Remembers nothing.
        package init() {}
    }

    fileprivate struct Scene: Sendable, Equatable {
        var recipients: [AlertRecipient] = []
        var watch = AlertWatch()
        var ledgers: [String: AlertLedger] = [:]
    }

    /// The seconds from one look to the next.
    static let pause = 30.0

    let engine: Engine
    let report: @Sendable (Event) -> Void

    /// Makes a keeper.
    /// - Parameters:
    ///   - engine: Has store, courier, and what is to be looked at.
    ///   - report: Takes what happened.
    package init(engine: Engine, report: @escaping @Sendable (Event) -> Void = { _ in }) {
        self.engine = engine
        self.report = report
    }

    /// Works until the task is cancelled.
    /// - Throws: `CancellationError`.
    package func run() async throws {
        var memory = Memory()
        try await engine.keepOn(
            pause: Self.pause,
            step: { try await step(&memory) },
            stumbled: { report(.stumbled($0, nextAt: $1)) }
        )
    }

    /// Does what is due.
    /// - Returns: When there may be something to do again.
    package func step(_ memory: inout Memory) async throws -> Instant {
        let stumble = await load(&memory)
        let scene = memory.scene
        guard !scene.recipients.isEmpty else {
            if let stumble { throw stumble }
            return engine.clock.now.advanced(bySeconds: Self.pause)
        }
        let now = engine.clock.now
        let ended = memory.scene.watch.note(await found(scene.watch), at: now)
        for recipient in scene.recipients {
            var ledger = scene.ledgers[recipient.name] ?? AlertLedger()
            ledger.note(ended: ended)
            let (watch, ids) = (memory.scene.watch, engine.ids)
            ledger.compose(watch, recipient.terms, id: ids.next().description, now: now)
            memory.scene.ledgers[recipient.name] = ledger
        }
        await save(&memory, since: scene)
        try await deliver(&memory)
        return engine.clock.now.advanced(bySeconds: Self.pause)
    }

    /// What needs a person now; where the store cannot be used, that, and whatever was found before.
    private func found(_ watch: AlertWatch) async -> [Alert] {
        let (now, problem) = (engine.clock.now, await engine.probe.problem(of: engine.store, engine.clock))
        let unusable = problem.map { Alert(.storeUnusable, since: now, cause: $0) }
        do {
            return try await engine.alerts() + [unusable].compactMap(\.self)
        } catch {
            let known = watch.begun.values.filter { $0.kind != .storeUnusable }
            return known + [unusable ?? Alert(.storeUnusable, since: now, cause: Message(of: error))]
        }
    }

    /// Brings what is remembered up to date with the store, as far as the store can be read.
    /// - Returns: Why it cannot.
    private func load(_ memory: inout Memory) async -> (any Error)? {
        do {
            let stored = try await engine.store.read { transaction in
                Scene(
                    recipients: try AlertDocuments.recipients(transaction),
                    watch: try AlertDocuments.watch(transaction),
                    ledgers: try AlertDocuments.ledgers(transaction)
                )
            }
            if memory.isUnsaved {
                memory.scene.recipients = stored.recipients
            } else {
                memory.scene = stored
            }
            return nil
        } catch {
            return error
        }
    }

    /// Stores what has changed; what cannot be stored is remembered until it can.
    private func save(_ memory: inout Memory, since before: Scene) async {
        let (scene, wasUnsaved) = (memory.scene, memory.isUnsaved)
        guard wasUnsaved || scene != before else { return }
        do {
            try await engine.store.write { transaction in
                if wasUnsaved || scene.watch != before.watch { try AlertDocuments.save(scene.watch, transaction) }
                for (name, ledger) in scene.ledgers where wasUnsaved || ledger != before.ledgers[name] {
                    // Whoever was removed meanwhile stays so.
                    guard try AlertDocuments.recipient(name, transaction) != nil else { continue }
                    try AlertDocuments.save(ledger, of: name, transaction)
                }
            }
            memory.isUnsaved = false
        } catch {
            memory.isUnsaved = true
            report(.stumbled(error, nextAt: engine.clock.now.advanced(bySeconds: Self.pause)))
        }
    }

    /// Sends what is due, to all at the same time: who does not answer holds up nobody else.
    private func deliver(_ memory: inout Memory) async throws {
        let before = memory.scene
        let now = engine.clock.now
        let service = engine.alerting
        let due = before.recipients.compactMap { recipient in
            before.ledgers[recipient.name]?.due(at: now, changedAt: recipient.changedAt).map { (recipient, $0.message) }
        }
        guard !due.isEmpty else { return }
        let outcomes = await withTaskGroup(of: (String, AlertMessage, AlertUndelivered?).self) { group in
            for (recipient, message) in due {
                group.addTask {
                    do throws(AlertUndelivered) {
                        try await service.deliver(message, to: recipient)
                        return (recipient.name, message, nil)
                    } catch {
                        return (recipient.name, message, error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        for (name, message, failure) in outcomes {
            if let failure {
                // What was cut off at the end is tried again by the next start, and has not failed.
                if Task.isCancelled { continue }
                let jitter = engine.ids.jitter()
                memory.scene.ledgers[name]?.failed(at: engine.clock.now, failure.reason, jitter: jitter)
                let nextAt = memory.scene.ledgers[name]?.delivery?.nextAt ?? now
                report(.failed(recipient: name, id: message.id, failure.reason, nextAt: nextAt))
            } else {
                memory.scene.ledgers[name]?.delivered(at: engine.clock.now)
                report(.delivered(recipient: name, id: message.id, alerts: message.items.count))
            }
        }
        await save(&memory, since: before)
        try Task.checkCancellation()
    }
}
