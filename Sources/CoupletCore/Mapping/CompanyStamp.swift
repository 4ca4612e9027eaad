/// Marks records of the CRM as one ERP company's, in a column of the CRM's table, where several companies share it.
public struct CompanyStamp: Codable, Sendable, Hashable {
    /// Which records a mapping takes for its own, by their stamp.
    public enum Admission: String, Codable, Sendable, Hashable, CaseIterable {
        /// Those of this company, and those of none.
        case ownOrBlank
        /// Those of this company only.
        case own
        /// All of them, whatever company they name.
        case any
    }

    /// The CRM's column.
    public var field: FieldMapping.Field
    /// What stands in it for this company; nil until it has been looked up, and nothing is stamped until then.
    public var value: Value?
    /// Which records the mapping takes for its own.
    public var admits: Admission
    /// Where the value is looked up: the CRM's table of companies, by the company's id in the ERP; nil where that id
    /// itself is the value.
    public var companies: ReferencePath.KeyTable?

    /// Creates a stamp.
    public init(
        field: FieldMapping.Field,
        value: Value? = nil,
        admits: Admission = .ownOrBlank,
        companies: ReferencePath.KeyTable? = nil
    ) {
        self.field = field
        self.value = value
        self.admits = admits
        self.companies = companies
    }

    /// The records that the mapping takes for its own.
    public var filter: RecordFilter {
        guard let value else { return .everything }
        let own = RecordFilter.compare(field: field.name, .equal, value)
        switch admits {
        case .own: return own
        case .ownOrBlank: return .any([own, .blank(field: field.name)])
        case .any: return .everything
        }
    }

    /// The stamp as a field mapping: the column holds the company's value, whatever the ERP's record has.
    var fieldMapping: FieldMapping? {
        value.map { value in
            FieldMapping(
                erp: FieldMapping.Field("", .text(maximum: 0)),
                crm: field,
                direction: .toIntegrationTable,
                constant: value
            )
        }
    }

    /// What takes the stamp away from a record that this company gives up.
    ///
    /// Asked for a record that no other mapping of the company has coupled.
    /// - Parameter present: What stands in the column.
    /// - Returns: The field to write; nil where the record names another company or none.
    public func clearing(_ present: Value) -> Step.Field? {
        guard let mapping = fieldMapping, let value, field.type.isSame(present, value) else { return nil }
        let write = FieldWrite(field: mapping.id, value: .null, source: value, before: present, cause: .uncouple)
        return Step.Field(target: field, write: write)
    }
}

extension TableMapping {
    /// The stamp as a field mapping of its own; nil where the mapping has none or never writes to the CRM.
    var stampField: FieldMapping? { direction.writes(to: .crm) ? companyStamp?.fieldMapping : nil }

    /// Whether records of the CRM get a stamp of the company.
    public var isStamped: Bool { stampField != nil }

    /// Which records of a side the mapping concerns: those that pass the table's filter and, in the CRM, name no other
    /// company than the mapping's.
    public func scope(_ side: Side) -> RecordFilter {
        let filter = table(side).filter
        guard side == .crm, let stamp = companyStamp, stamp.filter != .everything else { return filter }
        return filter == .everything ? stamp.filter : .all([filter, stamp.filter])
    }
}

extension MappingProgram {
    /// What takes the company's stamp away from a record of the CRM; nil where it has none of this company.
    public func clearingStamp(of row: ObservedRow) -> Step.Field? {
        guard let stamp, let present = value(of: row, field: stamp, side: .crm) else { return nil }
        return mapping.companyStamp?.clearing(present)
    }

    /// What puts back a stamp that this company has taken away from a record of the CRM.
    /// - Parameters:
    ///   - write: How it was taken away.
    ///   - row: The record as it is now.
    /// - Returns: The field to write; nil where something else stands there by now, or the mapping has another stamp.
    public func restoringStamp(_ write: FieldWrite, of row: ObservedRow) -> Step.Field? {
        guard let stamp, write.cause == .uncouple, write.field == fieldIDs[stamp],
            let present = value(of: row, field: stamp, side: .crm), types.crm[stamp].isBlank(present)
        else { return nil }
        let back = FieldWrite(
            field: write.field,
            value: write.before,
            source: write.source,
            before: present,
            cause: .undo
        )
        return Step.Field(target: fields[stamp].crm, write: back)
    }
}
