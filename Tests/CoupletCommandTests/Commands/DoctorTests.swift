import Foundation
import Testing

@Suite("Doctor", .timeLimit(.minutes(10)))
struct DoctorTests {
    @Test("says what is good, and what is wrong with what to do")
    func examines() async throws {
        let world = try await World(["--records", "5"])
        let without = try await world.json("doctor", status: 1)
        #expect(without["findings"].elements.contains { $0["code"].text == "doctor.noConnection" })
        try await world.connect()
        let good = try await world.couplet("doctor")
        #expect(good.status == 0, "\(good.output)\(good.errors)")
        #expect(good.output.contains("MB are free") && good.output.contains("The database is whole"), "\(good.output)")
        #expect(good.output.contains("0 problems"))
        await world.endSandbox()
        let down = try await world.json("doctor", status: 1)
        let bad = down["findings"].elements.filter { $0["level"].text == "bad" }
        #expect(bad.count == 2 && bad.allSatisfy { $0["remedy"].text?.isEmpty == false }, "\(bad)")
    }

    @Test("a new mapping is proposed as a file that can be applied")
    func newMapping() async throws {
        let world = try await World(["--records", "5"])
        try await world.connect()
        let file = world.folder.path + "/mine.yaml"
        let proposed = try await world.couplet(
            "mapping",
            "new",
            "MINE",
            "--erp",
            "erp:customers",
            "--crm",
            "accounts",
            "--output",
            file
        )
        #expect(proposed.status == 0, "\(proposed.errors)")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(
            text.contains("# the same name") && text.contains("# Fields of the ERP that are not mapped:"),
            "\(text)"
        )
        let applied = try await world.json("mapping", "apply", file)
        #expect(applied["changes"].elements.first?["change"].text == "added")
        let refused = try await world.json(
            "mapping",
            "new",
            "OTHER",
            "--erp",
            "nothing",
            "--crm",
            "accounts",
            status: 2
        )
        #expect(refused["error"]["code"].text == "mapping.noTable")
    }
}
