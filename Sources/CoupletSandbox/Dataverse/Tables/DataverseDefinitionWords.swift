/// The words of a line of a table's definition, and the list behind its colon.
struct DataverseDefinitionWords {
    /// The elements of the list.
    let list: [String]
    private let line: String
    private var words: [String]

    /// Cuts a line.
    init(_ line: String) {
        self.line = line
        let mark = line.firstRange(of: ": ")
        let head = mark.map { line[..<$0.lowerBound] } ?? line[...]
        list = mark.map { Self.split(String(line[$0.upperBound...]), ";") } ?? []
        words = head.split(separator: " ").map(String.init)
    }

    /// The line cannot be read.
    var error: DataverseDefinitionError { DataverseDefinitionError(message: "'\(line)' cannot be read.") }

    /// The first word that was not taken.
    var first: String? { words.first }

    /// The groups of columns that are named.
    var groups: [String] { words.filter { ["stamped", "owned", "active"].contains($0) } }

    /// Takes the first word.
    mutating func next() -> String? { words.isEmpty ? nil : words.removeFirst() }

    /// Passes over the first word.
    mutating func skip() { if !words.isEmpty { words.removeFirst() } }

    /// Takes a word, if it is there.
    mutating func has(_ word: String) -> Bool {
        guard let index = words.firstIndex(of: word) else { return false }
        words.remove(at: index)
        return true
    }

    /// Takes the value of `name=value`, if it is there.
    mutating func value(_ name: String) -> String? {
        guard let index = words.firstIndex(where: { $0.hasPrefix("\(name)=") }) else { return nil }
        return String(words.remove(at: index).dropFirst(name.utf8.count + 1))
    }

    /// Cuts a text, without the blanks around its pieces.
    static func split(_ text: String, _ mark: Character) -> [String] {
        text.split(separator: mark, omittingEmptySubsequences: false).map { MultipartReader.trimmed($0) }
    }
}

/// Columns.
extension DataverseDefinitionWords {
    /// Reads a column.
    mutating func column(table: String, isCustom: Bool) throws(DataverseDefinitionError) -> DataverseColumn {
        guard let attribute = next(), let typeName = next() else { throw error }
        let schemaName = value("schema")
        let label = value("label")?.replacing("_", with: " ")
        let id = value("id").flatMap { SandboxGUID($0) }
        let isRequired = has("required")
        let access: DataverseAccess =
            has("create") ? .create : has("update") ? .update : has("readonly") ? .never : .always
        let initial = words.first { $0.hasPrefix("=") }.map { String($0.dropFirst()) }
        words.removeAll { $0.hasPrefix("=") }
        guard words.isEmpty else { throw error }
        let navigation = attribute.contains("_") ? schemaName ?? attribute : attribute
        return DataverseColumn(
            attribute,
            try type(typeName, table: table, attribute: attribute, navigation: navigation),
            access,
            initial: initial,
            isRequired: isRequired,
            schemaName: schemaName,
            label: label,
            metadataID: id
        )
    }

    private func type(
        _ text: String,
        table: String,
        attribute: String,
        navigation: String
    ) throws(DataverseDefinitionError) -> DataverseColumnType {
        let name = text.prefix { $0 != "(" }
        let number = Int(text.dropFirst(name.utf8.count + 1).dropLast())
        switch name {
        case "guid": return .guid
        case "text": return .text(number ?? 100)
        case "memo": return .memo(number ?? 2_000)
        case "boolean": return .boolean
        case "integer": return .integer
        case "long": return .bigInteger
        case "decimal": return .decimal(number ?? 2)
        case "double": return .double
        case "money": return .money
        case "datetime": return .dateTime
        case "date": return .date
        case "table": return .tableName
        case "choice": return .choice(try options().map(\.option))
        case "choices": return .choices(try options().map(\.option))
        case "state": return .state(try options().map(\.option))
        case "status":
            let options = try options()
            var states: [Int: Int] = [:]
            for (option, state) in options {
                guard let state else { throw error }
                states[option.value] = state
            }
            return .status(options.map(\.option), states: states)
        case "lookup": return .lookup(targets(table: table, attribute: attribute, navigation: navigation))
        default: throw error
        }
    }

