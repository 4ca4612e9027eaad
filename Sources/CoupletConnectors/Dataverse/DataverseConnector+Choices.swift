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
        let definition = try await definition(of: column, shape.table)
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

    /// The definition of a column's choices.
    func definition(of column: ChoiceColumn, _ table: String) async throws(ConnectorError) -> ChoiceDefinition {
        let request = ODataRequest(
            url: client.address.root + "/" + column.path,
            headers: DataverseConnector.headers
        )
        let answer = try await client.read(request, table: table)
        guard answer.status == 200 else { throw client.failure(answer, table: table) }
        guard let definition = try? OutsideJSON.decode(ChoiceDefinition.self, from: answer.body) else {
            throw client.wrong(.protocolViolation, table, Detail.text("detail.noChoice"))
        }
        return definition
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
}

/// The definition of a choice column, as far as it matters.
struct ChoiceDefinition: Decodable, Sendable {
    /// A text in one language or several.
    struct Label: Decodable, Sendable {
        struct Localized: Decodable, Sendable {
            var text: String
            var language: Int?

            enum CodingKeys: String, CodingKey {
                case text = "Label"
                case language = "LanguageCode"
            }
        }

        var own: Localized?
        var all: [Localized]?

        enum CodingKeys: String, CodingKey {
            case own = "UserLocalizedLabel"
            case all = "LocalizedLabels"
        }
    }

    struct Option: Decodable, Sendable {
        var value: Int64
        var text: Label

        var label: String { text.own?.text ?? text.all?.first?.text ?? "" }

        enum CodingKeys: String, CodingKey {
            case value = "Value"
            case text = "Label"
        }
    }

    struct Choices: Decodable, Sendable {
        var options: [Option]

        enum CodingKeys: String, CodingKey { case options = "Options" }
    }

    /// The column's own choices.
    var own: Choices?
    /// Choices that several columns share.
    var shared: Choices?

    /// Whether the choices are those of several columns.
    var isShared: Bool { own == nil }

    /// The language in which choices are named; English where nothing tells.
    var language: Int { options.lazy.compactMap { ($0.text.own ?? $0.text.all?.first)?.language }.first ?? 1033 }

    var options: [Option] { own?.options ?? shared?.options ?? [] }

    enum CodingKeys: String, CodingKey {
        case own = "OptionSet"
        case shared = "GlobalOptionSet"
    }
}
