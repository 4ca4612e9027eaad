import CoupletCore
import CoupletPorts
import Foundation

/// Users, their passwords, sessions and tokens: who may do what.
package struct AccessService: Sendable {
    /// How long a session lasts without being used, in seconds.
    package static let idleLimit: Double = 8 * 3600
    /// How long a session lasts in all, in seconds.
    package static let sessionLimit: Double = 24 * 3600
    /// How long a link that signs in once is worth something, in seconds.
    package static let linkLimit: Double = 900
    /// How many wrong passwords in a row lock a name.
    package static let failureLimit = 5
    /// The fewest characters of a password.
    package static let shortestPassword = 12

    let store: any StateStore
    let clock: any EngineClock
    let ids: any IDSource
    /// Hashes passwords; nil where nobody signs in.
    let hasher: (any PasswordHasher)?

    enum Kind {
        static let user = "user"
        static let session = "session"
        static let token = "token"
        static let link = "link"
    }

    /// Signs somebody in.
    /// - Parameters:
    ///   - name: The name they gave.
    ///   - password: The password they gave.
    /// - Returns: The session's token, for their browser alone, and who they are.
    /// - Throws: `CoupletError` when name and password do not belong together, or the name is locked.
    package func signIn(_ name: String, password: String) async throws -> (token: String, identity: Identity) {
        let hasher = try usableHasher()
        let name = name.lowercased()
        let now = clock.now
        let user = try await find(name)
        if let user { try AccessService.refuseLocked(user, now) }
        // A name that nobody has costs as much time as one that somebody has.
        let hash = user?.password
        let isRight = hasher.matches(password, hash ?? AccessService.nobodysHash) && hash != nil
        guard isRight else {
            try await failed(name, now)
            throw CoupletError("access.wrongPassword", status: .notAllowed)
        }
        return try await open { writing in
            // Comparing took a while: what an administrator did meanwhile stands.
            guard let user: User = try AccessService.read(Kind.user, name, writing), !user.isDisabled,
                user.password == hash
            else { throw CoupletError("access.wrongPassword", status: .notAllowed) }
            try AccessService.refuseLocked(user, now)
            return user
        }
    }

    /// A hash that no password matches, at the usual cost.
    private static let nobodysHash = "scrypt$32768$8$1$AAAAAAAAAAAAAAAAAAAAAA==$AAAA"

    /// Signs in with a link's token, which is worth nothing afterwards.
    /// - Throws: `CoupletError` when the token is unknown, used or too old.
    package func signIn(link: String) async throws -> (token: String, identity: Identity) {
        let digest = try usableHasher().digest(link)
        let now = clock.now
        return try await open(isByLink: true) { writing in
            guard let stored: StoredLink = try AccessService.read(Kind.link, digest, writing), stored.endsAt > now,
                let user: User = try AccessService.read(Kind.user, stored.user, writing), !user.isDisabled
            else { throw CoupletError("access.linkUsed", status: .notAllowed) }
            try writing.removeDocument(kind: Kind.link, key: digest)
            return user
        }
    }

    /// Who a session's token belongs to; nil when it is unknown or has ended.
    package func identity(session token: String) async throws -> Identity? {
        guard let hasher else { return nil }
        let digest = hasher.digest(token)
        let now = clock.now
        guard let session: StoredSession = try await read(Kind.session, digest),
            let user = try await find(session.user), !user.isDisabled
        else { return nil }
        let isOver =
            session.signedInAt.seconds(until: now) > AccessService.sessionLimit
            || session.usedAt.seconds(until: now) > AccessService.idleLimit
        if isOver {
            try await store.write { try $0.removeDocument(kind: Kind.session, key: digest) }
            return nil
        }
        // Written seldom: what it costs to know when a session was last used is not paid with every click.
        if session.usedAt.seconds(until: now) > 300 {
            let isOpen = try await store.write { writing in
                guard var used: StoredSession = try AccessService.read(Kind.session, digest, writing) else {
                    return false
                }
                used.usedAt = now
                try AccessService.write(used, Kind.session, digest, writing)
                return true
            }
            // Somebody ended it just now.
            guard isOpen else { return nil }
        }
        return Identity(
            user: user,
            formToken: session.formToken,
            mustChangePassword: user.mustChangePassword && !session.isByLink
        )
    }

    /// Who a program's token belongs to; nil when it is unknown or has ended.
    package func identity(token: String) async throws -> Identity? {
        guard let hasher else { return nil }
        guard let stored: StoredToken = try await read(Kind.token, hasher.digest(token)), stored.endsAt > clock.now,
            let user = try await find(stored.user), !user.isDisabled
        else { return nil }
        return Identity(user: user, formToken: nil)
    }

    /// Ends a session.
    package func signOut(session token: String) async throws {
        guard let hasher else { return }
        let digest = hasher.digest(token)
        try await store.write { try $0.removeDocument(kind: Kind.session, key: digest) }
    }

    /// Changes the password of somebody who knows the present one; their other sessions end.
    ///
    /// Wrong ones count as when signing in, so that nobody guesses at a desk that was left open.
    /// - Throws: `CoupletError` when the present password is wrong or the new one will not do, or the name is locked.
    package func changePassword(
        of name: String,
        from present: String,
        to new: String
    ) async throws -> (token: String, identity: Identity) {
        let hasher = try usableHasher()
        let now = clock.now
        let user = try await store.read { try AccessService.known(name, $0) }
        try AccessService.requirePassword(user)
        try AccessService.refuseLocked(user, now)
        let compared = user.password
        if let compared {
            guard hasher.matches(present, compared) else {
                try await failed(user.name, now)
                throw CoupletError("access.wrongPresentPassword", status: .notAllowed)
            }
            if present.utf8.elementsEqual(new.utf8) { throw CoupletError("access.samePassword", status: .wrongUse) }
        }
        try AccessService.check(new, of: user)
        let hash = try hasher.hash(new)
        return try await open { writing in
            // Hashing took a while: what an administrator did meanwhile stands.
            var user = try AccessService.known(name, writing)
            guard !user.isDisabled, user.provided == nil, user.password == compared else {
                throw CoupletError("access.wrongPresentPassword", status: .notAllowed)
            }
            try AccessService.refuseLocked(user, now)
            user.password = hash
            user.mustChangePassword = false
            try AccessService.endSessions(of: user.name, writing)
            let author = Author(who: user.name, at: now)
            try writing.audit(.passwordChanged, AuditEntry.Subject(.user, user.name), by: author)
            return user
        }
    }

    private static func refuseLocked(_ user: User, _ now: Instant) throws {
        guard let until = user.lockedUntil, until > now else { return }
        throw CoupletError("access.locked", ["until": until.description], status: .notAllowed)
    }

    private static func check(_ password: String, of user: User) throws {
        let isGuessable = password.lowercased().contains(user.name) && password.count < 2 * user.name.count + 8
        guard password.count >= shortestPassword, password.utf8.count <= 1024, Set(password).count >= 5, !isGuessable
        else {
            throw CoupletError(
                "access.weakPassword",
                ["shortest": String(shortestPassword)],
                status: .wrongUse
            )
        }
    }

    private func failed(_ name: String, _ now: Instant) async throws {
        try await store.write { writing in
            guard var user: User = try AccessService.read(Kind.user, name, writing) else { return }
            user.failures += 1
            if user.failures >= AccessService.failureLimit {
                // A minute, then two, then four, at most an hour: guessing gets nowhere, and its victim gets in again.
                let doublings = min(user.failures - AccessService.failureLimit, 6)
                user.lockedUntil = now.advanced(bySeconds: min(3600, 60 * Double(1 << doublings)))
            }
            try AccessService.write(user, Kind.user, name, writing)
        }
    }

    /// Opens a session.
    /// - Parameters:
    ///   - isByLink: Whether a link opens it.
    ///   - admit: Gives who it is for, as the transaction finds them, or refuses.
    /// - Returns: The session's token, for their browser alone, and who they are.
    /// - Throws: What `admit` throws.
    func open(
        isByLink: Bool = false,
        _ admit: @escaping @Sendable (any StoreWriting) throws -> User
    ) async throws -> (token: String, identity: Identity) {
        let hasher = try usableHasher()
        let (token, formToken) = (secret(), secret())
        let digest = hasher.digest(token)
        let now = clock.now
        let user = try await store.write { writing in
            var user = try admit(writing)
            user.failures = 0
            user.lockedUntil = nil
            user.lastSignInAt = now
            try AccessService.write(user, Kind.user, user.name, writing)
            try AccessService.removeEnded(before: now, writing)
            let session = StoredSession(
                user: user.name,
                formToken: formToken,
                signedInAt: now,
                usedAt: now,
                isByLink: isByLink
            )
            try AccessService.write(session, Kind.session, digest, writing)
            return user
        }
        let identity = Identity(
            user: user,
            formToken: formToken,
            mustChangePassword: user.mustChangePassword && !isByLink
        )
        return (token, identity)
    }

    private static func removeEnded(before now: Instant, _ writing: any StoreWriting) throws {
        for (key, body) in try writing.documents(kind: Kind.session) {
            let session: StoredSession? = decoded(body)
            if let session, session.signedInAt.seconds(until: now) <= sessionLimit { continue }
            try writing.removeDocument(kind: Kind.session, key: key)
        }
        for (key, body) in try writing.documents(kind: Kind.link) {
            let link: StoredLink? = decoded(body)
            if let link, link.endsAt > now { continue }
            try writing.removeDocument(kind: Kind.link, key: key)
        }
    }

    func usableHasher() throws -> any PasswordHasher {
        guard let hasher else { throw CoupletError("access.none", status: .wrongUse) }
        return hasher
    }

    /// More than 240 random bits in hexadecimal digits.
    func secret() -> String {
        [ids.next(), ids.next()].map { $0.description.filter { $0 != "-" } }.joined()
    }
}
