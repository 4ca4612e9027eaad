import CoupletCore

extension FieldTypeText {
    /// A type in words.
    static func words(_ type: FieldType, _ console: Console) -> String {
        switch type {
        case .text(0): console.text("type.text")
        case .text(let maximum): console.text("type.textOf", ["maximum": String(maximum)])
        case .code(0): console.text("type.code")
        case .code(let maximum): console.text("type.codeOf", ["maximum": String(maximum)])
        case .decimal: console.text("type.decimal")
        case .integer: console.text("type.integer")
        case .boolean: console.text("type.boolean")
        case .date: console.text("type.date")
        case .dateTime: console.text("type.dateTime")
        case .guid: console.text("type.guid")
        case .option: console.text("type.option")
        case .reference(let table, _): console.text("type.reference", ["table": table])
        case .personName(_, _, let maximum): console.text("type.personName", ["maximum": String(maximum)])
        }
    }
}
