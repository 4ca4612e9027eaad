/// API pages of other publishers, as a seed's table `apiPages` describes them.
///
/// Each record of it is one page: `publisher`, `group`, `version`, `entitySet`, `entityName`, `table` (the name in
/// messages), `key` (the property that is unique), `insertAllowed`, `modifyAllowed`, `deleteAllowed`, `idEditable`,
/// `numberSeries` (`prefix`, `digits`, `step`), `children` (`name`, `entitySet`, `parent`), and `properties`. A property
/// has `name`, `type` (`text`, `code`, `guid`, `boolean`, `integer`, `decimal`, `date`, `dateTime`, `option`), and may
/// have `length`, `caption`, `choices`, `readOnly`, `mandatory`, `references` (a set) and `code` (the property with the
/// code of the record that is referred to).
extension BusinessCentralEntity {
    /// Reads one page.
    /// - Throws: `QueryError` that says what is missing or not understood.
    init(page: SandboxJSON) throws(QueryError) {
        func word(_ name: String) throws(QueryError) -> String {
            guard let text = page[name]?.string, !text.isEmpty else {
                throw QueryError(.syntax, "apiPages: a page needs '\(name)'")
            }
            return text
        }
        let route = "\(try word("publisher"))/\(try word("group"))/\(try word("version"))"
        let (set, name) = (try word("entitySet"), try word("entityName"))
        var columns: [SandboxColumn] = [.id(isEditable: page["idEditable"]?.boolean ?? false)]
        var (mandatory, references): ([String], [BusinessCentralReference]) = ([], [])
        for property in page["properties"]?.array ?? [] {
            let column = try SandboxColumn(property: property)
            columns.append(column)
            if property["mandatory"]?.boolean ?? false { mandatory.append(column.name) }
            if let reference = Self.reference(property, column) { references.append(reference) }
        }
        schema = TableSchema(
            entitySet: set,
            entityName: name,
            columns: columns + [.modified],
            naturalKey: page["key"]?.string
        )
        table = page["table"]?.string ?? name
        api = route
        if page["insertAllowed"]?.boolean == false { verbs.remove(.insert) }
        if page["modifyAllowed"]?.boolean == false { verbs.remove(.modify) }
        if page["deleteAllowed"]?.boolean == false { verbs.remove(.delete) }
        self.mandatory = mandatory
        self.references = references
        children = (page["children"]?.array ?? []).compactMap { child in
            guard let name = child["name"]?.string, let parent = child["parent"]?.string else { return nil }
            let set = child["entitySet"]?.string ?? name
            return BusinessCentralChildren(name, set.contains("/") ? set : "\(route)/\(set)", parent: parent)
        }
        numberSeries = page["numberSeries"].map { series in
            NumberSeries(
                prefix: series["prefix"]?.string ?? "",
                digits: series["digits"]?.integer ?? 5,
                step: series["step"]?.integer ?? 1
            )
        }
    }

    private static func reference(_ property: SandboxJSON, _ column: SandboxColumn) -> BusinessCentralReference? {
        guard let set = property["references"]?.string else { return nil }
        guard column.kind == .guid else { return .code(column.name, set) }
        guard let code = property["code"]?.string else { return .id(column.name, set, column.caption) }
        return .pair(column.name, code, set, column.caption)
    }
}

extension SandboxColumn {
    /// The record's id; an editable one may be chosen when the record is created.
    fileprivate static func id(isEditable: Bool) -> SandboxColumn {
        guard isEditable else { return .id }
        return SandboxColumn(
            "id",
            .guid,
            access: .insertOnly,
            source: .id,
            caption: "Id",
            blank: "\"\(SandboxGUID.zero)\""
        )
    }

    /// Reads a property of a page.
    /// - Throws: `QueryError` that says what is missing or not understood.
    fileprivate init(property: SandboxJSON) throws(QueryError) {
        guard let name = property["name"]?.string, let type = property["type"]?.string else {
            throw QueryError(.syntax, "apiPages: a property needs 'name' and 'type'")
        }
        let access: Access = property["readOnly"]?.boolean ?? false ? .readOnly : .readWrite
        let (length, caption) = (property["length"]?.integer ?? 100, property["caption"]?.string)
        switch type {
        case "text": self = .text(name, length, caption, access: access)
        case "code": self = .code(name, length, caption, access: access)
        case "guid": self = .guid(name, access: access)
        case "boolean": self = .boolean(name, caption, access: access)
        case "integer": self = .integer(name, caption, access: access)
        case "decimal": self = .decimal(name, caption, access: access)
        case "date": self = .date(name, caption, access: access)
        case "dateTime": self = .dateTime(name, caption, access: access)
        case "option":
            let choices = (property["choices"]?.array ?? []).compactMap(\.string)
            self = .option(name, choices.isEmpty ? [" "] : choices, caption, access: access)
        default: throw QueryError(.syntax, "apiPages: '\(type)' is no type of a property")
        }
    }
}
