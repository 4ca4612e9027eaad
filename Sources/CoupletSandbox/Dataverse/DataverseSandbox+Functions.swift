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
}
