import CoupletCore
import CoupletPorts
import Foundation

/// A column whose choices are read as a table: `account.paymenttermscode`.
///
/// Each choice is a record with the fields `value` and `label`, under the id that stands for its number.
struct ChoiceColumn: Hashable {
    /// The logical name of the column's table.
    let table: String
    /// The column.
    let column: String

    /// The column of a mapping's table; nil for an entity set.
    init?(_ name: String) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        (table, column) = (String(parts[0]), String(parts[1]))
    }

    /// The address of the column's definition with its choices, below the API's root.
    var path: String {
        RemoteAddress.query(
            "EntityDefinitions(LogicalName='\(table)')/Attributes(LogicalName='\(column)')"
                + "/Microsoft.Dynamics.CRM.PicklistAttributeMetadata",
            [
                ("$select", "LogicalName"),
                ("$expand", "OptionSet($select=Options),GlobalOptionSet($select=Options)"),
            ]
        )
    }
}

extension DataverseConnector {
    /// The page of a column's choices: they are few, tell no changes, and so are read as a whole every time.
    func choicePage(of column: ChoiceColumn, _ shape: TableShape) async throws(ConnectorError) -> ReadPage {
        ReadPage(rows: try await choices(of: column, shape), next: nil, checkpoint: "choices")
    }

    /// A column's choices.
    func choices(of column: ChoiceColumn, _ shape: TableShape) async throws(ConnectorError) -> RowPage {
        let request = ODataRequest(
            url: client.address.root + "/" + column.path,
            headers: DataverseConnector.headers
        )
        let answer = try await client.read(request, table: shape.table)
        guard answer.status == 200 else { throw client.failure(answer, table: shape.table) }
        guard let definition = try? JSONDecoder().decode(ChoiceDefinition.self, from: Data(answer.body)) else {
            throw client.wrong(.protocolViolation, shape.table, "the answer is no definition of a choice")
        }
        var page = RowPage(layout: shape.layout)
        for option in definition.options {
            let values = shape.layout.fields.map { field -> Value? in
                switch field {
                case "value": .number(String(option.value))
                case "label": .text(option.label)
                default: nil
                }
            }
            page.append(
                id: RecordID(choice: option.value),
                version: Array(option.label.utf8),
                kind: .present,
                row: EncodedRow(values).bytes
            )
        }
        return page
    }

    /// Choices by the ids that stand for their numbers.
    func fetchChoices(
        _ ids: [RecordID],
        of column: ChoiceColumn,
        _ shape: TableShape
    ) async throws(ConnectorError) -> [FetchedRecord] {
        let page = try await choices(of: column, shape)
        return ids.map { id in
            guard let index = page.ids.firstIndex(of: id) else { return .missing }
            return .present(
                ObservedRow(row: page.row(at: index), layout: page.layout, version: page.version(at: index))
            )
        }
    }

    /// Choices belong to the definition of their table, which is none of a synchronization's business.
    func refused(_ parts: [WritePart]) -> BatchResult {
        let problem = RemoteProblem(
            kind: .forbidden,
            code: "choicesAreDefinitions",
            message: "The labels of choices are changed in the definition of their table."
        )
        return BatchResult(outcomes: parts.map { _ in .rejected(problem) }, seconds: 0)
    }
}

/// The definition of a choice column, as far as it matters.
private struct ChoiceDefinition: Decodable {
    /// A text in one language or several.
    struct Label: Decodable {
        struct Localized: Decodable {
            var text: String

            enum CodingKeys: String, CodingKey { case text = "Label" }
        }

        var own: Localized?
        var all: [Localized]?

        enum CodingKeys: String, CodingKey {
            case own = "UserLocalizedLabel"
            case all = "LocalizedLabels"
        }
    }

    struct Option: Decodable {
        var value: Int64
        var text: Label

        var label: String { text.own?.text ?? text.all?.first?.text ?? "" }

        enum CodingKeys: String, CodingKey {
            case value = "Value"
            case text = "Label"
        }
    }

    struct Choices: Decodable {
        var options: [Option]

        enum CodingKeys: String, CodingKey { case options = "Options" }
    }

    /// The column's own choices.
    var own: Choices?
    /// Choices that several columns share.
    var shared: Choices?

    var options: [Option] { own?.options ?? shared?.options ?? [] }

    enum CodingKeys: String, CodingKey {
        case own = "OptionSet"
        case shared = "GlobalOptionSet"
    }
}
