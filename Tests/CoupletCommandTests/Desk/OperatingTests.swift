import CoupletCore
import CoupletPorts
import CoupletTexts
import Foundation
import Testing

@testable import CoupletEngine
@testable import CoupletServer

@Suite("What watches over a server is told", .timeLimit(.minutes(10)))
struct OperatingTests {
    @Test("whether it lives and is ready is told to anybody, with reasons in the reader's language")
    func health() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        let live = try await desk.send("GET", "/health/live")
        #expect(live.status == 200 && live.json["live"] == .boolean(true))
        let blank = try await desk.send("GET", "/health/ready", ["Accept-Language": "sv"])
        #expect(blank.status == 503 && blank.json["ready"] == .boolean(false), "\(blank.text)")
        let reasons = blank.json["reasons"].elements
        #expect(reasons.map { $0["code"].text } == ["health.noConnection"])
        #expect(reasons.first?["detail"].text == "Ingen anslutning är aktiverad, så inget skrivs.")
        #expect(reasons.first?["remedy"].text?.contains("couplet connection enable") == true)
        try await desk.world.connect()
        let ready = try await desk.send("GET", "/health/ready")
        #expect(ready.status == 200 && ready.json["ready"] == .boolean(true), "\(ready.text)")
        #expect(ready.json["reasons"] == .array([]))
        #expect(ready.field("Cache-Control") == "no-store")
    }

    /// The numbers of an answer, by name and labels.
    private static func numbers(_ text: String) -> [String: Double] {
        var numbers: [String: Double] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let blank = line.lastIndex(of: " ") else { continue }
            numbers[String(line[..<blank])] = Double(line[line.index(after: blank)...])
        }
        return numbers
    }

    @Test("the numbers tell what was done and what is open, to whoever may look and of what they may see")
    func metrics() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        try await desk.world.connect()
        #expect(try await desk.send("GET", "/metrics").status == 401)
        let (all, some) = (
            try await desk.token("vera", "viewer"), try await desk.token("sven", "viewer", mappings: ["SALESPEOPLE"])
        )
        let before = Self.numbers(try await desk.send("GET", "/metrics", token: all).text)
        #expect(before["couplet_mapping_coupled_records{mapping=\"CUSTOMER\"}"] == 0)
        #expect(before["couplet_mapping_last_job_age_seconds{mapping=\"CUSTOMER\"}"] == nil)
        try await desk.world.synchronizeFirst()

        let answer = try await desk.send("GET", "/metrics", token: all)
        #expect(answer.status == 200 && answer.field("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
        let after = Self.numbers(answer.text)
        let coupled = try await desk.world.json("list", "CUSTOMER", "--side", "erp", "--coupled", "yes")["records"]
        #expect(after["couplet_mapping_coupled_records{mapping=\"CUSTOMER\"}"] == Double(coupled.elements.count))
        #expect(coupled.elements.count > 5)
        let to = "mapping=\"CUSTOMER\",direction=\"toIntegrationTable\""
        let counts = try await desk.world.json("job", "list")["jobs"].elements
            .filter { $0["mapping"].text == "CUSTOMER" && $0["direction"].text == "toIntegrationTable" }
        let inserted = counts.reduce(0) { $0 + ($1["counts"]["inserted"].integer ?? 0) }
        #expect(inserted > 0 && after["couplet_records_total{\(to),outcome=\"inserted\"}"] == Double(inserted))
        let jobs = after.filter { $0.key.hasPrefix("couplet_jobs_total{\(to)") }.values.reduce(0, +)
        #expect(jobs == Double(counts.count))
        #expect(after["couplet_mapping_last_job_age_seconds{mapping=\"CUSTOMER\"}"].map { $0 < 600 } == true)
        let questions = try await desk.world.json("question", "list")["questions"].elements.count
        let asked = after.filter { $0.key.contains("kind=\"questions\"") || $0.key.contains("kind=\"unconfirmed\"") }
        #expect(asked.values.reduce(0, +) == Double(questions))
        let sent = after["couplet_requests_total{connection=\"crm\",side=\"crm\"}"] ?? 0
        #expect(sent > (before["couplet_requests_total{connection=\"crm\",side=\"crm\"}"] ?? 0))
        #expect(after["couplet_run_at_work"] == 0 && after["couplet_writing_stopped"] == 0)
        #expect(after["couplet_connection_enabled{connection=\"erp\",side=\"erp\"}"] == 1)

        let own = Self.numbers(try await desk.send("GET", "/metrics", token: some).text)
        #expect(own.keys.contains { $0.contains("SALESPEOPLE") } && !own.keys.contains { $0.contains("CUSTOMER") })
        let accept = ["Accept": "application/openmetrics-text;version=1.0.0,text/plain;q=0.5"]
        let open = try await desk.send("GET", "/metrics", token: all, accept)
        #expect(open.field("Content-Type")?.hasPrefix("application/openmetrics-text; version=1.0.0") == true)
        #expect(open.text.hasSuffix("# EOF\n") && open.text.contains("# TYPE couplet_jobs counter\n"))
        for secret in ["Secret", "secret", "Bearer", "password"] { #expect(!answer.text.contains(secret)) }
    }

    @Test("dashboard, alerts and their description know the numbers that there are, and no others")
    func dashboard() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/settings.yaml"
        try Data("metrics: open\n".utf8).write(to: URL(filePath: file))
        let desk = try await DeskWorld(["--records", "20"], serve: ["--config", file])
        let answer = try await desk.send("GET", "/metrics")
        #expect(answer.status == 200, "the settings let everybody read it")
        let known = Set(answer.text.matches(of: #/# TYPE (couplet_[a-z_]+) /#).map { String($0.1) })
        #expect(known.count > 10)
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        func used(_ path: String) throws -> Set<String> {
            let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
            return Set(text.matches(of: /couplet_[a-z_]+/).map { String($0.0) })
        }
        #expect(try used("ops/alerts.yaml").subtracting(known) == [])
        #expect(try used("ops/grafana-dashboard.json").subtracting(known) == [])
        #expect(try used("ops/grafana-dashboard.json").count > 10)
        #expect(try used("docs/operate.md") == known)
        let board = try Data(contentsOf: root.appending(path: "ops/grafana-dashboard.json"))
        let document = try JSONDecoder().decode(JSON.self, from: board)
        #expect(document["panels"].elements.allSatisfy { !$0["targets"].elements.isEmpty || $0["type"].text == "row" })
    }

    @Test("one name leads from a request through the log to the run it began and to the audit log")
    func requestNames() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/settings.yaml"
        try Data("logFormat: json\n".utf8).write(to: URL(filePath: file))
        let desk = try await DeskWorld(["--records", "20"], serve: ["--config", file], log: "info")
        try await desk.world.connect()
        let token = try await desk.token("anna", "administrator")
        let made = try await desk.send("GET", "/api/v1/status", token: token).field("X-Request-Id")
        #expect(made?.isEmpty == false)
        #expect(try await desk.send("GET", "/nowhere").field("X-Request-Id") != made)
        let unfit = try await desk.send("GET", "/health/live", ["X-Request-Id": "a b\"c"])
        #expect(unfit.field("X-Request-Id")?.contains(" ") == false)

        let path = "/api/v1/mappings/SALESPEOPLE/match"
        let answer = try await desk.send("POST", path, token: token, body: "{}", ["X-Request-Id": "click-4711"])
        #expect(answer.status == 200 && answer.field("X-Request-Id") == "click-4711", "\(answer.text)")
        let run = try #require(answer.json["run"].integer)
        let line = try #require(await desk.log.line(containing: "A run began"))
        let began = try JSONDecoder().decode(JSON.self, from: Data(line.utf8))
        #expect(began["request"].text == "click-4711" && began["run"].text == String(run), "\(line)")
        #expect(began["level"].text == "info" && began["startedBy"].text == "anna")
        #expect(began["time"].text?.hasSuffix("Z") == true)
        let end = try #require(await desk.log.line(containing: "A run ended"))
        #expect(end.contains("\"request\":\"click-4711\""))
        let answered = try #require(await desk.log.line(containing: "mappings/{mapping}/match"))
        #expect(answered.contains("\"status\":\"200\"") && answered.contains("click-4711"))
        let audited = try await desk.world.json("audit", "list", "--event", "run.begun")["entries"].elements
        #expect(audited.contains { $0["details"]["request"].text == "click-4711" }, "\(audited)")
        for line in desk.log.text.split(separator: "\n") {
            #expect(throws: Never.self, "\(line)") { try JSONDecoder().decode(JSON.self, from: Data(line.utf8)) }
        }
    }
}

