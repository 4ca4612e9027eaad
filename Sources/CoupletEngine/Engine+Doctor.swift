import CoupletCore
import CoupletPorts

extension Engine {
    /// Looks whether everything is in order; see `ExamineSetup`.
    func examine() async throws -> FindingsView {
        var findings: [FindingsView.Finding] = []
        let (stored, mappings) = try await store.read { (try $0.connections(), try $0.mappings()) }
        for side in Side.allCases where !stored.contains(where: { $0.side == side }) {
            findings.append(
                FindingsView.Finding(
                    .connection,
                    side.rawValue,
                    .bad,
                    Message("doctor.noConnection", ["side": side.rawValue])
                )
            )
        }
        var tables: [String: [String: TableDescription]] = [:]
        for connection in stored {
            let used = MappedFeed.all(in: mappings).filter { $0.connection == connection.name }
            findings += await Examination(engine: self, connection: connection, feeds: used).findings(&tables)
            try Task.checkCancellation()
        }
        findings += try await examineStore()
        findings += try await alerting.findings()
        let stops = try await store.read { try $0.writeStops(includingConfirmed: false) }
        findings += stops.map { FindingsView.Finding(.store, "", .bad, $0.message) }
        if let obstacle = witness?.obstacle { findings.append(FindingsView.Finding(.store, "", .warning, obstacle)) }
        if mappings.isEmpty {
            findings.append(FindingsView.Finding(.mapping, "", .warning, Message("doctor.noMappings")))
        }
        for problem in MappingValidator.problems(in: mappings) {
            let name = problem.message.arguments["mapping"] ?? ""
            findings.append(FindingsView.Finding(.mapping, name, .bad, problem.message))
        }
        for mapping in mappings { findings += MappingExamination(mapping: mapping, tables: tables).findings }
        return FindingsView(findings: findings)
    }

    private func examineStore() async throws -> [FindingsView.Finding] {
        let damage = try await store.read { try $0.damage() }
        guard let first = damage.first else {
            return [FindingsView.Finding(.store, "", .good, Message("doctor.storeWhole"))]
        }
        let arguments = ["detail": first, "count": String(damage.count)]
        return [FindingsView.Finding(.store, "", .bad, Message("doctor.storeDamaged", arguments))]
    }
}

/// Looks at one connection and the tables that mappings use of it.
private struct Examination {
    let engine: Engine
    let connection: StoredConnection
    let feeds: [MappedFeed]

    /// More seconds than this between the clocks are worth a word: nothing is lost, but times mislead people.
    private static let tolerableSeconds = 120.0

    func findings(_ tables: inout [String: [String: TableDescription]]) async -> [FindingsView.Finding] {
        var findings: [FindingsView.Finding] = []
        let connector: any Connector
        do {
            connector = try await engine.connections.connector(for: connection.name)
        } catch {
            return [failure(error)]
        }
        do {
            let shapes = feeds.map { $0.shape(layout: RowLayout(number: 0, fields: $0.fields)) }
            let report = try await connector.test(tables: shapes)
            let readable = report.readableTables.joined(separator: ", ")
            findings.append(
                finding(
                    .good,
                    "connection.tested",
                    ["connection": connection.name, "name": report.name, "tables": readable]
                )
            )
            findings.append(clock(report))
        } catch {
            findings.append(failure(error))
            // A field or a table that is missing is found out below; with no answer at all nothing more is.
            guard [.notFound, .forbidden, .protocolViolation].contains(error.kind) else { return findings }
        }
        findings += await examineEnvironment()
        if feeds.isEmpty { findings.append(finding(.warning, "doctor.notMapped", ["connection": connection.name])) }
        if !connection.isEnabled {
            findings.append(finding(.warning, "doctor.onlyReads", ["connection": connection.name]))
        }
        var known: [String: TableDescription] = [:]
        for (index, feed) in feeds.enumerated() {
            do {
                if known[feed.table] == nil {
                    let later = feeds[(index + 1)...].map(\.table)
                    for found in try await connector.describe(feed.table, with: later) { known[found.table] = found }
                }
                guard let description = known[feed.table] else { continue }
                tables[connection.name, default: [:]][feed.table] = description
                if description.tracksChanges == false {
                    let arguments = ["connection": connection.name, "table": feed.table]
                    findings.append(finding(.bad, "doctor.noChangeTracking", arguments))
                }
            } catch {
                findings.append(failure(error))
            }
        }
        return findings
    }

    /// Whether it is the environment that was enabled, and what another integration has left there.
    private func examineEnvironment() async -> [FindingsView.Finding] {
        do {
            let present = try await engine.connections.examined(connection, engine.clock.now)
            var findings: [FindingsView.Finding] = []
            if let before = connection.environment, let now = present.environment, before != now {
                let arguments = ["connection": connection.name, "before": before, "now": now]
                findings.append(finding(.bad, "connection.otherEnvironment", arguments))
            }
            guard let other = present.otherIntegration else { return findings }
            let isOff = feeds.allSatisfy { other.isOff(for: $0.table) }
            if !isOff {
                findings.append(finding(.warning, "doctor.otherIntegration", ["connection": connection.name]))
            }
            return findings
                + other.traces.map {
                    FindingsView.Finding(.connection, connection.name, isOff ? .good : .warning, $0)
                }
        } catch {
            return [failure(error)]
        }
    }

    private func clock(_ report: ConnectionReport) -> FindingsView.Finding {
        guard let seconds = report.clockAheadSeconds else {
            return finding(.good, "doctor.noClock", ["connection": connection.name])
        }
        let whole = Int(seconds.rounded())
        let arguments = ["connection": connection.name, "seconds": String(whole)]
        let isFar = abs(seconds) > Self.tolerableSeconds
        return finding(isFar ? .warning : .good, isFar ? "doctor.clockFar" : "doctor.clockNear", arguments)
    }

    private func finding(
        _ level: FindingsView.Level,
        _ code: String,
        _ arguments: [String: String]
    ) -> FindingsView.Finding {
        FindingsView.Finding(.connection, connection.name, level, Message(code, arguments))
    }

    private func failure(_ error: any Error) -> FindingsView.Finding {
        FindingsView.Finding(.connection, connection.name, .bad, Message(of: error))
    }
}
