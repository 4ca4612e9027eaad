/// The definition of a column as requests have it.
struct DataverseColumnBody {
    /// The body.
    let json: SandboxJSON
    /// The column that it changes; nil where it makes one.
    var old: DataverseColumn?
    /// The options that it shares with other columns.
    var shared: DataverseOptionSet?

    /// The schema name; nil where there is none.
    var schemaName: String? { json["SchemaName"]?.string ?? old?.schemaName }

    /// The label of a definition in the environment's language, or else in the first one that it has.
    static func label(_ json: SandboxJSON?) -> String? {
        let labels = json?["LocalizedLabels"]?.array ?? []
        return (labels.first { $0["LanguageCode"]?.integer == 1033 } ?? labels.first)?["Label"]?.string
    }

    /// The column.
    /// - Parameter id: the identifier of the definition.
    /// - Returns: the column that the body describes.
    /// - Throws: what is missing or unknown.
    func column(id: SandboxGUID) throws(DataverseError) -> DataverseColumn {
        guard let schemaName, !schemaName.isEmpty else { throw .missingParameter("SchemaName") }
        return DataverseColumn(
            schemaName.lowercased(),
            try type(),
            old?.access ?? .always,
            initial: initial ?? old?.initial,
            isRequired: json["RequiredLevel"]?["Value"]?.string.map { $0 != "None" && $0 != "Recommended" }
                ?? old?.isRequired ?? false,
            schemaName: schemaName,
            label: Self.label(json["DisplayName"]) ?? old?.label,
            metadataID: id,
            range: range,
            isCustom: old?.isCustom ?? true,
            optionSet: shared?.name ?? old?.optionSet
        )
    }

    private var initial: String? {
        if let value = json["DefaultValue"]?.boolean { return value ? "true" : "false" }
        if let value = json["DefaultFormValue"]?.integer, value != -1 { return String(value) }
        return stem == "Boolean" && old == nil ? "false" : nil
    }

    private var range: ClosedRange<Double>? {
        let low = json["MinValue"]?.number.flatMap { Double($0) }
        let high = json["MaxValue"]?.number.flatMap { Double($0) }
        guard let low = low ?? old?.range?.lowerBound, let high = high ?? old?.range?.upperBound, low <= high else {
            return nil
        }
        return low...high
    }

    /// The name of the type without what surrounds it; `String` of `#Microsoft.Dynamics.CRM.ComplexStringAttributeMetadata`.
    private var stem: String {
        var name = json["@odata.type"]?.string?.split(separator: ".").last.map(String.init) ?? ""
        if name.hasPrefix("Complex") { name.removeFirst("Complex".count) }
        if name.hasSuffix("AttributeMetadata") { name.removeLast("AttributeMetadata".count) }
        if name.isEmpty { name = json["AttributeType"]?.string ?? "" }
        return name
    }

    private func type() throws(DataverseError) -> DataverseColumnType {
        if let old, stem.isEmpty || !isOf(old.type) {
            guard stem.isEmpty else { throw .changedType(old.attribute) }
            return old.type
        }
        switch stem {
        case "String": return .text(try length(100, limit: 4_000))
        case "Memo": return .memo(try length(2_000, limit: 1_048_576))
        case "Boolean": return .boolean
        case "Integer": return .integer
        case "BigInt": return .bigInteger
        case "Decimal": return .decimal(json["Precision"]?.integer ?? 2)
        case "Double": return .double
        case "Money": return .money
        case "UniqueIdentifier": return .guid
        case "EntityName": return .tableName
        case "DateTime": return json["DateTimeBehavior"]?["Value"]?.string == "DateOnly" ? .date : .dateTime
        case "Picklist": return .choice(try options())
        case "MultiSelectPicklist": return .choices(try options())
        case "State", "Status", "Lookup", "Customer", "Owner":
            if let old { return old.type }
            throw .lookupByAttribute
        default: throw .unknownColumnType(stem)
        }
    }

    private func isOf(_ type: DataverseColumnType) -> Bool {
        DataverseMetadata.typeName(DataverseColumn("x", type)) == "\(stem)AttributeMetadata"
    }

    private func length(_ usual: Int, limit: Int) throws(DataverseError) -> Int {
        guard let length = json["MaxLength"]?.integer else {
            if let old, case .text(let length) = old.type { return length }
            if let old, case .memo(let length) = old.type { return length }
            return usual
        }
        guard (1...limit).contains(length) else { throw .badLength(schemaName ?? "", limit) }
        return length
    }

    /// The options; those without a number of their own get the next one of the customer's range.
    private func options() throws(DataverseError) -> [DataverseOption] {
        if let shared { return shared.options }
        guard let list = json["OptionSet"]?["Options"]?.array else {
            if let old { return old.type.options ?? [] }
            return []
        }
        return try Self.options(list)
    }

    /// Options as definitions list them.
    static func options(_ list: [SandboxJSON]) throws(DataverseError) -> [DataverseOption] {
        var options: [DataverseOption] = []
        for json in list {
            let next = (options.map(\.value).filter { $0 >= 100_000_000 }.max() ?? 99_999_999) + 1
            let value = json["Value"]?.integer ?? next
            guard !options.contains(where: { $0.value == value }) else { throw .duplicateOption(value) }
            options.append(DataverseOption(value: value, label: label(json["Label"]) ?? ""))
        }
        return options
    }
}
