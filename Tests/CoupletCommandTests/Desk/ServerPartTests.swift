import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletTexts
import Foundation
import Testing

@testable import CoupletServer
@testable import couplet

@Suite("Parts of the desk")
struct ServerPartTests {
    @Test("a request's shape is found from its type, whatever the type has in it")
    func schema() {
        struct Inner: Codable {
            var list: [String]
            var side: Side?
        }
        struct Outer: Codable {
            var name: String
            var count: Int
            var at: Instant
            var inner: [Inner]
            var states: BySide<Bool>
            var values: [String: Int]
        }
        let properties = SchemaReader.schema(of: Outer.self).properties
        #expect(properties.map(\.name) == ["name", "count", "at", "inner", "states", "values"])
        let inner = Schema.object([
            .init(name: "list", schema: .list(.string), isOptional: false),
            .init(name: "side", schema: .choice(["erp", "crm"]), isOptional: true),
        ])
        #expect(
            properties.map(\.schema)[2...] == [
                .time, .list(inner),
                .object([
                    .init(name: "erp", schema: .boolean, isOptional: false),
                    .init(name: "crm", schema: .boolean, isOptional: false),
                ]), .map(.integer),
            ]
        )
    }

    @Test("every answer's shape has the names that its results are written with")
    func shapes() throws {
        let job = JobRecord(
            run: 1,
            mapping: "A",
            direction: .bidirectional,
            status: .finished,
            startedAt: Instant(milliseconds: 0)
        )
        let results: [any Codable & Sendable] = [
            RunOrPlan(run: 1, jobs: [JobView(job)]), ConnectionsView(connections: []), JobsView(jobs: [JobView(job)]),
        ]
        for result in results { try Self.compare(result) }
    }

    private static func compare<Shape: Codable>(_ result: Shape) throws {
        guard case .object(let members) = try ResultEncoder(.english).tree(result) else { return }
        let known = Set(SchemaReader.schema(of: Shape.self).properties.map(\.name))
        #expect(Set(members.keys).isSubset(of: known), "\(Shape.self)")
    }

    @Test("callers make so many requests at once, and more as time passes")
    func limiter() {
        let limiter = RateLimiter(capacity: 2, perMinute: 60)
        let now = Instant(milliseconds: 0)
        #expect(limiter.take("a", at: now) == nil)
        #expect(limiter.take("a", at: now) == nil)
        #expect(limiter.take("a", at: now) == 1)
        #expect(limiter.take("b", at: now) == nil)
        #expect(limiter.take("a", at: now.advanced(bySeconds: 1)) == nil)
        #expect(limiter.take("a", at: now.advanced(bySeconds: 1)) == 1)
    }

    @Test("a document that is nested too deeply is refused, wherever it ends", arguments: 505..<520)
    func deep(depth: Int) {
        for opening in ["[", "{\"a\":", "{\"a\":["] {
            let text = String(repeating: opening, count: depth)
            #expect(throws: DecodingError.self) { try JSONTree(data: Data(text.utf8)) }
        }
    }

    @Test("bodies have so much room together, and give it back")
    func room() {
        let room = BodyRoom(10)
        #expect(room.take(6) && !room.take(5) && room.take(4) && !room.take(1))
        room.give(6)
        #expect(room.take(5))
    }

    @Test(
        "notification addresses are told from others",
        arguments: [
            ("/notifications/some-kind/erp", "some-kind erp"), ("/notifications/some-kind/erp/", "some-kind erp"),
            ("/notifications/some-kind", nil), ("/notifications", nil), ("/notifications/a/b/c", nil),
            ("/api/v1/notifications", nil), ("/", nil),
        ] as [(String, String?)]
    )
    func notificationPaths(path: String, expected: String?) {
        #expect(NotificationDoor.target(path).map { "\($0.word) \($0.connection)" } == expected)
    }

    @Test("YAML says what the tree says")
    func yaml() {
        let tree = JSONTree.object([
            "a": .array([.object(["b": .string("x y"), "c": .integer(1)]), .string("true"), .array([.null])]),
            "empty": .object([:]), "on": .boolean(true),
        ])
        #expect(
            YAMLText.text(tree) == """
                a:
                  - b: "x y"
                    c: 1
                  - "true"
                  - - null
                empty: {}
                "on": true

                """
        )
    }

    @Test("numbers and times as each language writes them")
    func format() {
        #expect(DeskFormat(.english).number(1_234_567) == "1,234,567")
        #expect(DeskFormat(.swedish).number(-1_234) == "\u{2212}1\u{A0}234")
        #expect(
            DeskFormat(.swedish).decimal(-0.25) == "\u{2212}0,3" || DeskFormat(.swedish).decimal(-0.25) == "\u{2212}0,2"
        )
        #expect(DeskFormat(.english).number(999) == "999")
    }

    @Test(
        "fields are called by words",
        arguments: [
            ("phoneNumber", "Phone number"), ("address1_line1", "Address 1 line 1"), ("no", "No"),
            ("taxAreaId", "Tax area id"),
        ]
    )
    func labels(name: String, label: String) {
        #expect(Fields.label(name) == label)
    }

    @Test("every text of the templates is in the catalogues, and every template can be compiled")
    func templates() throws {
        _ = try PageTemplates()
        for (name, template) in PageTemplates.sources {
            for code in PageTemplates.codes(in: template) {
                #expect(Catalogue.english.texts[code] != nil, "\(name): \(code)")
            }
        }
    }

    @Test("forms are read as browsers send them")
    func forms() {
        let form = FormValues(encoded: "a=1&a=2&b=%C3%A5+%26&c&field.x=erp")
        #expect(form.all("a") == ["1", "2"] && form["a"] == "2" && form["b"] == "å &" && form["c"] == nil)
        #expect(form.beginning("field.").map(\.name) == ["x"])
        #expect(FormValues(encoded: form.encoded(changing: ["a": nil, "b": "x y"])).all("a").isEmpty)
    }

    @Test("a password's hash is its own, slow, and nobody else's")
    func scrypt() throws {
        var hasher = ScryptPasswordHasher()
        hasher.rounds = 1024
        let (one, two) = (try hasher.hash("correct horse"), try hasher.hash("correct horse"))
        #expect(one != two && one.hasPrefix("scrypt$1024$8$1$"))
        #expect(hasher.matches("correct horse", one) && hasher.matches("correct horse", two))
        #expect(!hasher.matches("Correct horse", one))
        #expect(hasher.matches("caf\u{E9}", try hasher.hash("cafe\u{301}")), "one spelling of a letter is the other")
        for broken in ["", "scrypt$", "scrypt$3000000$8$1$AAAA$AAAA", one.replacing("$8$", with: "$9$")] {
            #expect(!hasher.matches("correct horse", broken))
        }
        // From RFC 7914, with the parameters that this hasher takes: N = 1024, r = 8, p = 1 of another salt differs.
        #expect(hasher.digest("a").count == 64)
    }
}
