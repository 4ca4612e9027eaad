import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletTexts
import Foundation
import HTTPTypes
import Hummingbird

/// Connections and users.
extension Desk {
    func connections(_ visit: Visit) async throws -> Response {
        let items = try await ask(ListConnections(), visit).connections
        let rows = items.map { item -> [String: Any] in
            let connection = item.connection
            return [
                "name": connection.name, "path": "/connections/" + FormValues.encoded(connection.name),
                "side": visit.words.text("side.\(connection.side.rawValue)"), "kind": connection.kind,
                "url": connection.url, "company": connection.company as Any, "clientID": connection.clientID,
                "secret": visit.words.text(item.hasSecret ? "desk.stored" : "desk.missing"),
                "state": visit.words.text(connection.isEnabled ? "column.enabled" : "desk.reads"),
                "tone": connection.isEnabled ? "good" : "warn",
            ]
        }
        let page = Page(
            title: visit.words.text("nav.connections"),
            section: "connections",
            template: "connections",
            content: ["rows": rows, "isEmpty": rows.isEmpty]
        )
        return try await response(page, visit)
    }

    func changeConnections(_ visit: Visit) async throws -> Response {
        lists.forget(nil)
        switch visit.form["do"] {
        case "enable", "disable":
            let action = EnableConnection(connection: nil, isEnabled: visit.form["do"] == "enable")
            return try await change(action, visit, back: "/connections")
        default:
            return try await change(TestConnection(connection: nil), visit, back: "/connections")
        }
    }

    func connection(_ visit: Visit) async throws -> Response {
        let name = visit.name("connection")
        let connections = try await ask(ListConnections(), visit).connections
        let found = connections.first { $0.connection.name.lowercased() == name.lowercased() }?.connection
        if found == nil, name != "new" {
            throw CoupletError("connection.unknown", ["connection": name, "known": ""], status: .wrongUse)
        }
        let missing: Side = connections.contains { $0.connection.side == .erp } ? .crm : .erp
        let side = found?.side ?? missing
        let title = found?.name ?? visit.words.text("desk.newConnection")
        let content: [String: Any] = [
            "title": title, "path": "/connections/" + FormValues.encoded(name), "isNew": found == nil,
            "name": found?.name ?? "", "isERP": side == .erp, "isCRM": side == .crm, "url": found?.url ?? "",
            "company": found?.company ?? "", "tokenURL": found?.tokenURL ?? "", "clientID": found?.clientID ?? "",
        ]
        return try await response(
            Page(title: title, section: "connections", template: "connection", content: content),
            visit
        )
    }

    func setConnection(_ visit: Visit) async throws -> Response {
        let side = visit.form["side"].flatMap(Side.init(rawValue:)) ?? .erp
        let action = SetConnection(
            connection: visit.form["name"] ?? visit.name("connection"),
            side: side,
            kind: side == .erp ? "businessCentral" : "dataverse",
            url: visit.form["url"] ?? "",
            company: visit.form["company"],
            tokenURL: visit.form["tokenURL"] ?? "",
            clientID: visit.form["clientID"] ?? "",
            secret: visit.form["secret"]
        )
        lists.forget(nil)
        return try await change(action, visit, back: "/connections")
    }

    func users(_ visit: Visit) async throws -> Response { try await usersPage(visit, secret: nil) }

    private func usersPage(_ visit: Visit, secret: String?) async throws -> Response {
        let users = try await ask(ListUsers(), visit).users
        let content: [String: Any] = [
            "secret": secret as Any,
            "users": users.map { user -> [String: Any] in
                [
                    "name": user.name, "path": "/users/" + FormValues.encoded(user.name),
                    "fullName": user.fullName, "role": visit.words.text("role.\(user.role.rawValue)"),
                    "mappings": user.mappings?.joined(separator: ", ") ?? visit.words.text("user.allMappings"),
                    "state": visit.words.text("user.state.\(user.state)"),
                    "last": user.lastSignInAt.map { visit.format.element($0) } ?? "",
                ]
            },
            "roles": Self.roles(visit, .viewer),
        ]
        let page = Page(title: visit.words.text("nav.users"), section: "users", template: "users", content: content)
        return try await response(page, visit)
    }

    private static func roles(_ visit: Visit, _ current: Role) -> [[String: Any]] {
        Role.allCases.map {
            ["value": $0.rawValue, "name": visit.words.text("role.\($0.rawValue)"), "isCurrent": $0 == current]
        }
    }

    private static func secret(_ made: UserSecretView, _ visit: Visit) -> String? {
        made.password.map { visit.words.text("user.oneTimePassword", ["name": made.user.name, "password": $0]) }
    }

    func addUser(_ visit: Visit) async throws -> Response {
        let action = AddUser(
            user: visit.form["user"] ?? "",
            fullName: visit.form["fullName"] ?? "",
            role: visit.form["role"].flatMap(Role.init(rawValue:)) ?? .viewer
        )
        return try await usersPage(visit, secret: Self.secret(try await ask(action, visit), visit))
    }

    func user(_ visit: Visit) async throws -> Response { try await userPage(visit, secret: nil) }

    private func userPage(_ visit: Visit, secret: String?) async throws -> Response {
        let name = visit.name("user")
        guard let user = try await ask(ListUsers(), visit).users.first(where: { $0.name == name }) else {
            throw CoupletError("access.unknownUser", ["name": name], status: .wrongUse)
        }
        let content: [String: Any] = [
            "name": user.name, "fullName": user.fullName, "path": "/users/" + FormValues.encoded(user.name),
            "roles": Self.roles(visit, user.role), "mappings": user.mappings?.joined(separator: ", ") ?? "",
            "isDisabled": user.isDisabled, "secret": secret as Any,
        ]
        return try await response(Page(title: user.name, section: "users", template: "user", content: content), visit)
    }

    func changeUser(_ visit: Visit) async throws -> Response {
        let name = visit.name("user")
        switch visit.form["do"] {
        case "reset":
            let made = try await ask(ResetPassword(user: name), visit)
            return try await userPage(visit, secret: Self.secret(made, visit))
        case "remove":
            _ = try await ask(RemoveUser(user: name), visit)
        default:
            let mappings = (visit.form["mappings"] ?? "").split(separator: ",").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            let action = ChangeUser(
                user: name,
                fullName: visit.form["fullName"] ?? "",
                role: visit.form["role"].flatMap(Role.init(rawValue:)),
                mappings: mappings.filter { !$0.isEmpty },
                isDisabled: visit.form["disabled"] != nil
            )
            _ = try await ask(action, visit)
        }
        return Self.redirect("/users")
    }
}
