/// What making a unit group brings along.
extension DataverseSandbox {
    /// Gives a new unit group its base unit, under the name that the group says.
    mutating func addBaseUnit(
        to group: DataverseRecordDraft,
        _ id: SandboxGUID,
        _ call: DataverseCall,
        _ author: DataverseAuthor
    ) throws(DataverseError) {
        guard group.table.name == "uomschedule", let units = store.schema.table("uom"),
            let name = group.value("baseuomname")
        else { return }
        var values: [Int: [UInt8]?] = [:]
        for (attribute, json) in [
            ("name", Array(name)), ("uomscheduleid", DataverseEncoding.guid(id)),
            ("isschedulebaseuom", Array("true".utf8)),
        ] {
            if let position = units.position(attribute) { values[position] = json }
        }
        try write(values, units, desk.generator.guid(), old: nil, call, author)
    }
}
