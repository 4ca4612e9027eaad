import CoupletSandbox

/// One documented request and its documented answer.
struct GoldenExchange: Sendable {
    /// One side of the exchange.
    struct Message: Sendable {
        var headers: [(name: String, value: String)]
        /// A JSON value, a string for text that is no JSON, nil where the document shows none.
        var body: SandboxJSON?
    }

    let id: String
    let system: String
    let method: String
    let url: String
    let request: Message
    /// Nil where the document does not say.
    let status: Int?
    let answer: Message

    /// Reads one line of the collection.
    init?(line: Substring) {
        guard let json = try? SandboxJSON(bytes: Array(line.utf8)), let id = json["id"]?.string,
            let system = json["system"]?.string, let request = json["request"], let answer = json["response"],
            let method = request["method"]?.string, let url = request["url"]?.string
        else { return nil }
        (self.id, self.system, self.method, self.url) = (id, system, method, url)
        self.request = Message(request)
        self.answer = Message(answer)
        status = answer["status"]?.integer
    }
}

extension GoldenExchange.Message {
    init(_ json: SandboxJSON) {
        headers = (json["headers"]?.object ?? []).map { ($0.name, $0.value.string ?? "") }
        body = json["body"].flatMap { $0.isNull ? nil : $0 }
    }
}
