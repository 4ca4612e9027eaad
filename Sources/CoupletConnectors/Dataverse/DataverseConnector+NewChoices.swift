import CoupletCore
import CoupletPorts
import Foundation

extension DataverseConnector {
    /// Whether a table's records belong to the definition of a table, as choices do.
    package func changesDefinitions(in table: String) -> Bool { ChoiceColumn(table) != nil }

    /// Adds choices to a column, one at a time, and reads them back; nothing else about choices is changed.
    ///
    /// The service gives the number. Choices that several columns share are left alone: they concern other tables too.
    /// Where the connection breaks on the way, the choices so far keep their outcomes and the others are not attempted.
    /// - Throws: Why the definition could not be read, or why not even the first choice was sent.
    func addChoices(
        _ parts: [WritePart],
        to column: ChoiceColumn,
        _ shape: TableShape
    ) async throws(ConnectorError) -> BatchResult {
        let definition = try await definition(of: column, shape.table)
        var outcomes: [Outcome] = []
        var seconds = 0.0
        var isStopped = false
        var hasSent = false
        for part in parts {
            guard !isStopped else {
                outcomes.append(.notAttempted)
                continue
            }
            guard case .create = part.operation, !definition.isShared,
                let label = part.fields.first(where: { $0.field.name == "label" })?.value.text, !label.isEmpty
            else {
                outcomes.append(.rejected(DataverseConnector.untouched))
                continue
            }
            let body = DataverseConnector.newChoice(label, of: column, language: definition.language)
            let answer: SentOnce
            do throws(ConnectorError) {
                answer = try await client.write(action("InsertOptionValue", body), table: shape.table)
                hasSent = true
            } catch {
                // A batch that throws is planned again as a whole, which would add the choices before this one twice.
                guard hasSent else { throw error }
                outcomes.append(.notAttempted)
                isStopped = true
                continue
            }
            let (outcome, time) = outcome(of: answer, label: label)
            outcomes.append(outcome)
            seconds += time
            switch outcome {
            case .applied, .rejected: break
            case .unknown, .unclear, .retryable, .notAttempted, .preconditionFailed: isStopped = true
            }
        }
        guard outcomes.contains(where: { if case .applied = $0 { true } else { false } }) else {
            return BatchResult(outcomes: outcomes, seconds: seconds)
        }
        // Until they are published, people do not see them in forms; that they are there does not depend on it.
        _ = try? await client.write(
            action("PublishXml", DataverseConnector.publication(of: column)),
            table: shape.table
        )
        let page = try? await choices(of: column, shape)
        return BatchResult(outcomes: outcomes.map { readBack($0, page) }, seconds: seconds)
    }

    private func outcome(of answer: SentOnce, label: String) -> (Outcome, Double) {
        guard case .answered(let answer, let seconds) = answer else { return (.unknown, 0) }
        switch answer.status {
        case 200..<300:
            guard let made = try? OutsideJSON.decode(NewChoice.self, from: answer.body) else {
                return (.unknown, seconds)
            }
            return (.applied(Outcome.Written(id: RecordID(choice: made.value), version: label, row: nil)), seconds)
        case 429, 503:
            let wait = RetryAfter.seconds(answer.header("Retry-After"), now: client.clock.now)
            return (.retryable(afterSeconds: wait), seconds)
        case 408, 500..<600: return (.unknown, seconds)
        default:
            let error = client.odataError(in: answer)
            let problem = RemoteProblem(
                kind: answer.status == 403 ? .forbidden : .validation,
                code: error?.code ?? "HTTP \(answer.status)",
                message: error?.message ?? Detail.text("detail.choiceRefused")
            )
            return (.rejected(problem), seconds)
        }
    }

    private func readBack(_ outcome: Outcome, _ page: RowPage?) -> Outcome {
        guard case .applied(let written) = outcome, let page, let index = page.ids.firstIndex(of: written.id) else {
            return outcome
        }
        return .applied(
            Outcome.Written(id: written.id, version: page.version(at: index), row: page.row(at: index))
        )
    }

    private func action(_ name: String, _ body: [UInt8]) -> ODataRequest {
        ODataRequest(
            method: "POST",
            url: client.address.root + "/" + name,
            headers: DataverseConnector.headers + [HTTPHeader("Content-Type", "application/json")],
            body: body
        )
    }

    private static func newChoice(_ label: String, of column: ChoiceColumn, language: Int) -> [UInt8] {
        var json = JSONWriter()
        json.open("{")
        json.name("EntityLogicalName")
        json.text(column.table)
        json.name("AttributeLogicalName")
        json.text(column.column)
        json.name("Label")
        json.open("{")
        json.name("LocalizedLabels")
        json.open("[")
        json.open("{")
        json.name("Label")
        json.text(label)
        json.name("LanguageCode")
        json.raw(String(language).utf8)
        json.close("}")
        json.close("]")
        json.close("}")
        json.close("}")
        return json.bytes
    }

    private static func publication(of column: ChoiceColumn) -> [UInt8] {
        var json = JSONWriter()
        json.open("{")
        json.name("ParameterXml")
        json.text(
            "<importexportxml><entities><entity>\(column.table)</entity></entities></importexportxml>"
        )
        json.close("}")
        return json.bytes
    }

    private static let untouched = RemoteProblem(
        kind: .forbidden,
        code: "choicesAreDefinitions",
        message: Detail.text("detail.choicesAreDefinitions")
    )
}

/// What the service says of a choice that was added.
private struct NewChoice: Decodable {
    var value: Int64

    private enum CodingKeys: String, CodingKey { case value = "NewOptionValue" }
}
