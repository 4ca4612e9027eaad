import CoupletCore
import CoupletEngine
import Foundation
import Testing

@testable import CoupletServer

/// Mappings without files, for looking at routes.
struct NoMappingFiles: MappingFiles {
    func text(_ mappings: [TableMapping]) -> String { "" }
    func mappings(in text: String) throws -> [TableMapping] { [] }
}

@Suite("Who may do what at the desk", .timeLimit(.minutes(10)))
struct AccessWalkTests {
    private static let roles: [Role] = Role.allCases

    /// The path of a route with something in the place of every name.
    private static func path(_ route: ActionRoute) -> String {
        let values = [
            "mapping": "SALESPEOPLE", "key": "nobody", "id": "999999", "plan": "999999", "cause": "none",
            "connection": "nothere",
            "user": "nobody", "number": "none",
        ]
        let parts = route.path.split(separator: "/").map { part in
            part.first == "{" ? values[String(part.dropFirst().dropLast())] ?? "none" : String(part)
        }
        return "/api/v1/" + parts.joined(separator: "/")
    }

    /// Something for every property that a request must have.
    private static func body(_ route: ActionRoute) -> String? {
        guard !route.isSafe else { return nil }
        var members: [String: JSONTree] = [:]
        for property in route.request where !property.isOptional && route.defaults[property.name] == nil {
            members[property.name] =
                switch property.schema {
                case .choice(let words): .string(words.last ?? "")
                case .integer: .integer(1)
                case .list: .array([])
                case .map, .object: .object([:])
                default: .string("none")
                }
        }
        return String(decoding: JSONTree.object(members).data, as: UTF8.self)
    }

    @Test("every route, tried as nobody and in every role, gives what the role allows and no more")
    func everyRoute() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        try await desk.world.connect()
        var tokens: [Role: String] = [:]
        for role in Self.roles { tokens[role] = try await desk.token("a-" + role.rawValue, role.rawValue) }
        for route in Routes(NoMappingFiles()).all {
            let (method, path, body) = (route.verb, Self.path(route), Self.body(route))
            let nobody = try await desk.send(method, path, body: body)
            #expect(nobody.status == 401, "\(method) \(path) as nobody: \(nobody.text)")
            for role in Self.roles {
                let answer = try await desk.send(method, path, token: tokens[role], body: body)
                if role.rights.contains(route.right) {
                    #expect(
                        answer.status != 401 && answer.status != 403,
                        "\(method) \(path) as \(role): \(answer.text)"
                    )
                    #expect(answer.status != 500, "\(method) \(path): \(answer.text)")
                } else {
                    #expect(answer.status == 403, "\(method) \(path) as \(role): \(answer.text)")
                    #expect(answer.json["code"].text == "access.right.\(route.right.rawValue)")
                }
            }
        }
    }

    @Test("every page leads to the sign-in without one, and a viewer's pages have nothing to press")
    func everyPage() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        try await desk.world.connect()
        let (cookie, _) = try await desk.signIn()
        let pages = [
            "/", "/records", "/records/CUSTOMER", "/records/CUSTOMER?side=crm", "/match", "/conflicts", "/errors",
            "/plans", "/jobs", "/mappings", "/mappings/CUSTOMER",
            "/mappings/CUSTOMER/field?field=city%7Caddress1_city", "/audit", "/audit?check=1", "/review",
            "/connections", "/connections/new", "/users", "/users/admin", "/alerts",
            "/settings", "/account", "/search?q=jobs", "/records/CUSTOMER/show/10000", "/records/CUSTOMER/matching",
            "/records/CUSTOMER/synchronize",
        ]
        for page in pages {
            let nobody = try await desk.send("GET", page)
            #expect(nobody.status == 303 && nobody.field("Location")?.hasPrefix("/sign-in") == true, "\(page)")
            for language in ["en", "sv"] {
                let fields = ["Cookie": "couplet-session=\(cookie); couplet-language=\(language)"]
                let answer = try await desk.send("GET", page, fields)
                let isGood = answer.status == 200 || answer.status == 303 && page == "/records"
                #expect(isGood, "\(page): \(answer.status) \(answer.text.prefix(2000))")
                #expect(!answer.text.contains("[[") && !answer.text.contains("{{"), "\(page)")
                #expect(!answer.text.contains("Optional("), "\(page)")
                #expect(answer.text.utf8.count < 150_000, "\(page)")
            }
        }
        for form in ["/errors", "/connections", "/users", "/review", "/undo", "/records/CUSTOMER/synchronize"] {
            let forged = try await desk.form(form, ["csrf": "0", "do": "test"], cookie: cookie)
            #expect(forged.status == 403, "\(form): \(forged.status)")
        }
    }

    @Test("a user of some mappings sees and does nothing about the others")
    func someMappings() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        try await desk.world.connect()
        let token = try await desk.token("vera", "operator", mappings: ["VENDOR"])
        let listed = try await desk.send("GET", "/api/v1/mappings", token: token).json["mappings"].elements
        #expect(listed.map { $0["mapping"]["name"].text } == ["VENDOR"])
        for (method, path) in [
            ("GET", "/api/v1/mappings/CUSTOMER/records"), ("GET", "/api/v1/jobs?mapping=CUSTOMER"),
            ("POST", "/api/v1/mappings/customer/match"), ("POST", "/api/v1/synchronize"),
            ("POST", "/api/v1/errors/retry"),
        ] {
            let answer = try await desk.send(method, path, token: token, body: method == "POST" ? "{}" : nil)
            #expect(answer.status == 403, "\(method) \(path): \(answer.text)")
        }
        #expect(try await desk.send("GET", "/api/v1/mappings/VENDOR/records", token: token).status == 200)
    }

    @Test("nobody approves a plan of their own, where another person is asked for")
    func secondPerson() async throws {
        let desk = try await DeskWorld(["--records", "20"], serve: ["--second-person"])
        try await desk.world.connect()
        let (one, two) = (try await desk.token("one", "operator"), try await desk.token("two", "operator"))
        let made = try await desk.send(
            "POST",
            "/api/v1/mappings/SALESPEOPLE/match",
            token: one,
            body: "{\"isPreview\":true}"
        )
        guard case .number(let number) = made.json["plan"]["id"] else {
            Issue.record("no plan: \(made.text)")
            return
        }
        let path = "/api/v1/plans/\(Int(number))/apply"
        let own = try await desk.send("POST", path, token: one)
        #expect(own.status == 403 && own.json["code"].text == "access.ownPlan")
        #expect(try await desk.send("POST", path, token: two).status == 200)
    }
}
