/// `AddToQueue`.
extension DataverseSandbox {
    /// Puts an activity or another record into a queue; one that is in a queue already is moved.
    mutating func addToQueue(_ call: DataverseCall, _ queue: SandboxGUID) throws(DataverseError) -> DataverseAnswer {
        guard store.exists("queue", queue) else { throw .missing("queue", queue.description) }
        guard let table = store.schema.table("queueitem"), let subject = table.position("objectid"),
            let holder = table.position("queueid")
        else { throw .unknownSegment("Microsoft.Dynamics.CRM.AddToQueue") }
        let author = try author(of: call)
        let body = SandboxJSON.object(try members(call, "AddToQueue"))
        let target = try record(body["Target"], "Target", call)
        let object = store[target.table.name].ids[target.place]
        let records = store[table.name]
        let wanted = DataverseEncoding.guid(object)
        let place = records.ids.indices.first { place in
            records.present[place] && records.rows[place].value(subject)?.elementsEqual(wanted) ?? false
        }
        let id = place.map { records.ids[$0] } ?? desk.generator.guid()
        var values: [Int: [UInt8]?] = [subject: wanted, holder: DataverseEncoding.guid(queue)]
        let title = store.value(target.table.name, object, target.table.nameAttribute)
        if let position = table.position("title") { values[position] = .some(title.map { Array($0) }) }
        try write(values, table, id, old: place, call, author)
        let answer = SandboxJSON.members([
            "@odata.context": .string("\(call.root)$metadata#Microsoft.Dynamics.CRM.AddToQueueResponse"),
            "QueueItemId": .string(id.description),
        ])
        return .json(200, answer.bytes)
    }
}
