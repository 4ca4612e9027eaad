import CoupletCore
import CoupletPorts
import CoupletSimulation
import CoupletStore
import Synchronization
import Testing

@testable import CoupletEngine

/// A provider that says whatever a test wants.
private final class SayingProvider: IdentityProvider {
    let said = Mutex(ProvenIdentity(issuer: "https://login.example.org", subject: "s", claims: [:]))

    func objection(toIssuer issuer: String) -> Message? { nil }
    func examine(_ issuer: String) async throws(ProviderFailure) {}

    func signInAddress(
        _ access: ProviderAccess,
        _ challenge: ProviderChallenge
    ) async throws(ProviderFailure) -> String {
        challenge.state
    }

    func identity(
        _ access: ProviderAccess,
        _ challenge: ProviderChallenge,
        code: String
    ) async throws(ProviderFailure) -> ProvenIdentity {
        guard access.clientSecret == "secret" else { throw ProviderFailure("signIn.secretRefused") }
        return said.withLock { $0 }
    }
}

private struct PlainHasher: PasswordHasher {
    func hash(_ password: String) throws -> String { "plain " + password }
    func matches(_ password: String, _ hash: String) -> Bool { hash == "plain " + password }
    func digest(_ token: String) -> String { "digest " + token }
}

@Suite("Signing in with a provider")
struct SignInServiceTests {
    private let clock = SimulatedClock()
    private let provider = SayingProvider()
    private let store: SQLiteStateStore
    private let access: AccessService
    private let signIn: SignInService
    private let boss = Author(who: "boss", at: Instant(milliseconds: 0))
    private static let issuer = "https://login.example.org"

    init() throws {
        let ids = SeededIDs(seed: 11)
        store = try SQLiteStateStore(
            path: SQLiteStateStore.memoryPath,
            execution: .inline,
            makeInstanceID: ids.next()
        )
        access = AccessService(store: store, clock: clock, ids: ids, hasher: PlainHasher())
        signIn = SignInService(access: access, sealer: PlainSealer(), provider: provider)
    }

    private func set(_ more: SetSignIn = SetSignIn()) async throws {
        _ = try await access.makeFirstAdministrator(by: boss)
        let action = SetSignIn(
            issuer: more.issuer ?? Self.issuer,
            clientID: "couplet",
            secret: "secret",
            address: more.address ?? "https://desk.example.org",
            roles: [
                RoleRule(value: "look", role: .viewer), RoleRule(value: "work", role: .operator),
                RoleRule(value: "rule", role: .administrator),
            ],
            addsUsers: true
        )
        _ = try await signIn.set(action, by: boss)
    }

    private func say(_ roles: [String], subject: String = "s", name: String = "anna") {
        provider.said.withLock { said in
            said = ProvenIdentity(
                issuer: Self.issuer,
                subject: subject,
                claims: ["roles": roles, "preferred_username": [name]]
            )
        }
    }

    private func come() async throws -> String {
        let beginning = try await signIn.begin(back: "/")
        return try await finish(beginning).token
    }

    private func finish(_ beginning: SignInService.Beginning) async throws -> (token: String, back: String) {
        let returned = SignInService.Returned(
            state: beginning.address,
            code: "code",
            error: nil,
            issuer: nil,
            browser: beginning.browser
        )
        return try await signIn.finish(returned)
    }

