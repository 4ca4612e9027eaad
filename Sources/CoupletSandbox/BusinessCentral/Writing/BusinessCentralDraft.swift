/// A record on its way to be written.
struct BusinessCentralDraft {
    let entity: BusinessCentralEntity
    /// One text a column, empty for blank.
    var texts: [String]
    /// The id that was chosen by the one who creates the record.
    var id: SandboxGUID?
    /// Whether the record is being created.
    var isNew = false
    /// The properties that were sent, or given by the address.
    var sent: Set<String> = []

    init(_ entity: BusinessCentralEntity, texts: [String]? = nil) {
        self.entity = entity
        self.texts = texts ?? Array(repeating: "", count: entity.schema.columns.count)
    }

    /// A property in the form rows keep; blank where the entity has none of that name.
    subscript(name: String) -> String {
        get { entity.schema.index(of: name).map { texts[$0] } ?? "" }
        set { if let index = entity.schema.index(of: name) { texts[index] = newValue } }
    }

    /// Gives a property its value unless it was sent.
    mutating func fill(_ name: String, _ value: String) {
        if !sent.contains(name) { self[name] = value }
    }

    /// Takes the sent properties in their order; members of the lists below the record are left out.
    /// - Throws: `BusinessCentralError` for unknown and read-only properties and for values that do not fit.
    mutating func assign(_ members: [SandboxJSON.Member]) throws(BusinessCentralError) {
        for member in members where !member.name.contains("@") {
            guard let index = entity.schema.index(of: member.name) else {
                if entity.children.contains(where: { $0.name == member.name }) { continue }
                throw .unknownProperty(member.name, entity.schema.entityName)
            }
            let column = entity.schema.columns[index]
            if column.source == .id, column.access == .insertOnly, isNew {
                id = try chosenID(member.value)
                continue
            }
            guard column.access == .readWrite else { throw .readOnly(column.caption) }
            texts[index] = try BusinessCentralValue.text(member.value, column)
            sent.insert(member.name)
        }
    }

    private func chosenID(_ value: SandboxJSON) throws(BusinessCentralError) -> SandboxGUID? {
        guard let id = value.string.flatMap({ SandboxGUID($0) }) else { throw .badGUID }
        return id == .zero ? nil : id
    }

    /// - Throws: `BusinessCentralError` where a mandatory property is blank.
    func checkMandatory() throws(BusinessCentralError) {
        for name in entity.mandatory where self[name].isEmpty {
            throw .dialog("The blank \"\(name)\" is not allowed.")
        }
    }
}
