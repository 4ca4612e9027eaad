/// Why lines are no definition of a table.
struct DataverseDefinitionError: Error, Equatable {
    /// The line, and what is wrong with it.
    let message: String
}

/// A table as lines of text.
///
/// The first line is `table LOGICALNAME SETNAME SchemaName` or, to add to a table that is there, `extend LOGICALNAME`.
/// Words may follow: `name=COLUMN` (the column with the name for people), `label=TEXT` (underscores for blanks), `id=GUID`,
/// `custom`, `untracked`, `readonly`, `updateonly`, `undeletable`, and groups of columns that many tables have: `stamped`, `owned`,
/// `active`.
///
/// Each further line is one of
/// * `COLUMN TYPE WORDS: LIST`, a column. Types: `guid`, `text(100)`, `memo(2000)`, `boolean`, `integer`, `long`,
///   `decimal(2)`, `double`, `money`, `datetime`, `date`, `choice`, `choices`, `state`, `status`, `lookup`, `table`. Words:
///   `create`, `update`, `readonly` (when callers may write it), `required`, `=VALUE` (of new records), `schema=NAME`,
///   `label=TEXT`, `id=GUID`. The list of a choice is `1=Label; 2=Label`; that of a status adds the state,
///   `1=Label/0`; that of a lookup is `TABLE/NAVIGATION/COLLECTION`, where the last two can be left out.
///   What deleting the other record does can follow: `TABLE/NAVIGATION/COLLECTION/Cascade`, or `Restrict`.
/// * `key NAME: COLUMN, COLUMN`, an alternate key.
/// * `many NAME INTERSECT OTHERTABLE: NAVIGATION/NAVIGATION OF THE OTHER`, a relationship of many to many.
struct DataverseDefinition {
    /// The table.
    private(set) var table: DataverseTable
    /// The relationships of many to many that it begins.
    private(set) var manyToMany: [DataverseManyToMany] = []

    /// Reads a definition.
    /// - Parameters:
    ///   - lines: the lines; empty ones count for nothing.
    ///   - schema: where a table to extend is looked for.
    /// - Throws: the first line that cannot be read.
    init(_ lines: [String], schema: DataverseSchema) throws(DataverseDefinitionError) {
        let lines = lines.filter { !$0.allSatisfy { $0 == " " } }
        guard let first = lines.first else { throw DataverseDefinitionError(message: "There are no lines.") }
        var words = DataverseDefinitionWords(first)
        var head: DataverseTableHead
        var columns: [DataverseColumn]
        switch words.next() {
        case "extend":
            guard let name = words.next(), let table = schema.table(name) else { throw words.error }
            (head, columns) = (table.head, table.columns)
        case "table":
            guard let name = words.next(), let set = words.next(), let schemaName = words.next() else {
                throw words.error
            }
            let label = words.value("label")?.replacing("_", with: " ") ?? schemaName
            head = DataverseTableHead(name: name, set: set, schemaName: schemaName, label: label, nameAttribute: "name")
            columns = []
        default: throw words.error
        }
        head.take(&words)
        for line in lines.dropFirst() {
            var words = DataverseDefinitionWords(line)
            switch words.first {
            case "key": head.keys.append(try Self.key(&words))
            case "many": manyToMany.append(try Self.relationship(&words, table: head.name))
            default:
                let column = try words.column(table: head.name, isCustom: head.isCustom)
                guard !columns.contains(where: { $0.attribute == column.attribute }) else { throw words.error }
                columns.append(column)
            }
        }
        for group in words.groups { columns += DataverseColumn.group(group, head) }
        columns += Self.companions(of: columns)
        guard columns.first?.type == .guid, columns.count <= 250 else {
            throw DataverseDefinitionError(message: "\(head.name): the first column must be the key.")
        }
        table = DataverseTable(head, columns: columns)
    }

    /// The columns that amounts bring along: the same in the base currency, and the rate.
    private static func companions(of columns: [DataverseColumn]) -> [DataverseColumn] {
        let names = Set(columns.map(\.attribute))
        guard names.contains("transactioncurrencyid"), columns[0].attribute != "transactioncurrencyid" else {
            return []
        }
        var added = columns.filter { $0.isAmount && !names.contains("\($0.attribute)_base") }.map { amount in
            DataverseColumn("\(amount.attribute)_base", .money, .never, schemaName: "\(amount.schemaName)_Base")
        }
        if !names.contains("exchangerate") {
            added.append(DataverseColumn("exchangerate", .decimal(10), .never, schemaName: "ExchangeRate"))
        }
        return added
    }

    private static func key(_ words: inout DataverseDefinitionWords) throws(DataverseDefinitionError) -> DataverseKey {
        words.skip()
        guard let name = words.next(), !words.list.isEmpty else { throw words.error }
        return DataverseKey(name: name, attributes: words.list.flatMap { DataverseDefinitionWords.split($0, ",") })
    }

    private static func relationship(
        _ words: inout DataverseDefinitionWords,
        table: String
    ) throws(DataverseDefinitionError) -> DataverseManyToMany {
        words.skip()
        guard let name = words.next(), let intersect = words.next(), let other = words.next() else { throw words.error }
        let names = words.list.first.map { DataverseDefinitionWords.split($0, "/") } ?? [name, name]
        guard names.count == 2 else { throw words.error }
        let isSelf = table == other
        return DataverseManyToMany(
            name: name,
            intersect: intersect,
            ends: [
                .init(table: table, navigation: names[0], attribute: isSelf ? "\(table)idone" : "\(table)id"),
                .init(table: other, navigation: names[1], attribute: isSelf ? "\(other)idtwo" : "\(other)id"),
            ]
        )
    }
}

extension DataverseTableHead {
    /// Takes the words that say something about a table as a whole.
    fileprivate mutating func take(_ words: inout DataverseDefinitionWords) {
        if let name = words.value("name") { nameAttribute = name }
        if let id = words.value("id") { metadataID = SandboxGUID(id) }
        if words.has("custom") { isCustom = true }
        if words.has("elastic") { isElastic = true }
        if words.has("untracked") { isTracked = false }
        if words.has("readonly") { permissions = [] }
        if words.has("updateonly") { permissions = .update }
        if words.has("undeletable") { permissions = [.create, .update] }
    }
}
