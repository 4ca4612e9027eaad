import CoupletCore
import CoupletEngine
import CoupletPorts
import HTTPTypes
import Hummingbird
import Logging

/// Gives every request a name that leads from it to the run it began: the sender's, or one of our own.
struct RequestNames: RouterMiddleware {
    private static let longest = 64

    let engine: Engine
    let logger: Logger

    func handle(
        _ request: Request,
        context: DeskContext,
        next: @concurrent (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        guard let field = HTTPField.Name("X-Request-Id") else { return try await next(request, context) }
        let name = request.headers[field].flatMap(Self.accepted) ?? RequestID.made(by: engine)
        let began = engine.clock.now
        return try await RequestID.$current.withValue(name) {
            var response = try await next(request, context)
            response.headers[field] = name
            // The route and not the path: that may name records, or hold what signs somebody in.
            logger.log(
                level: request.method == .get ? .debug : .info,
                "A request was answered",
                metadata: [
                    "request": "\(name)", "method": "\(request.method.rawValue)",
                    "route": "\(context.endpointPath ?? "none")",
                    "status": "\(response.status.code)",
                    "milliseconds": "\(Int(began.seconds(until: engine.clock.now) * 1000))",
                ]
            )
            return response
        }
    }

    /// A sender's name, where it can stand in a log as it is.
    static func accepted(_ name: String) -> String? {
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        return isPlain && (1...longest).contains(name.utf8.count) ? name : nil
    }
}