    /// `1=Label; 2=Label`, for a status with the state behind a slash.
    private func options() throws(DataverseDefinitionError) -> [(option: DataverseOption, state: Int?)] {
        var options: [(option: DataverseOption, state: Int?)] = []
        for element in list {
            let parts = element.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let value = Int(parts[0]) else { throw error }
            let slash = parts[1].lastIndex(of: "/")
            let state = slash.flatMap { Int(parts[1][parts[1].index(after: $0)...]) }
            let label = state == nil ? parts[1] : parts[1][..<(slash ?? parts[1].endIndex)]
            options.append((DataverseOption(value: value, label: String(label)), state))
        }
        return options
    }

    private func targets(table: String, attribute: String, navigation: String) -> [DataverseTarget] {
        list.map { element in
            let parts = Self.split(element, "/")
            let usual = list.count == 1 || attribute == "ownerid" ? navigation : "\(navigation)_\(parts[0])"
            return DataverseTarget(
                table: parts[0],
                navigation: parts.count > 1 && !parts[1].isEmpty ? parts[1] : usual,
                collection: parts.count > 2 ? parts[2] : "\(table)_\(attribute)_\(parts[0])",
                deletion: parts.count > 3 ? DataverseDeletion(rawValue: parts[3]) ?? .removeLink : .removeLink
            )
        }
    }
}

extension DataverseColumn {
    /// Columns that many tables have.
    static func group(_ name: String, _ head: DataverseTableHead) -> [DataverseColumn] {
        func lookup(_ attribute: String, _ collection: String, _ tables: [String]) -> DataverseColumnType {
            .lookup(tables.map { DataverseTarget(table: $0, navigation: attribute, collection: collection) })
        }
        func user(_ schemaName: String) -> DataverseColumn {
            let attribute = schemaName.lowercased()
            let type = lookup(attribute, "lk_\(head.name)base_\(attribute)", ["systemuser"])
            return DataverseColumn(attribute, type, .never, schemaName: schemaName)
        }
        switch name {
        case "stamped":
            return [
                DataverseColumn("createdon", .dateTime, .never, schemaName: "CreatedOn"),
                user("CreatedBy"),
                DataverseColumn("modifiedon", .dateTime, .never, schemaName: "ModifiedOn"),
                user("ModifiedBy"),
                DataverseColumn("versionnumber", .bigInteger, .never, schemaName: "VersionNumber"),
                DataverseColumn("overriddencreatedon", .dateTime, .create, schemaName: "OverriddenCreatedOn"),
                DataverseColumn("importsequencenumber", .integer, .create, schemaName: "ImportSequenceNumber"),
                DataverseColumn("timezoneruleversionnumber", .integer, schemaName: "TimeZoneRuleVersionNumber"),
                user("CreatedOnBehalfBy"),
                user("ModifiedOnBehalfBy"),
            ]
        case "owned":
            return [
                DataverseColumn(
                    "ownerid",
                    lookup("ownerid", "owner_\(head.set)", ["systemuser", "team"]),
                    schemaName: "OwnerId"
                ),
                DataverseColumn(
                    "owningbusinessunit",
                    lookup("owningbusinessunit", "business_unit_\(head.set)", ["businessunit"]),
                    .never,
                    schemaName: "OwningBusinessUnit"
                ),
                DataverseColumn(
                    "owninguser",
                    lookup("owninguser", "user_\(head.set)", ["systemuser"]),
                    .never,
                    schemaName: "OwningUser"
                ),
                DataverseColumn(
                    "owningteam",
                    lookup("owningteam", "team_\(head.set)", ["team"]),
                    .never,
                    schemaName: "OwningTeam"
                ),
            ]
        default:
            let labels = ["Active", "Inactive"]
            let states = labels.enumerated().map { DataverseOption(value: $0, label: $1) }
            let statuses = labels.enumerated().map { DataverseOption(value: $0 + 1, label: $1) }
            return [
                DataverseColumn("statecode", .state(states), .update, initial: "0", label: "Status"),
                DataverseColumn(
                    "statuscode",
                    .status(statuses, states: [1: 0, 2: 1]),
                    initial: "1",
                    label: "Status Reason"
                ),
            ]
        }
    }
}
