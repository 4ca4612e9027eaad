/// Properties that point to a record of another table.
struct BusinessCentralReference: Sendable {
    /// A property that follows the record pointed to.
    struct Fill: Sendable {
        /// The property here.
        let own: String
        /// The property there.
        let theirs: String

        init(_ own: String, from theirs: String) { (self.own, self.theirs) = (own, theirs) }
    }

    /// The property with the record's id.
    let id: String?
    /// The property with the record's code.
    let code: String?
    /// Where the record is.
    let entitySet: String
    /// What the record is called in messages.
    let caption: String
    var fills: [Fill] = []
    /// Whether any code is taken while the other table is empty.
    var isFreeWhileEmpty = false

    /// An id and a code of the same record, each derived from the other.
    static func pair(
        _ id: String,
        _ code: String,
        _ entitySet: String,
        _ caption: String,
        fills: [Fill] = []
    ) -> BusinessCentralReference {
        BusinessCentralReference(id: id, code: code, entitySet: entitySet, caption: caption, fills: fills)
    }

    /// An id alone.
    static func id(
        _ id: String,
        _ entitySet: String,
        _ caption: String,
        fills: [Fill] = []
    ) -> BusinessCentralReference {
        BusinessCentralReference(id: id, code: nil, entitySet: entitySet, caption: caption, fills: fills)
    }

    /// A code alone.
    static func code(_ code: String, _ entitySet: String, fills: [Fill] = []) -> BusinessCentralReference {
        BusinessCentralReference(id: nil, code: code, entitySet: entitySet, caption: "", fills: fills)
    }

    /// A country's code; a company that keeps no list of countries takes any.
    static func country(_ code: String = "country") -> BusinessCentralReference {
        var reference = Self.code(code, "countriesRegions")
        reference.isFreeWhileEmpty = true
        return reference
    }
}

/// A list of records that belong to a record.
struct BusinessCentralChildren: Sendable {
    /// The name in addresses below the record.
    let name: String
    /// Where the records are.
    let entitySet: String
    /// Their property with the id of the record they belong to.
    let parent: String
    /// Their property that says of what kind that record is, and its value for this one.
    var kind: (property: String, value: String)?
    /// Whether there is one at most, written as an object.
    var isSingle = false

    init(
        _ name: String,
        _ entitySet: String? = nil,
        parent: String,
        kind: (property: String, value: String)? = nil,
        isSingle: Bool = false
    ) {
        (self.name, self.parent, self.kind, self.isSingle) = (name, parent, kind, isSingle)
        self.entitySet = entitySet ?? name
    }
}

/// What the server does by itself when a record is written or read.
enum BusinessCentralLogic: Sendable, Equatable {
    case none
    case contact
    case item
    case defaultDimension
    case dimensionSetLine
    case opportunity
    /// A sales document with lines in the named set.
    case salesDocument(lines: String)
    /// A line of a document of the named set.
    case salesLine(documents: String)
    /// Rows that are worked out from others when they are read.
    case contactInformation
    case financialDetail
    case customerSales
}