@Suite("Numbers as text")
struct MetricsTextTests {
    private static func view() -> MetricsView {
        var notifications = NotificationCounts()
        notifications.received = 5
        notifications.dropped = ["unreadable": 2]
        return MetricsView(
            at: Instant(milliseconds: 90_500),
            startedAt: Instant(milliseconds: 1500),
            mappings: [],
            connections: [],
            totals: [RunMeter.Line(mapping: "A\"\\\n", direction: .bidirectional): RunMeter.Totals()],
            unread: [(Wakeups.Table(connection: "erp", table: "customers"), 3, true)],
            subscriptions: [(Wakeups.Table(connection: "erp", table: "customers"), true)],
            notifications: notifications,
            alerts: [.planHeld: 2],
            recipients: [MetricsView.Recipient(name: "office", delivered: 3, failed: 1, isFailing: true)],
            isAtWork: true,
            isStopped: false,
            gotOnAt: Instant(milliseconds: 60_250)
        )
    }

    @Test func `labels are escaped, counters end as both forms want it, and numbers keep their digits`() {
        let text = MetricsText(Self.view(), DeskWords(.english)) { _ in true }
        let plain = text.text(isOpenMetrics: false)
        #expect(plain.contains("# TYPE couplet_table_read_failures_total counter\n"))
        #expect(plain.contains("couplet_table_read_failures_total{connection=\"erp\",table=\"customers\"} 3\n"))
        #expect(plain.contains("couplet_scheduler_still_seconds 30.25\n"))
        #expect(plain.contains("couplet_alerts{kind=\"planHeld\"} 2\n"))
        #expect(plain.contains("couplet_alert_messages_total{recipient=\"office\",outcome=\"failed\"} 1\n"))
        #expect(plain.contains("couplet_alert_undelivered{recipient=\"office\"} 1\n"))
        #expect(plain.contains("couplet_subscription_living{connection=\"erp\",table=\"customers\"} 1\n"))
        for (outcome, count) in [("received", 5), ("putOff", 0), ("unreadable", 2), ("tooLarge", 0)] {
            #expect(plain.contains("couplet_notifications_total{outcome=\"\(outcome)\"} \(count)\n"))
        }
        #expect(plain.contains("{mapping=\"A\\\"\\\\\\n\",direction=\"bidirectional\",status=\"finished\"} 0\n"))
        #expect(!plain.contains("EOF"))
        let open = text.text(isOpenMetrics: true)
        #expect(open.contains("# TYPE couplet_table_read_failures counter\ncouplet_table_read_failures_total{"))
        #expect(
            MetricsText(Self.view(), DeskWords(.english)) { _ in false }.text(isOpenMetrics: false).contains("{mapping")
                == false
        )
    }
}

@Suite("Names of requests")
struct RequestNameTests {
    @Test(arguments: ["a", "8f14e45f-ceea-467f", "A.b_9", String(repeating: "x", count: 64)])
    func `a name that can stand in a log is kept`(_ name: String) { #expect(RequestNames.accepted(name) == name) }

    @Test(arguments: ["", "a b", "a\"", "å", "a\nb", "{}", String(repeating: "x", count: 65)])
    func `any other is not`(_ name: String) { #expect(RequestNames.accepted(name) == nil) }
}
