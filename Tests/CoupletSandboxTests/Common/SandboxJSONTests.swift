import CoupletSandbox
import Testing

@Suite("Stand-ins: JSON")
struct SandboxJSONTests {
    @Test(arguments: [
        (#"{"a":1.50,"b":[true,false,null],"c":{"d":"x"}}"#, #"{"a":1.50,"b":[true,false,null],"c":{"d":"x"}}"#),
        (" [ ] ", "[]"), ("-0.5e+3", "-0.5e+3"), ("12345678901234567890.123", "12345678901234567890.123"),
        (#""\u00e5\n\t\"\\\/\ud83d\ude00""#, "\"å\\n\\t\\\"\\\\/😀\""), (#""\u0001""#, #""\u0001""#),
        (#""\ud800""#, "\"\u{FFFD}\""),
        ("\u{FEFF}{}", "{}"),
    ])
    func `a document is written as it was read`(_ text: String, _ expected: String) throws {
        let json = try SandboxJSON(bytes: Array(text.utf8))
        #expect(String(decoding: json.bytes, as: UTF8.self) == expected)
    }

    @Test(arguments: [
        ("", 0), ("{", 1), ("[1,]", 3), ("{\"a\" 1}", 5), ("01", 2), ("1.", 2), ("nul", 0), ("\"a", 2), ("\"\\x\"", 3),
        ("[1] 2", 4), ("\"\u{1}\"", 1), ("{a:1}", 1),
    ])
    func `a mistake is told with its place`(_ text: String, _ offset: Int) {
        let error = #expect(throws: JSONSyntaxError.self) { try SandboxJSON(bytes: Array(text.utf8)) }
        #expect(error?.offset == offset)
    }

    @Test func `nesting has an end and bytes that are no text are refused`() {
        #expect(throws: JSONSyntaxError.self) {
            try SandboxJSON(bytes: [UInt8](repeating: UInt8(ascii: "["), count: 100_000))
        }
        #expect(throws: JSONSyntaxError.self) { try SandboxJSON(bytes: [0x22, 0xFF, 0x22]) }
    }
}
