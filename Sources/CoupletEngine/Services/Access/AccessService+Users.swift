import CoupletCore
import CoupletPorts

/// Adding, changing and removing users and tokens.
extension AccessService {
    /// Every user by name.
    func users() async throws -> [User] {
        try await store.read { reading in
            try reading.documents(kind: Kind.user).map { key, body in
                guard let user: User = AccessService.decoded(body) else {
                    throw StoreError.damaged(detail: "the user \(key) cannot be read")
                }
                return user
            }
        }
    }

    /// Makes the first administrator where there is no user at all.
    /// - Returns: Their name and a password for one sign-in; nil where there are users.
    package func makeFirstAdministrator(by author: Author) async throws -> (name: String, password: String)? {
        guard try await users().isEmpty else { return nil }
        let made = try await add(AddUser(user: "admin", role: .administrator), by: author)
        return made.password.map { (made.user.name, $0) }
    }

    /// Makes a link's token that signs a user in once.
    func link(_ action: LinkUser, by author: Author) async throws -> UserSecretView {
        let token = secret()
        let digest = try usableHasher().digest(token)
        let endsAt = clock.now.advanced(bySeconds: AccessService.linkLimit)
        let user = try await store.write { writing in
            let user = try AccessService.known(action.user, writing)
            try AccessService.requirePassword(user)
            try AccessService.write(StoredLink(user: user.name, endsAt: endsAt), Kind.link, digest, writing)
            try writing.audit(.linkMade, AuditEntry.Subject(.user, user.name), by: author)
            return user
        }
        return UserSecretView(user: UserView(user), link: token)
    }

    func add(_ action: AddUser, by author: Author) async throws -> UserSecretView {
        let hasher = try usableHasher()
        let name = action.user.lowercased()
        guard AccessService.isName(name) else {
            throw CoupletError("access.badName", ["name": action.user], status: .wrongUse)
        }
        let password = oneTimePassword()
        let hash = try hasher.hash(password)
        let now = clock.now
        let user = try await store.write { writing in
            if try writing.document(kind: Kind.user, key: name) != nil {
                throw CoupletError("access.userExists", ["name": name], status: .wrongUse)
            }
            let user = User(
                name: name,
                fullName: action.fullName,
                role: action.role,
                mappings: try AccessService.mappings(action.mappings, writing),
                isDisabled: false,
                password: hash,
                mustChangePassword: true,
                addedAt: now,
                failures: 0
            )
            try AccessService.write(user, Kind.user, name, writing)
            try writing.audit(.userAdded, AuditEntry.Subject(.user, name), by: author, user.settings)
            return user
        }
        return UserSecretView(user: UserView(user), password: password)
    }

    func change(_ action: ChangeUser, by author: Author) async throws -> UsersView {
        let changed = try await store.write { writing in
            let before = try AccessService.known(action.user, writing)
            var user = before
            if let subject = action.subject { try AccessService.provide(&user, subject, writing) }
            if let role = action.role {
                if user.provided != nil, role != user.role {
                    throw CoupletError("signIn.roleIsProvided", ["name": user.name], status: .wrongUse)
                }
                user.role = role
            }
            if let fullName = action.fullName { user.fullName = fullName }
            if let mappings = action.mappings {
                user.mappings = mappings.isEmpty ? nil : try AccessService.mappings(mappings, writing)
            }
            if let isDisabled = action.isDisabled { user.isDisabled = isDisabled }
            if action.isDisabled == false {
                user.failures = 0
                user.lockedUntil = nil
            }
            try AccessService.keepAdministrator(besides: user, isRemoved: false, writing)
            try AccessService.write(user, Kind.user, user.name, writing)
            if user.isDisabled || user.provided != before.provided {
                try AccessService.endSessions(of: user.name, writing)
            }
            let details = user.changes(from: before)
            if !details.isEmpty {
                try writing.audit(.userChanged, AuditEntry.Subject(.user, user.name), by: author, details)
            }
            return user
        }
        return UsersView(users: [UserView(changed)])
    }

    func remove(_ action: RemoveUser, by author: Author) async throws -> UsersView {
        try await store.write { writing in
            let user = try AccessService.known(action.user, writing)
            try AccessService.keepAdministrator(besides: user, isRemoved: true, writing)
            try writing.removeDocument(kind: Kind.user, key: user.name)
            try AccessService.endSessions(of: user.name, writing)
            try AccessService.removeTokens(of: user.name, writing)
            try writing.audit(.userRemoved, AuditEntry.Subject(.user, user.name), by: author)
        }
        return UsersView(users: try await users().map(UserView.init))
    }

    func reset(_ action: ResetPassword, by author: Author) async throws -> UserSecretView {
        let hasher = try usableHasher()
        let password = oneTimePassword()
        let hash = try hasher.hash(password)
        let user = try await store.write { writing in
            var user = try AccessService.known(action.user, writing)
            try AccessService.requirePassword(user)
            user.password = hash
            user.mustChangePassword = true
            user.failures = 0
            user.lockedUntil = nil
            try AccessService.write(user, Kind.user, user.name, writing)
            try AccessService.endSessions(of: user.name, writing)
            try AccessService.removeTokens(of: user.name, writing)
            try writing.audit(.passwordReset, AuditEntry.Subject(.user, user.name), by: author)
            return user
        }
        return UserSecretView(user: UserView(user), password: password)
    }

