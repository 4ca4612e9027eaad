import CoupletCore
import CoupletPorts

/// Outcomes that are told wrongly.
extension Mutant {
    static let outcomes: [Mutant] = [
        .connector("answers of a batch misaligned by one") { connector in
            relay(connector) { _, outcomes in Array(outcomes.dropFirst() + outcomes.prefix(1)) }
        },
        .connector("lost create sent again without asking") { connector in
            var relay = ConnectorRelay(connector)
            relay.written = { parts, result, shape, connector in
                await Self.retried(parts, result, shape, connector)
            }
            return relay
        },
        .connector("lost answer taken for a refusal") { connector in
            relay(connector) { _, outcomes in
                outcomes.map { if case .unknown = $0 { .retryable(afterSeconds: nil) } else { $0 } }
            }
        },
        .connector("lost change taken for done") { connector in
            relay(connector) { parts, outcomes in
                zip(parts, outcomes).map { part, outcome in
                    guard case .unknown = outcome, case .update(let id, let version) = part.operation else {
                        return outcome
                    }
                    return .applied(Outcome.Written(id: id, version: version, row: nil))
                }
            }
        },
        .connector("failed precondition taken for done") { connector in
            relay(connector) { parts, outcomes in
                zip(parts, outcomes).map { part, outcome in
                    guard case .preconditionFailed = outcome, case .update(let id, let version) = part.operation else {
                        return outcome
                    }
                    return .applied(Outcome.Written(id: id, version: version, row: nil))
                }
            }
        },
        .connector("rest of a stopped batch taken for done") { connector in
            relay(connector) { parts, outcomes in
                zip(parts, outcomes).map { part, outcome in
                    guard case .notAttempted = outcome, case .update(let id, let version) = part.operation else {
                        return outcome
                    }
                    return .applied(Outcome.Written(id: id, version: version, row: nil))
                }
            }
        },
    ]

    private static func relay(
        _ connector: any Connector,
        _ change: @escaping @Sendable ([WritePart], [Outcome]) -> [Outcome]
    ) -> any Connector {
        var relay = ConnectorRelay(connector)
        relay.written = { parts, result, _, _ in
            var changed = result
            changed.outcomes = change(parts, result.outcomes)
            return changed
        }
        return relay
    }

    private static func retried(
        _ parts: [WritePart],
        _ result: BatchResult,
        _ shape: TableShape,
        _ connector: any Connector
    ) async -> BatchResult {
        var changed = result
        for (index, part) in parts.enumerated() where index < result.outcomes.count {
            guard case .unknown = result.outcomes[index], case .create(nil) = part.operation,
                let again = try? await connector.write([part], to: shape).outcomes.first
            else { continue }
            changed.outcomes[index] = again
        }
        return changed
    }
}
