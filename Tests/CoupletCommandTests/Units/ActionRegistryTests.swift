import CoupletEngine
import CoupletServer
import Foundation
import Testing

@Suite("The registry of actions")
struct ActionRegistryTests {
    @Test("it has every action of the engine, each under a name of its own")
    func complete() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/CoupletEngine")
            .resolvingSymlinksInPath()
        let files = FileManager.default.enumerator(atPath: folder.path())?.allObjects.compactMap { $0 as? String } ?? []
        var declared: Set<String> = []
        for name in files where name.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            for match in text.matches(of: /struct ([A-Za-z]+): Action \{/) { declared.insert(String(match.1)) }
        }
        #expect(declared.count > 10)
        #expect(declared == Set(ActionRegistry.actions.map { "\($0)" }))
        #expect(Set(ActionRegistry.actions.map { $0.name }).count == ActionRegistry.actions.count)
        for action in ActionRegistry.actions { #expect(ActionRegistry.action(named: action.name) == action) }
    }
}
