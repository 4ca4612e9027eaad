import Foundation
import Testing

@Suite("Mapping commands", .timeLimit(.minutes(10)))
struct MappingCommandTests {
    @Test("what is exported, changed and applied is shown first, and then holds")
    func exportAndApply() async throws {
        let world = try await World(["--records", "5"])
        try await world.connect()
        let file = world.folder.path + "/mappings.yaml"
        let exported = try await world.couplet("mapping", "export", "--output", file)
        #expect(exported.status == 0, "\(exported.errors)")
        let same = try await world.json("mapping", "apply", file)
        #expect(same["changes"].elements.allSatisfy { $0["change"].text == "unchanged" }, "\(same)")

        let text = try String(contentsOfFile: file, encoding: .utf8)
        let changed = text.replacing(
            "crm: websiteurl, crmType: text(200), direction: both",
            with: "crm: websiteurl, crmType: text(200), direction: to"
        )
        #expect(changed != text)
        try changed.write(toFile: file, atomically: true, encoding: .utf8)
        let shown = try await world.couplet("mapping", "apply", file, "--preview")
        #expect(shown.status == 0)
        #expect(shown.output.contains("- ") && shown.output.contains("direction: to }"), "\(shown.output)")
        let before = try await world.json("mapping", "show", "CUSTOMER")["mapping"]["fields"].elements
        #expect(before.first { $0["crm"].text == "websiteurl" }?["direction"].text == "bidirectional")

        let applied = try await world.json("mapping", "apply", file)
        #expect(applied["applied"] == .boolean(true))
        let after = try await world.json("mapping", "show", "CUSTOMER")["mapping"]["fields"].elements
        #expect(after.first { $0["crm"].text == "websiteurl" }?["direction"].text == "toIntegrationTable")

        let reset = try await world.json("mapping", "reset", "CUSTOMER")
        #expect(reset["changes"].elements.first?["change"].text == "changed")
        let back = try await world.json("mapping", "show", "CUSTOMER")["mapping"]["fields"].elements
        #expect(back == before)
    }

    @Test("a file with mistakes is refused with all of them, and nothing of it is applied")
    func mistakes() async throws {
        let world = try await World(["--records", "5"])
        try await world.connect()
        let file = world.folder.path + "/mappings.yaml"
        let text = try await world.json("mapping", "export")["text"].text ?? ""
        let wrong = text.replacing("connection: erp", with: "connection: nowhere")
            .replacing("onlyCoupled: true", with: "onlyCoupled: false")
        try wrong.write(toFile: file, atomically: true, encoding: .utf8)
        let refused = try await world.json("mapping", "apply", file, status: 78)
        let message = refused["error"]["message"].text ?? ""
        #expect(refused["error"]["code"].text == "file.wrong")
        #expect(message.contains("nowhere") && message.contains("Line "), "\(message)")
        let listed = try await world.json("mapping", "list")["mappings"].elements
        #expect(listed.allSatisfy { $0["onlyCoupled"] == .boolean(true) })
        let missing = try await world.json("mapping", "apply", "/nowhere.yaml", status: 2)
        #expect(missing["error"]["code"].text == "file.unreadable")
    }

    @Test("a paused mapping is left out of a synchronization of all, and explain says so")
    func pause() async throws {
        let world = try await World(["--records", "5"])
        try await world.connect()
        try await world.synchronizeFirst()
        let paused = try await world.couplet("mapping", "pause", "customer")
        #expect(paused.status == 0 && paused.output.contains("paused"), "\(paused.output)\(paused.errors)")
        let all = try await world.json("sync")
        #expect(all["paused"].elements == [.string("CUSTOMER")])
        #expect(!all["jobs"].elements.contains { $0["mapping"].text == "CUSTOMER" })
        #expect(try await world.couplet("sync").output.contains("mapping resume CUSTOMER"))
        let key = try await world.json("list", "CUSTOMER", "--side", "erp")["records"].elements.first?["key"].text
        let explained = try await world.json("explain", "CUSTOMER", try #require(key))
        #expect(explained["reasons"].elements.contains { $0["code"].text == "explain.paused" })
        let named = try await world.json("sync", "CUSTOMER")
        #expect(named["jobs"].elements.contains { $0["mapping"].text == "CUSTOMER" })
        _ = try await world.json("mapping", "resume", "CUSTOMER")
        #expect(try await world.json("sync")["paused"].elements == [])
    }

    @Test("a value is tried through a field's rules, or through others, and nothing is changed")
    func tryValue() async throws {
        let world = try await World(["--records", "5"])
        try await world.connect()
        let plain = try await world.json("mapping", "try", "customer", "country", "se")
        #expect(plain["field"].text == "country|address1_country" && plain["from"].text == "erp")
        #expect(plain["result"].text == "se" && plain["back"].text == "SE", "\(plain)")
        let rules = "trim | translate 'SE' = 'Sweden'"
        let named = try await world.json("mapping", "try", "CUSTOMER", "country", "SE ", "--rules", rules)
        #expect(named["stages"].elements.map { $0["value"].text } == ["SE", "Sweden"])
        #expect(named["result"].text == "Sweden")
        let unlisted = try await world.couplet("mapping", "try", "CUSTOMER", "country", "NO", "--rules", rules)
        #expect(unlisted.status == 1)
        #expect(unlisted.output.contains("trim → 'NO'"), "\(unlisted.output)")
        let wrong = try await world.json("mapping", "try", "CUSTOMER", "number", "1", "--from", "crm", status: 2)
        #expect(wrong["error"]["code"].text == "try.direction")
        let unknown = try await world.json("mapping", "try", "CUSTOMER", "nowhere", "1", status: 2)
        #expect(unknown["error"]["code"].text == "try.unknownField")
        let broken = try await world.json("mapping", "try", "CUSTOMER", "city", "1", "--rules", "shout", status: 2)
        #expect(broken["error"]["code"].text == "rule.wrongText")
        let stored = try await world.json("mapping", "show", "CUSTOMER")["mapping"]["fields"].elements
        #expect(stored.first { $0["erp"].text == "country" }?["rulesFromERP"] == .null)
    }
}
