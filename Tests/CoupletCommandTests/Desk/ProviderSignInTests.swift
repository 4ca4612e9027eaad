import CoupletNetwork
import Foundation
import Testing

/// A browser between a desk and a provider.
private struct Browser {
    let desk: DeskWorld
    let provider: StandInProvider
    var cookie: String?

    /// What the desk sends to the provider.
    struct Sent {
        var state: String
        var nonce: String
        var challenge: String
    }

    /// Begins a sign-in at the desk.
    mutating func begin(back: String = "/jobs") async throws -> Sent {
        let page = try await desk.send("GET", "/sign-in?back=" + back)
        #expect(page.text.contains("href=\"/oidc/begin?back="))
        let path = try #require(page.text.firstMatch(of: /href="(\/oidc\/begin\?back=[^"]*)"/)).1
        let answer = try await desk.send("GET", String(path), ["Sec-Fetch-Site": "same-origin"])
        #expect(answer.status == 303, "\(answer.text)")
        let set = answer.fields.first { $0.value.hasPrefix("couplet-oidc=") }?.value ?? ""
        for word in ["HttpOnly", "SameSite=Lax", "Path=/oidc", "Max-Age=600"] { #expect(set.contains(word), "\(set)") }
        cookie = answer.cookie("couplet-oidc")
        let location = try #require(answer.field("Location"))
        #expect(location.hasPrefix(provider.issuer + "/authorize?"))
        let query = StandInProvider.form(String(location.split(separator: "?", maxSplits: 1)[1]))
        return Sent(
            state: try #require(query["state"]),
            nonce: try #require(query["nonce"]),
            challenge: try #require(query["code_challenge"])
        )
    }

    /// Lets the provider know somebody.
    func authorize(_ sent: Sent, code: String, _ changes: [String: Any?] = [:]) throws {
        let claims = provider.claims(sent.nonce, at: Int(Date().timeIntervalSince1970), changes)
        provider.grant(try provider.token(claims), for: code, challenge: sent.challenge)
    }

    /// Comes back from the provider.
    func comeBack(_ query: String, session: String? = nil) async throws -> DeskWorld.Answer {
        var cookies = cookie.map { ["couplet-oidc=" + $0] } ?? []
        if let session { cookies.append("couplet-session=" + session) }
        let fields = cookies.isEmpty ? [:] : ["Cookie": cookies.joined(separator: "; ")]
        return try await desk.send("GET", "/oidc/return?" + query, fields)
    }

    /// Signs somebody in, whose ID token differs so.
    mutating func signIn(_ changes: [String: Any?] = [:], back: String = "/jobs") async throws -> DeskWorld.Answer {
        let sent = try await begin(back: back)
        let code = UUID().uuidString
        try authorize(sent, code: code, changes)
        return try await comeBack("code=\(code)&state=\(sent.state)")
    }
}

@Suite("Signing in with a provider", .timeLimit(.minutes(10)))
struct ProviderSignInTests {
    private static let roles = ["Viewer", "Auditor", "Operator", "Administrator"]

    /// A desk that a provider is set for.
    private func open(_ newUsers: String = "add") async throws -> Browser {
        let desk = try await DeskWorld(["--records", "20"])
        let before = try await desk.send("GET", "/sign-in").text
        #expect(!before.contains("/oidc/"), "nothing is offered that is not set")
        let provider = try StandInProvider(.newRSA())
        let file = desk.world.folder.path + "/provider.secret"
        try Data((StandInProvider.secret + "\n").utf8).write(to: URL(filePath: file))
        let roles = Self.roles.flatMap { ["--role", "Couplet.\($0)=\($0.lowercased())"] }
        let arguments = [
            "sign-in", "set", "--issuer", provider.issuer, "--client-id", StandInProvider.client,
            "--client-secret-file", file, "--address", desk.address, "--new-users", newUsers, "--json",
        ]
        let ended = try await desk.world.start(arguments + roles).finished()
        #expect(ended.status == 0, "\(ended.output) \(ended.errors)")
        #expect(!ended.output.contains(StandInProvider.secret))
        #expect(try ended.json()["provider"]["returnAddress"].text == desk.address + "/oidc/return")
        return Browser(desk: desk, provider: provider)
    }

    private func events(_ browser: Browser) async throws -> [String] {
        let entries = try await browser.desk.world.json("audit", "list")["entries"].elements
        return entries.compactMap { $0["event"].text }
    }

