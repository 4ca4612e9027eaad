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
        switch world.strike(.beforeRequest(side, request), life) {
        case .none: break
        case .crash: throw .cancelled
        case .disconnect: throw .notSent(reason: "the connection was refused")
        case .arriveLate(let seconds):
            world.holdBack(request, side, forSeconds: seconds)
            throw .answerLost(reason: "the connection broke")
        }
        world.clock.advance(bySeconds: World.latencySeconds)
        world.deliverLateRequests()
        guard let response = world.systems.handle(request, side) else { throw .addressUnknown(reason: request.url) }
        world.clock.advance(bySeconds: Double(response.delayMilliseconds) / 1000)
        world.note(request, side, response)
        world.tellHandled(side, request)
        switch world.strike(.afterHandling(side, request, status: response.status), life) {
        case .none, .arriveLate: break
        case .crash: throw .cancelled
        case .disconnect: throw .answerLost(reason: "the connection broke")
        }
        switch response.delivery {
        case .answer: break
        case .droppedBeforeHandling: throw .answerLost(reason: "the connection was closed before anything was done")
        case .droppedAfterHandling: throw .answerLost(reason: "the connection was closed after all was done")
        }
        return HTTPResponseMessage(
            status: response.status,
            headers: response.headers.fields.map { HTTPHeader($0.name, $0.value) },
            body: response.body
        )
    }
}
