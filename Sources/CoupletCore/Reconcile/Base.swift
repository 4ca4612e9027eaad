/// The settled value of every mapped field on each side, each in that side's own form.
///
/// The layout's fields are field mapping ids (`FieldMapping.id`), and both rows follow it. A field that is absent in a
/// row has no base. In the CRM row, `FieldTag.same` stands for the bytes of the ERP row's field.
public struct Base: Sendable, Hashable {
    /// The layout of both rows: field mapping ids.
    public var layout: RowLayout
    /// The ERP's settled values.
    public var erp: EncodedRow
    /// The CRM's settled values.
    public var crm: EncodedRow

    /// Creates a base of rows that follow the layout.
    public init(layout: RowLayout, erp: EncodedRow, crm: EncodedRow) {
        self.layout = layout
        self.erp = erp
        self.crm = crm
    }
}
