import Testing

@Suite("History, undo and the error list on the command line", .timeLimit(.minutes(10)))
struct UndoCommandTests {
    @Test("a run is previewed, undone once, and shown in the history")
    func undo() async throws {
        let world = try await World()
        try await world.connect()
        let match = try await world.json("match", "SALESPEOPLE")
        let run = String(match["run"].integer ?? 0)
        let preview = try await world.json("undo", run, "--preview")["plan"]
        #expect(preview["steps"].elements.allSatisfy { $0["action"].text == "uncouple" })
        let undone = try await world.json("undo", run)
        let count = undone["jobs"].elements.reduce(0) { $0 + ($1["counts"]["uncoupled"].integer ?? 0) }
        #expect(count == preview["steps"].elements.count && count > 0)
        #expect(try await world.json("undo", run, status: 2)["error"]["code"].text == "undo.done")
        #expect(try await world.json("undo", "999", status: 2)["error"]["code"].text == "undo.unknownRun")
        #expect(try await world.json("undo", status: 2)["error"]["code"].text == "undo.oneTarget")
        let key = try #require(preview["steps"].elements.first?["key"].text)
        let history = try await world.json("history", "SALESPEOPLE", key)
        #expect(history["entries"].elements.map { $0["step"].text } == ["uncouple", "couple"])
        let swedish = try await world.couplet("history", "SALESPEOPLE", key, "--lang", "sv")
        #expect(swedish.status == 0 && swedish.output.contains("bortkopplad"))
    }

    @Test("causes are listed, shown and tried again")
    func errors() async throws {
        let world = try await World()
        try await world.connect()
        _ = try await world.json("match", "CUSTOMER", "--sync", "from", status: 1)
        let causes = try await world.json("error", "list")["errors"].elements
        let cause = try #require(causes.first?["id"].text)
        #expect(causes.allSatisfy { ($0["count"].integer ?? 0) > 0 && $0["reason"]["remedy"].text != nil })
        let shown = try await world.json("error", "show", cause)
        #expect(shown["records"].elements.count == causes.first?["count"].integer)
        let retried = try await world.json("error", "retry", cause, status: 1)
        #expect(retried["jobs"].elements.isEmpty == false)
        #expect(try await world.json("error", "show", "nothing", status: 2)["error"]["code"].text == "error.unknown")
    }
}
