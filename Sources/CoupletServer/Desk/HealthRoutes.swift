import CoupletCore
import CoupletEngine
import HTTPTypes
import Hummingbird
import NIOCore

/// Says to whoever watches over the process whether it lives, and whether it can do its work; nobody signs in here.
struct HealthRoutes {
    let engine: Engine

    /// Answers `/health/live` and `/health/ready`.
    func add(to router: Router<DeskContext>) {
        router.get("/health/live") { _, _ in
            Self.response(.ok, .object(["live": .boolean(true)]))
        }
        router.get("/health/ready") { [engine] _, context in
            let readiness = await engine.readiness()
            let reasons = readiness.reasons.map { reason in
                JSONTree.object([
                    "code": .string(reason.code), "detail": .string(context.words.text(reason)),
                    "remedy": context.words.remedy(reason).map { .string($0) } ?? .null,
                ])
            }
            return Self.response(
                readiness.isReady ? .ok : .serviceUnavailable,
                .object(["ready": .boolean(readiness.isReady), "reasons": .array(reasons)])
            )
        }
    }

    private static func response(_ status: HTTPResponse.Status, _ tree: JSONTree) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: tree.data))
        )
    }
}
