import Foundation
import Testing

@Suite("Odd inputs from outside")
struct FuzzCorpusTests {
    private static let fuzz = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fuzz")

    @Test("are taken or refused, and nothing worse", arguments: FuzzInput.allCases)
    func corpus(_ input: FuzzInput) throws {
        let folder = Self.fuzz.appending(path: "Corpus/\(input)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
        #expect(!names.isEmpty)
        for name in names {
            let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name)))
            #expect(input.problems(with: bytes) == [], "\(input) \(name)")
        }
    }

    @Test("have a target for libFuzzer and a folder of inputs, each kind of them", arguments: ["Targets", "Corpus"])
    func complete(_ folder: String) throws {
        let path = Self.fuzz.appending(path: folder).path(percentEncoded: false)
        let kinds = Set(FuzzInput.allCases.map(\.rawValue))
        #expect(Set(try FileManager.default.contentsOfDirectory(atPath: path)) == kinds)
        let manifest = try String(contentsOf: Self.fuzz.appending(path: "Package.swift"), encoding: .utf8)
        for kind in kinds { #expect(manifest.contains("\"\(kind)\"")) }
    }
}
