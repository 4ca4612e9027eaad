import CoupletCore
import CoupletEngine
import CoupletPorts

/// Settles a conflict: exactly one of `take` and `value` says how.
struct ResolveRequest: Codable, Sendable {
    /// The conflict's number.
    var id: Int64
    /// Only this field, by either side's name; nil for all.
    var field: String?
    /// The side whose values stand.
    var take: Side?
    /// The value that stands on both sides.
    var value: JSONTree?

    func action() throws -> ResolveConflict {
        let resolutions = [take.map { Resolution.take($0) }, try value.flatMap(Self.resolution)].compactMap(\.self)
        guard resolutions.count == 1, let resolution = resolutions.first else {
            throw CoupletError("conflict.oneResolution", status: .wrongUse)
        }
        return ResolveConflict(id: id, field: field, resolution: resolution)
    }

    private static func resolution(_ tree: JSONTree) throws -> Resolution? {
        switch tree {
        case .null: nil
        case .boolean(let boolean): .value(.boolean(boolean))
        case .integer(let number): .value(.number(String(number)))
        case .decimal(let number): .value(.number("\(number)"))
        case .string(let text): .value(.text(text))
        case .array, .object:
            throw CoupletError("request.wrongProperty", ["name": "value", "detail": ""], status: .wrongUse)
        }
    }
}

/// Answers a question: exactly one of `candidate`, `none`, `create` and `take` says how.
struct AnswerRequest: Codable, Sendable {
    /// The question's number.
    var id: Int64
    /// The candidate's number or id, which is coupled.
    var candidate: String?
    /// Whether none of the candidates is the one.
    var none: Bool
    /// Whether a counterpart is created.
    var create: Bool
    /// The side whose values stand.
    var take: Side?
    /// The side whose values stand after coupling; nil leaves the records uncompared.
    var choice: Side?

    func action() throws -> AnswerQuestion {
        let answers: [AnswerQuestion.Answer] = [
            candidate.map { .candidate($0) }, none ? .noCandidate : nil, create ? .create : nil, take.map { .take($0) },
        ].compactMap(\.self)
        guard answers.count == 1, let answer = answers.first else {
            throw CoupletError("request.oneAnswer", status: .wrongUse)
        }
        return AnswerQuestion(id: id, answer: answer, choice: choice)
    }
}

/// Undoes a run, a job or one entry of the history: exactly one of them is named.
struct UndoRequest: Codable, Sendable {
    var run: Int64?
    var job: Int64?
    var entry: Int64?
    var isPreview: Bool

    func action() throws -> UndoRun {
        let targets: [UndoRun.Target] = [run.map { .run($0) }, job.map { .job($0) }, entry.map { .entry($0) }]
            .compactMap(\.self)
        guard targets.count == 1, let target = targets.first else {
            throw CoupletError("request.oneTarget", status: .wrongUse)
        }
        return UndoRun(target, isPreview: isPreview)
    }
}

/// Applies mappings as a file has them.
struct ApplyRequest: Codable, Sendable {
    /// The file's text.
    var file: String
    var isPreview: Bool
}

/// Replaces one mapping by what a file says.
struct ReplaceRequest: Codable, Sendable {
    /// The mapping's name.
    var mapping: String
    /// The file's text, with this mapping alone.
    var file: String
    var isPreview: Bool
}
