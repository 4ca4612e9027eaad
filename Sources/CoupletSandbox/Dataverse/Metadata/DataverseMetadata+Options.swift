/// Texts and options as definitions describe them.
extension DataverseMetadata {
    /// A text in the environment's only language.
    static func label(_ text: String, isManaged: Bool = false) -> SandboxJSON {
        guard !text.isEmpty else {
            return .members(["LocalizedLabels": .array([]), "UserLocalizedLabel": .null])
        }
        let label = SandboxJSON.members([
            "Label": .string(text), "LanguageCode": .number("1033"), "IsManaged": .boolean(isManaged),
            "MetadataId": .string(id(nil, "label \(text)").description), "HasChanged": .null,
        ])
        return .members(["LocalizedLabels": .array([label]), "UserLocalizedLabel": label])
    }

    /// The options of a column.
    static func optionSet(
        _ options: [DataverseOption],
        _ column: DataverseColumn,
        _ table: DataverseTable
    ) -> SandboxJSON {
        let isManaged = !column.isCustom
        let states: [Int: Int]
        if case .status(_, let found) = column.type { states = found } else { states = [:] }
        let name = column.optionSet ?? "\(table.name)_\(column.attribute)"
        return .members([
            "Options": list(options, isManaged: isManaged, states: states), "Description": label(""),
            "DisplayName": label(column.label, isManaged: isManaged), "IsCustomOptionSet": .boolean(column.isCustom),
            "IsGlobal": .boolean(column.optionSet != nil), "IsManaged": .boolean(isManaged),
            "IsCustomizable": .members([
                "Value": .boolean(true), "CanBeChanged": .boolean(!isManaged),
                "ManagedPropertyLogicalName": .string("iscustomizable"),
            ]), "Name": .string(name), "OptionSetType": .string(optionSetType(column)), "IntroducedVersion": .null,
            "MetadataId": .string(id(nil, "options \(name)").description), "HasChanged": .null,
        ])
    }

    /// Options as definitions list them; `states` has the state that each status belongs to.
    static func list(_ options: [DataverseOption], isManaged: Bool, states: [Int: Int] = [:]) -> SandboxJSON {
        .array(
            options.map { option in
                var members: [SandboxJSON.Member] = [
                    .init(name: "Value", value: .number(String(option.value))),
                    .init(name: "Label", value: label(option.label, isManaged: isManaged)),
                    .init(name: "Description", value: label("")), .init(name: "Color", value: .null),
                    .init(name: "IsManaged", value: .boolean(isManaged)), .init(name: "MetadataId", value: .null),
                    .init(name: "HasChanged", value: .null),
                ]
                if let state = states[option.value] {
                    members.append(.init(name: "State", value: .number(String(state))))
                }
                return .object(members)
            }
        )
    }

    private static func optionSetType(_ column: DataverseColumn) -> String {
        switch column.type {
        case .state: "State"
        case .status: "Status"
        default: "Picklist"
        }
    }
}
