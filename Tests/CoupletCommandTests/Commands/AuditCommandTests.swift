import CoupletPorts
import CoupletTexts
import Foundation
import Testing

@Suite("The audit log on the command line", .timeLimit(.minutes(10)))
struct AuditCommandTests {
    @Test("what was done is listed with who, exported a line an entry, and verified")
    func log() async throws {
        let world = try await World()
        try await world.connect()
        _ = try await world.json("mapping", "pause", "CUSTOMER")
        let listed = try await world.json("audit", "list", "--event", "mapping.paused")["entries"].elements
        #expect(listed.map { $0["subject"].text } == ["CUSTOMER"])
        #expect(listed.first?["who"].text?.isEmpty == false)
        let exported = try await world.couplet("audit", "export").output.split(separator: "\n")
        let numbers = try exported.map { try JSONDecoder().decode(JSON.self, from: Data($0.utf8))["number"].integer }
        #expect(numbers == Array(1...exported.count))
        let document = try await world.json("audit", "export")["entries"].elements
        #expect(document.count == exported.count)
        let check = try await world.json("audit", "verify")
        #expect(check["whole"].integer == exported.count)
        #expect(check["broken"] == .null)
        let secret = try #require(world.addresses["erp"]["clientSecret"].text)
        #expect(exported.allSatisfy { !$0.contains(secret) })
        let people = try await world.couplet("audit", "list", "--lang", "sv", "--event", "mapping.paused")
        #expect(people.output.contains("pausade – mappning CUSTOMER"))
        let wrong = try await world.json("audit", "list", "--from", "yesterday", status: 2)
        #expect(wrong["error"]["code"].text == "audit.badTime")
    }

    @Test("every event and every kind of subject has a text in both languages")
    func texts() {
        let codes =
            AuditEntry.Event.allCases.map { "audit.event.\($0.rawValue)" }
            + AuditEntry.Subject.Kind.allCases.map { "audit.subject.\($0.rawValue)" }
            + AuditCheck.Fault.allCases.map { "audit.broken.\($0.rawValue)" }
        for code in codes {
            #expect(Catalogue.english.texts[code] != nil, "\(code)")
            #expect(Catalogue.swedish.texts[code] != nil, "\(code)")
        }
    }
}
