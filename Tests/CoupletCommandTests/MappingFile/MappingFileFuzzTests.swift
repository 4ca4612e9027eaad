import CoupletConnectors
import CoupletCore
import CoupletTestSupport
import Foundation
import Testing

@testable import couplet

@Suite("Mapping files of chance")
struct MappingFileFuzzTests {
    /// How many files each seed tries: few as a rule, many where the environment asks for it.
    private static let count = ProcessInfo.processInfo.environment["COUPLET_LONG"] == "1" ? 5_000 : 15

    private static let pieces = [
        "[", "]", "{", "}", ":", ",", "#", "'", "\"", "|", "&", "*", "!", "%", "@", "-", "\n", "  ", "\t", "null",
        "true",
        "text(0)", "name", "fields", "rules", "filter: a =", "<<", "&x", "*x", "\u{0}", "å", "🙂", "1e9",
    ]

    @Test("a damaged file is read or its problems are told, and what is read comes back", arguments: 0..<4)
    func damaged(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let whole = MappingFile.text(DefaultMappings.all(erp: "erp", crm: "crm"))
        let lines = whole.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for _ in 0..<Self.count {
            var damaged = lines
            for _ in 0...random.below(3) {
                let index = random.below(damaged.count)
                switch random.below(4) {
                case 0: damaged.remove(at: index)
                case 1: damaged.insert(random.pick(damaged), at: index)
                case 2:
                    let characters = Array(damaged[index])
                    let place = random.below(characters.count + 1)
                    damaged[index] =
                        String(characters[..<place]) + random.pick(Self.pieces) + String(characters[place...])
                default: damaged[index] = String(damaged[index].dropLast(random.below(8)))
                }
            }
            let reader = MappingFileReader(damaged.joined(separator: "\n"))
            guard reader.problems.isEmpty else { continue }
            #expect(!reader.mappings.isEmpty)
            let again = MappingFileReader(MappingFile.text(reader.mappings))
            #expect(again.problems == [])
            #expect(again.mappings == reader.mappings)
        }
    }
}
