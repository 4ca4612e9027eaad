import CoupletConnectors
import CoupletCore
import CoupletPorts
import CoupletTestSupport
import Synchronization

/// A transport whose answers a test writes down; tokens are given without asking.
final class ScriptedTransport: HTTPTransport {
    enum Step: Sendable {
        case answer(Int, String, [String: String] = [:])
        case fails(TransportError)
    }

    private struct State {
        var steps: [Step]
        var requests: [HTTPRequestMessage] = []
        var tokenRequests: [HTTPRequestMessage] = []
        var tokenSteps: [Step]
    }

    private let state: Mutex<State>

    init(_ steps: [Step] = [], tokens: [Step] = []) { state = Mutex(State(steps: steps, tokenSteps: tokens)) }

    /// The requests but those for tokens.
    var requests: [HTTPRequestMessage] { state.withLock { $0.requests } }
    /// The requests for tokens.
    var tokenRequests: [HTTPRequestMessage] { state.withLock { $0.tokenRequests } }

    func send(_ request: HTTPRequestMessage) async throws(TransportError) -> HTTPResponseMessage {
        let step = state.withLock { state -> Step in
            guard request.url.hasSuffix("/token") else {
                state.requests.append(request)
                return state.steps.isEmpty ? .answer(500, "nothing more is written down") : state.steps.removeFirst()
            }
            state.tokenRequests.append(request)
            let number = state.tokenRequests.count
            guard state.tokenSteps.isEmpty else { return state.tokenSteps.removeFirst() }
            return .answer(200, #"{"token_type":"Bearer","expires_in":3599,"access_token":"token-\#(number)"}"#)
        }
        switch step {
        case .fails(let error): throw error
        case .answer(let status, let body, let headers):
            var fields = headers.map { HTTPHeader($0.key, $0.value) }
            if headers["Date"] == nil { fields.append(HTTPHeader("Date", "Mon, 23 Nov 2026 20:00:00 GMT")) }
            if headers["Content-Type"] == nil { fields.append(HTTPHeader("Content-Type", "application/json")) }
            return HTTPResponseMessage(status: status, headers: fields, body: Array(body.utf8))
        }
    }
}

/// What the tests talk about.
enum Fixture {
    static let company = "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"
    static let one = RecordID(high: 0x1111_1111_1111_1111, low: 0x8111_1111_1111_1111)
    static let two = RecordID(high: 0x2222_2222_2222_2222, low: 0x8222_2222_2222_2222)

    static let customers = TableShape(
        table: "customers",
        idField: "id",
        modifiedField: "lastModifiedDateTime",
        layout: RowLayout(number: 1, fields: ["number", "displayName", "blocked"])
    )
    static let accounts = TableShape(
        table: "accounts",
        idField: "accountid",
        modifiedField: nil,
        layout: RowLayout(number: 2, fields: ["name", "accountnumber", "_ownerid_value"])
    )

    static func connection(_ kind: String, url: String, company: String? = nil) -> StoredConnection {
        StoredConnection(
            name: kind == "dataverse" ? "crm" : "erp",
            side: kind == "dataverse" ? .crm : .erp,
            kind: kind,
            url: url,
            company: company,
            tokenURL: "https://login.example/tenant/oauth2/v2.0/token",
            clientID: "client",
            operationLimitSeconds: 480
        )
    }

    static func businessCentral(
        _ transport: any HTTPTransport,
        clock: SteppingClock = SteppingClock(),
        company: String? = company
    ) throws -> any Connector {
        let factory = StandardConnectorFactory(transport: transport, clock: clock)
        let connection = connection("businessCentral", url: "https://bc.example/v2.0/Production/", company: company)
        return try factory.connector(for: connection, secret: "s3cr3t&value")
    }

    static func dataverse(
        _ transport: any HTTPTransport,
        clock: SteppingClock = SteppingClock()
    ) throws -> any Connector {
        let factory = StandardConnectorFactory(transport: transport, clock: clock)
        return try factory.connector(
            for: connection("dataverse", url: "https://org.crm.example"),
            secret: "s3cr3t&value"
        )
    }

    static func text(_ field: String, _ value: String) -> WritePart.Field {
        WritePart.Field(field: FieldMapping.Field(field, .text(maximum: 100)), value: .text(value))
    }
}

/// The error that a function throws, as this port's kind; nil when it throws none.
func connectorError(_ body: () async throws -> Void) async -> ConnectorError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? ConnectorError
    }
}

extension HTTPRequestMessage {
    /// The body as text.
    var text: String { String(decoding: body, as: UTF8.self) }
    /// The value of a header field.
    func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
}

/// Counts who is inside at a time.
final class Counter: Sendable {
    private let state = Mutex((inside: 0, most: 0, total: 0))

    /// The most at a time.
    var most: Int { state.withLock { $0.most } }
    /// All that ever entered.
    var total: Int { state.withLock { $0.total } }

    /// Somebody enters.
    func enter() {
        state.withLock { state in
            state.inside += 1
            state.total += 1
            state.most = max(state.most, state.inside)
        }
    }

    /// Somebody leaves.
    func leave() { state.withLock { $0.inside -= 1 } }
}

/// A transport with an empty page for everybody, which counts who waits for it at a time.
final class CrowdedTransport: HTTPTransport {
    let counter = Counter()

    func send(_ request: HTTPRequestMessage) async throws(TransportError) -> HTTPResponseMessage {
        if request.url.hasSuffix("/token") {
            return HTTPResponseMessage(status: 200, body: Array(#"{"access_token":"t","expires_in":60}"#.utf8))
        }
        counter.enter()
        for _ in 0..<5 { await Task.yield() }
        counter.leave()
        return HTTPResponseMessage(status: 200, body: Array(#"{"value":[]}"#.utf8))
    }
}
