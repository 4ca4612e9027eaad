import CoupletTestSupport
import Foundation
import Testing

@testable import CoupletConnectors

@Suite("Odd bodies at the notification address")
struct NotificationBodyTests {
    private static let corpus: [(name: String, bytes: [UInt8])] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let folder = root.appending(path: "Fuzz/Corpus/webhookBodies")
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
        return (names ?? []).compactMap { name in
            (try? Data(contentsOf: folder.appending(path: name))).map { (name, [UInt8]($0)) }
        }
    }()

    private static func problems(_ bytes: some Sequence<UInt8>) -> [String] {
        FuzzInput.webhookBodies.problems(with: Array(bytes))
    }

    @Test("cut off anywhere, they are no notifications or fewer ones")
    func truncated() {
        #expect(Self.corpus.count > 10)
        for (name, bytes) in Self.corpus where bytes.count < 2000 {
            for end in 0..<bytes.count { #expect(Self.problems(bytes[..<end]) == [], "\(name) up to \(end)") }
        }
    }

    @Test("with bytes changed, put in and taken out, they are taken or refused", arguments: UInt64(0)..<20)
    func changed(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for (name, original) in Self.corpus where !original.isEmpty {
            for _ in 0..<20 {
                var bytes = original
                for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
                    let place = Int.random(in: 0..<bytes.count, using: &generator)
                    let byte = UInt8.random(in: 0...255, using: &generator)
                    switch Int.random(in: 0..<3, using: &generator) {
                    case 0: bytes[place] = byte
                    case 1: bytes.insert(byte, at: place)
                    default: bytes.remove(at: place)
                    }
                }
                #expect(Self.problems(bytes) == [], "\(name), seed \(seed): \(bytes)")
            }
        }
    }

    @Test("huge ones are read to the end", arguments: [1_000, 20_000])
    func huge(count: Int) {
        let state = String(repeating: "s", count: 64)
        let item = #"{"subscriptionId":"a","clientState":"\#(state)","changeType":"updated"}"#
        let body = #"{"value":["# + Array(repeating: item, count: count).joined(separator: ",") + "]}"
        #expect(BusinessCentralNotifications.read(Array(body.utf8))?.count == count)
        #expect(Self.problems(body.utf8) == [])
    }

    @Test("however deep they are", arguments: ["[", "{\"value\":", "{\"value\":[", "{\"value\":[{\"clientState\":["])
    func deep(opening: String) {
        for depth in Array(500..<520) + [100, 100_000] {
            #expect(Self.problems(String(repeating: opening, count: depth).utf8) == [])
        }
    }
}
