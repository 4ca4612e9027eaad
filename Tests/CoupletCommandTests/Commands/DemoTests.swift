import Foundation
import Testing

@Suite("The demonstration", .timeLimit(.minutes(10)))
struct DemoTests {
    @Test(
        "once, as one document: every mapping in its order, an open question, and a home that can be looked at afterwards"
    )
    func once() async throws {
        let folder = try TemporaryFolder()
        let home = folder.path + "/demo"
        let environment = ["HOME": folder.path, "LC_ALL": "C"]
        let demo = try CoupletProcess(["demo", "--once", "--json", "--home", home], environment: environment)
        let ended = await demo.finished()
        #expect(ended.status == 1, "\(ended.output) \(ended.errors)")
        let document = try ended.json()
        #expect(document["run"].integer != nil)
        let jobs = document["jobs"].elements
        // What others refer to comes first.
        var order: [String] = []
        for job in jobs where !order.contains(job["mapping"].text ?? "") { order.append(job["mapping"].text ?? "") }
        #expect(
            order == [
                "SALESPEOPLE", "CURRENCY", "PAYMENT TERMS", "SHIPMENT METHOD", "UNIT OF MEASURE", "CUSTOMER", "VENDOR",
                "CONTACT", "ITEM-PRODUCT",
            ]
        )
        for mapping in order {
            let done = jobs.filter { $0["mapping"].text == mapping }.map { $0["counts"] }
            #expect(done.contains { ($0["coupled"].integer ?? 0) + ($0["inserted"].integer ?? 0) > 0 }, "\(mapping)")
        }
        func total(_ name: String) -> Int { jobs.reduce(0) { $0 + ($1["counts"][name].integer ?? 0) } }
        #expect(total("inserted") > 0 && total("coupled") > 0 && total("questions") > 0)
        #expect(total("failed") == 0 && total("conflicts") == 0)
        let list = try CoupletProcess(["question", "list", "--json", "--home", home], environment: environment)
        #expect(try await list.finished().json()["questions"].elements.count == 1)
        let again = try CoupletProcess(["demo", "--once", "--json", "--home", home], environment: environment)
        #expect(await again.finished().status == 1)
    }

    @Test("the tour ends in one conflict, and the demonstration ends well with Ctrl-C")
    func tour() async throws {
        let folder = try TemporaryFolder()
        let environment = ["HOME": folder.path, "LC_ALL": "sv_SE.UTF-8"]
        let demo = try CoupletProcess(["demo", "--tour"], environment: environment, directory: folder.path)
        let last = await demo.output.line(containing: "Ctrl-C avslutar demonstrationen")
        #expect(last != nil, "\(demo.output.text) \(demo.errors.text)")
        let home = folder.path + "/.couplet-demo"
        let conflicts = try CoupletProcess(["conflict", "list", "--json", "--home", home], environment: environment)
        #expect(try await conflicts.finished().json()["conflicts"].elements.count == 1)
        let sync = try CoupletProcess(["sync", "--json", "--home", home], environment: environment)
        #expect([0, 1].contains(await sync.finished().status))
        demo.send(SIGINT)
        #expect(await demo.finished().status == 0)
    }

    @Test("a directory that no demonstration made is not emptied")
    func foreignHome() async throws {
        let folder = try TemporaryFolder()
        try Data("precious".utf8).write(to: URL(filePath: folder.path + "/file"))
        let demo = try CoupletProcess(
            ["demo", "--once", "--json", "--home", folder.path],
            environment: ["HOME": folder.path]
        )
        let ended = await demo.finished()
        #expect(ended.status == 2)
        #expect(try ended.json()["error"]["code"].text == "demo.homeInUse")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file"])
    }
}
