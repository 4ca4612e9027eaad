import Foundation
import Testing

@Suite("Coupling commands", .timeLimit(.minutes(10)))
struct CouplingCommandTests {
    @Test("couplings go to a file and come back; bad rows are told by their lines and change nothing")
    func file() async throws {
        let world = try await World(["--records", "5"])
        try await world.connect()
        try await world.synchronizeFirst()
        let file = world.folder.path + "/couplings.csv"
        #expect(try await world.couplet("coupling", "export", "CUSTOMER", "--output", file).status == 0)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let count = text.split(separator: "\n").count - 1
        #expect(count > 0 && text.hasPrefix("mapping,erp,crm\n"))
        let again = try await world.couplet("coupling", "import", file)
        #expect(again.status == 0 && again.output.contains("\(count) couplings"), "\(again.output)\(again.errors)")

        try (text + "CUSTOMER,NOBODY,nothing\n").write(toFile: file, atomically: true, encoding: .utf8)
        let refused = try await world.json("coupling", "import", file, "--preview", status: 78)
        let message = refused["error"]["message"].text ?? ""
        #expect(message.contains("Line \(count + 2):") && message.contains("NOBODY"), "\(message)")
    }

    @Test("output that nobody takes is a failure, and a reader that has enough is none")
    func output() async throws {
        let world = try await World(["--records", "5"])
        try await world.connect()
        let program = CoupletProcess.executable.path()
        let full = try CoupletProcess(
            ["-c", "\(program) list CUSTOMER >/dev/full"],
            environment: world.environment,
            directory: world.folder.path,
            executable: URL(filePath: "/bin/sh")
        )
        let ended = await full.finished()
        #expect(ended.status == 75)
        #expect(ended.errors.contains("standard output"), "\(ended.errors)")
    }

    @Test("what a list shows as a key names the record in another command")
    func keys() async throws {
        let world = try await World(["--records", "5"])
        try await world.connect()
        let records = try await world.json("list", "SALESPEOPLE", "--side", "crm", "--state", "uncoupled")["records"]
        let key = try #require(records.elements.first?["key"].text)
        #expect(key.hasPrefix("crm:"))
        let explained = try await world.couplet("explain", "SALESPEOPLE", key)
        #expect(explained.status == 0)
        #expect(explained.output.contains("couplet couple SALESPEOPLE \(key) --create"), "\(explained.output)")
    }

    @Test("a network that fails is told in words")
    func words() async throws {
        let world = try await World(["--records", "5"])
        try await world.connect()
        await world.endSandbox()
        let ended = try await world.couplet("connection", "test", "erp")
        #expect(ended.status == 69)
        #expect(ended.errors.contains("refuses connections"), "\(ended.errors)")
        let swedish = try await world.couplet("connection", "test", "erp", "--lang", "sv")
        #expect(swedish.errors.contains("tar inte emot anslutningar"), "\(swedish.errors)")
    }
}
