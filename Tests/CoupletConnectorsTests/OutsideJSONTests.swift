import CoupletPorts
import Testing

@Suite("JSON from outside")
struct OutsideJSONTests {
    private struct Definition: Decodable { var value: [Int] }

    @Test("is refused where it is nested too deeply, wherever it ends", arguments: 505..<520)
    func deep(depth: Int) {
        for opening in ["[", "{\"value\":", "{\"value\":["] {
            let text = String(repeating: opening, count: depth)
            #expect(throws: DecodingError.self) { try OutsideJSON.decode(Definition.self, from: text.utf8) }
        }
    }

    @Test("says what it says")
    func whole() throws {
        #expect(try OutsideJSON.decode(Definition.self, from: "{\"value\":[1,2]}".utf8).value == [1, 2])
        #expect(throws: DecodingError.self) { try OutsideJSON.decode(Definition.self, from: "{\"value\":[1]}]".utf8) }
    }
}
