package import CoupletCore
package import CoupletPorts

/// What the answer to one part of a batch says about its write.
package struct PartOutcome {
    private let part: DecodedPart
    private let operation: WritePart.Operation
    private let now: Instant

    /// The outcome of a write.
    /// - Parameters:
    ///   - part: The answer to it.
    ///   - write: The write.
    ///   - now: The present time, for waits given as dates.
    /// - Returns: The outcome.
    package static func outcome(of part: DecodedPart, for write: WritePart, now: Instant) -> Outcome {
        PartOutcome(part: part, operation: write.operation, now: now).outcome(write)
    }

    private func outcome(_ write: WritePart) -> Outcome {
        switch part.status {
        case 200..<300: return applied
        case 404:
            if part.error?.isAboutAddress == true { return rejected(.other) }
            return isAboutAnother(write) ? rejected(.validation) : missing
        case 409, 412: return clash
        case 403: return isDuplicate ? rejected(.duplicate) : rejected(.forbidden)
        case 400: return badRequest
        case 401, 429: return retryable
        case 408, 502, 503: return unclear
        case 504: return isCreateWithoutID ? .unknown : unclear
        case 500..<600: return isDuplicate ? rejected(.duplicate) : unclear
        default: return rejected(.other)
        }
    }

    private var applied: Outcome {
        guard let id = part.id ?? givenID else { return .unknown }
        // A row without an id is some other document than the record.
        let row = part.id == nil ? nil : part.row
        return .applied(Outcome.Written(id: id, version: part.version, row: row))
    }

    private var givenID: RecordID? {
        switch operation {
        case .create(let id): id
        case .update(let id, _), .delete(let id, _): id
        }
    }

    private var isCreate: Bool {
        if case .create = operation { return true }
        return false
    }

    private var isCreateWithoutID: Bool { isCreate && givenID == nil }

    private var missing: Outcome { isCreate ? rejected(.validation) : rejected(.missing) }

    /// A refused version concerns changes only; a create that clashes found its key taken.
    private var clash: Outcome {
        if isDuplicate { return rejected(.duplicate) }
        if !isCreate { return .preconditionFailed }
        return part.error?.code == "Request_EntityChanged" ? retryable : rejected(.duplicate)
    }

    private var badRequest: Outcome {
        if isDuplicate { return rejected(.duplicate) }
        let code = part.error?.code ?? ""
        if !isCreate && (code == "Internal_RecordNotFound" || code == "Internal_DataNotFoundFilter") {
            return rejected(.missing)
        }
        // The version we hold is none that the service understands: reading gives one that it does.
        if !isCreate && code == "BadRequest_InvalidToken" { return .preconditionFailed }
        return rejected(.validation)
    }

    private var isDuplicate: Bool {
        let codes: Set = ["Internal_EntityWithSameKeyExists", "0x80040237", "0x80060892", "0x80040333"]
        return codes.contains(part.error?.code ?? "")
    }

    /// Whether a 404 is about a record that the fields refer to, and not about the one to be changed.
    private func isAboutAnother(_ write: WritePart) -> Bool {
        guard let message = part.error?.message.lowercased(), let own = givenID?.description,
            !message.contains(own)
        else { return false }
        return write.fields.contains { field in
            guard let other = RecordID(field.value.text)?.description else { return false }
            return message.contains(other)
        }
    }

    private var retryable: Outcome { .retryable(afterSeconds: RetryAfter.seconds(part.retryAfter, now: now)) }

    private var unclear: Outcome { .unclear(afterSeconds: RetryAfter.seconds(part.retryAfter, now: now)) }

    private func rejected(_ kind: RemoteProblem.Kind) -> Outcome {
        let code = part.error?.code ?? ""
        let message = part.error?.message ?? ""
        return .rejected(
            RemoteProblem(
                kind: kind,
                code: code.isEmpty ? "HTTP \(part.status)" : code,
                message: message
            )
        )
    }
}
