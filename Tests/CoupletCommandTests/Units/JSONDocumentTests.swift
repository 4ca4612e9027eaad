import CoupletCore
import Foundation
import Testing

@testable import couplet

@Suite("JSON documents")
struct JSONDocumentTests {
    @Test("names keep their order, and text is escaped as JSON asks")
    func text() {
        let document = JSONDocument.object([
            "b": .string("a \"b\" \\ / \n\t\u{1}\u{7F}å日"), "a": .array([.null, .boolean(true), .integer(-3)]),
        ])
        #expect(
            document.text == #"{"b":"a \"b\" \\ / \n\t\u0001\u007få日","a":[null,true,-3]}"#
        )
    }

    @Test(
        "a number keeps the digits it came with, and what is no JSON number is text",
        arguments: [
            ("1.50", "1.50"), ("-0.0", "-0.0"), ("100000000000000000000.01", "100000000000000000000.01"),
            ("1e5", "1e5"), ("01", "\"01\""), ("1.", "\"1.\""), ("", "\"\""), ("NaN", "\"NaN\""), ("+1", "\"+1\""),
            ("0", "0"), ("--1", "\"--1\""), ("1e", "\"1e\""),
        ]
    )
    func numbers(digits: String, text: String) {
        #expect(Document.value(.number(digits)).text == text)
    }

    @Test(
        "seconds have at most three decimals",
        arguments: [(1.0, "1"), (0.1239, "0.124"), (1.5, "1.5"), (.infinity, "null")]
    )
    func decimals(number: Double, text: String) {
        #expect(JSONDocument.decimal(number).text == text)
    }

    @Test("what is written can be read back by Foundation")
    func readable() throws {
        let text = String(String.UnicodeScalarView((0..<0x250).compactMap { Unicode.Scalar($0) }))
        let data = Data(JSONDocument.array([.string(text)]).text.utf8)
        let back = try JSONSerialization.jsonObject(with: data) as? [String]
        #expect(back?.first.map { Array($0.utf8) } == Array(text.utf8))
    }
}