    func tokens(of name: String?) async throws -> [TokenView] {
        try await store.read { reading in
            if let name { _ = try AccessService.known(name, reading) }
            return try reading.documents(kind: Kind.token).compactMap { _, body in
                let token: StoredToken? = AccessService.decoded(body)
                guard let token, name == nil || token.user == name?.lowercased() else { return nil }
                return TokenView(token)
            }
            .sorted { ($0.user, $0.madeAt, $0.number) < ($1.user, $1.madeAt, $1.number) }
        }
    }

    func addToken(_ action: AddToken, by author: Author) async throws -> TokenSecretView {
        guard (1...730).contains(action.days) else {
            throw CoupletError("access.badDays", ["days": String(action.days)], status: .wrongUse)
        }
        let text = "couplet_" + secret()
        let digest = try usableHasher().digest(text)
        let number = String(ids.next().description.prefix(8))
        let now = clock.now
        let token = try await store.write { writing in
            let user = try AccessService.known(action.user, writing)
            let token = StoredToken(
                number: number,
                user: user.name,
                label: action.label,
                madeAt: now,
                endsAt: now.advanced(bySeconds: Double(action.days) * 86_400)
            )
            try AccessService.write(token, Kind.token, digest, writing)
            try writing.audit(.tokenAdded, AuditEntry.Subject(.user, user.name), by: author, token.details)
            return token
        }
        return TokenSecretView(token: TokenView(token), text: text)
    }

    func removeToken(_ action: RemoveToken, by author: Author) async throws -> TokensView {
        try await store.write { writing in
            for (key, body) in try writing.documents(kind: Kind.token) {
                let token: StoredToken? = AccessService.decoded(body)
                guard let token, token.number == action.number, token.user == action.user.lowercased() else { continue }
                try writing.removeDocument(kind: Kind.token, key: key)
                return try writing.audit(
                    .tokenRemoved,
                    AuditEntry.Subject(.user, token.user),
                    by: author,
                    token.details
                )
            }
            throw CoupletError("access.unknownToken", ["number": action.number], status: .wrongUse)
        }
        return TokensView(tokens: try await tokens(of: action.user))
    }

    static func known(_ name: String, _ reading: any StoreReading) throws -> User {
        guard let user: User = try read(Kind.user, name.lowercased(), reading) else {
            throw CoupletError("access.unknownUser", ["name": name], status: .wrongUse)
        }
        return user
    }

    /// Nobody locks everybody out.
    private static func keepAdministrator(
        besides changed: User,
        isRemoved: Bool,
        _ reading: any StoreReading
    ) throws {
        if !isRemoved, changed.role == .administrator, !changed.isDisabled, changed.mappings == nil { return }
        let others = try reading.documents(kind: Kind.user).compactMap { _, body -> User? in decoded(body) }
        let isOneLeft = others.contains { other in
            other.name != changed.name && other.role == .administrator && !other.isDisabled && other.mappings == nil
        }
        guard isOneLeft else {
            throw CoupletError("access.lastAdministrator", ["name": changed.name], status: .wrongUse)
        }
    }

    /// The mappings by their own names.
    private static func mappings(_ names: [String]?, _ reading: any StoreReading) throws -> [String]? {
        try names.map { names in
            try names.map { try MappingService.mapping(named: $0, in: reading).name }
        }
    }

    private static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || ".-_@".utf8.contains(byte)
            }
    }

    /// Twenty letters and digits that nobody takes for each other, in groups of five.
    private func oneTimePassword() -> String {
        let signs = Array("abcdefghjkmnpqrstuvwxyz23456789")
        let bytes = (ids.next().bytes + ids.next().bytes).prefix(20)
        let letters = bytes.map { signs[Int($0) % signs.count] }
        return stride(from: 0, to: 20, by: 5).map { String(letters[$0..<($0 + 5)]) }.joined(separator: "-")
    }
}

extension User {
    /// What an administrator sets, by names that do not change, as the audit log keeps it.
    fileprivate var settings: [String: String] {
        var settings = ["role": role.rawValue, "disabled": isDisabled ? "yes" : "no"]
        if !fullName.isEmpty { settings["fullName"] = fullName }
        settings["mappings"] = mappings?.joined(separator: ", ")
        settings["issuer"] = provided?.issuer
        settings["subject"] = provided?.subject
        return settings
    }

    /// What differs from before; a setting that has ended has nothing after it.
    func changes(from before: User) -> [String: String] {
        let (old, new) = (before.settings, settings)
        var details: [String: String] = [:]
        for name in Set(old.keys).union(new.keys) where old[name] != new[name] {
            details[name] = new[name]
            details[name + ".before"] = old[name]
        }
        if before.lockedUntil != nil, lockedUntil == nil { details["unlocked"] = "yes" }
        return details
    }
}

extension StoredToken {
    /// What the audit log keeps of it.
    fileprivate var details: [String: String] { ["number": number, "label": label, "endsAt": endsAt.description] }
}

extension TokenView {
    init(_ token: StoredToken) {
        self.init(
            number: token.number,
            user: token.user,
            label: token.label,
            madeAt: token.madeAt,
            endsAt: token.endsAt
        )
    }
}
