import CoupletCore
import CoupletPorts
import CoupletSimulation
import CoupletStore
import Synchronization
import Testing

@testable import CoupletEngine

/// Hashes at once and badly: what is stored can be told apart, and that is all that these tests need.
private final class PlainHasher: PasswordHasher {
    /// What happens while the next password is compared.
    let meanwhile = Mutex<(@Sendable () -> Void)?>(nil)

    func hash(_ password: String) throws -> String { "plain " + password }

    func matches(_ password: String, _ hash: String) -> Bool {
        let happens = meanwhile.withLock { meanwhile in
            defer { meanwhile = nil }
            return meanwhile
        }
        happens?()
        return hash == "plain " + password
    }

    func digest(_ token: String) -> String { "digest " + token }
}

@Suite("Users, sessions and tokens")
struct AccessTests {
    private let clock = SimulatedClock()
    private let hasher = PlainHasher()
    private let store: SQLiteStateStore
    private let access: AccessService
    private let boss = Author(who: "boss", at: Instant(milliseconds: 0))

    init() throws {
        let ids = SeededIDs(seed: 7)
        store = try SQLiteStateStore(
            path: SQLiteStateStore.memoryPath,
            execution: .inline,
            makeInstanceID: ids.next()
        )
        access = AccessService(store: store, clock: clock, ids: ids, hasher: hasher)
    }

