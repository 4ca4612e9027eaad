import CoupletConnectors
import CoupletCore
import CoupletPorts
import Testing

@Suite("Decoding pages")
struct PageDecoderTests {
    static let id = "60c4e274-0d87-e711-80e5-00155db19e6d"

    static func shape(_ fields: [String], idField: String = "accountid") -> TableShape {
        TableShape(
            table: "accounts",
            idField: idField,
            modifiedField: nil,
            layout: RowLayout(number: 1, fields: fields)
        )
    }

    static func value(_ json: String) throws -> Value? {
        let body = #"{"value":[{"accountid":"\#(id)","field":\#(json)}]}"#
        let page = try PageDecoder().decode(Array(body.utf8), shape: shape(["field"]))
        return page.rows.row(at: 0).values(fieldCount: 1)[0]
    }

    @Test
    func `rows follow the layout whatever the order of properties`() throws {
        let body = """
            {"@odata.context":"x/$metadata#accounts(name)",
             "value":[
               {"@odata.etag":"W/\\"915244\\"","name":"One","accountnumber":"A1","accountid":"\(Self.id)"},
               {"accountid":"60C4E274-0D87-E711-80E5-00155DB19E6E","accountnumber":null , "unasked":1,"name":"Two"}
             ],
             "@odata.nextLink":"https://x/accounts?$skiptoken=%3Ccookie%20\\u0026"}
            """
        let page = try PageDecoder().decode(Array(body.utf8), shape: Self.shape(["accountnumber", "name", "revenue"]))
        #expect(page.rows.count == 2)
        #expect(page.rows.ids.map(\.description) == [Self.id, "60c4e274-0d87-e711-80e5-00155db19e6e"])
        #expect(page.rows.version(at: 0) == "W/\"915244\"")
        #expect(page.rows.version(at: 1).isEmpty)
        #expect(page.rows.row(at: 0) == EncodedRow([.text("A1"), .text("One"), nil]))
        #expect(page.rows.row(at: 1) == EncodedRow([.null, .text("Two"), nil]))
        #expect(page.nextLink == "https://x/accounts?$skiptoken=%3Ccookie%20&")
        #expect(page.deltaLink == nil)
    }

    @Test
    func `deleted entities become tombstones`() throws {
        let body = """
            {"@odata.context":"x/$metadata#accounts(name)/$delta","value":[
             {"@odata.etag":"W/\\"1\\"","name":"One","accountid":"\(Self.id)"},
             {"@odata.context":"x/$metadata#accounts/$deletedEntity",
              "id":"2e451703-c686-e711-80e5-00155db19e6d","reason":"deleted"},
             {"@removed":{"reason":"deleted"},"id":"2e451703-c686-e711-80e5-00155db19e6e"}],
             "@odata.deltaLink":"https://x/accounts?$deltatoken=919058%2108"}
            """
        let page = try PageDecoder().decode(Array(body.utf8), shape: Self.shape(["name"]))
        #expect((0..<3).map { page.rows.kind(at: $0) } == [.present, .tombstone, .tombstone])
        #expect(page.rows.ids[1].description == "2e451703-c686-e711-80e5-00155db19e6d")
        #expect(page.rows.row(at: 2) == EncodedRow([nil]))
        #expect(page.deltaLink == "https://x/accounts?$deltatoken=919058%2108")
    }

    @Test
    func `a record with a field called reason is not deleted`() throws {
        let body = #"{"value":[{"id":"\#(Self.id)","reason":"deleted"}]}"#
        let page = try PageDecoder().decode(Array(body.utf8), shape: Self.shape(["reason"], idField: "id"))
        #expect(page.rows.kind(at: 0) == .present)
        #expect(page.rows.row(at: 0) == EncodedRow([.text("deleted")]))
    }

