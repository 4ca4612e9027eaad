import CoupletSandbox
import Testing

@Suite("Stand-ins: times, ids, headers, addresses")
struct SandboxValuesTests {
    @Test(arguments: [
        ("2024-05-06T07:08:09.123Z", "2024-05-06T07:08:09.123Z"),
        ("2024-05-06T07:08:09.120Z", "2024-05-06T07:08:09.12Z"),
        ("2024-05-06T07:08:09Z", "2024-05-06T07:08:09Z"), ("2024-05-06T07:08Z", "2024-05-06T07:08:00Z"),
        ("2024-02-29", "2024-02-29T00:00:00Z"), ("2024-05-06T07:08:09.1234567Z", "2024-05-06T07:08:09.123Z"),
        ("2024-01-01T00:30:00+02:00", "2023-12-31T22:30:00Z"), ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"), ("2000-03-01T00:00:00Z", "2000-03-01T00:00:00Z"),
    ])
    func `times are read and written`(_ text: String, _ expected: String) {
        #expect(SandboxInstant(text: text)?.text == expected)
    }

    @Test(arguments: [
        "", "2024", "2024-13-01", "2024-01-01T25:00:00Z", "2024-01-01T00:00:00", "2024-01-01T00:00:00.Z", "x",
    ])
    func `what is no time is refused`(_ text: String) {
        #expect(SandboxInstant(text: text) == nil)
    }

    @Test func `header dates name day and month`() {
        #expect(SandboxInstant(text: "1994-11-06T08:49:37.9Z")?.httpDate == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(SandboxInstant(text: "2024-02-29T23:00:00Z")?.httpDate == "Thu, 29 Feb 2024 23:00:00 GMT")
    }

    @Test func `ids are read in any case and ordered by their digits`() {
        let id = SandboxGUID("{2B00A947-D5BF-5F5E-9FFB-A7D53D0B076D}")
        #expect(id?.description == "2b00a947-d5bf-5f5e-9ffb-a7d53d0b076d")
        #expect(SandboxGUID("2b00a947d5bf5f5e9ffba7d53d0b076d") == nil)
        #expect(SandboxGUID("2b00a947-d5bf-5f5e-9ffb-a7d53d0b076g") == nil)
        #expect(SandboxGUID.zero < SandboxGUID(high: 0, low: 1))
    }

    @Test func `preferences of several fields are put together`() {
        var headers: SandboxHeaders = ["prefer": "odata.maxpagesize=3, odata.track-changes", "Other": "x"]
        headers = SandboxHeaders(
            headers.fields + [.init(name: "Prefer", value: #"odata.include-annotations="a,b"; return=representation"#)]
        )
        #expect(headers.preferences["odata.maxpagesize"] == "3")
        #expect(headers.preferences["odata.track-changes"] == "")
        #expect(headers.preferences["odata.include-annotations"] == "a,b")
        #expect(headers.preferences["return"] == "representation")
        headers["PREFER"] = nil
        #expect(headers.fields.map(\.name) == ["Other"])
    }

    @Test func `queries are decoded as forms, paths are not`() {
        #expect(FormDecoding.query("a+b%20c%2Bd%c3%a5") == "a b c+då")
        #expect(FormDecoding.path("a+b%20c") == "a+b c")
        #expect(FormDecoding.query("%2") == nil)
        #expect(FormDecoding.query("%ff") == nil)
        #expect(FormDecoding.query(FormDecoding.encode("å & b='c'+%")) == "å & b='c'+%")
    }

    @Test func `a path is cut into names and keys`() {
        let segments = ODataPath.segments("/companies(1f)/customers(number='A/B (1)')/$count")
        #expect(
            segments == [
                ODataSegment(name: "companies", key: "1f"), ODataSegment(name: "customers", key: "number='A/B (1)'"),
                ODataSegment(name: "$count"),
            ]
        )
        #expect(ODataPath.segments("/a%2") == nil)
    }
}
