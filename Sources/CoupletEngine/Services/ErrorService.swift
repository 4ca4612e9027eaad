import CoupletCore
import CoupletPorts

/// Groups what keeps records from going through by its cause.
package struct ErrorService: Sendable {
    let store: any StateStore

    /// The causes, those of most records first.
    func list(_ action: ListErrors) async throws -> ErrorsView {
        try await store.read { transaction in
            let name = try action.mapping.map { try MappingService.mapping(named: $0, in: transaction).name }
            var causes: [String: ErrorsView.Cause] = [:]
            for failure in try transaction.failures(mapping: name) {
                causes[failure.causeID, default: ErrorsView.Cause(failure)].add(failure)
            }
            return ErrorsView(
                causes: causes.values.sorted { ($1.count, $0.mapping, $0.id) < ($0.count, $1.mapping, $1.id) }
            )
        }
    }

    /// A cause with its records.
    func show(_ action: ShowError) async throws -> ErrorView {
        guard action.limit > 0 else {
            throw CoupletError("error.badLimit", ["limit": String(action.limit)], status: .wrongUse)
        }
        return try await store.read { transaction in
            let failures = try Self.failures(action.cause, transaction)
            guard let first = failures.first else { throw Self.unknown(action.cause) }
            var cause = ErrorsView.Cause(first)
            for failure in failures { cause.add(failure) }
            let records = try failures.prefix(action.limit).map { failure in
                try ErrorView.Record(failure, transaction)
            }
            return ErrorView(cause: cause, records: records)
        }
    }

    /// The failures of a cause, oldest first.
    static func failures(_ cause: String, _ transaction: any StoreReading) throws -> [FailureRecord] {
        try transaction.failures(mapping: nil).filter { $0.causeID == cause.lowercased() }
    }

    /// Says that nothing has this cause.
    static func unknown(_ cause: String) -> CoupletError {
        CoupletError("error.unknown", ["cause": cause], status: .wrongUse)
    }
}

extension FailureRecord {
    /// What a cause is called: failures of the same mapping, side, disposition, message and field have the same.
    var causeID: String {
        let message = messages.first ?? Message("")
        let parts =
            [mapping, target.rawValue, disposition.rawValue, message.code]
            + ["field", "code", "mapping"].map { message.arguments[$0] ?? "" }
        var hash: UInt32 = 2_166_136_261
        for byte in parts.joined(separator: "\n").utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}

extension FailureRecord {
    /// What is wrong first of all, knowing what the cause is called.
    var cause: Message {
        var message = messages.first ?? Message("")
        message.arguments["cause"] = causeID
        message.arguments["mapping"] = message.arguments["mapping"] ?? mapping
        return message
    }
}

extension ErrorsView.Cause {
    fileprivate init(_ failure: FailureRecord) {
        self.init(
            id: failure.causeID,
            mapping: failure.mapping,
            target: failure.target,
            disposition: failure.disposition,
            message: failure.cause,
            count: 0,
            firstAt: failure.firstAt,
            lastAt: failure.lastAt,
            isDeletion: failure.isDisappearance
        )
    }

    fileprivate mutating func add(_ failure: FailureRecord) {
        count += 1
        firstAt = min(firstAt, failure.firstAt)
        lastAt = max(lastAt, failure.lastAt)
    }
}

extension ErrorView.Record {
    fileprivate init(_ failure: FailureRecord, _ transaction: any StoreReading) throws {
        let side = failure.target.other
        let coupling = try transaction.coupling(mapping: failure.mapping, side: side, record: failure.source)
        var ids = BySide<RecordID?>(erp: coupling?.ids.erp, crm: coupling?.ids.crm)
        ids[side] = failure.source
        self.init(
            label: failure.label,
            key: side == .crm ? "crm:\(failure.source)" : failure.source.description,
            ids: ids,
            messages: failure.messages,
            attempts: failure.attempts,
            firstAt: failure.firstAt,
            lastAt: failure.lastAt,
            nextAt: failure.nextAt
        )
    }
}
