/// What a value of one side is called on the other, row by row: countries, languages, any short list people keep.
public struct TranslationTable: Codable, Sendable, Hashable {
    /// Two values that mean the same.
    public struct Row: Codable, Sendable, Hashable {
        /// What the ERP calls it.
        public var erp: String
        /// What the CRM calls it.
        public var crm: String

        /// Creates a row.
        public init(erp: String, crm: String) {
            self.erp = erp
            self.crm = crm
        }
    }

    /// What becomes of a value that no row has.
    public enum Unlisted: String, Codable, Sendable, Hashable, CaseIterable {
        /// It is reported.
        case refuse
        /// It stays as it is.
        case keep
    }

    /// The rows; where a value stands in several, the first counts.
    public var rows: [Row]
    /// What becomes of other values.
    public var unlisted: Unlisted

    /// Creates a table.
    public init(rows: [Row], unlisted: Unlisted = .refuse) {
        self.rows = rows
        self.unlisted = unlisted
    }

    /// What the other side calls a value, found without regard to case and surrounding blanks; nil when it is unlisted
    /// and not kept.
    public func translation(of value: String, from source: Side) -> String? {
        let wanted = value.codeForm
        for row in rows {
            let (own, other) = source == .erp ? (row.erp, row.crm) : (row.crm, row.erp)
            if own.codeForm.utf8.elementsEqual(wanted.utf8) { return other }
        }
        return unlisted == .keep ? value : nil
    }
}
