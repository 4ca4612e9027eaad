import CoupletSandbox

/// A request that is sent as it is or damaged.
struct FuzzRequest: Sendable {
    var method: String
    var target: String
    var headers: [(name: String, value: String)] = []
    var body = ""

    /// The request as people read it.
    var text: String {
        "\(method) \(target)\n" + headers.map { "\($0.name): \($0.value)\n" }.joined() + "\n\(body)"
    }

    /// A batch with one part for each of these requests, and a change set of the last ones.
    static func multipart(_ parts: [FuzzRequest], target: String) -> FuzzRequest {
        var body = ""
        for (index, part) in parts.enumerated() {
            let inner =
                "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: \(index)\r\n\r\n"
                + "\(part.method) \(part.target) HTTP/1.1\r\nContent-Type: application/json\r\n\r\n\(part.body)\r\n"
            if part.method == "GET" {
                body += "--b\r\n\(inner)"
            } else {
                body += "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\(inner)--c--\r\n"
            }
        }
        return FuzzRequest(
            method: "POST",
            target: target,
            headers: [("Content-Type", "multipart/mixed; boundary=\"b\"")],
            body: body + "--b--\r\n"
        )
    }

    /// A batch in JSON.
    static func json(_ parts: [FuzzRequest], target: String) -> FuzzRequest {
        let requests = parts.enumerated().map { index, part in
            SandboxJSON.members([
                "id": .string(String(index)), "method": .string(part.method), "url": .string(part.target),
                "headers": .members(["If-Match": .string("*"), "Content-Type": .string("application/json")]),
                "body": (try? SandboxJSON(bytes: Array(part.body.utf8))) ?? .null,
            ])
        }
        let body = SandboxJSON.members(["requests": .array(requests)])
        return FuzzRequest(
            method: "POST",
            target: target,
            headers: [("Content-Type", "application/json"), ("Accept", "application/json")],
            body: String(decoding: body.bytes, as: UTF8.self)
        )
    }
}
