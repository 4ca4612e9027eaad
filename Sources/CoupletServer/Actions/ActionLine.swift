package import CoupletCore
package import CoupletEngine

/// One line of an answer to an action: any number of progress lines, then a result or an error.
///
/// A blank line says nothing but that somebody is still there.
package enum ActionLine<Result: Codable & Sendable>: Codable, Sendable {
    /// How far it is.
    case progress(ProgressEvent)
    /// What it gave back.
    case result(Result)
    /// Why it failed.
    case error(CoupletError)

    private enum Key: String, CodingKey {
        case progress
        case result
        case error
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let event = try container.decodeIfPresent(ProgressEvent.self, forKey: .progress) {
            self = .progress(event)
        } else if let error = try container.decodeIfPresent(CoupletError.self, forKey: .error) {
            self = .error(error)
        } else {
            self = .result(try container.decode(Result.self, forKey: .result))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .progress(let event): try container.encode(event, forKey: .progress)
        case .result(let result): try container.encode(result, forKey: .result)
        case .error(let error): try container.encode(error, forKey: .error)
        }
    }
}

/// The header fields of an action's request and answer.
package enum ActionHeader {
    /// Who started the command, as the operating system knows them; believed at the socket alone.
    package static let startedBy = "couplet-started-by"
    /// The version of whoever speaks.
    package static let version = "couplet-version"
}

/// What holds for actions wherever they are asked for.
package enum ActionLimit {
    /// The most bytes of an action.
    package static let largest = 16 << 20
    /// An answer is silent for so many seconds at most.
    package static let silence: Double = 15

    /// Says that an action is too large.
    package static var exceeded: CoupletError {
        CoupletError("action.tooLarge", ["megabytes": String(largest >> 20)], status: .wrongUse)
    }
}

/// Which Couplet this is.
package enum ProductVersion {
    /// The version's number.
    package static let text = "0.1.0"
}
