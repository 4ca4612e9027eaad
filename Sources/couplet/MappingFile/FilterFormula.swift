import CoupletCore

extension RecordFilter {
    /// The filter in the words of a formula, as files have it; empty where it lets every record through.
    var formula: String { text(in: FilterContext(side: .erp)) }
}
