/// Functions: what an address computes instead of naming it.
extension DataverseSandbox {
    /// `set(id)/Microsoft.Dynamics.CRM.Name()`.
    func boundFunction(
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ id: SandboxGUID,
        _ segment: ODataSegment
    ) throws(DataverseError) -> DataverseAnswer {
        switch (segment.name, table.name) {
        case ("Microsoft.Dynamics.CRM.CalculateTotalTimeIncident", "incident"): return totalTime(call, id)
        default: throw .unknownSegment(segment.name)
        }
    }

    /// The minutes of all completed activities of a case.
    private func totalTime(_ call: DataverseCall, _ id: SandboxGUID) -> DataverseAnswer {
        var total = 0
        for collection in Set(store.schema.collections(of: "incident").values) {
            guard let table = store.schema.table(collection.table),
                let position = table.position("actualdurationminutes")
            else { continue }
            let state = table.position("statecode")
            for place in store.members(of: collection)[id] ?? [] {
                let row = store[table.name].rows[place]
                let isCompleted = state.flatMap { row.value($0) }.map { $0.elementsEqual("1".utf8) } ?? true
                guard isCompleted, let json = row.value(position) else { continue }
                total += Int(String(decoding: json, as: UTF8.self)) ?? 0
            }
        }
        let body = SandboxJSON.members([
            "@odata.context": .string(
                "\(call.root)$metadata#Microsoft.Dynamics.CRM.CalculateTotalTimeIncidentResponse"
            ),
            "TotalTime": .number(String(total)),
        ])
        return .json(200, body.bytes)
    }

    /// `InitializeFrom(EntityMoniker=@p1,TargetEntityName=@p2,TargetFieldType=@p3)`: what a new record takes over.
    mutating func initializeFrom(_ call: DataverseCall, _ key: String) throws(DataverseError) -> DataverseAnswer {
        var text = DataverseQueryText()
        for (name, value) in FormDecoding.pairs(call.query) { try text.take(name, value) }
        var values: [String: String] = [:]
        for piece in DataverseQueryText.pieces(key, ",") {
            let parts = piece.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 { values[parts[0]] = try text.resolved(parts[1]) }
        }
        let address = values["EntityMoniker"]?.split(separator: "'").last { $0.contains("(") }
        guard let address, let segment = ODataPath.segments(address)?.last, let recordKey = segment.key,
            let source = store.schema.table(set: segment.name), let name = values["TargetEntityName"],
            let target = store.schema.table(name.filter { $0 != "'" })
        else { throw .syntax("The parameters of InitializeFrom cannot be read.") }
        guard let id = try find(recordKey, source).id, let place = store[source.name].place(of: id) else {
            throw .missing(source.name, recordKey)
        }
        var members: [SandboxJSON.Member] = [
            .init(name: "@odata.context", value: .string("\(call.root)$metadata#\(target.set)/$entity")),
            .init(name: "@odata.type", value: .string("#Microsoft.Dynamics.CRM.\(target.name)")),
        ]
        let back = target.columns.flatMap { column in column.type.targets.map { (column, $0) } }
        let lookup = back.first { column, way in
            way.table == source.name && column.attribute.hasPrefix("parent") && column.access == .always
        }
        if let lookup {
            let name = "\(lookup.1.navigation)@odata.bind"
            members.append(.init(name: name, value: .string("\(source.set)(\(id))")))
        }
        members += mapped(source, target, store[source.name].rows[place])
        return .json(200, SandboxJSON.object(members).bytes)
    }

    /// The currency and the address, as far as both tables have them.
    private func mapped(
        _ source: DataverseTable,
        _ target: DataverseTable,
        _ row: DataverseRow
    ) -> [SandboxJSON.Member] {
        var members: [SandboxJSON.Member] = []
        for (position, column) in source.columns.enumerated() where target.position(column.attribute) != nil {
            guard let json = row.value(position) else { continue }
            if column.attribute == "transactioncurrencyid", let id = row.guid(position) {
                let address = "transactioncurrencies(\(id))"
                members.append(.init(name: "\(column.attribute)@odata.bind", value: .string(address)))
            } else if column.attribute.hasPrefix("address1_"), column.access == .always,
                let value = try? SandboxJSON(bytes: Array(json))
            {
                members.append(.init(name: column.attribute, value: value))
            }
        }
        return members
    }
}
