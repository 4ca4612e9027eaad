import CoupletCore
import CoupletEngine
import CoupletTexts
import HTTPTypes
import Hummingbird
import NIOCore

/// A failure as an answer: a problem document of RFC 9457, with the code and the remedy that the command line shows.
struct Problem: Error, HTTPResponseError {
    /// The status.
    let status: HTTPResponse.Status
    /// What is wrong.
    let message: Message
    /// Header fields besides.
    var fields: HTTPFields = [:]

    init(_ status: HTTPResponse.Status, _ code: String, _ arguments: [String: String] = [:]) {
        self.status = status
        message = Message(code, arguments)
    }

    init(_ error: CoupletError) {
        status = Problem.status(error)
        message = error.message
    }

    /// Nobody came with a token that is worth something.
    static var wrongToken: Problem { unauthorized("access.wrongToken") }

    /// Nobody is known by what the request says of its sender.
    static func unauthorized(_ code: String) -> Problem {
        var problem = Problem(.unauthorized, code)
        problem.fields[.wwwAuthenticate] = "Bearer realm=\"Couplet\""
        return problem
    }

    /// The document.
    func tree(_ words: DeskWords) -> JSONTree {
        .object([
            "type": .string("about:blank"), "status": .integer(Int64(status.code)), "code": .string(message.code),
            "title": .string(status.reasonPhrase), "detail": .string(words.text(message)),
            "remedy": words.remedy(message).map { .string($0) } ?? .null,
        ])
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        let words = (context as? DeskContext)?.words ?? DeskWords(.english)
        var headers = fields
        headers[.contentType] = "application/problem+json"
        headers[.cacheControl] = "no-store"
        return Response(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: tree(words).data))
        )
    }

    private static func status(_ error: CoupletError) -> HTTPResponse.Status {
        if error.message.code == "request.changedSince" { return .preconditionFailed }
        return switch error.status {
        case .wrongUse:
            error.message.code.hasSuffix(".unknown") || unknown.contains(error.message.code) ? .notFound : .badRequest
        case .notAllowed: .forbidden
        // What was decided about has moved: somebody has to look again.
        case .waitsForApproval, .doneWithOpenItems: .conflict
        case .remoteDown: .badGateway
        case .tryLater, .interrupted: .serviceUnavailable
        case .wrongConfiguration: .unprocessableContent
        case .done, .defect: .internalServerError
        }
    }

    /// Codes of something that is not there, besides those that end so.
    private static let unknown: Set<String> = [
        "access.unknownUser", "access.unknownToken", "undo.unknownRun", "undo.unknownEntry",
    ]
}
