import CoupletConnectors
import CoupletCore
import CoupletPorts
import Testing

@Suite("Addresses")
struct RemoteAddressTests {
    @Test(arguments: [
        ("https://org.example", "https://org.example/api/v2.0"),
        ("https://org.example/", "https://org.example/api/v2.0"),
        ("HTTPS://Org.Example:443/v2.0/t/Prod/api/v2.0/", "https://org.example/v2.0/t/Prod/api/v2.0"),
        ("http://127.0.0.1:8080/x?y=1#z", "http://127.0.0.1:8080/x/api/v2.0"),
    ])
    func `a base address gets the API's path once`(text: String, root: String) {
        #expect(RemoteAddress(text, apiPath: "/api/v2.0")?.root == root)
    }

    @Test(arguments: ["", "org.example", "ftp://x", "https://", "https://a b", "https:///x", "https://user@host"])
    func `what is no address is refused`(text: String) {
        #expect(RemoteAddress(text, apiPath: "/api/v2.0") == nil)
    }

    @Test
    func `only links to the same origin are followed`() throws {
        let address = try #require(RemoteAddress("https://org.example", apiPath: "/api"))
        #expect(address.isOrigin(of: "https://org.example:443/anything?x"))
        #expect(!address.isOrigin(of: "http://org.example/"))
        #expect(!address.isOrigin(of: "https://other.example/"))
        #expect(!address.isOrigin(of: "https://org.example@other.example/"))
    }

    @Test
    func `query options are escaped`() {
        let url = RemoteAddress.query("t", [("$filter", "a eq 'x & y+z#%'"), ("$select", "a,b")])
        #expect(url == "t?$filter=a%20eq%20'x%20%26%20y%2Bz%23%25'&$select=a,b")
    }
}

@Suite("Small texts")
struct SmallTextTests {
    @Test
    func `dates of header fields are read`() {
        #expect(HTTPDate.parse("Mon, 23 Nov 2026 20:00:00 GMT")?.description == "2026-11-23T20:00:00.000Z")
        #expect(HTTPDate.parse("yesterday") == nil)
        #expect(HTTPDate.parse("Mon, 99 Nov 2026 20:00:00 GMT") == nil)
    }

    @Test(arguments: [
        ("5", 5.0), ("0", 0), ("Mon, 23 Nov 2026 20:00:10 GMT", 10), ("Mon, 23 Nov 2026 19:00:00 GMT", 0),
    ])
    func `waits are read as seconds or as a date`(text: String, seconds: Double) throws {
        let now = try #require(Instant(iso8601: "2026-11-23T20:00:00Z"))
        #expect(RetryAfter.seconds(text, now: now) == seconds)
    }

    @Test(arguments: [nil, "soon", "-1", "nan", "inf"])
    func `other waits are no waits`(text: String?) {
        #expect(RetryAfter.seconds(text, now: Instant(milliseconds: 0)) == nil)
    }

    @Test(arguments: ["0", "-1", "1.50", "1e5", "1E-5", "123456789012345678901234567890"])
    func `numbers are numbers`(text: String) { #expect(isJSONNumber(text)) }

    @Test(arguments: ["", "-", "01", "1.", ".5", "1e", "0x1", "1 ", "٣", "1,5", "NaN"])
    func `other texts are no numbers`(text: String) { #expect(!isJSONNumber(text)) }
}

@Suite("Bodies of writes")
struct BodyWriterTests {
    private func body(_ fields: [WritePart.Field], _ dialect: ODataDialect) throws -> String {
        let part = WritePart(operation: .update(id: Fixture.one, version: "v"), fields: fields)
        return String(decoding: try BodyWriter.body(of: part, idField: "id", dialect), as: UTF8.self)
    }

    private func field(_ type: FieldType, _ value: Value) -> WritePart.Field {
        WritePart.Field(field: FieldMapping.Field("f", type), value: value)
    }

    @Test(
        arguments: [
            (
                FieldType.text(maximum: 9), Value.text("a\"\\\n\u{1}å"), #"{"f":"a\"\\\n\u0001å"}"#,
                #"{"f":"a\"\\\n\u0001å"}"#
            ),
            (.text(maximum: 9), .null, #"{"f":""}"#, #"{"f":null}"#),
            (.text(maximum: 9), .text(""), #"{"f":""}"#, #"{"f":null}"#),
            (.decimal, .number("1.500"), #"{"f":1.500}"#, #"{"f":1.500}"#),
            (.decimal, .null, #"{"f":0}"#, #"{"f":null}"#),
            (.boolean, .boolean(true), #"{"f":true}"#, #"{"f":true}"#),
            (.date, .null, #"{"f":"0001-01-01"}"#, #"{"f":null}"#),
            (.option, .text("3"), #"{"f":"3"}"#, #"{"f":3}"#),
            (.option, .null, #"{"f":"_x0020_"}"#, #"{"f":null}"#),
            (.reference(table: "ts", property: "owner"), .text("AB"), #"{"owner":"AB"}"#, nil),
            (.reference(table: "ts", property: "owner"), .null, #"{"owner":""}"#, #"{"owner@odata.bind":null}"#),
            (.integer, .text("1; DROP"), nil, nil),
        ] as [(FieldType, Value, String?, String?)]
    )
    func `values take the form of the service and type`(type: FieldType, value: Value, erp: String?, crm: String?) {
        #expect((try? body([field(type, value)], .businessCentral)) == erp)
        #expect((try? body([field(type, value)], .dataverse)) == crm)
    }

    @Test
    func `a lookup names the record it leads to`() throws {
        let reference = field(.reference(table: "systemusers", property: "ownerid"), .text(Fixture.two.description))
        #expect(try body([reference], .dataverse) == #"{"ownerid@odata.bind":"/systemusers(\#(Fixture.two))"}"#)
    }

    @Test
    func `a create carries our id`() throws {
        let part = WritePart(operation: .create(id: Fixture.one), fields: [Fixture.text("name", "N")])
        let body = try BodyWriter.body(of: part, idField: "accountid", .dataverse)
        #expect(String(decoding: body, as: UTF8.self) == #"{"accountid":"\#(Fixture.one)","name":"N"}"#)
    }
}
