import CoupletSandbox
import Testing

/// A request as it is replayed.
struct GoldenRequest: Sendable {
    var method: String
    /// Path and query.
    var target: String
    var headers: SandboxHeaders
    var body: [UInt8]
}

/// How one documented exchange is replayed.
struct GoldenCase: Sendable, CustomTestStringConvertible {
    /// How the document shows the answer.
    enum Shape: Sendable {
        /// As the service gives it.
        case whole
        /// One element of the list that the service gives.
        case oneOfTheList
    }

    /// The exchange's id.
    let id: String
    /// The sandbox in the state that the example assumes.
    let bench: @Sendable () throws -> GoldenBench
    /// Values of the placeholders in the address, each in the order of its occurrences; the last one repeats.
    var values: [String: [String]] = [:]
    /// Changes the request, or prepares what only a request can prepare.
    var adjust: @Sendable (inout GoldenRequest, inout GoldenBench) throws -> Void = { _, _ in }
    /// In which form the document shows the answer.
    var shape = Shape.whole
    /// Puts right what is no JSON in the document.
    var repair: (@Sendable (String) -> String)?
    /// The status where the document shows none.
    var status: Int?
    /// What is replayed otherwise than documented, and why, in sentences.
    var notes: [String] = []
    /// Members of the documented body that the answer does not share, by path such as `value/0/name`, and why.
    var differences: [String: String] = [:]
    /// More to hold the answer to; gives what is wrong.
    var check: @Sendable (SandboxResponse, inout GoldenBench) throws -> [String] = { _, _ in [] }

    var testDescription: String { id }
}

/// A documented exchange that is not replayed.
struct GoldenExclusion: Sendable {
    let id: String
    /// Why, in a sentence.
    let reason: String

    init(_ id: String, _ reason: String) {
        self.id = id
        self.reason = reason
    }
}

/// The exchanges of one system.
struct GoldenArea: Sendable {
    let title: String
    /// The system in the collection.
    let system: String
    let cases: [GoldenCase]
    let exclusions: [GoldenExclusion]
    /// Whether each exchange of the system must be a case or an exclusion.
    let isWhole: Bool
}
