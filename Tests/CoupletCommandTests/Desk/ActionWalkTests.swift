import CoupletCore
import CoupletEngine
import Foundation
import Testing

@testable import CoupletServer

@Suite("Actions at the desk's port", .timeLimit(.minutes(10)))
struct ActionWalkTests {
    @Test("every action, tried as nobody and in every role, gives what the role allows and no more")
    func everyAction() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        try await desk.world.connect()
        var tokens: [Role: String] = [:]
        for role in Role.allCases { tokens[role] = try await desk.token("a-" + role.rawValue, role.rawValue) }
        let routes = Routes(NoMappingFiles())
        for action in ActionRegistry.actions {
            let nobody = try await desk.action(action.name)
            #expect(nobody.status == 401, "\(action.name) as nobody: \(nobody.text)")
            #expect(nobody.last["error"]["message"]["code"].text == "access.wrongToken")
            #expect(nobody.field("couplet-version") == nil)
            let right = routes.right(for: action.name)
            for role in Role.allCases {
                let answer = try await desk.action(action.name, token: tokens[role])
                let code = answer.last["error"]["message"]["code"].text ?? ""
                if let right, role.rights.contains(right) {
                    #expect(!code.hasPrefix("access.") && code != "defect", "\(action.name) as \(role): \(answer.text)")
                    #expect([200, 422].contains(answer.status), "\(action.name) as \(role): \(answer.text)")
                } else {
                    let wanted = right.map { "access.right.\($0.rawValue)" } ?? "access.onTheMachine"
                    #expect(answer.status == 403 && code == wanted, "\(action.name) as \(role): \(answer.text)")
                }
            }
        }
        #expect(ActionRegistry.actions.filter { routes.right(for: $0.name) == nil }.map { $0.name } == ["backup"])
    }

    @Test("what an action needs as it is asked for is asked for here too")
    func needs() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        try await desk.world.connect()
        let viewer = try await desk.token("vera", "viewer")
        let operating = try await desk.token("olle", "operator")
        let looks = #"{"table":"CUSTOMER","key":"10000","creates":false}"#
        let looked = try await desk.action("open", looks, token: viewer)
        #expect(looked.last["error"]["message"]["code"].text?.hasPrefix("access.") != true, "\(looked.text)")
        let creates = looks.replacing("false", with: "true")
        let refused = try await desk.action("open", creates, token: viewer)
        #expect(refused.last["error"]["message"]["code"].text == "access.right.operate")
        let standing = #"{"mapping":"CUSTOMER","side":"erp","isStanding":true,"isPreview":true}"#
        let changing = try await desk.action("conflict.resolveAll", standing, token: operating)
        #expect(changing.last["error"]["message"]["code"].text == "access.right.setUp", "\(changing.text)")
        let odd = #"{"id":1,"resolution":{"value":{"_0":{"unkept":"x"}}}}"#
        let unkept = try await desk.action("conflict.resolve", odd, token: operating)
        #expect([400, 422].contains(unkept.status), "\(unkept.text)")
    }

    @Test("a user of some mappings sees and does nothing about the others")
    func someMappings() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        try await desk.world.connect()
        let token = try await desk.token("vera", "operator", mappings: ["VENDOR"])
        let listed = try await desk.action("mapping.list", token: token).last["result"]["mappings"].elements
        #expect(listed.map { $0["mapping"]["name"].text } == ["VENDOR"])
        let pause = #"{"mapping":"CUSTOMER","isPaused":true}"#
        let other = try await desk.action("mapping.pause", pause, token: token)
        #expect(other.status == 403 && other.last["error"]["message"]["code"].text == "access.otherMapping")
        let all = try await desk.action("error.retry", #"{"keys":[],"isPreview":false}"#, token: token)
        #expect(all.last["error"]["message"]["code"].text == "access.someMappings", "\(all.text)")
        let shown = try await desk.distant(["mapping", "show", "CUSTOMER", "--json"], token: token).finished()
        #expect(shown.status == 77, "\(shown.output)")
        let own = try await desk.action("mapping.pause", pause.replacing("CUSTOMER", with: "VENDOR"), token: token)
        #expect(own.status == 200, "\(own.text)")
    }

    @Test("who did something is whose token it is, whatever the sender says; a browser's session counts for nothing")
    func whoAsks() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        try await desk.world.connect()
        let token = try await desk.token("anna", "operator")
        let pause = #"{"mapping":"VENDOR","isPaused":true}"#
        let paused = try await desk.action("mapping.pause", pause, token: token, ["couplet-started-by": "root"])
        #expect(paused.status == 200, "\(paused.text)")
        let entries = try await desk.world.json("audit", "list", "--event", "mapping.paused")["entries"].elements
        #expect(entries.first?["who"].text == "anna", "\(entries)")
        let (cookie, form) = try await desk.signIn()
        let fields = ["Cookie": "couplet-session=\(cookie)", "X-CSRF-Token": form]
        #expect(try await desk.action("mapping.list", "{}", fields).status == 401)
    }

    @Test("nobody approves a plan of their own, where another person is asked for")
    func secondPerson() async throws {
        let desk = try await DeskWorld(["--records", "20"], serve: ["--second-person"])
        try await desk.world.connect()
        let (one, two) = (try await desk.token("one", "operator"), try await desk.token("two", "operator"))
        let made = try await desk.distant(["match", "SALESPEOPLE", "--preview", "--json"], token: one).finished()
        let plan = String(try #require(try made.json()["plan"]["id"].integer, "\(made.output)"))
        let own = try await desk.distant(["plan", "apply", plan, "--json"], token: one).finished()
        #expect(own.status == 77, "\(own.output)")
        #expect(try own.json()["error"]["code"].text == "access.ownPlan")
        #expect(try await desk.distant(["plan", "apply", plan, "--json"], token: two).finished().status == 0)
    }

    @Test("what another version says is named with both versions, and nothing is done")
    func otherVersion() async throws {
        let desk = try await DeskWorld(["--records", "5"])
        try await desk.world.connect()
        let token = try await desk.token("anna", "administrator")
        let newer = ["couplet-version": "99.1"]
        for (name, body, code) in [
            ("mapping.dance", "{}", "action.unknown"),
            ("mapping.pause", #"{"mapping":"VENDOR","isPaused":true,"until":"dawn"}"#, "action.unknownProperty"),
            ("mapping.pause", #"{"mapping":"VENDOR"}"#, "action.malformed"),
            ("mapping.pause", "not JSON", "action.malformed"),
        ] {
            let answer = try await desk.action(name, body, token: token, newer)
            let message = answer.last["error"]["message"]
            #expect(answer.status == 422 && message["code"].text == code, "\(answer.text)")
            #expect(message["arguments"]["client"].text == "99.1")
            #expect(message["arguments"]["server"].text == ProductVersion.text)
            #expect(answer.field("couplet-version") == ProductVersion.text)
        }
        #expect(try await desk.world.json("audit", "list", "--event", "mapping.paused")["entries"].elements.isEmpty)
        let null = #"{"mapping":"VENDOR","isPaused":true,"until":null}"#
        #expect(try await desk.action("mapping.pause", null, token: token, newer).status == 200)
    }
}

@Suite("What stays where values are not kept")
struct UnkeptTextTests {
    @Test(
        "a result goes out without what the store recognizes values by",
        arguments: [
            (
                #"{"a":{"unkept":"di\"gest"},"b":[{"unkept":""},{"unkept":"x"}]}"#,
                #"{"a":{"unkept":""},"b":[{"unkept":""},{"unkept":""}]}"#
            ),
            (#"{"text":"{\"unkept\":\"said\"}"}"#, #"{"text":"{\"unkept\":\"said\"}"}"#), ("[1,2]", "[1,2]"), ("", ""),
        ]
    )
    func concealed(given: String, left: String) {
        #expect(String(decoding: UnkeptText.concealed(in: Array(given.utf8)), as: UTF8.self) == left)
    }
}