    @Test("whoever the provider knows comes in where they wanted to, once, and the audit log says so")
    func wholeWay() async throws {
        var browser = try await open()
        let sent = try await browser.begin()
        try browser.authorize(sent, code: "one")
        let answer = try await browser.comeBack("code=one&state=\(sent.state)")
        #expect(answer.status == 303 && answer.field("Location") == "/jobs", "\(answer.text)")
        let session = try #require(answer.cookie("couplet-session"))
        #expect(answer.cookie("couplet-oidc") == "", "what bound the browser is taken back")
        let fields = ["Cookie": "couplet-session=\(session)"]
        let account = try await browser.desk.send("GET", "/account", fields)
        #expect(account.text.contains("anna@example.org") && account.text.contains("Anna Ek"))
        #expect(!account.text.contains("href=\"/password\""), "there is no password to change")
        // What was used is worth nothing, whoever has it.
        for query in ["code=one&state=\(sent.state)", "code=two&state=\(sent.state)"] {
            let again = try await browser.comeBack(query)
            #expect(again.status == 401 && again.cookie("couplet-session") == nil)
        }
        // A session that was there ends with the next sign-in.
        let next = try await browser.begin(back: "%2F%2Fevil.example.org%2F")
        try browser.authorize(next, code: "three")
        let renewed = try await browser.comeBack("code=three&state=\(next.state)", session: session)
        #expect(renewed.field("Location") == "/", "nobody is sent elsewhere")
        #expect(try await browser.desk.send("GET", "/account", fields).status == 303)
        let events = try await events(browser)
        for event in ["signIn.set", "user.added", "user.signedIn"] { #expect(events.contains(event), "\(event)") }
        let users = try await browser.desk.world.json("user", "list")["users"].elements
        let anna = try #require(users.first { $0["name"].text == "anna@example.org" })
        #expect(anna["provided"]["subject"].text == "AAA-anna" && anna["hasPassword"] == .boolean(false))
        let reset = try await browser.desk.world.couplet("user", "reset", "anna@example.org")
        #expect(reset.status == 2)
        let audit = try await browser.desk.world.couplet("audit", "list", "--json")
        #expect(!audit.output.contains(StandInProvider.secret))
    }

    @Test("nobody comes in by a sign-in that another browser or another site began")
    func forged() async throws {
        var browser = try await open()
        let sent = try await browser.begin()
        try browser.authorize(sent, code: "one")
        var other = browser
        other.cookie = nil
        let lured = try await other.comeBack("code=one&state=\(sent.state)")
        #expect(lured.status == 401 && lured.cookie("couplet-session") == nil)
        let begun = try await browser.begin()
        other.cookie = String(repeating: "0", count: 64)
        try browser.authorize(begun, code: "two")
        #expect(try await other.comeBack("code=two&state=\(begun.state)").status == 401)
        _ = try await browser.begin()
        #expect(try await browser.comeBack("code=two&state=wrong").status == 401)
        #expect(try await browser.comeBack("code=two").status == 401)
        let begin = try await browser.desk.send("GET", "/oidc/begin", ["Sec-Fetch-Site": "cross-site"])
        #expect(begin.status == 401 && begin.field("Location") == nil)
        let wrongNonce = try await browser.signIn(["nonce": "another"])
        #expect(wrongNonce.status == 401 && wrongNonce.cookie("couplet-session") == nil)
        let denied = try await browser.begin()
        let words = try await browser.comeBack("error=access_denied&error_description=%3Cb%3E&state=\(denied.state)")
        #expect(words.status == 401 && words.text.contains("cancelled or not allowed") && !words.text.contains("<b>"))
    }

    @Test("the claim gives the role, at every sign-in anew, and nobody comes in without one or kept out")
    func roles() async throws {
        var browser = try await open()
        let world = browser.desk.world
        for role in Self.roles {
            let answer = try await browser.signIn(["roles": ["Couplet." + role]])
            #expect(answer.status == 303, "\(answer.text)")
            let users = try await world.json("user", "list")["users"].elements
            let anna = users.first { $0["name"].text == "anna@example.org" }
            #expect(anna?["role"].text == role.lowercased())
        }
        let session = try #require(try await browser.signIn().cookie("couplet-session"))
        let fields = ["Cookie": "couplet-session=\(session)"]
        #expect(try await browser.desk.send("GET", "/account", fields).status == 200)
        for roles in [["Something.Else"], []] as [[String]] {
            let answer = try await browser.signIn(["roles": roles])
            #expect(answer.status == 401 && answer.text.contains("gives you no role"), "\(roles)")
        }
        #expect(try await browser.signIn(["roles": nil]).status == 401)
        #expect(try await browser.desk.send("GET", "/account", fields).status == 303, "their sessions end")
        _ = try await world.json("user", "set", "anna@example.org", "--disable")
        let disabled = try await browser.signIn()
        #expect(disabled.status == 401 && disabled.text.contains("keeps you out"))
        // A name is no identity: it belongs to whoever had it first.
        let other = try await browser.signIn(["sub": "BBB"])
        #expect(other.status == 401 && other.text.contains("Another user is called"))
        let admin = try await browser.signIn(["sub": "CCC", "preferred_username": "admin"])
        #expect(admin.status == 401 && admin.cookie("couplet-session") == nil)
        #expect(try await events(browser).contains("user.refused"))
    }

    @Test(
        "where users are not added, an administrator says who somebody is, and a provider that is down bars nobody else"
    )
    func known() async throws {
        var browser = try await open("refuse")
        let world = browser.desk.world
        let unknown = try await browser.signIn()
        #expect(unknown.status == 401 && unknown.text.contains("AAA-anna"))
        _ = try await world.json("user", "add", "vera", "--role", "viewer")
        _ = try await world.json("user", "set", "vera", "--subject=AAA-anna")
        #expect(try await browser.signIn().status == 303)
        browser.provider.end()
        let back = try await browser.desk.send("GET", "/oidc/begin")
        #expect(back.status == 303, "what the provider said of itself is still known")
        let sent = StandInProvider.form(
            String(try #require(back.field("Location")).split(separator: "?", maxSplits: 1)[1])
        )
        browser.cookie = back.cookie("couplet-oidc")
        let down = try await browser.comeBack("code=one&state=\(try #require(sent["state"]))")
        #expect(down.status == 502 && down.text.contains("does not answer"), "\(down.text)")
        #expect(down.text.contains("action=\"/sign-in\""), "a password can still be given")
        _ = try await browser.desk.signIn()
        _ = try await world.json("sign-in", "remove")
        let after = try await browser.desk.send("GET", "/sign-in").text
        #expect(!after.contains("/oidc/"))
    }
}
