/// Writes the records that a navigation property leads to, within the record that has it.
struct DataverseExpansionWriter {
    private let expansion: DataverseExpansion
    private let parent: DataverseTable
    private let store: DataverseStore
    private let root: String?
    private var writers: [DataverseRowWriter]
    private let scans: [DataverseScan]
    private let members: [SandboxGUID: [Int]]

    /// Creates a writer; for a collection, every record of the other table is looked at once.
    init(
        _ expansion: DataverseExpansion,
        of parent: DataverseTable,
        store: DataverseStore,
        root: String?,
        annotations: DataverseAnnotations
    ) {
        self.expansion = expansion
        self.parent = parent
        self.store = store
        self.root = root
        writers = expansion.targets.map {
            DataverseRowWriter(
                table: $0.table,
                projection: $0.query.projection,
                store: store,
                annotations: annotations
            )
        }
        scans = expansion.targets.map { DataverseScan(store, $0.table) }
        if case .collection(let collection) = expansion.kind {
            members = store.members(of: collection)
        } else {
            members = [:]
        }
    }

    /// Appends the member of a record.
    mutating func append(_ row: DataverseRow, _ id: SandboxGUID, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: ",\"\(expansion.name)\":".utf8)
        switch expansion.kind {
        case .single(let position): appendOne(row.guid(position), to: &bytes)
        case .collection: appendMany(id, to: &bytes)
        }
    }

    private mutating func appendOne(_ id: SandboxGUID?, to bytes: inout [UInt8]) {
        for index in scans.indices {
            guard let id, let place = scans[index].records.place(of: id) else { continue }
            if let filter = expansion.targets[index].query.filter, !filter.matches(scans[index], place) { continue }
            writers[index].append(scans[index].records, place, to: &bytes)
            return
        }
        bytes.append(contentsOf: "null".utf8)
    }

    private mutating func appendMany(_ id: SandboxGUID, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        if let scan = scans.first, let query = expansion.targets.first?.query {
            var places = members[id] ?? []
            if let filter = query.filter { places = places.filter { filter.matches(scan, $0) } }
            places = DataverseSandbox.ordered(places, by: query.order, scan)
            for (index, place) in places.prefix(query.top ?? 5_000).enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                writers[0].append(scan.records, place, to: &bytes)
            }
        }
        bytes.append(UInt8(ascii: "]"))
        guard let root else { return }
        let address = "\(root)\(parent.set)(\(id))/\(expansion.name)"
        let link = expansion.options.isEmpty ? address : "\(address)?\(expansion.options)"
        bytes.append(contentsOf: ",\"\(expansion.name)@odata.nextLink\":".utf8)
        bytes.append(contentsOf: SandboxJSON.string(link).bytes)
    }
}
