import CoupletCore
import CoupletPorts
import CoupletTestSupport
import Testing

@Suite("Reading Business Central")
struct BusinessCentralReadTests {
    private static let root = "https://bc.example/v2.0/Production/api/v2.0"
    private static let table = root + "/companies(\(Fixture.company))/customers"

    private static func page(_ rest: String = "") -> String {
        #"{"value":[{"@odata.etag":"W/\"a\"","id":"\#(Fixture.one)","number":"C1","displayName":"One","blocked":" "}]\#(rest)}"#
    }

    @Test
    func `everything is read page by page, and the checkpoint is the server's time at the first page`() async throws {
        let next = Self.table + "?aid=FIN&$skiptoken=x%20y"
        let transport = ScriptedTransport([
            .answer(200, Self.page(#","@odata.nextLink":"\#(next)""#), ["Date": "Mon, 23 Nov 2026 20:00:00 GMT"]),
            .answer(200, Self.page(), ["Date": "Mon, 23 Nov 2026 21:00:00 GMT"]),
        ])
        let connector = try Fixture.businessCentral(transport)
        let first = try await connector.read(.everything, of: Fixture.customers)
        #expect(first.checkpoint == nil)
        #expect(first.rows.row(at: 0) == EncodedRow([.text("C1"), .text("One"), .text("_x0020_")]))
        let second = try await connector.read(.more(next: try #require(first.next)), of: Fixture.customers)
        #expect(second.next == nil)
        #expect(second.checkpoint == "time=2026-11-23T19:59:00.000Z;overlap=60.0")
        #expect(
            transport.requests.map(\.url) == [
                Self.table + "?$select=id,number,displayName,blocked&$orderby=id", next,
            ]
        )
        #expect(transport.requests.allSatisfy { $0.header("Prefer") == "odata.maxpagesize=20000" })
        #expect(transport.requests.allSatisfy { $0.header("Authorization") == "Bearer token-1" })
        #expect(connector.requestCount == 2)
    }

    @Test
    func `changes are asked for by the checkpoint's time`() async throws {
        let transport = ScriptedTransport([.answer(200, #"{"value":[]}"#)])
        let connector = try Fixture.businessCentral(transport)
        let checkpoint = "time=2026-11-23T19:59:00.000Z;overlap=60.0"
        let page = try await connector.read(.changes(since: checkpoint), of: Fixture.customers)
        #expect(page.checkpoint == checkpoint)
        let filter = "$filter=lastModifiedDateTime%20gt%202026-11-23T19:59:00.000Z"
        #expect(transport.requests[0].url.hasPrefix(Self.table + "?" + filter + "&$select="))
    }

    @Test
    func `a filter is pushed down as far as the service can evaluate it, and gives no checkpoint`() async throws {
        let transport = ScriptedTransport([.answer(200, #"{"value":[]}"#)])
        let connector = try Fixture.businessCentral(transport)
        let filter = RecordFilter.compare(field: "blocked", .equal, .text("_x0020_"))
        let page = try await connector.read(.matching(filter), of: Fixture.customers)
        #expect(page.checkpoint == nil)
        #expect(transport.requests[0].url.contains("$filter=blocked%20eq%20'_x0020_'&"))
    }

    @Test
    func `a checkpoint of another kind means reading anew`() async throws {
        let connector = try Fixture.businessCentral(ScriptedTransport())
        let error = await connectorError {
            _ = try await connector.read(.changes(since: "deltatoken=1"), of: Fixture.customers)
        }
        #expect(error?.kind == .checkpointExpired)
    }

    @Test
    func `a link to another host is not followed`() async throws {
        let transport = ScriptedTransport()
        let connector = try Fixture.businessCentral(transport)
        let error = await connectorError {
            _ = try await connector.read(.more(next: "- https://evil.example/x"), of: Fixture.customers)
        }
        #expect(error?.kind == .protocolViolation)
        #expect(transport.requests.isEmpty)
    }

    @Test
    func `records are read by id, and only a clear answer says that one is missing`() async throws {
        let body = """
            {"responses":[
             {"id":"2","status":404,"body":{"error":{"code":"BadRequest_ResourceNotFound",
              "message":"Resource not found for the segment 'customers'."}}},
             {"id":"1","status":404,"body":{"error":{"code":"Internal_RecordNotFound","message":"does not exist"}}},
             {"id":"0","status":200,"body":{"@odata.etag":"W/\\"a\\"","id":"\(Fixture.one)","number":"C1",
              "displayName":"One","blocked":"Ship"}}]}
            """
        let transport = ScriptedTransport([.answer(200, body)])
        let connector = try Fixture.businessCentral(transport)
        let fetched = try await connector.fetch([Fixture.one, Fixture.two, .zero, .zero], of: Fixture.customers)
        #expect(
            fetched[0]
                == .present(
                    ObservedRow(
                        row: EncodedRow([.text("C1"), .text("One"), .text("Ship")]),
                        layout: Fixture.customers.layout,
                        version: "W/\"a\""
                    )
                )
        )
        #expect(fetched[1] == .missing)
        guard case .unknown = fetched[2], case .putOff = fetched[3] else {
            Issue.record("a wrong table or no answer must not mean a missing record")
            return
        }
        #expect(transport.requests[0].url == Self.root + "/$batch")
        #expect(transport.requests[0].header("Accept") == "application/json")
    }

    @Test
    func `a lookup by values takes only records that have them`() async throws {
        let transport = ScriptedTransport([
            .answer(200, Self.page()), .answer(200, Self.page()),
        ])
        let connector = try Fixture.businessCentral(transport)
        let since = try #require(Instant(iso8601: "2026-11-23T19:00:00Z"))
        let found = try await connector.find(
            [Fixture.text("displayName", "ONE ")],
            changedSince: since,
            of: Fixture.customers
        )
        #expect(found.ids == [Fixture.one])
        #expect(found.version(at: 0) == "W/\"a\"")
        #expect(
            transport.requests[0].url.contains(
                "$filter=displayName%20eq%20'ONE%20'%20and%20lastModifiedDateTime%20ge%202026-11-23T19:00:00.000Z"
            )
        )
        let others = try await connector.find(
            [Fixture.text("displayName", "O%")],
            changedSince: nil,
            of: Fixture.customers
        )
        #expect(others.count == 0)
    }
}

@Suite("Writing to Business Central")
struct BusinessCentralWriteTests {
    private func update(_ id: RecordID, version: String = "W/\"a\"") -> WritePart {
        WritePart(operation: .update(id: id, version: version), fields: [Fixture.text("displayName", "New")])
    }

    private let create = WritePart(operation: .create(id: nil), fields: [Fixture.text("displayName", "New")])

    private func write(
        _ parts: [WritePart],
        _ steps: ScriptedTransport.Step...
    ) async throws -> (BatchResult, ScriptedTransport) {
        let transport = ScriptedTransport(steps)
        let connector = try Fixture.businessCentral(transport)
        return (try await connector.write(parts, to: Fixture.customers), transport)
    }

    @Test
    func `a batch carries the version of each change and answers with the records`() async throws {
        let body = """
            {"responses":[
             {"id":"0","status":200,"body":{"@odata.etag":"W/\\"b\\"","id":"\(Fixture.one)","number":"C1",
              "displayName":"New","blocked":"_x0020_"}},
             {"id":"1","status":201,"body":{"@odata.etag":"W/\\"c\\"","id":"\(Fixture.two)","number":"C2",
              "displayName":"New","blocked":"_x0020_"}}]}
            """
        let (result, transport) = try await write([update(Fixture.one), create], .answer(200, body))
        let row = EncodedRow([.text("C1"), .text("New"), .text("_x0020_")])
        #expect(result.outcomes[0] == .applied(Outcome.Written(id: Fixture.one, version: "W/\"b\"", row: row)))
        guard case .applied(let created) = result.outcomes[1] else {
            Issue.record("the create was not applied")
            return
        }
        #expect(created.id == Fixture.two)
        let select = "?$select=id,number,displayName,blocked"
        let path = "companies(\(Fixture.company))/customers"
        #expect(
            transport.requests[0].text == """
                {"requests":[{"id":"0","method":"PATCH","url":"\(path)(\(Fixture.one))\(select)","headers":\
                {"Content-Type":"application/json","If-Match":"W/\\"a\\""},"body":{"displayName":"New"}},\
                {"id":"1","method":"POST","url":"\(path)\(select)","headers":{"Content-Type":"application/json"},\
                "body":{"displayName":"New"}}]}
                """
        )
        #expect(transport.requests[0].header("Prefer") == "odata.continue-on-error")
    }

    struct Classified: Sendable, CustomTestStringConvertible {
        var status: Int
        var code = "X"
        var outcome: Outcome
        var isCreate = false
        var testDescription: String { "\(status) \(code) \(isCreate ? "create" : "update")" }
    }

    private static func rejected(_ kind: RemoteProblem.Kind, _ code: String = "X") -> Outcome {
        .rejected(RemoteProblem(kind: kind, code: code, message: "why"))
    }

    static let classified: [Classified] = [
        Classified(status: 409, code: "Request_EntityChanged", outcome: .preconditionFailed),
        Classified(status: 412, outcome: .preconditionFailed),
        Classified(status: 404, outcome: rejected(.missing)),
        Classified(status: 404, outcome: rejected(.validation), isCreate: true),
        Classified(status: 400, outcome: rejected(.validation)),
        Classified(status: 400, code: "BadRequest_InvalidToken", outcome: .preconditionFailed),
        Classified(
            status: 400,
            code: "Internal_EntityWithSameKeyExists",
            outcome: rejected(.duplicate, "Internal_EntityWithSameKeyExists"),
            isCreate: true
        ),
        Classified(status: 403, outcome: rejected(.forbidden)),
        Classified(status: 429, outcome: .retryable(afterSeconds: 3)),
        Classified(status: 503, outcome: .unclear(afterSeconds: 3)),
        Classified(status: 408, outcome: .unclear(afterSeconds: 3)),
        Classified(status: 504, outcome: .unclear(afterSeconds: 3)),
        Classified(status: 504, outcome: .unknown, isCreate: true),
        Classified(status: 405, outcome: rejected(.other)),
    ]

    @Test(arguments: classified)
    func `each answer to a part has its outcome`(example: Classified) async throws {
        let body = """
            {"responses":[{"id":"0","status":\(example.status),"headers":{"retry-after":"3"},
             "body":{"error":{"code":"\(example.code)","message":"why"}}}]}
            """
        let (result, _) = try await write([example.isCreate ? create : update(Fixture.one)], .answer(200, body))
        #expect(result.outcomes == [example.outcome])
    }

    @Test
    func `what the service did not get to was not attempted`() async throws {
        let body = #"{"responses":[{"id":"0","status":204}]}"#
        let (result, _) = try await write([update(Fixture.one), update(Fixture.two)], .answer(200, body))
        #expect(
            result.outcomes == [
                .applied(Outcome.Written(id: Fixture.one, version: "", row: nil)), .notAttempted,
            ]
        )
    }

    @Test
    func `a change without a version and a create with an id are never sent`() async throws {
        let withID = WritePart(operation: .create(id: Fixture.two), fields: [])
        let (result, transport) = try await write([update(Fixture.one, version: ""), withID])
        #expect(result.outcomes[0] == .preconditionFailed)
        guard case .rejected = result.outcomes[1] else {
            Issue.record("the id would have been lost")
            return
        }
        #expect(transport.requests.isEmpty)
    }

    @Test(arguments: [
        (ScriptedTransport.Step.fails(.answerLost(reason: "cut")), Outcome.unknown, false),
        (.fails(.cancelled), .unknown, false), (.answer(200, #"{"responses":[{"id""#), .unknown, false),
        (.answer(504, ""), .unknown, false), (.answer(500, ""), .unknown, false),
        (.answer(429, "", ["Retry-After": "4"]), .retryable(afterSeconds: 4), false),
        (.answer(503, ""), .unclear(afterSeconds: nil), false),
        (.answer(413, ""), .retryable(afterSeconds: nil), true),
    ])
    func `an answer to the whole batch holds for every part`(
        step: ScriptedTransport.Step,
        outcome: Outcome,
        wasTooLarge: Bool
    ) async throws {
        let (result, transport) = try await write([update(Fixture.one), create], step)
        #expect(result.outcomes == [outcome, outcome])
        #expect(result.wasTooLarge == wasTooLarge)
        #expect(transport.requests.count == 1)
    }

    @Test
    func `a refused token did nothing, so the batch is sent again with a new one`() async throws {
        let (result, transport) = try await write(
            [update(Fixture.one)],
            .answer(401, ""),
            .answer(200, #"{"responses":[{"id":"0","status":204}]}"#)
        )
        #expect(result.outcomes.count == 1)
        #expect(transport.requests.map { $0.header("Authorization") } == ["Bearer token-1", "Bearer token-2"])
    }

    @Test(arguments: [
        (ScriptedTransport.Step.fails(.notSent(reason: "refused")), ConnectorError.Kind.unreachable),
        (.fails(.addressUnknown(reason: "dns")), .notFound), (.answer(404, "<html>"), .notFound),
        (.answer(403, ""), .forbidden),
    ])
    func `what certainly was not done is thrown`(step: ScriptedTransport.Step, kind: ConnectorError.Kind) async throws {
        let transport = ScriptedTransport([step])
        let connector = try Fixture.businessCentral(transport)
        let error = await connectorError { _ = try await connector.write([create], to: Fixture.customers) }
        #expect(error?.kind == kind)
    }

    @Test
    func `credentials refused twice are thrown`() async throws {
        let connector = try Fixture.businessCentral(ScriptedTransport([.answer(401, ""), .answer(401, "")]))
        let error = await connectorError { _ = try await connector.write([create], to: Fixture.customers) }
        #expect(error?.kind == .unauthorized)
    }
}
