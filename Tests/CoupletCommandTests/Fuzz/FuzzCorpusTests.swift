import Foundation
import Testing

@Suite("Odd inputs from outside")
struct FuzzCorpusTests {
    private static let corpus = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fuzz/Corpus")

    @Test("are taken or refused, and nothing worse", arguments: FuzzInput.allCases)
    func corpus(_ input: FuzzInput) throws {
        let folder = Self.corpus.appending(path: input.rawValue)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
        #expect(!names.isEmpty)
        for name in names {
            let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name)))
            #expect(input.problems(with: bytes) == [], "\(input) \(name)")
        }
    }
}
