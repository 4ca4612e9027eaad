import CoupletCore
import CoupletEngine
import CoupletPorts
import HTTPTypes

/// Numbers in the text form that Prometheus and others read: OpenMetrics 1.0 where that is asked for, else the older one.
struct MetricsText {
    /// Numbers of one kind.
    struct Family {
        /// What its numbers are.
        enum Kind: String {
            /// They only grow, as long as the process lives.
            case counter
            /// They are as they are now.
            case gauge
        }

        /// The name; of a counter without `_total`.
        var name: String
        var kind: Kind
        /// What they count, in words.
        var help: String
        var samples: [(labels: [(name: String, value: String)], value: Double)]

        /// The name that the numbers themselves have.
        var sampleName: String { kind == .counter ? name + "_total" : name }
    }

    let families: [Family]

    /// Makes the numbers of what somebody may see.
    /// - Parameters:
    ///   - view: How the work stands.
    ///   - words: Says what the numbers are.
    ///   - sees: Whether the reader may see a mapping.
    init(_ view: MetricsView, _ words: DeskWords, sees: (String) -> Bool) {
        let lines = view.totals.filter { sees($0.key.mapping) }
            .sorted { ($0.key.mapping, $0.key.direction.rawValue) < ($1.key.mapping, $1.key.direction.rawValue) }
        func family(_ name: String, _ kind: Family.Kind, _ samples: [([(String, String)], Double)]) -> Family {
            Family(
                name: "couplet_" + name,
                kind: kind,
                help: words.text("metric." + name),
                samples: samples.map { (labels: $0.0.map { (name: $0.0, value: $0.1) }, value: $0.1) }
            )
        }
        let jobs = lines.flatMap { line, totals in
            JobStatus.allCases.filter { $0 != .inProcess }.map { status in
                (Self.labels(line) + [("status", status.rawValue)], Double(totals.jobs[status] ?? 0))
            }
        }
        let records = lines.flatMap { line, totals in
            totals.records.sorted { $0.key < $1.key }.map { outcome, count in
                (Self.labels(line) + [("outcome", outcome)], Double(count))
            }
        }
        let requests = view.connections.map { connection in
            ([("connection", connection.name), ("side", connection.side.rawValue)], Double(connection.requests))
        }
        let enabled = view.connections.map { connection in
            (
                [("connection", connection.name), ("side", connection.side.rawValue)],
                connection.isEnabled ? 1.0 : 0
            )
        }
        let failures = view.unread.map { (Self.labels($0.table), Double($0.count)) }
        let failing = view.unread.map { (Self.labels($0.table), $0.isFailing ? 1.0 : 0) }
        let living = view.subscriptions.map { (Self.labels($0.table), $0.isLiving ? 1.0 : 0) }
        families =
            [
                family("jobs", .counter, jobs), family("records", .counter, records),
                family("requests", .counter, requests), family("connection_enabled", .gauge, enabled),
                family("table_read_failures", .counter, failures), family("table_unread", .gauge, failing),
                family("subscription_living", .gauge, living),
                family("notifications", .counter, Self.samples(view.notifications)),
                family(
                    "alerts",
                    .gauge,
                    AlertKind.allCases.map { ([("kind", $0.rawValue)], Double(view.alerts[$0] ?? 0)) }
                ),
                family("alert_messages", .counter, Self.samples(view.recipients)),
                family(
                    "alert_undelivered",
                    .gauge,
                    view.recipients.map { ([("recipient", $0.name)], $0.isFailing ? 1 : 0) }
                ),
                family("run_at_work", .gauge, [([], view.isAtWork ? 1 : 0)]),
                family("writing_stopped", .gauge, [([], view.isStopped ? 1 : 0)]),
                family("start_time_seconds", .gauge, [([], Double(view.startedAt.milliseconds) / 1000)]),
                family(
                    "scheduler_still_seconds",
                    .gauge,
                    view.gotOnAt.map { [([], $0.seconds(until: view.at))] } ?? []
                ),
            ] + Self.mappings(view, sees).map { family($0.name, .gauge, $0.samples) }
    }

    /// The numbers of each mapping.
    private static func mappings(
        _ view: MetricsView,
        _ sees: (String) -> Bool
    ) -> [(name: String, samples: [([(String, String)], Double)])] {
        let seen = view.mappings.filter { sees($0.name) }
        func each(_ value: (MetricsView.Mapping) -> Double?) -> [([(String, String)], Double)] {
            seen.compactMap { mapping in value(mapping).map { ([("mapping", mapping.name)], $0) } }
        }
        let open = seen.flatMap { mapping in
            mapping.open.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, count in
                ([("mapping", mapping.name), ("kind", kind.rawValue)], Double(count))
            }
        }
        return [
            ("mapping_paused", each { $0.isPaused ? 1 : 0 }),
            ("mapping_coupled_records", each { Double($0.coupled) }),
            ("mapping_pending_records", each { Double($0.pending) }),
            ("mapping_last_job_age_seconds", each { $0.lastJobEndedAt.map { max(0, $0.seconds(until: view.at)) } }),
            ("open_items", open),
        ]
    }

    /// What became of what came to the notification addresses, a number of each kind from the beginning.
    private static func samples(_ counts: NotificationCounts) -> [([(String, String)], Double)] {
        let dropped = DroppedNotification.allCases.map { ($0.rawValue, counts.dropped[$0.rawValue] ?? 0) }
        return ([("received", counts.received), ("putOff", counts.putOff)] + dropped).map { outcome, count in
            ([("outcome", outcome)], Double(count))
        }
    }

    /// What became of attempts to tell somebody something.
    private static func samples(_ recipients: [MetricsView.Recipient]) -> [([(String, String)], Double)] {
        recipients.flatMap { recipient in
            [("delivered", recipient.delivered), ("failed", recipient.failed)].map { outcome, count in
                ([("recipient", recipient.name), ("outcome", outcome)], Double(count))
            }
        }
    }

    private static func labels(_ line: RunMeter.Line) -> [(String, String)] {
        [("mapping", line.mapping), ("direction", line.direction.rawValue)]
    }

    private static func labels(_ table: Wakeups.Table) -> [(String, String)] {
        [("connection", table.connection), ("table", table.table)]
    }

    /// The text.
    /// - Parameter isOpenMetrics: Whether in the form of OpenMetrics.
    /// - Returns: Lines, the last with its end too.
    func text(isOpenMetrics: Bool) -> String {
        var lines: [String] = []
        for family in families {
            let name = isOpenMetrics ? family.name : family.sampleName
            lines.append("# HELP \(name) \(Self.escaped(family.help, quotes: isOpenMetrics))")
            lines.append("# TYPE \(name) \(family.kind.rawValue)")
            for (labels, value) in family.samples {
                let list = labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }.joined(
                    separator: ","
                )
                lines.append(family.sampleName + (list.isEmpty ? "" : "{\(list)}") + " " + Self.number(value))
            }
        }
        if isOpenMetrics { lines.append("# EOF") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What the two forms are called.
    static func contentType(isOpenMetrics: Bool) -> String {
        isOpenMetrics
            ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8"
    }

    private static func number(_ value: Double) -> String {
        Int64(exactly: value).map { String($0) } ?? String(value)
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
