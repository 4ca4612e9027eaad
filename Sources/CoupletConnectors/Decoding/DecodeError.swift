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

    /// The reason, as a code that the catalogues know.
    package var words: String {
        switch self {
        case .damaged: Detail.text("detail.damagedAnswer")
        case .unexpectedShape: Detail.text("detail.otherShape")
        case .rowWithoutID: Detail.text("detail.rowWithoutID")
        case .tooLarge: Detail.text("detail.tooLarge")
        case .outOfMemory: Detail.text("detail.outOfMemory")
        }
    }
}
