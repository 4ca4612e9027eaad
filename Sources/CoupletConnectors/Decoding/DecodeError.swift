import CSimdjson

/// Why a body could not be decoded.
public enum DecodeError: Error, Sendable, Hashable {
    /// The body is not JSON, or was cut off.
    case damaged
    /// The body is JSON of another shape.
    case unexpectedShape
    /// A row has no id that is a GUID.
    case rowWithoutID
    /// The body or a row is larger than a page can hold.
    case tooLarge
    /// Memory ran out.
    case outOfMemory

    static func check(_ status: csj_status) throws(DecodeError) {
        switch status {
        case CSJ_OK: return
        case CSJ_DAMAGED: throw .damaged
        case CSJ_UNEXPECTED: throw .unexpectedShape
        case CSJ_NO_ID: throw .rowWithoutID
        case CSJ_TOO_LARGE: throw .tooLarge
        default: throw .outOfMemory
        }
    }

    /// The reason in words, for logs.
    package var words: String {
        switch self {
        case .damaged: "the answer is not JSON or was cut off"
        case .unexpectedShape: "the answer is JSON of another shape than expected"
        case .rowWithoutID: "the answer holds a record without an id"
        case .tooLarge: "the answer is too large"
        case .outOfMemory: "memory ran out while decoding the answer"
        }
    }
}
