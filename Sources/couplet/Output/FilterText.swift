import CoupletCore

/// Shows a filter as people read it.
struct FilterText {
    private let console: Console

    init(_ console: Console) { self.console = console }

    /// The filter as text; a sentence where it lets every record through.
    func text(_ filter: RecordFilter) -> String {
        filter == .everything ? console.text("filter.everything") : Self.technical(filter)
    }

    /// The filter in the words of a formula; empty where it lets every record through.
    static func technical(_ filter: RecordFilter) -> String { filter.text(in: FilterContext(side: .erp)) }
}
