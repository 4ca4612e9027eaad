import CoupletConnectors
import CoupletCore
import CoupletPorts
import CoupletTestSupport
import Testing

@Suite("Reading Dataverse")
struct DataverseReadTests {
    private static let table = "https://org.crm.example/api/data/v9.2/accounts"
    private static let select = "$select=accountid,name,accountnumber,_ownerid_value"
    private static let row =
        #"{"@odata.etag":"W/\"7\"","accountid":"\#(Fixture.one)","name":"One","accountnumber":null}"#

    @Test
    func `everything is read with change tracking, and the last page's token is the checkpoint`() async throws {
        let next = Self.table + "?$skiptoken=%3Ccookie%20pagenumber=%222%22%20/%3E"
        let delta = Self.table + "?\(Self.select)&$deltatoken=919042%2108%2f22%2f2017%2008%3a10%3a44"
        let transport = ScriptedTransport([
            .answer(200, #"{"value":[\#(Self.row)],"@odata.nextLink":"\#(next)"}"#),
            .answer(200, #"{"value":[],"@odata.deltaLink":"\#(delta)"}"#),
            .answer(200, #"{"value":[],"@odata.deltaLink":"\#(delta)"}"#),
        ])
        let connector = try Fixture.dataverse(transport)
        let first = try await connector.read(.everything, of: Fixture.accounts)
        #expect(first.rows.row(at: 0) == EncodedRow([.text("One"), .null, nil]))
        let last = try await connector.read(.more(next: try #require(first.next)), of: Fixture.accounts)
        let checkpoint = try #require(last.checkpoint)
        #expect(checkpoint == "deltatoken=919042%2108%2f22%2f2017%2008%3a10%3a44")
        _ = try await connector.read(.changes(since: checkpoint), of: Fixture.accounts)
        #expect(transport.requests.map(\.url) == [Self.table + "?" + Self.select, next, delta])
        let tracked = "odata.track-changes,odata.maxpagesize=5000"
        #expect(transport.requests.allSatisfy { $0.header("Prefer") == tracked })
    }

    @Test
    func `a filtered read is not tracked and has an order of its own`() async throws {
        let transport = ScriptedTransport([.answer(200, #"{"value":[]}"#)])
        let connector = try Fixture.dataverse(transport)
        let filter = RecordFilter.compare(field: "statecode", .equal, .number("0"))
        let page = try await connector.read(.matching(filter), of: Fixture.accounts)
        #expect(page.checkpoint == nil)
        #expect(
            transport.requests[0].url == Self.table + "?$filter=statecode%20eq%200&\(Self.select)&$orderby=accountid"
        )
        #expect(transport.requests[0].header("Prefer") == "odata.maxpagesize=5000")
    }

    @Test(arguments: [
        (400, #"{"error":{"code":"0x80044352","message":"Version stamp associated with the client has expired."}}"#),
        (410, ""),
    ])
    func `a token that is too old means reading anew`(status: Int, body: String) async throws {
        let connector = try Fixture.dataverse(ScriptedTransport([.answer(status, body)]))
        let error = await connectorError {
            _ = try await connector.read(.changes(since: "deltatoken=1"), of: Fixture.accounts)
        }
        #expect(error?.kind == .checkpointExpired)
    }

    @Test
    func `a table without change tracking is said to have none`() async throws {
        let connector = try Fixture.dataverse(ScriptedTransport([.answer(200, #"{"value":[]}"#)]))
        let error = await connectorError { _ = try await connector.read(.everything, of: Fixture.accounts) }
        #expect(error?.kind == .protocolViolation)
        #expect(error?.detail == "detail.noChangeTracking")
    }

    @Test(arguments: [
        (ScriptedTransport.Step.answer(404, "<html>"), ConnectorError.Kind.notFound),
        (.answer(200, "<html>", ["Content-Type": "text/html"]), .notFound), (.answer(302, ""), .notFound),
        (.fails(.addressUnknown(reason: "dns")), .notFound), (.fails(.notSent(reason: "refused")), .unreachable),
        (.answer(403, ""), .forbidden), (.answer(200, "{"), .protocolViolation),
        (.answer(500, ""), .unavailable(retryAfterSeconds: nil)), (.fails(.cancelled), .cancelled),
    ])
    func `a read that fails says why`(step: ScriptedTransport.Step, kind: ConnectorError.Kind) async throws {
        let connector = try Fixture.dataverse(ScriptedTransport([step]))
        let error = await connectorError { _ = try await connector.read(.everything, of: Fixture.accounts) }
        #expect(error?.kind == kind)
        #expect(error?.connection == "crm")
        #expect(error?.table == "accounts")
    }

    @Test
    func `a lost answer to a read is asked for once more`() async throws {
        let lost = ScriptedTransport.Step.fails(.answerLost(reason: "cut"))
        let transport = ScriptedTransport([lost, .answer(200, #"{"value":[]}"#), lost, lost])
        let connector = try Fixture.dataverse(transport)
        _ = try await connector.read(.matching(.everything), of: Fixture.accounts)
        let error = await connectorError { _ = try await connector.read(.matching(.everything), of: Fixture.accounts) }
        #expect(error?.kind == .unavailable(retryAfterSeconds: nil))
        #expect(connector.requestCount == 4)
    }

    @Test
    func `the service's waits are kept, up to a minute in all`() async throws {
        let clock = SteppingClock()
        let transport = ScriptedTransport([
            .answer(429, "", ["Retry-After": "20"]), .answer(503, ""), .answer(200, #"{"value":[]}"#),
            .answer(429, "", ["Retry-After": "45"]), .answer(429, "", ["Retry-After": "45"]),
        ])
        let connector = try Fixture.dataverse(transport, clock: clock)
        _ = try await connector.read(.matching(.everything), of: Fixture.accounts)
        #expect(clock.sleeps == [20, 2])
        let error = await connectorError { _ = try await connector.read(.matching(.everything), of: Fixture.accounts) }
        #expect(error?.kind == .unavailable(retryAfterSeconds: 45))
        #expect(clock.sleeps == [20, 2, 45])
    }

    @Test
    func `records are read by id in one batch`() async throws {
        let body = Multipart.answer([
            Multipart.part(404, #"{"error":{"code":"0x80040217","message":"account With Id = x Does Not Exist"}}"#),
            Multipart.part(200, Self.row), Multipart.part(403, #"{"error":{"code":"0x80040220","message":"no"}}"#),
        ])
        let transport = ScriptedTransport([.answer(200, body, Multipart.headers)])
        let connector = try Fixture.dataverse(transport)
        let fetched = try await connector.fetch([Fixture.two, Fixture.one, .zero], of: Fixture.accounts)
        #expect(fetched[0] == .missing)
        #expect(
            fetched[1]
                == .present(
                    ObservedRow(
                        row: EncodedRow([.text("One"), .null, nil]),
                        layout: Fixture.accounts.layout,
                        version: "W/\"7\""
                    )
                )
        )
        #expect(fetched[2] == .unknown(detail: "HTTP 403, 0x80040220: no"))
        #expect(
            transport.requests[0].text.hasPrefix(
                "--batch_couplet\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
                    + "GET /api/data/v9.2/accounts(\(Fixture.two))?\(Self.select) HTTP/1.1\r\n"
            )
        )
        #expect(transport.requests[0].text.hasSuffix("\r\n--batch_couplet--\r\n"))
    }
}

@Suite("Writing to Dataverse")
struct DataverseWriteTests {
    private let update = WritePart(
        operation: .update(id: Fixture.one, version: "W/\"7\""),
        fields: [Fixture.text("name", "New")]
    )
    private let create = WritePart(operation: .create(id: Fixture.two), fields: [Fixture.text("name", "New")])

    private func write(_ parts: [WritePart], _ body: String, _ status: Int = 200) async throws -> BatchResult {
        let transport = ScriptedTransport([.answer(status, body, Multipart.headers)])
        return try await Fixture.dataverse(transport).write(parts, to: Fixture.accounts)
    }

    @Test
    func `a token that is repeated in what is said of a write is not kept`() async throws {
        let said = #"{"error":{"code":"x","message":"you sent Bearer token-1"}}"#
        let result = try await write([update], Multipart.answer([Multipart.part(400, said)]))
        let problem = RemoteProblem(kind: .validation, code: "x", message: "you sent Bearer *******")
        #expect(result.outcomes == [.rejected(problem)])
    }

    @Test
    func `a batch carries versions, our ids and the wish for the record`() async throws {
        let body = Multipart.answer([
            Multipart.part(200, #"{"@odata.etag":"W/\"8\"","accountid":"\#(Fixture.one)","name":"New"}"#),
            Multipart.part(201, #"{"@odata.etag":"W/\"9\"","accountid":"\#(Fixture.two)","name":"New"}"#),
        ])
        let transport = ScriptedTransport([.answer(200, body, Multipart.headers)])
        let result = try await Fixture.dataverse(transport).write([update, create], to: Fixture.accounts)
        let row = EncodedRow([.text("New"), nil, nil])
        #expect(
            result.outcomes == [
                .applied(Outcome.Written(id: Fixture.one, version: "W/\"8\"", row: row)),
                .applied(Outcome.Written(id: Fixture.two, version: "W/\"9\"", row: row)),
            ]
        )
        let sent = transport.requests[0]
        #expect(sent.header("Content-Type") == "multipart/mixed; boundary=\"batch_couplet\"")
        #expect(sent.header("Prefer") == "odata.continue-on-error")
        #expect(sent.text.contains("PATCH /api/data/v9.2/accounts(\(Fixture.one))?$select=accountid,name"))
        #expect(sent.text.contains("\r\nIf-Match: W/\"7\"\r\n"))
        #expect(sent.text.contains("\r\nPrefer: return=representation\r\n"))
        #expect(sent.text.contains("\r\n\r\n{\"accountid\":\"\(Fixture.two)\",\"name\":\"New\"}\r\n"))
    }

    @Test(
        arguments: [
            (412, "", "The version of the existing record doesn't match.", false, Outcome.preconditionFailed),
            (412, "", "key", true, .rejected(RemoteProblem(kind: .duplicate, code: "HTTP 412", message: "key"))),
            (
                412, "0x80060892", "key", false,
                .rejected(RemoteProblem(kind: .duplicate, code: "0x80060892", message: "key"))
            ),
            (
                500, "0x80040333", "dup", true,
                .rejected(RemoteProblem(kind: .duplicate, code: "0x80040333", message: "dup"))
            ),
            (500, "0x80044150", "deadlock", false, .unclear(afterSeconds: nil)),
            (
                400, "0x80044331", "long", false,
                .rejected(RemoteProblem(kind: .validation, code: "0x80044331", message: "long"))
            ),
            (
                404, "", "account With Id = \(Fixture.one) Does Not Exist", false,
                .rejected(
                    RemoteProblem(
                        kind: .missing,
                        code: "HTTP 404",
                        message: "account With Id = \(Fixture.one) Does Not Exist"
                    )
                )
            ),
        ] as [(Int, String, String, Bool, Outcome)]
    )
    func `each answer to a part has its outcome`(
        status: Int,
        code: String,
        message: String,
        isCreate: Bool,
        outcome: Outcome
    ) async throws {
        let body = Multipart.answer([
            Multipart.part(status, #"{"error":{"code":"\#(code)","message":"\#(message)"}}"#)
        ])
        #expect(try await write([isCreate ? create : update], body).outcomes == [outcome])
    }

    @Test
    func `a missing record that the fields lead to is not the record itself`() async throws {
        let reference = WritePart.Field(
            field: FieldMapping.Field("_ownerid_value", .reference(table: "systemusers", property: "ownerid")),
            value: .text(Fixture.two.description)
        )
        let part = WritePart(operation: update.operation, fields: [reference])
        let message = "systemuser With Id = \(Fixture.two) Does Not Exist"
        let body = Multipart.answer([Multipart.part(404, #"{"error":{"code":"0x80040217","message":"\#(message)"}}"#)])
        let problem = RemoteProblem(kind: .validation, code: "0x80040217", message: message)
        #expect(try await write([part], body).outcomes == [.rejected(problem)])
    }

    @Test
    func `answers without a record still say what became of the write`() async throws {
        let body = Multipart.answer([Multipart.part(204, ""), Multipart.part(204, "")])
        #expect(
            try await write([update, create], body).outcomes == [
                .applied(Outcome.Written(id: Fixture.one, version: "", row: nil)),
                .applied(Outcome.Written(id: Fixture.two, version: "", row: nil)),
            ]
        )
    }

    @Test
    func `a batch that stopped leaves the rest, and an answer that was cut off says nothing of it`() async throws {
        let refused = Multipart.part(400, #"{"error":{"code":"","message":"no"}}"#)
        let stopped = try await write([update, create], Multipart.answer([refused]), 400)
        let problem = RemoteProblem(kind: .validation, code: "HTTP 400", message: "no")
        #expect(stopped.outcomes == [.rejected(problem), .notAttempted])
        let whole = Multipart.answer([Multipart.part(204, ""), Multipart.part(204, "")])
        for length in [0, 40, 200, whole.utf8.count - 30] {
            let cut = String(decoding: Array(whole.utf8)[..<length], as: UTF8.self)
            let outcomes = try await write([update, create], cut).outcomes
            #expect(outcomes[1] == .unknown, "cut at \(length)")
        }
    }

    @Test
    func `a create without an id of ours is never sent`() async throws {
        let transport = ScriptedTransport()
        let connector = try Fixture.dataverse(transport)
        let part = WritePart(operation: .create(id: nil), fields: [])
        guard case .rejected = try await connector.write([part], to: Fixture.accounts).outcomes[0] else {
            Issue.record("it was sent")
            return
        }
        #expect(transport.requests.isEmpty)
    }

    @Test
    func `a value that does not fit concerns its own part only`() async throws {
        let wrong = WritePart(
            operation: .create(id: .zero),
            fields: [WritePart.Field(field: FieldMapping.Field("revenue", .decimal), value: .text("much"))]
        )
        let outcomes = try await write([wrong, update], Multipart.answer([Multipart.part(204, "")])).outcomes
        guard case .rejected(let problem) = outcomes[0] else {
            Issue.record("it was sent")
            return
        }
        #expect(problem.kind == .validation)
        #expect(outcomes[1] == .applied(Outcome.Written(id: Fixture.one, version: "", row: nil)))
    }
}

/// Answers to batches as Dataverse writes them.
enum Multipart {
    static let headers = [
        "Content-Type": "multipart/mixed; boundary=batchresponse_01346794-f2e2-4d45-8cc2-f97e09fe8916"
    ]
    private static let boundary = "--batchresponse_01346794-f2e2-4d45-8cc2-f97e09fe8916"

    static func part(_ status: Int, _ body: String) -> String {
        "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            + "HTTP/1.1 \(status) Whatever\r\nContent-Type: application/json; odata.metadata=minimal\r\n"
            + "OData-Version: 4.0\r\n\r\n\(body)\r\n"
    }

    static func answer(_ parts: [String]) -> String {
        parts.map { boundary + "\r\n" + $0 }.joined() + boundary + "--\r\n"
    }
}
