import CoupletSandbox
import Testing

@Suite("Stand-ins: tokens")
struct TokenTests {
    private let now = SandboxInstant(milliseconds: 1_700_000_000_000)

    private func ask(
        _ form: String,
        _ authority: inout TokenAuthority,
        headers: SandboxHeaders = [:]
    ) -> SandboxResponse? {
        let request = SandboxRequest(
            method: "POST",
            target: "/contoso.example/oauth2/v2.0/token",
            headers: headers,
            body: Array(form.utf8)
        )
        return authority.respond(to: request, at: now)
    }

    private func authority() -> TokenAuthority {
        TokenAuthority(clientID: "me", clientSecret: "s&cret", lifetimeSeconds: 60, seed: 7)
    }

    @Test func `the right secret gives a token that ends`() throws {
        var authority = authority()
        let answer = ask("grant_type=client_credentials&client_id=me&client_secret=s%26cret&scope=x", &authority)
        let body = json(try #require(answer))
        #expect(body["token_type"]?.string == "Bearer")
        #expect(body["expires_in"]?.integer == 60)
        let token = try #require(body["access_token"]?.string)
        let request = SandboxRequest(method: "GET", target: "/", headers: ["authorization": "Bearer \(token)"])
        #expect(authority.verdict(on: request, at: now) == .valid)
        #expect(authority.verdict(on: request, at: now.advanced(byMilliseconds: 59_999)) == .valid)
        #expect(authority.verdict(on: request, at: now.advanced(byMilliseconds: 60_000)) == .expired)
        authority.expireAll(at: now)
        #expect(authority.verdict(on: request, at: now) == .expired)
        #expect(authority.verdict(on: SandboxRequest(method: "GET", target: "/"), at: now) == .missing)
    }

    @Test func `credentials may come by basic authorization`() throws {
        var authority = TokenAuthority(clientID: "me", clientSecret: "pw", seed: 7)
        let answer = ask("grant_type=client_credentials", &authority, headers: ["Authorization": "Basic bWU6cHc="])
        #expect(answer?.status == 200)
    }

    @Test(arguments: [
        ("grant_type=client_credentials&client_id=me&client_secret=no", 401, "invalid_client", "AADSTS7000215"),
        (
            "grant_type=client_credentials&client_id=you&client_secret=s%26cret", 400, "unauthorized_client",
            "AADSTS700016"
        ),
        ("grant_type=password&client_id=me&client_secret=s%26cret", 400, "unsupported_grant_type", "AADSTS70003"),
        ("client_id=me", 400, "invalid_request", "AADSTS900144"),
    ])
    func `other requests are refused as the real endpoint does`(
        _ form: String,
        _ status: Int,
        _ error: String,
        _ code: String
    ) throws {
        var authority = authority()
        let asked = ask(form, &authority)
        let answer = try #require(asked)
        #expect(answer.status == status)
        #expect(json(answer)["error"]?.string == error)
        #expect(json(answer)["error_description"]?.string?.hasPrefix("\(code): ") == true)
    }

    @Test func `the endpoint can be discovered`() throws {
        var authority = authority()
        let request = SandboxRequest(
            method: "GET",
            target: "/t/v2.0/.well-known/openid-configuration",
            scheme: "https",
            host: "localhost:9"
        )
        let discovered = authority.respond(to: request, at: now)
        let answer = try #require(discovered)
        #expect(json(answer)["token_endpoint"]?.string == "https://localhost:9/t/oauth2/v2.0/token")
        let other = authority.respond(to: SandboxRequest(method: "GET", target: "/api"), at: now)
        #expect(other == nil)
    }
}
