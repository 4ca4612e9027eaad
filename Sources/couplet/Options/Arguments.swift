import ArgumentParser
import CoupletCore
import CoupletEngine

/// One of a few words, in upper or lower case.
protocol WordArgument: ExpressibleByArgument, CaseIterable, RawRepresentable where RawValue == String {}

extension WordArgument {
    init?(argument: String) {
        let wanted = argument.lowercased()
        guard let word = Self.allCases.first(where: { $0.rawValue.lowercased() == wanted }) else { return nil }
        self = word
    }
}

/// A side as the command line writes it.
enum SideArgument: String, WordArgument {
    case erp
    case crm

    /// The side.
    var side: Side { self == .erp ? .erp : .crm }
}

extension DirectionArgument: WordArgument {}

/// Whose values stand when records are coupled, as the command line writes it.
enum CouplingSyncArgument: String, WordArgument {
    case to
    case from
    case none
    case toCRM = "to-crm"
    case toERP = "to-erp"

    /// The side whose values stand; nil for nobody's.
    var choice: Side? {
        switch self {
        case .to, .toCRM: .erp
        case .from, .toERP: .crm
        case .none: nil
        }
    }
}

/// What happens to matched records, as the command line writes it.
enum MatchSyncArgument: String, WordArgument {
    case to
    case from
    case both
    case none
    case toCRM = "to-crm"
    case toERP = "to-erp"

    /// What the action calls it.
    var synchronization: MatchSynchronization {
        switch self {
        case .to, .toCRM: .to
        case .from, .toERP: .from
        case .both: .both
        case .none: .none
        }
    }
}

/// How a record stands, by the name that its JSON has.
extension RecordState: WordArgument {}

/// Yes or no.
enum YesOrNo: String, WordArgument {
    case yes
    case no
}

/// One `--on FIELD[:priority][:case]`.
struct MatchFieldArgument: ExpressibleByArgument, Sendable, Hashable {
    /// The field, by either side's name.
    let field: String
    /// The priority; fields of the same priority must be equal together.
    let priority: Int
    /// Whether upper and lower case differ.
    let caseSensitive: Bool

    init?(argument: String) {
        let pieces = argument.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let field = pieces.first, !field.isEmpty, pieces.count <= 3 else { return nil }
        var priority: Int?
        var caseSensitive = false
        for piece in pieces.dropFirst() {
            if piece == "case", !caseSensitive {
                caseSensitive = true
            } else if priority == nil, let number = Int(piece), number >= 0 {
                priority = number
            } else {
                return nil
            }
        }
        self.field = field
        self.priority = priority ?? 0
        self.caseSensitive = caseSensitive
    }

    /// The rules that fields stand for: one per priority, lowest first.
    /// - Parameters:
    ///   - fields: The fields as given.
    ///   - mapping: The mapping whose fields they are.
    /// - Returns: The rules.
    /// - Throws: `CoupletError` naming a field that the mapping does not have.
    static func rules(_ fields: [MatchFieldArgument], in mapping: TableMapping) throws -> [MatchRule] {
        var rules: [Int: MatchRule] = [:]
        for argument in fields {
            let pair = try pair(argument.field, in: mapping)
            var rule = rules[argument.priority] ?? MatchRule(pairs: [], priority: argument.priority)
            if !rule.pairs.contains(pair) { rule.pairs.append(pair) }
            rule.caseSensitive = rule.caseSensitive || argument.caseSensitive
            rules[argument.priority] = rule
        }
        return rules.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func pair(_ name: String, in mapping: TableMapping) throws -> MatchRule.Pair {
        let wanted = name.lowercased()
        for side in Side.allCases {
            if let field = mapping.fields.first(where: { $0.field(side).name.lowercased() == wanted }) {
                return MatchRule.Pair(erp: field.erp.name, crm: field.crm.name)
            }
        }
        throw CoupletError(
            "match.unknownField",
            [
                "field": name, "mapping": mapping.name,
                "known": mapping.fields.map(\.erp.name).joined(separator: ", "),
            ],
            status: .wrongUse
        )
    }
}
