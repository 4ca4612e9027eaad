import Foundation
import Testing

@Suite("Documented exchanges", .enabled(if: GoldenLibrary.isPresent, GoldenLibrary.absence))
struct GoldenTests {
    @Test(arguments: GoldenArea.all.flatMap(\.cases))
    func `a documented request gets the documented answer`(_ example: GoldenCase) throws {
        let exchange = try #require(GoldenLibrary.exchange(example.id))
        let problems = try GoldenReplay(example: example, exchange: exchange).problems()
        #expect(problems.isEmpty, "\(example.id): \(problems.joined(separator: "\n  "))")
    }

    @Test(arguments: GoldenArea.all.map(\.system))
    func `each documented exchange is replayed or explained, once`(_ system: String) throws {
        let area = try #require(GoldenArea.all.first { $0.system == system })
        let treated = area.cases.map(\.id) + area.exclusions.map(\.id)
        let known = Set(area.exchanges.map(\.id))
        #expect(treated.count == Set(treated).count, "an id is treated twice")
        #expect(treated.filter { !known.contains($0) }.isEmpty)
        if area.isWhole { #expect(known.subtracting(treated).sorted().isEmpty) }
    }

    @Test func `the page about conformance says what is replayed`() throws {
        let path = GoldenLibrary.root.appending(path: "docs/CONFORMANCE.md")
        let text = GoldenConformance().text
        if ProcessInfo.processInfo.environment["COUPLET_WRITE_CONFORMANCE"] == "1" {
            try Data(text.utf8).write(to: path)
        }
        let written = try #require(FileManager.default.contents(atPath: path.path))
        #expect(String(decoding: written, as: UTF8.self) == text, "write it with COUPLET_WRITE_CONFORMANCE=1")
    }
}