    private func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? CoupletError)?.message.code
        }
    }

    @Test("the first start makes one administrator with a password for one sign-in, a later one makes none")
    func firstAdministrator() async throws {
        let made = try #require(try await access.makeFirstAdministrator(by: boss))
        #expect(made.name == "admin" && made.password.count == 23)
        #expect(try await access.makeFirstAdministrator(by: boss) == nil)
        let (session, identity) = try await access.signIn("Admin", password: made.password)
        #expect(identity.mustChangePassword && identity.may(.setUp))
        let (next, changed) = try await access.changePassword(
            of: "admin",
            from: made.password,
            to: "correct horse battery"
        )
        #expect(!changed.user.mustChangePassword)
        #expect(try await access.identity(session: session) == nil, "other sessions end")
        #expect(try await access.identity(session: next)?.user.name == "admin")
        #expect(await code { _ = try await access.signIn("admin", password: made.password) } == "access.wrongPassword")
    }

    @Test("wrong passwords lock a name for longer and longer, whoever is right meanwhile")
    func lockOut() async throws {
        let made = try await access.add(AddUser(user: "anna", role: .viewer), by: boss)
        let password = try #require(made.password)
        for _ in 0..<AccessService.failureLimit {
            #expect(await code { _ = try await access.signIn("anna", password: "no") } == "access.wrongPassword")
        }
        #expect(await code { _ = try await access.signIn("anna", password: password) } == "access.locked")
        clock.advance(bySeconds: 61)
        #expect(await code { _ = try await access.signIn("anna", password: "no") } == "access.wrongPassword")
        clock.advance(bySeconds: 61)
        #expect(
            await code { _ = try await access.signIn("anna", password: password) } == "access.locked",
            "two minutes"
        )
        clock.advance(bySeconds: 60)
        _ = try await access.signIn("anna", password: password)
        #expect(await code { _ = try await access.signIn("nobody", password: "x") } == "access.wrongPassword")
    }

    @Test("sessions end when they are not used, and a day after signing in in any case")
    func sessionsEnd() async throws {
        let made = try await access.add(AddUser(user: "anna", role: .operator), by: boss)
        let (idle, _) = try await access.signIn("anna", password: made.password ?? "")
        clock.advance(bySeconds: AccessService.idleLimit + 1)
        #expect(try await access.identity(session: idle) == nil)
        let (used, _) = try await access.signIn("anna", password: made.password ?? "")
        for _ in 0..<5 {
            clock.advance(bySeconds: AccessService.idleLimit / 2)
            #expect(try await access.identity(session: used) != nil)
        }
        clock.advance(bySeconds: AccessService.idleLimit)
        #expect(try await access.identity(session: used) == nil)
        let (ended, _) = try await access.signIn("anna", password: made.password ?? "")
        try await access.signOut(session: ended)
        #expect(try await access.identity(session: ended) == nil)
        #expect(try await access.identity(session: "anything") == nil)
    }

    @Test("what a user may do changes at once; a user who is kept out has no session, no token and no right")
    func changes() async throws {
        _ = try await access.add(AddUser(user: "root", role: .administrator), by: boss)
        let made = try await access.add(AddUser(user: "anna", role: .operator), by: boss)
        let (session, _) = try await access.signIn("anna", password: made.password ?? "")
        let token = try await access.addToken(AddToken(user: "anna", label: "script", days: 1), by: boss)
        #expect(try await access.identity(token: token.text)?.may(.operate) == true)
        _ = try await access.change(ChangeUser(user: "anna", role: .viewer), by: boss)
        #expect(try await access.identity(session: session)?.may(.operate) == false)
        _ = try await access.change(ChangeUser(user: "anna", isDisabled: true), by: boss)
        #expect(try await access.identity(session: session) == nil)
        #expect(try await access.identity(token: token.text) == nil)
        #expect(
            await code { _ = try await access.signIn("anna", password: made.password ?? "") } == "access.wrongPassword"
        )
        _ = try await access.change(ChangeUser(user: "anna", isDisabled: false), by: boss)
        #expect(try await access.identity(token: token.text) != nil)
        clock.advance(bySeconds: 86_401)
        #expect(try await access.identity(token: token.text) == nil, "the token's day is over")
        _ = try await access.remove(RemoveUser(user: "anna"), by: boss)
        #expect(try await access.tokens(of: nil).isEmpty)
    }

    @Test("nobody locks everybody out")
    func lastAdministrator() async throws {
        _ = try await access.add(AddUser(user: "root", role: .administrator), by: boss)
        #expect(
            await code { _ = try await access.remove(RemoveUser(user: "root"), by: boss) } == "access.lastAdministrator"
        )
        let demoted = ChangeUser(user: "root", role: .viewer)
        #expect(await code { _ = try await access.change(demoted, by: boss) } == "access.lastAdministrator")
        let kept = ChangeUser(user: "root", isDisabled: true)
        #expect(await code { _ = try await access.change(kept, by: boss) } == "access.lastAdministrator")
        _ = try await access.add(AddUser(user: "other", role: .administrator), by: boss)
        _ = try await access.change(demoted, by: boss)
    }

    @Test("a link signs in once, within a quarter of an hour")
    func links() async throws {
        _ = try await access.add(AddUser(user: "anna", role: .viewer), by: boss)
        let link = try #require(try await access.link(LinkUser(user: "anna"), by: boss).link)
        let (session, identity) = try await access.signIn(link: link)
        #expect(identity.user.name == "anna" && !identity.mustChangePassword, "a link's user knows no password")
        #expect(try await access.identity(session: session)?.mustChangePassword == false)
        #expect(await code { _ = try await access.signIn(link: link) } == "access.linkUsed")
        let late = try #require(try await access.link(LinkUser(user: "anna"), by: boss).link)
        clock.advance(bySeconds: AccessService.linkLimit + 1)
        #expect(await code { _ = try await access.signIn(link: late) } == "access.linkUsed")
    }

    @Test(
        "weak passwords and bad names are refused",
        arguments: ["short", "aaaaaaaaaaaaaaaa", "anna-anna-1", String(repeating: "long", count: 300)]
    )
    func weakPasswords(_ password: String) async throws {
        let made = try await access.add(AddUser(user: "anna", role: .viewer), by: boss)
        let refused = await code {
            _ = try await access.changePassword(of: "anna", from: made.password ?? "", to: password)
        }
        #expect(refused == "access.weakPassword")
        for name in ["", "a b", "å", String(repeating: "a", count: 65)] {
            #expect(
                await code { _ = try await access.add(AddUser(user: name, role: .viewer), by: boss) }
                    == "access.badName"
            )
        }
        #expect(
            await code { _ = try await access.add(AddUser(user: "ANNA", role: .viewer), by: boss) }
                == "access.userExists"
        )
    }

    @Test("what an administrator does while a password is compared stands")
    func meanwhile() async throws {
        let (access, boss, store) = (access, boss, store)
        _ = try await access.add(AddUser(user: "root", role: .administrator), by: boss)
        let password = try #require(try await access.add(AddUser(user: "anna", role: .viewer), by: boss).password)
        let keepOut: @Sendable () -> Void = {
            try? store.writeSync { writing in
                var user = try AccessService.known("anna", writing)
                user.isDisabled = true
                try AccessService.write(user, AccessService.Kind.user, "anna", writing)
            }
        }
        hasher.meanwhile.withLock { $0 = keepOut }
        #expect(await code { _ = try await access.signIn("anna", password: password) } == "access.wrongPassword")
        #expect(try await access.find("anna")?.isDisabled == true)
        _ = try await access.change(ChangeUser(user: "anna", isDisabled: false), by: boss)
        hasher.meanwhile.withLock { $0 = keepOut }
        let changed = await code {
            _ = try await access.changePassword(of: "anna", from: password, to: "correct horse battery")
        }
        #expect(changed == "access.wrongPresentPassword")
        #expect(try await access.find("anna")?.isDisabled == true)
        _ = try await access.change(ChangeUser(user: "anna", isDisabled: false), by: boss)
        hasher.meanwhile.withLock { meanwhile in
            meanwhile = {
                try? store.writeSync { try $0.removeDocument(kind: AccessService.Kind.user, key: "anna") }
            }
        }
        #expect(await code { _ = try await access.signIn("anna", password: password) } == "access.wrongPassword")
        #expect(try await access.find("anna") == nil, "who was removed does not come back")
    }

    @Test("wrong present passwords lock a name too")
    func wrongPresentPasswords() async throws {
        let made = try await access.add(AddUser(user: "anna", role: .viewer), by: boss)
        for _ in 0..<AccessService.failureLimit {
            let refused = await code {
                _ = try await access.changePassword(of: "anna", from: "no", to: "correct horse battery")
            }
            #expect(refused == "access.wrongPresentPassword")
        }
        let right = await code {
            _ = try await access.changePassword(of: "anna", from: made.password ?? "", to: "correct horse battery")
        }
        #expect(right == "access.locked")
    }

    @Test("a new password for one sign-in ends sessions, links and tokens")
    func reset() async throws {
        let made = try await access.add(AddUser(user: "anna", role: .operator), by: boss)
        let (session, _) = try await access.signIn("anna", password: made.password ?? "")
        let token = try await access.addToken(AddToken(user: "anna", label: "script", days: 1), by: boss)
        let link = try #require(try await access.link(LinkUser(user: "anna"), by: boss).link)
        _ = try await access.reset(ResetPassword(user: "anna"), by: boss)
        #expect(try await access.identity(session: session) == nil)
        #expect(try await access.identity(token: token.text) == nil)
        #expect(await code { _ = try await access.signIn(link: link) } == "access.linkUsed")
    }

    @Test("the audit log has who did what to which user, and no secret")
    func audited() async throws {
        let made = try await access.add(AddUser(user: "anna", role: .operator), by: boss)
        _ = try await access.add(AddUser(user: "root", role: .administrator), by: boss)
        _ = try await access.change(ChangeUser(user: "anna", role: .viewer), by: boss)
        _ = try await access.change(ChangeUser(user: "anna", role: .viewer), by: boss)
        _ = try await access.changePassword(of: "anna", from: made.password ?? "", to: "correct horse battery")
        let token = try await access.addToken(AddToken(user: "anna", label: "script", days: 1), by: boss)
        _ = try await access.removeToken(RemoveToken(user: "anna", number: token.token.number), by: boss)
        let link = try await access.link(LinkUser(user: "anna"), by: boss)
        let reset = try await access.reset(ResetPassword(user: "anna"), by: boss)
        _ = try await access.remove(RemoveUser(user: "anna"), by: boss)
        let all = try await store.read { try $0.auditEntries(AuditSelection(), after: 0, limit: 100) }
        let anna = all.filter { $0.subject == AuditEntry.Subject(.user, "anna") }
        #expect(
            anna.map(\.event) == [
                .userAdded, .userChanged, .passwordChanged, .tokenAdded, .tokenRemoved, .linkMade, .passwordReset,
                .userRemoved,
            ]
        )
        #expect(anna.map(\.who) == ["boss", "boss", "anna", "boss", "boss", "boss", "boss", "boss"])
        #expect(anna.first?.details["role"] == "operator")
        #expect(anna.dropFirst().first?.details == ["role": "viewer", "role.before": "operator"])
        let secrets = [made.password, token.text, link.link, reset.password].compactMap(\.self)
        #expect(secrets.count == 4 && all.allSatisfy { entry in secrets.allSatisfy { !"\(entry)".contains($0) } })
    }

    @Test("roles allow what they are for, and no more")
    func roles() {
        #expect(Role.viewer.rights == [.read])
        #expect(Role.auditor.rights == [.read, .audit])
        #expect(Role.operator.rights == [.read, .operate])
        #expect(Role.administrator.rights == Set(Right.allCases))
    }
}
