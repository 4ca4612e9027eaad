/// Which columns of a table an answer has, in which order, and with which annotations.
struct DataverseProjection: Sendable {
    /// Positions in the order of the answer.
    let positions: [Int]
    /// The names of `$select` as sent, for the context address; nil for all columns.
    let selected: [String]?
    /// Which annotations go with the values.
    private(set) var annotations = DataverseAnnotations()
    /// The navigation properties whose records come along.
    var expansions: [DataverseExpansion] = []

    /// All columns, in the table's order.
    static func all(_ table: DataverseTable) -> DataverseProjection {
        DataverseProjection(positions: Array(table.columns.indices), selected: nil)
    }

    /// The columns asked for; the currency of an amount and the primary key come along.
    static func selected(_ names: [String]?, _ table: DataverseTable) throws(DataverseError) -> DataverseProjection {
        guard let names else { return .all(table) }
        var positions: [Int] = []
        for name in names {
            guard let position = table.byProperty[name] else { throw .unknownProperty(name, table.name) }
            if !positions.contains(position) { positions.append(position) }
        }
        if positions.contains(where: { table.columns[$0].isMoney }),
            let currency = table.position("transactioncurrencyid"), !positions.contains(currency)
        {
            positions.append(currency)
        }
        if !positions.contains(0) { positions.append(0) }
        return DataverseProjection(positions: positions, selected: names)
    }

    /// `(name,revenue)` after the set's name in a context address; empty for all columns.
    ///
    /// Expanded navigation properties come behind the columns, first by their names, then with their own columns.
    var contextSuffix: String {
        let names = (selected ?? []) + expansions.map(\.name)
        let inner = expansions.compactMap { expansion in
            expansion.targets.first.map { expansion.name + $0.query.projection.contextSuffix }
        }
        let all = names + inner.filter { $0.hasSuffix(")") }
        return all.isEmpty ? "" : "(\(all.joined(separator: ",")))"
    }

    /// Sets which annotations go with the values.
    mutating func setAnnotations(_ annotations: DataverseAnnotations) { self.annotations = annotations }
}

/// Which annotations a caller asked for.
struct DataverseAnnotations: Sendable {
    /// Labels of options, names of records, amounts with their currency.
    var formattedValue = false
    /// The table that a reference leads to.
    var lookupLogicalName = false
    /// The navigation property of a reference.
    var navigationProperty = false
    /// How many records there are in all.
    var totals = false
    /// Where the next page of FetchXML begins.
    var pagingCookie = false
    /// Whether FetchXML has more pages.
    var moreRecords = false

    /// No annotations.
    init() {}

    /// Reads the value of `odata.include-annotations`: names with `*` at the end, joined by commas.
    init(_ preference: String?) {
        guard let preference else { return }
        let patterns = preference.split(separator: ",").map { MultipartReader.trimmed($0) }
        func wants(_ name: String) -> Bool {
            patterns.contains { $0.hasSuffix("*") ? name.hasPrefix($0.dropLast()) : $0 == name }
        }
        formattedValue = wants("OData.Community.Display.V1.FormattedValue")
        lookupLogicalName = wants("Microsoft.Dynamics.CRM.lookuplogicalname")
        navigationProperty = wants("Microsoft.Dynamics.CRM.associatednavigationproperty")
        pagingCookie = wants("Microsoft.Dynamics.CRM.fetchxmlpagingcookie")
        moreRecords = wants("Microsoft.Dynamics.CRM.morerecords")
        totals = wants("Microsoft.Dynamics.CRM.totalrecordcount")
    }

    /// Whether values have any annotation.
    var hasAny: Bool { formattedValue || lookupLogicalName || navigationProperty }
}
