import CoupletEngine
import HTTPTypes
import Hummingbird
import NIOCore

/// Gives the numbers of `/metrics`.
struct MetricsRoute {
    let engine: Engine
    let access: Access
    /// Whether nobody needs to sign in for them.
    let isOpen: Bool

    /// Answers `/metrics`.
    func add(to router: Router<DeskContext>) {
        router.get("/metrics") { request, context in try await answer(request, context) }
    }

    private func answer(_ request: Request, _ context: DeskContext) async throws -> Response {
        // Whoever signs in sees what they may see, also where nobody has to.
        let reader = isOpen && context.identity == nil ? nil : try context.signedIn()
        if let reader { try access.check(.read, of: reader) }
        let text = MetricsText(try await engine.metrics(), context.words) { reader?.may(use: $0) ?? true }
        let isOpenMetrics = request.headers[.accept]?.contains("application/openmetrics-text") == true
        return Response(
            status: .ok,
            headers: [.contentType: MetricsText.contentType(isOpenMetrics: isOpenMetrics)],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text.text(isOpenMetrics: isOpenMetrics)))
        )
    }
}
