import CoupletCore
import CoupletEngine

/// Shows users and their tokens.
enum UserReport {
    /// Shows users.
    static func show(_ view: UsersView, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(.object(["users": .array(view.users.map(document))]))
            return .done
        }
        var table = Table([
            .init(title: console.text("column.user")),
            .init(title: console.text("column.name"), isFlexible: true),
            .init(title: console.text("column.role")),
            .init(title: console.text("column.mappings"), isFlexible: true),
            .init(title: console.text("column.state")),
        ])
        for user in view.users {
            table.add([
                user.name, user.fullName, console.text("role.\(user.role.rawValue)"),
                user.mappings?.joined(separator: ", ") ?? console.text("user.allMappings"),
                console.text("user.state.\(user.state)"),
            ])
        }
        if view.users.isEmpty { console.say("users.none") } else { console.show(table) }
        return .done
    }

    /// Shows what is shown once.
    static func show(_ view: UserSecretView, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(
                .object([
                    "user": document(view.user), "password": .optional(view.password),
                    "link": .optional(view.link.map { "/sign-in/\($0)" }),
                ])
            )
            return .done
        }
        if let password = view.password {
            console.say("user.oneTimePassword", ["name": view.user.name, "password": password])
        }
        if let link = view.link {
            console.say("user.oneTimeLink", ["name": view.user.name, "link": "/sign-in/\(link)"])
        }
        return .done
    }

    /// Shows tokens.
    static func show(_ view: TokensView, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(.object(["tokens": .array(view.tokens.map(document))]))
            return .done
        }
        var table = Table([
            .init(title: console.text("column.user")),
            .init(title: console.text("column.key")),
            .init(title: console.text("column.name"), isFlexible: true),
            .init(title: console.text("column.endsAt")),
        ])
        for token in view.tokens { table.add([token.user, token.number, token.label, token.endsAt.description]) }
        if view.tokens.isEmpty { console.say("tokens.none") } else { console.show(table) }
        return .done
    }

    /// Shows a token with its text, which is shown once.
    static func show(_ view: TokenSecretView, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(.object(["token": document(view.token), "text": .string(view.text)]))
            return .done
        }
        console.say("token.made", ["text": view.text, "ends": view.token.endsAt.description])
        return .done
    }

    private static func document(_ user: UserView) -> JSONDocument {
        .object([
            "name": .string(user.name), "fullName": .string(user.fullName), "role": .string(user.role.rawValue),
            "mappings": user.mappings.map { .array($0.map { .string($0) }) } ?? .null,
            "isDisabled": .boolean(user.isDisabled), "hasPassword": .boolean(user.hasPassword),
            "lockedUntil": .optional(user.lockedUntil?.description),
            "lastSignInAt": .optional(user.lastSignInAt?.description),
            "provided": user.provided.map {
                .object(["issuer": .string($0.issuer), "subject": .string($0.subject)])
            } ?? .null,
        ])
    }

    private static func document(_ token: TokenView) -> JSONDocument {
        .object([
            "number": .string(token.number), "user": .string(token.user), "label": .string(token.label),
            "madeAt": .string(token.madeAt.description), "endsAt": .string(token.endsAt.description),
        ])
    }
}