    private func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? CoupletError)?.message.code
        }
    }

    @Test("of several roles the one with the most rights counts, and a lost one takes sessions and tokens with it")
    func roles() async throws {
        try await set()
        say(["look", "rule", "work"])
        let session = try await come()
        #expect(try await access.identity(session: session)?.user.role == .administrator)
        let token = try await access.addToken(AddToken(user: "anna", label: "reports"), by: boss)
        say(["look"])
        _ = try await come()
        #expect(try await access.identity(session: session)?.user.role == .viewer, "it counts for open sessions too")
        say(["nothing"])
        #expect(await code { _ = try await come() } == "signIn.noRole")
        #expect(try await access.identity(session: session) == nil)
        #expect(try await access.identity(token: token.text) == nil)
        say(["look"])
        _ = try await access.change(ChangeUser(user: "anna", isDisabled: true), by: boss)
        #expect(await code { _ = try await come() } == "signIn.disabled")
    }

    @Test("whoever signs in with a provider has no password here, and gets none")
    func noPassword() async throws {
        try await set()
        say(["work"])
        _ = try await come()
        #expect(await code { _ = try await access.signIn("anna", password: "") } == "access.wrongPassword")
        #expect(await code { _ = try await access.reset(ResetPassword(user: "anna"), by: boss) } == "signIn.noPassword")
        #expect(await code { _ = try await access.link(LinkUser(user: "anna"), by: boss) } == "signIn.noPassword")
        let chosen = await code {
            _ = try await access.changePassword(of: "anna", from: "", to: "correct horse battery")
        }
        #expect(chosen == "signIn.noPassword")
        let promoted = await code {
            _ = try await access.change(ChangeUser(user: "anna", role: .administrator), by: boss)
        }
        #expect(promoted == "signIn.roleIsProvided")
        _ = try await access.change(ChangeUser(user: "anna", subject: ""), by: boss)
        #expect(try await access.reset(ResetPassword(user: "anna"), by: boss).password != nil)
        #expect(await code { _ = try await come() } == "signIn.nameTaken", "the name alone lets nobody in")
    }

    @Test("a user with a password becomes somebody's to the provider, and nobody else's")
    func tied() async throws {
        try await set()
        let made = try await access.add(AddUser(user: "vera", role: .viewer), by: boss)
        _ = try await access.change(ChangeUser(user: "vera", subject: "s"), by: boss)
        let password = try #require(made.password)
        #expect(await code { _ = try await access.signIn("vera", password: password) } == "access.wrongPassword")
        say(["look"], name: "whoever")
        let session = try await come()
        #expect(try await access.identity(session: session)?.user.name == "vera")
        _ = try await access.add(AddUser(user: "olle", role: .viewer), by: boss)
        let other = await code { _ = try await access.change(ChangeUser(user: "olle", subject: "s"), by: boss) }
        #expect(other == "signIn.subjectTaken")
        _ = try await signIn.remove(by: boss)
        #expect(try await access.identity(session: session) == nil)
        #expect(await code { _ = try await come() } == "signIn.notSet")
    }

    @Test("a sign-in is worth something for ten minutes, once, and to the provider that it was sent to")
    func attempts() async throws {
        try await set()
        say(["look"])
        let late = try await signIn.begin(back: "/")
        clock.advance(bySeconds: SignInService.attemptLimit)
        #expect(await code { _ = try await finish(late) } == "signIn.notBegun")
        let once = try await signIn.begin(back: "/records")
        #expect(try await finish(once).back == "/records")
        #expect(await code { _ = try await finish(once) } == "signIn.notBegun")
        let elsewhere = try await signIn.begin(back: "/")
        try await set(SetSignIn(issuer: "https://other.example.org"))
        #expect(await code { _ = try await finish(elsewhere) } == "signIn.notBegun")
    }

    @Test("the stored secret goes to no other provider, and only safe addresses are taken")
    func settings() async throws {
        #expect(await code { _ = try await signIn.set(SetSignIn(), by: boss) } == "signIn.incomplete")
        try await set()
        let changed = try await signIn.set(SetSignIn(roleClaim: "groups"), by: boss)
        #expect(changed.provider?.roleClaim == "groups" && changed.provider?.roles.count == 3)
        let other = SetSignIn(issuer: "https://other.example.org")
        #expect(await code { _ = try await signIn.set(other, by: boss) } == "signIn.noSecret")
        for issuer in [
            "http://login.example.org", "https://", "ftp://login.example.org", "https://a@login.example.org",
            "https://login.example.org/?a", "https://login.example.org:x", "http://localhost.example.org", "login",
        ] {
            let refused = await code { _ = try await signIn.set(SetSignIn(issuer: issuer, secret: "s"), by: boss) }
            #expect(refused == "signIn.badIssuer", "\(issuer)")
        }
        for address in ["http://desk.example.org", "https://desk.example.org/desk", "//desk.example.org"] {
            let refused = await code { _ = try await signIn.set(SetSignIn(address: address), by: boss) }
            #expect(refused == "signIn.badAddress", "\(address)")
        }
        for address in ["http://127.0.0.1:8440", "http://[::1]:8440", "http://localhost:8440/", "https://desk:1"] {
            _ = try await signIn.set(SetSignIn(address: address), by: boss)
        }
        #expect(await code { _ = try await signIn.set(SetSignIn(roles: []), by: boss) } == "signIn.noRoles")
    }
}