    @Test(arguments: [
        (#""plain""#, Value.text("plain")),
        (#""""#, .text("")),
        (#""Åä\u00e5 \"x\" \\ \/ \b\f\n\r\t""#, .text("Åäå \"x\" \\ / \u{8}\u{c}\n\r\t")),
        (#""\ud83d\ude00!""#, .text("😀!")),
        (#""\ud83dx""#, .text("\u{FFFD}x")),
        (#""\ude00""#, .text("\u{FFFD}")),
        (#""\ud83d\u0041""#, .text("\u{FFFD}A")),
        (#""a\u0000b""#, .text("a\0b")),
        ("null", .null), ("true", .boolean(true)), ("false", .boolean(false)),
        ("0", .number("0")), ("-0.50", .number("-0.50")), ("1E+400", .number("1E+400")),
        ("12345678901234567890123456789.10", .number("12345678901234567890123456789.10")),
    ])
    func `values keep their bytes`(json: String, value: Value) throws {
        #expect(try Self.value(json) == value)
    }

    @Test(arguments: [#"{"a":[1,{"b":"]}"}]}"#, "[]", #"[[["x"]],{}]"#])
    func `nested values are skipped`(json: String) throws {
        #expect(try Self.value(json) == nil)
    }

    @Test
    func `a blank option is read as its member's name`() throws {
        let shape = TableShape(
            table: "customers",
            idField: "id",
            modifiedField: nil,
            layout: RowLayout(number: 1, fields: ["blocked", "addressLine2"])
        )
        let row = RowShape(shape, optionFields: ["blocked"])
        let body = #"{"value":[{"id":"\#(Self.id)","blocked":" ","addressLine2":" "}]}"#
        let page = try PageDecoder().page(Array(body.utf8), shape: row)
        #expect(page.rows.row(at: 0) == EncodedRow([.text("_x0020_"), .text(" ")]))
    }

    @Test
    func `a decoder serves shapes in turn`() throws {
        let decoder = PageDecoder()
        let body = Array(#"{"value":[{"accountid":"\#(Self.id)","a":"1","b":"2"}]}"#.utf8)
        for _ in 0..<3 {
            #expect(try decoder.decode(body, shape: Self.shape(["a"])).rows.row(at: 0) == EncodedRow([.text("1")]))
            #expect(
                try decoder.decode(body, shape: Self.shape(["b", "a"])).rows.row(at: 0)
                    == EncodedRow([.text("2"), .text("1")])
            )
        }
    }

    @Test
    func `an empty page has no rows`() throws {
        let page = try PageDecoder().decode(Array(#"{"value":[]}"#.utf8), shape: Self.shape(["name"]))
        #expect(page.rows.count == 0)
    }
}

@Suite("Damaged answers")
struct DamagedAnswerTests {
    private static let whole = """
        {"@odata.context":"x","value":[{"@odata.etag":"W/\\"1\\"","accountid":"60c4e274-0d87-e711-80e5-00155db19e6d",
        "name":"Åsa \\u00e5\\n","n":-12.5e3,"o":{"p":[1,2,{"q":null}]},"t":true}],"@odata.nextLink":"https://x/y"}
        """

    @Test(arguments: [
        ("", DecodeError.damaged), ("   ", .damaged), ("<html>", .damaged), ("[]", .unexpectedShape),
        ("{}", .unexpectedShape), (#"{"value":{}}"#, .unexpectedShape), (#"{"value":[1]}"#, .unexpectedShape),
        (#"{"value":[{}]}"#, .rowWithoutID), (#"{"value":[{"accountid":"x"}]}"#, .rowWithoutID),
        (#"{"value":[{"accountid":5}]}"#, .rowWithoutID), (#"{"value":[]}x"#, .damaged), (#"{"value":[]"#, .damaged),
        (#"{"value":[{"a":01}]}"#, .damaged), (#"{"value":[{"a":nul}]}"#, .damaged),
        (#"{"value":[{"a":"\x"}]}"#, .damaged), (#"{"value":[{"a":"\u12"}]}"#, .damaged),
        (#"{"value":[{"a" "b"}]}"#, .damaged), (#"{"value":[{"a":1,}]}"#, .damaged),
        (#"{"value":[{"a":"b"c}]}"#, .damaged), (#"{"value":[{"a":1"b":2}]}"#, .damaged),
        ("{\"value\":[{\"a", .damaged),
    ])
    func `what is no page is an error`(body: String, error: DecodeError) {
        #expect(throws: error) {
            try PageDecoder().decode(Array(body.utf8), shape: PageDecoderTests.shape(["a"]))
        }
    }

    @Test
    func `text that is not UTF-8 is an error`() {
        let body = Array(#"{"value":[{"accountid":""#.utf8) + [0xFF, 0xFE] + Array(#""}]}"#.utf8)
        #expect(throws: DecodeError.damaged) {
            try PageDecoder().decode(body, shape: PageDecoderTests.shape(["a"]))
        }
    }

    @Test
    func `every cut of a page is an error`() {
        let bytes = Array(Self.whole.utf8)
        let decoder = PageDecoder()
        for length in 0..<bytes.count {
            #expect(throws: DecodeError.self) {
                try decoder.decode(Array(bytes[..<length]), shape: PageDecoderTests.shape(["name", "n", "t"]))
            }
        }
    }

    @Test
    func `every changed byte gives a page or an error`() {
        let bytes = Array(Self.whole.utf8)
        let decoder = PageDecoder()
        let replacements: [UInt8] = [0, 0x20, 0x22, 0x2C, 0x3A, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x80, 0xFF, 0x65]
        var decoded = 0
        for position in bytes.indices {
            for replacement in replacements {
                var changed = bytes
                changed[position] = replacement
                let page = try? decoder.decode(changed, shape: PageDecoderTests.shape(["name", "n", "t", "o"]))
                for row in 0..<(page?.rows.count ?? 0) {
                    decoded += page?.rows.row(at: row).values(fieldCount: 4).count ?? 0
                }
            }
        }
        #expect(decoded > 0)
    }

    @Test(arguments: [100, 100_000])
    func `deep nesting is skipped or refused`(depth: Int) throws {
        let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let body = #"{"value":[{"accountid":"60c4e274-0d87-e711-80e5-00155db19e6d","x":\#(nested)}]}"#
        #expect(try PageDecoder().decode(Array(body.utf8), shape: PageDecoderTests.shape(["a"])).rows.count == 1)
    }
}

@Suite("Decoding batches and errors")
struct DecodedPartTests {
    private let shape = RowShape(layout: RowLayout(number: 1, fields: ["number"]), idField: "id")

    @Test
    func `responses of a batch keep their ids, statuses, rows and errors`() throws {
        let body = """
            {"responses":[
             {"id":"1","status":200,"headers":{"content-type":"x"},"body":{"@odata.etag":"W/\\"a\\"",
              "id":"60c4e274-0d87-e711-80e5-00155db19e6d","number":"C1"}},
             {"id":null,"status":204,"headers":{}},
             {"status":429,"id":"3","headers":{"Retry-After":"7"},
              "body":{"error":{"code":"Application_TooManyRequests","message":"slow \\"down\\""}}}]}
            """
        let parts = try PageDecoder().batch(Array(body.utf8), shape: shape)
        #expect(parts.map(\.status) == [200, 204, 429])
        #expect(parts.map(\.name) == ["1", nil, "3"])
        #expect(parts[0].row == EncodedRow([.text("C1")]))
        #expect(parts[0].version == "W/\"a\"")
        #expect(parts[1].row == nil)
        #expect(parts[2].error == ODataError(code: "Application_TooManyRequests", message: "slow \"down\""))
        #expect(parts[2].retryAfter == "7")
    }

    @Test(arguments: [
        #"{"responses":[{"status":"x"}]}"#, #"{"responses":5}"#, "{}", #"{"responses":[{"status":-12}]}"#,
    ])
    func `what is no batch is an error`(body: String) {
        #expect(throws: DecodeError.self) { try PageDecoder().batch(Array(body.utf8), shape: shape) }
    }
}
