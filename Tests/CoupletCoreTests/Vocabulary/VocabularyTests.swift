import CoupletCore
import CoupletTestSupport
import Foundation
import Testing

@Suite("Record ids")
struct RecordIDTests {
    static let text = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"

    @Test(arguments: [text, text.uppercased(), "{\(text)}", text.replacingOccurrences(of: "-", with: "")])
    func `GUID text of any spelling is one id`(spelling: String) throws {
        let id = try #require(RecordID(spelling))
        #expect(id.description == Self.text)
        #expect(id.high == 0x0A1B_2C3D_4E5F_6071)
        #expect(id.low == 0x8293_A4B5_C6D7_E8F9)
    }

    @Test(arguments: ["", "0a1b2c3d", text + "0", "g" + text.dropFirst(), "10000", " " + text])
    func `other text is no id`(text: String) { #expect(RecordID(text) == nil) }

    @Test func `bytes, text and JSON lead back to the id`() throws {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<200 {
            let id = RecordID(high: random.next(), low: random.next())
            #expect(RecordID(bytes: id.bytes) == id)
            #expect(RecordID(id.description) == id)
            #expect(try JSONDecoder().decode(RecordID.self, from: JSONEncoder().encode(id)) == id)
        }
        #expect(RecordID(bytes: [1, 2, 3]) == nil)
    }

    @Test func `ids are ordered as their text is`() {
        var random = SeededGenerator(seed: 2)
        let ids = (0..<200).map { _ in RecordID(high: random.next() >> 60, low: random.next()) }
        #expect(ids.sorted().map(\.description) == ids.map(\.description).sorted())
    }
}

@Suite("Instants")
struct InstantTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", Int64(0)), ("2000-02-29T12:30:45.5Z", 951_827_445_500),
            ("2026-01-31T09:05:07.250Z", 1_769_850_307_250), ("1969-12-31T23:59:59.999Z", -1),
            ("2026-01-31T09:05:07.2509999Z", 1_769_850_307_250), ("0001-01-01T00:00:00Z", -62_135_596_800_000),
        ]
    )
    func `ISO text is read to the millisecond`(text: String, milliseconds: Int64) {
        #expect(Instant(iso8601: text)?.milliseconds == milliseconds)
    }

    @Test(
        arguments: [
            "", "2026-01-31", "2026-01-31T09:05:07", "2026-13-01T00:00:00Z", "2026-01-31T09:05:07.x5Z",
            "2026-01-31T09:05:07+01:00", "2026-01-00T00:00:00Z",
        ]
    )
    func `other text is no instant`(text: String) { #expect(Instant(iso8601: text) == nil) }

    @Test func `the text of an instant reads back as the instant`() throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<500 {
            let instant = Instant(
                milliseconds: Int64.random(in: -60_000_000_000_000...250_000_000_000_000, using: &random)
            )
            #expect(Instant(iso8601: instant.description) == instant)
            #expect(try JSONDecoder().decode(Instant.self, from: JSONEncoder().encode(instant)) == instant)
        }
    }

    @Test func `seconds go both ways`() {
        let start = Instant(milliseconds: 1000)
        #expect(start.advanced(bySeconds: 1.5).milliseconds == 2500)
        #expect(start.seconds(until: start.advanced(bySeconds: -2)) == -2)
    }
}

@Suite("Values")
struct ValueTests {
    static let all: [Value] = [
        .null, .boolean(true), .boolean(false), .number("1.50"), .number("-0"), .number("123456789012345678901"), "",
        "text", "caf\u{E9}", "cafe\u{301}", "{\"number\":\"1\"}",
    ]

    @Test(arguments: all)
    func `JSON keeps kind and digits`(value: Value) throws {
        let data = try JSONEncoder().encode([value])
        #expect(try JSONDecoder().decode([Value].self, from: data) == [value])
    }

    @Test func `values are equal by kind and bytes only`() {
        for (index, one) in Self.all.enumerated() {
            for (other, two) in Self.all.enumerated() { #expect((one == two) == (index == other)) }
        }
        #expect(Set(Self.all).count == Self.all.count)
    }

    @Test func `rows give back the values they were made of`() {
        let values: [Value?] = Self.all + [nil]
        let row = EncodedRow(values)
        #expect(row.values(fieldCount: values.count) == values)
        #expect(row.isWellFormed(fieldCount: values.count))
        #expect(!row.isWellFormed(fieldCount: values.count + 1))
        #expect(!EncodedRow(bytes: row.bytes.dropLast()).isWellFormed(fieldCount: values.count))
    }
}

@Suite("Decimal numbers")
struct DecimalNumberTests {
    @Test(
        arguments: [
            ("0", "0"), ("-0.000", "0"), ("007", "7"), ("1.50", "1.5"), ("15e-1", "1.5"), ("0.05", "0.05"),
            ("5E-2", "0.05"), ("1e3", "1000"), ("-12.340e1", "-123.4"), ("+3", "3"), (" 4 ", "4"),
            ("1e100", "1e100"), ("0.1e-70", "1e-71"),
        ]
    )
    func `a number is its value, written plainly`(text: String, plain: String) {
        #expect(DecimalNumber(text)?.description == plain)
    }

    @Test(arguments: ["", " ", "-", ".", "1.", ".5", "1e", "1e+", "1,5", "1 2", "0x10", "NaN", "1e9999999", "--1"])
    func `other text is no number`(text: String) { #expect(DecimalNumber(text) == nil) }

    @Test func `numbers are ordered by value`() throws {
        let ascending = ["-1e3", "-10.5", "-10.49", "-1", "0", "0.001", "0.01", "1", "1.0000001", "9.99", "10", "1e2"]
        let numbers = try ascending.map { try #require(DecimalNumber($0)) }
        for (index, one) in numbers.enumerated() {
            for (other, two) in numbers.enumerated() { #expect((one < two) == (index < other)) }
        }
    }
}
