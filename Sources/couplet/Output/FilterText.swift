import CoupletCore

/// Shows a filter as people read it.
struct FilterText {
    private let console: Console

    init(_ console: Console) { self.console = console }

    /// The filter as text; a sentence where it lets every record through.
    func text(_ filter: RecordFilter) -> String {
        filter == .everything ? console.text("filter.everything") : filter.formula
    }
}
