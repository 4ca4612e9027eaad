import Testing

@testable import CoupletSandbox

@Suite("Dataverse: tokens, cookies and numbers")
struct DataverseTokenTests {
    @Test
    func `a delta token is a version and a moment`() throws {
        let token = try #require(DeltaToken("919042!08/22/2017 08:10:44"))
        #expect(token.version == 919_042)
        #expect(token.issued.text == "2017-08-22T08:10:44Z")
        #expect(token.text == "919042!08/22/2017 08:10:44")
        #expect(token.encoded == "919042%2108%2f22%2f2017%2008%3a10%3a44")
        #expect(FormDecoding.query(token.encoded) == token.text)
    }

    @Test(arguments: [
        "", "1", "x!08/22/2017 08:10:44", "1!2017-08-22 08:10:44", "1!08/22/2017", "1!13/22/2017 08:10:44",
    ])
    func `what is no delta token is none`(text: String) {
        #expect(DeltaToken(text) == nil)
    }

    @Test
    func `a cookie comes back as it was given out`() {
        let token = DeltaToken(version: 7, issued: SandboxInstant(milliseconds: 0))
        for cookie in [
            PagingCookie(page: 2, position: 5_000),
            PagingCookie(page: 9, position: 0, isInDeletions: true, token: token),
        ] {
            let encoded = cookie.encoded(key: "accountid", first: .zero, last: .zero)
            #expect(FormDecoding.query(encoded).flatMap { PagingCookie($0) } == cookie)
            #expect(encoded.contains("istracking=%22\(cookie.token == nil ? "False" : "True")%22"))
        }
    }

    @Test(arguments: [
        ("5000000", 4, "5000000.0"), ("1.5", 4, "1.5"), ("1.50", 4, "1.5"), ("0.12345", 4, "0.1234"),
        ("-2.00005", 4, "-2.0"), ("47.639583", 5, "47.63958"), ("1e3", 4, "1000.0"), ("0", 2, "0.0"),
        ("123456789.1234", 4, "123456789.1234"),
    ])
    func `numbers keep their digits unless there are too many`(digits: String, decimals: Int, stored: String) throws {
        let number = try #require(Double(digits))
        let bytes = DataverseEncoding.decimal(digits, number, decimals: decimals)
        #expect(String(decoding: bytes, as: UTF8.self) == stored)
    }

    @Test
    func `a row keeps what is not replaced`() {
        let row = DataverseRow([3: Array("3".utf8), 1: Array("1".utf8), 2: nil])
        let changed = row.replacing([0: Array("0".utf8), 1: nil, 2: Array("22".utf8), 4: Array("4".utf8)])
        let texts = (0..<6).map { changed.value($0).map { String(decoding: $0, as: UTF8.self) } }
        #expect(texts == ["0", nil, "22", "3", "4", nil])
    }

    @Test
    func `what a change set wrote can be taken back, the log included`() throws {
        var rows = DataverseRows()
        let table = try #require(DataverseSchema.initial.table("account"))
        let (one, two) = (SandboxGUID(high: 0, low: 1), SandboxGUID(high: 0, low: 2))
        rows.insert(one, DataverseRow([1: Array("1".utf8)]), version: 1, in: table)
        rows.begin()
        rows.insert(two, DataverseRow(), version: 2, in: table)
        rows.delete(0, version: 3)
        rows.insert(one, DataverseRow(), version: 4, in: table)
        rows.rollBack()
        #expect(rows.count == 1)
        #expect(rows.place(of: two) == nil)
        #expect(rows.rows[0].value(1) != nil)
        #expect(rows.changes(above: 0, through: 9) == [0])
        rows.update(0, DataverseRow(), version: 5, in: table)
        #expect(rows.changes(above: 1, through: 9) == [0])
        #expect(rows.changes(above: 0, through: 4) == [])
    }
}
