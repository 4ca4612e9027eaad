import CoupletCore
import CoupletPorts
import CoupletSimulation
import CoupletStore
import Testing

@testable import CoupletEngine

/// Hashes at once and badly: what is stored can be told apart, and that is all that these tests need.
private struct PlainHasher: PasswordHasher {
    func hash(_ password: String) throws -> String { "plain " + password }
    func matches(_ password: String, _ hash: String) -> Bool { hash == "plain " + password }
    func digest(_ token: String) -> String { "digest " + token }
}

@Suite("Users, sessions and tokens")
struct AccessTests {
    private let clock = SimulatedClock()
    private let access: AccessService

    init() throws {
        let ids = SeededIDs(seed: 7)
        let store = try SQLiteStateStore(
            path: SQLiteStateStore.memoryPath,
            execution: .inline,
            makeInstanceID: ids.next()
        )
        access = AccessService(store: store, clock: clock, ids: ids, hasher: PlainHasher())
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
        let made = try #require(try await access.makeFirstAdministrator())
        #expect(made.name == "admin" && made.password.count == 23)
        #expect(try await access.makeFirstAdministrator() == nil)
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
        let made = try await access.add(AddUser(user: "anna", role: .viewer))
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
        let made = try await access.add(AddUser(user: "anna", role: .operator))
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
        _ = try await access.add(AddUser(user: "root", role: .administrator))
        let made = try await access.add(AddUser(user: "anna", role: .operator))
        let (session, _) = try await access.signIn("anna", password: made.password ?? "")
        let token = try await access.addToken(AddToken(user: "anna", label: "script", days: 1))
        #expect(try await access.identity(token: token.text)?.may(.operate) == true)
        _ = try await access.change(ChangeUser(user: "anna", role: .viewer))
        #expect(try await access.identity(session: session)?.may(.operate) == false)
        _ = try await access.change(ChangeUser(user: "anna", isDisabled: true))
        #expect(try await access.identity(session: session) == nil)
        #expect(try await access.identity(token: token.text) == nil)
        #expect(
            await code { _ = try await access.signIn("anna", password: made.password ?? "") } == "access.wrongPassword"
        )
        _ = try await access.change(ChangeUser(user: "anna", isDisabled: false))
        #expect(try await access.identity(token: token.text) != nil)
        clock.advance(bySeconds: 86_401)
        #expect(try await access.identity(token: token.text) == nil, "the token's day is over")
        _ = try await access.remove(RemoveUser(user: "anna"))
        #expect(try await access.tokens(of: nil).isEmpty)
    }

    @Test("nobody locks everybody out")
    func lastAdministrator() async throws {
        _ = try await access.add(AddUser(user: "root", role: .administrator))
        #expect(await code { _ = try await access.remove(RemoveUser(user: "root")) } == "access.lastAdministrator")
        let demoted = ChangeUser(user: "root", role: .viewer)
        #expect(await code { _ = try await access.change(demoted) } == "access.lastAdministrator")
        let kept = ChangeUser(user: "root", isDisabled: true)
        #expect(await code { _ = try await access.change(kept) } == "access.lastAdministrator")
        _ = try await access.add(AddUser(user: "other", role: .administrator))
        _ = try await access.change(demoted)
    }

    @Test("a link signs in once, within a quarter of an hour")
    func links() async throws {
        _ = try await access.add(AddUser(user: "anna", role: .viewer))
        let link = try await access.link("anna")
        let (session, identity) = try await access.signIn(link: link)
        #expect(identity.user.name == "anna" && !identity.mustChangePassword, "a link's user knows no password")
        #expect(try await access.identity(session: session)?.mustChangePassword == false)
        #expect(await code { _ = try await access.signIn(link: link) } == "access.linkUsed")
        let late = try await access.link("anna")
        clock.advance(bySeconds: AccessService.linkLimit + 1)
        #expect(await code { _ = try await access.signIn(link: late) } == "access.linkUsed")
    }

    @Test(
        "weak passwords and bad names are refused",
        arguments: ["short", "aaaaaaaaaaaaaaaa", "anna-anna-1", String(repeating: "long", count: 300)]
    )
    func weakPasswords(_ password: String) async throws {
        let made = try await access.add(AddUser(user: "anna", role: .viewer))
        let refused = await code {
            _ = try await access.changePassword(of: "anna", from: made.password ?? "", to: password)
        }
        #expect(refused == "access.weakPassword")
        for name in ["", "a b", "å", String(repeating: "a", count: 65)] {
            #expect(await code { _ = try await access.add(AddUser(user: name, role: .viewer)) } == "access.badName")
        }
        #expect(await code { _ = try await access.add(AddUser(user: "ANNA", role: .viewer)) } == "access.userExists")
    }

    @Test("roles allow what they are for, and no more")
    func roles() {
        #expect(Role.viewer.rights == [.read])
        #expect(Role.auditor.rights == [.read, .audit])
        #expect(Role.operator.rights == [.read, .operate])
        #expect(Role.administrator.rights == Set(Right.allCases))
    }
}
