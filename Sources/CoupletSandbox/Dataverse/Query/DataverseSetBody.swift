/// The body of an answer with several records.
struct DataverseSetBody {
    let call: DataverseCall
    let table: DataverseTable
    let projection: DataverseProjection
    /// `/$delta` after the context address of changes.
    var contextEnd = ""
    /// How many records there are in all, if that was asked for.
    var count: Int?
    /// Whether the annotations with the totals are wanted.
    var hasTotals = false
    /// The address of the next page.
    var nextLink: String?
    /// The address of the changes from here on.
    var deltaLink: String?
    /// Deleted records, after the others.
    var deleted: [SandboxGUID] = []

    /// Creates a body.
    init(call: DataverseCall, table: DataverseTable, projection: DataverseProjection) {
        self.call = call
        self.table = table
        self.projection = projection
    }

    /// The JSON with the records at the given places.
    func bytes(_ places: [Int], _ store: DataverseStore) -> [UInt8] {
        let records = store[table.name]
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256 + places.count * (projection.positions.count * 32 + 64))
        let context = "\(call.root)$metadata#\(table.set)\(projection.contextSuffix)\(contextEnd)"
        bytes.append(UInt8(ascii: "{"))
        Self.member("@odata.context", .string(context), to: &bytes)
        if let deltaLink { Self.member("@odata.deltaLink", .string(deltaLink), to: &bytes) }
        if let count { Self.member("@odata.count", .number(String(count)), to: &bytes) }
        if hasTotals {
            let total = SandboxJSON.number(String(count ?? -1))
            Self.member("@Microsoft.Dynamics.CRM.totalrecordcount", total, to: &bytes)
            let isExceeded = SandboxJSON.boolean(count == DataverseSandbox.largestCount)
            Self.member("@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded", isExceeded, to: &bytes)
        }
        bytes.append(contentsOf: "\"value\":[".utf8)
        var writer = DataverseRowWriter(table: table, projection: projection, store: store, root: call.root)
        for (index, place) in places.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            writer.append(records, place, to: &bytes)
        }
        for (index, id) in deleted.enumerated() {
            if index > 0 || !places.isEmpty { bytes.append(UInt8(ascii: ",")) }
            let entity = SandboxJSON.members([
                "@odata.context": .string("\(call.root)$metadata#\(table.set)/$deletedEntity"),
                "id": .string(id.description), "reason": .string("deleted"),
            ])
            bytes.append(contentsOf: entity.bytes)
        }
        bytes.append(UInt8(ascii: "]"))
        if let nextLink {
            bytes.append(UInt8(ascii: ","))
            Self.member("@odata.nextLink", .string(nextLink), to: &bytes)
            bytes.removeLast()
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    private static func member(_ name: String, _ value: SandboxJSON, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "\"\(name)\":".utf8)
        bytes.append(contentsOf: value.bytes)
        bytes.append(UInt8(ascii: ","))
    }
}
