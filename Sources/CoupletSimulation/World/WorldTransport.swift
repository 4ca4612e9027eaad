import CoupletCore
import CoupletPorts
import CoupletSandbox

/// The network of one process: it leads to the stand-ins in the same process.
struct WorldTransport: HTTPTransport {
    // The world holds its process, which holds its network.
    unowned let world: World
    let life: ProcessLife

    func send(_ request: HTTPRequestMessage) async throws(TransportError) -> HTTPResponseMessage {
        guard life.isAlive else { throw .cancelled }
        guard let side = World.side(ofAddress: request.url) else { throw .addressUnknown(reason: request.url) }
        if world.sharesNetwork { await Task.yield() }
        var request = request
        var omitted: Int?
        var arrivesAgain: Double?
        switch world.strike(.beforeRequest(side, request), life) {
        case .none: break
        case .crash: throw .cancelled
        case .disconnect: throw .notSent(reason: "the connection was refused")
        case .arriveLate(let seconds):
            world.holdBack(request, side, forSeconds: seconds)
            throw .answerLost(reason: "the connection broke")
        case .arriveTwice(let seconds): arrivesAgain = seconds
        case .answerBare: request = request.withoutRecords
        case .leaveOut(let row): omitted = row
        }
        world.clock.advance(bySeconds: World.latencySeconds)
        world.deliverLateRequests()
        world.judgeSending(to: side)
        guard let response = world.systems.handle(request, side) else { throw .addressUnknown(reason: request.url) }
        // What a system has refused it refuses as often as it comes.
        if let arrivesAgain, !response.isRefused { world.holdBack(request, side, forSeconds: arrivesAgain) }
        world.clock.advance(bySeconds: Double(response.delayMilliseconds) / 1000)
        world.note(request, side, response)
        world.tellHandled(side, request, isLate: false)
        switch world.strike(.afterHandling(side, request, status: response.status), life) {
        case .none, .arriveLate, .arriveTwice, .answerBare, .leaveOut: break
        case .crash: throw .cancelled
        case .disconnect: throw .answerLost(reason: "the connection broke")
        }
        switch response.delivery {
        case .answer: break
        case .droppedBeforeHandling: throw .answerLost(reason: "the connection was closed before anything was done")
        case .droppedAfterHandling: throw .answerLost(reason: "the connection was closed after all was done")
        }
        let message = HTTPResponseMessage(
            status: response.status,
            headers: response.headers.fields.map { HTTPHeader($0.name, $0.value) },
            body: omitted.map { Self.leavingOut($0, of: response.body) } ?? response.body
        )
        world.noteRetryAfter(message, of: side)
        if request.method != "GET", !request.isForToken, response.status < 300 { world.noteHeard() }
        return message
    }

    /// A page without one of its rows.
    private static func leavingOut(_ row: Int, of body: [UInt8]) -> [UInt8] {
        guard let page = try? SandboxJSON(bytes: body), var rows = page["value"]?.array, row < rows.count else {
            return body
        }
        rows.remove(at: row)
        let members = (page.object ?? []).map { member in
            member.name == "value" ? SandboxJSON.Member(name: "value", value: .array(rows)) : member
        }
        return SandboxJSON.object(members).bytes
    }
}

extension SandboxResponse {
    /// Whether the request, or a part of it, was put off.
    fileprivate var isRefused: Bool {
        guard status < 300 else { return true }
        return ["429", "503"].contains { body.has("HTTP/1.1 \($0)") || body.has("\"status\":\($0)") }
    }
}
