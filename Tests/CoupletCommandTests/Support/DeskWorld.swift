import CoupletNetwork
import CoupletPorts
import Foundation
import Glibc
import Testing

/// A world whose desk is open: a running `couplet serve --listen`, and users of every role with a token each.
final class DeskWorld: Sendable {
    /// Both stand-ins and the home directory.
    let world: World
    /// The desk's address.
    let address: String
    /// The first administrator's password for one sign-in.
    let password: String
    private let serve: CoupletProcess

    /// What the server logs.
    var log: OutputLines { serve.errors }

    /// Opens a desk over stand-ins with options of their own.
    init(_ options: [String] = [], serve more: [String] = [], log: String = "warning") async throws {
        world = try await World(options)
        serve = try world.start(
            ["serve", "--on-request-only", "--listen", "127.0.0.1:0", "--json"] + more,
            ["COUPLET_LOG": log]
        )
        let line = try #require(await serve.output.line(containing: "desk"))
        let document = try JSONDecoder().decode(JSON.self, from: Data(line.utf8))
        address = try #require(document["desk"].text)
        password = document["administrator"]["password"].text ?? ""
    }

    deinit { serve.send(SIGKILL) }

    /// Ends the desk as an operator would.
    func end() async -> CoupletProcess.Finished {
        serve.send(SIGTERM)
        return await serve.finished()
    }

    /// Ends the desk's process in the middle of whatever it does.
    func kill() { serve.send(SIGKILL) }

    /// Starts a command that works with this desk from another machine, as it were: with a home of its own that has nothing.
    func distant(
        _ arguments: [String],
        token: String? = nil,
        _ more: [String: String] = [:]
    ) throws -> CoupletProcess {
        var environment = ["COUPLET_SERVER": address, "COUPLET_HOME": world.folder.path + "/elsewhere"]
        if let token { environment["COUPLET_TOKEN"] = token }
        return try world.start(arguments, environment.merging(more) { _, new in new })
    }

    /// Asks the desk for an action as the command line does.
    /// - Returns: The answer; its last line is what came of it.
    func action(
        _ name: String,
        _ body: String = "{}",
        token: String? = nil,
        _ fields: [String: String] = [:]
    ) async throws -> Answer {
        try await send("POST", "/actions/" + name, token: token, body: body, fields)
    }

    /// Adds a user and makes a token for them.
    func token(_ name: String, _ role: String, mappings: [String] = []) async throws -> String {
        let options = mappings.flatMap { ["--mapping", $0] }
        let added = try await world.start(["user", "add", name, "--role", role, "--json"] + options).finished()
        #expect(added.status == 0, "\(added.output)")
        return try #require(try await world.json("user", "token", "add", name)["text"].text)
    }

    /// What the desk answered.
    struct Answer: Sendable {
        var status: Int
        var fields: [(name: String, value: String)]
        var text: String

        /// The document.
        var json: JSON { (try? JSONDecoder().decode(JSON.self, from: Data(text.utf8))) ?? .null }

        /// The last line of an answer to an action.
        var last: JSON {
            let line = text.split(separator: "\n").last ?? ""
            return (try? JSONDecoder().decode(JSON.self, from: Data(line.utf8))) ?? .null
        }

        /// A header field.
        func field(_ name: String) -> String? { fields.first { $0.name.lowercased() == name.lowercased() }?.value }

        /// What a cookie is set to.
        func cookie(_ name: String) -> String? {
            fields.filter { $0.name.lowercased() == "set-cookie" }.map(\.value).first { $0.hasPrefix(name + "=") }
                .map { String($0.dropFirst(name.count + 1).prefix { $0 != ";" }) }
        }
    }

    /// Asks the desk for something.
    func send(
        _ method: String,
        _ path: String,
        token: String? = nil,
        body: String? = nil,
        _ fields: [String: String] = [:]
    ) async throws -> Answer {
        var headers = fields.map { HTTPHeader($0.key, $0.value) }
        if let token { headers.append(HTTPHeader("Authorization", "Bearer " + token)) }
        if body != nil, fields["Content-Type"] == nil { headers.append(HTTPHeader("Content-Type", "application/json")) }
        let request = HTTPRequestMessage(
            method: method,
            url: address + path,
            headers: headers,
            body: Array((body ?? "").utf8)
        )
        let answer = try await withHTTPTransport { try await $0.send(request) }
        return Answer(
            status: answer.status,
            fields: answer.headers.map { ($0.name, $0.value) },
            text: String(decoding: answer.body, as: UTF8.self)
        )
    }

    /// Sends a form as a browser would.
    func form(_ path: String, _ values: [String: String], cookie: String? = nil) async throws -> Answer {
        let body = values.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
        }
        .joined(separator: "&")
        var fields = ["Content-Type": "application/x-www-form-urlencoded"]
        if let cookie { fields["Cookie"] = "couplet-session=\(cookie)" }
        return try await send("POST", path, body: body, fields)
    }

    /// Signs the first administrator in and gives them a password of their own.
    /// - Returns: The session's cookie and the secret of its forms.
    func signIn() async throws -> (cookie: String, form: String) {
        let first = try await form("/sign-in", ["name": "admin", "password": password])
        let cookie = try #require(first.cookie("couplet-session"))
        let page = try await send("GET", "/password", ["Cookie": "couplet-session=\(cookie)"])
        let changed = try await form(
            "/password",
            [
                "csrf": try #require(Self.formToken(page.text)), "present": password,
                "new": "correct horse battery", "again": "correct horse battery",
            ],
            cookie: cookie
        )
        let session = try #require(changed.cookie("couplet-session"), "\(changed.text)")
        let home = try await send("GET", "/account", ["Cookie": "couplet-session=\(session)"])
        return (session, try #require(Self.formToken(home.text)))
    }

    /// The secret of a page's forms.
    static func formToken(_ page: String) -> String? {
        page.firstMatch(of: /name="csrf" value="([0-9a-f]+)"/).map { String($0.1) }
    }
}
