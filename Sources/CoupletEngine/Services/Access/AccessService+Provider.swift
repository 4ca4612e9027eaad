import CoupletCore
import CoupletPorts

/// Letting in whom a provider knows.
extension AccessService {
    /// What is decided about somebody whom a provider knows.
    private enum Admission: Sendable {
        case user(String)
        case refused(CoupletError)
    }

    /// Signs somebody in whose identity a provider has proved.
    /// - Returns: The session's token, for their browser alone.
    /// - Throws: `CoupletError` when they have no role, are kept out or not known, or their name is another's.
    func signIn(_ identity: ProvenIdentity, by provider: SignInProvider) async throws -> String {
        let now = clock.now
        // What a refusal changes must be kept, so that it is decided first, in a transaction of its own.
        let admission = try await store.write { try AccessService.admit(identity, provider, now, $0) }
        switch admission {
        case .refused(let error): throw error
        case .user(let name):
            return try await open { writing in
                _ = try AccessService.present(provider, writing)
                let user = try AccessService.known(name, writing)
                guard !user.isDisabled, user.provided?.subject == identity.subject else {
                    throw CoupletError("signIn.disabled", status: .notAllowed)
                }
                let details = ["role": user.role.rawValue, "issuer": identity.issuer, "subject": identity.subject]
                let author = Author(who: name, at: now)
                try writing.audit(.userSignedIn, AuditEntry.Subject(.user, name), by: author, details)
                return user
            }
            .token
        }
    }

    /// The provider as it is set now: while somebody was on the way it may have been changed, or taken away.
    private static func present(_ provider: SignInProvider, _ reading: any StoreReading) throws -> SignInProvider {
        guard let present = try SignInProvider.read(reading), present.issuer == provider.issuer,
            present.clientID == provider.clientID
        else { throw CoupletError("signIn.notSet", status: .wrongUse) }
        return present
    }

    private static func admit(
        _ identity: ProvenIdentity,
        _ asked: SignInProvider,
        _ now: Instant,
        _ writing: any StoreWriting
    ) throws -> Admission {
        let provider = try present(asked, writing)
        let provided = ProvidedIdentity(issuer: identity.issuer, subject: identity.subject)
        let known = try user(provided, writing)
        do {
            guard let role = provider.role(of: identity) else {
                throw CoupletError("signIn.noRole", ["claim": provider.roleClaim], status: .notAllowed)
            }
            let user =
                try known.map { try admitted($0, role, now, writing) }
                ?? added(identity, provided, role, provider, now, writing)
            return .user(user.name)
        } catch let error as CoupletError where error.status == .notAllowed {
            if let known, error.message.code == "signIn.noRole" {
                // Whoever has lost their role loses at once what it gave them.
                try endSessions(of: known.name, writing)
                try removeTokens(of: known.name, writing)
            }
            // What somebody unknown calls themselves may be somebody else's name.
            let shown = known?.name ?? identity.subject
            var details = [
                "reason": error.message.code, "issuer": identity.issuer, "subject": identity.subject,
            ]
            details["name"] = provider.userName(of: identity)
            let author = Author(who: shown, at: now)
            try writing.audit(.userRefused, AuditEntry.Subject(.user, shown), by: author, details)
            return .refused(error)
        }
    }

    /// A user with the role that the provider says they have now.
    private static func admitted(
        _ known: User,
        _ role: Role,
        _ now: Instant,
        _ writing: any StoreWriting
    ) throws -> User {
        guard !known.isDisabled else { throw CoupletError("signIn.disabled", status: .notAllowed) }
        guard known.role != role else { return known }
        var user = known
        user.role = role
        try write(user, Kind.user, user.name, writing)
        let author = Author(who: user.name, at: now)
        let details = user.changes(from: known)
        try writing.audit(.userChanged, AuditEntry.Subject(.user, user.name), by: author, details)
        return user
    }

    /// A user for somebody who was none, where that is allowed.
    private static func added(
        _ identity: ProvenIdentity,
        _ provided: ProvidedIdentity,
        _ role: Role,
        _ provider: SignInProvider,
        _ now: Instant,
        _ writing: any StoreWriting
    ) throws -> User {
        guard provider.addsUsers else {
            throw CoupletError("signIn.unknownUser", ["subject": identity.subject], status: .notAllowed)
        }
        guard let name = provider.userName(of: identity) else {
            throw CoupletError("signIn.noName", ["claim": provider.nameClaim], status: .notAllowed)
        }
        // Names change hands, so that nobody becomes another user because of one.
        guard try writing.document(kind: Kind.user, key: name) == nil else {
            let arguments = ["name": name, "subject": identity.subject]
            throw CoupletError("signIn.nameTaken", arguments, status: .notAllowed)
        }
        let user = User(
            name: name,
            fullName: String((identity.claims["name"]?.first ?? "").prefix(200)),
            role: role,
            isDisabled: false,
            mustChangePassword: false,
            addedAt: now,
            failures: 0,
            provided: provided
        )
        try write(user, Kind.user, name, writing)
        let details = ["role": role.rawValue, "issuer": identity.issuer, "subject": identity.subject]
        try writing.audit(.userAdded, AuditEntry.Subject(.user, name), by: Author(who: name, at: now), details)
        return user
    }

    /// The user who is somebody to a provider.
    private static func user(_ provided: ProvidedIdentity, _ reading: any StoreReading) throws -> User? {
        try reading.documents(kind: Kind.user).lazy.compactMap { _, body -> User? in decoded(body) }
            .first { $0.provided == provided }
    }

    /// Makes a user one who signs in with the provider, or again with a password.
    /// - Parameters:
    ///   - user: The user.
    ///   - subject: What the provider calls them; blank where they have a password again.
    ///   - writing: The transaction.
    /// - Throws: `CoupletError` where there is no provider, or the person is another user.
    static func provide(_ user: inout User, _ subject: String, _ writing: any StoreWriting) throws {
        guard !subject.isEmpty else {
            user.provided = nil
            return
        }
        guard let provider = try SignInProvider.read(writing) else {
            throw CoupletError("signIn.notSet", status: .wrongUse)
        }
        let provided = ProvidedIdentity(issuer: provider.issuer, subject: subject)
        if let other = try AccessService.user(provided, writing), other.name != user.name {
            throw CoupletError("signIn.subjectTaken", ["name": other.name], status: .wrongUse)
        }
        user.provided = provided
        user.password = nil
        user.mustChangePassword = false
    }

    /// Ends the sessions of everybody who signs in with a provider.
    static func endProvidedSessions(_ writing: any StoreWriting) throws {
        for (_, body) in try writing.documents(kind: Kind.user) {
            let user: User? = decoded(body)
            if let user, user.provided != nil { try endSessions(of: user.name, writing) }
        }
    }

    /// Refuses what is for users with a password.
    static func requirePassword(_ user: User) throws {
        guard user.provided != nil else { return }
        throw CoupletError("signIn.noPassword", ["name": user.name], status: .wrongUse)
    }
}
