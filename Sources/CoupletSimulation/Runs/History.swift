import CoupletCore
import CoupletPorts
import CoupletSandbox

/// What shall happen in a run: events in order, each with a seed of its own, so that some can be left out without changing
/// what the others do.
package struct History: Sendable, CustomStringConvertible {
    /// One thing that happens.
    struct Event: Sendable {
        enum Kind: Sendable, Hashable {
            /// A person couples what matches and creates the rest.
            case setUp
            /// A user edits a system.
            case edit
            /// A person asks Couplet for something, while things go wrong.
            case action
            /// A person looks at a plan and lets it through at once.
            case previewAndApply
            /// A person changes a mapping.
            case mappingChange
            /// A system is put back to an earlier state.
            case restoreSystem(Side)
            /// Couplet gets its time, and is judged.
            case quiet
            /// A field that the mapping names is gone, and comes back.
            case schemaChange
            /// Couplet's store is put back to where it was at an earlier quiet point.
            case restoreCouplet
            /// A copy of the store is at work for a while.
            case secondCopy
        }

        /// The event's place in the whole history.
        var index: Int
        var kind: Kind
        /// Where all chance within it begins.
        var seed: UInt64
        /// Whether nothing goes wrong during it.
        var isCalm = false
    }

    /// Where everything began.
    package let seed: UInt64
    /// Which faults it may have.
    package let focus: FaultFocus
    var events: [Event]

    /// The history of a seed.
    /// - Parameters:
    ///   - seed: Everything follows from it.
    ///   - focus: Which faults it may have.
    package init(seed: UInt64, focus: FaultFocus = FaultFocus()) {
        self.seed = seed
        self.focus = focus
        var writer = HistoryWriter(seed: seed, focus: focus)
        events = writer.write()
    }

    private init(seed: UInt64, focus: FaultFocus, events: [Event]) {
        self.seed = seed
        self.focus = focus
        self.events = events
    }

    /// The history with some of its events only.
    func keeping(_ events: [Event]) -> History { History(seed: seed, focus: focus, events: events) }

    /// Seed and events in one word, from which the same history can be had again: `42:0.3c.7`, where `c` marks events
    /// during which nothing goes wrong; the seed alone where nothing is left out.
    package var description: String {
        let all = History(seed: seed, focus: focus).events
        let isWhole = all.count == events.count && events.allSatisfy { !$0.isCalm }
        guard !isWhole else { return String(seed) }
        return "\(seed):" + events.map { "\($0.index)\($0.isCalm ? "c" : "")" }.joined(separator: ".")
    }

    /// How many events it has.
    package var count: Int { events.count }

    /// Reads what `description` gives; nil where it is none.
    package init?(_ text: String, focus: FaultFocus = FaultFocus()) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let first = parts.first, let seed = UInt64(first), parts.count <= 2 else { return nil }
        self.init(seed: seed, focus: focus)
        guard parts.count == 2 else { return }
        var kept: [Event] = []
        for word in parts[1].split(separator: ".") {
            let isCalm = word.hasSuffix("c")
            guard let index = Int(isCalm ? word.dropLast() : word), events.indices.contains(index) else { return nil }
            var event = events[index]
            event.isCalm = isCalm
            kept.append(event)
        }
        events = kept
    }
}

/// Makes the events of a seed's history.
private struct HistoryWriter {
    private var random: SimulationGenerator
    private let focus: FaultFocus
    private var events: [History.Event] = []

    init(seed: UInt64, focus: FaultFocus) {
        random = SimulationGenerator(seed: seed ^ 0xE7E)
        self.focus = focus
    }

    /// Most histories are short, for what goes wrong needs few events, and some are long, for what needs many.
    mutating func write() -> [History.Event] {
        let (quietPoints, length): (Int, Int)
        switch random.below(20) {
        case 0...17: (quietPoints, length) = (1, 2 + random.below(4))
        case 18: (quietPoints, length) = (2, 3 + random.below(4))
        default: (quietPoints, length) = (3, 7)
        }
        if !random.oneIn(4) { add(.setUp) }
        for _ in 0..<quietPoints {
            for _ in 0..<length {
                for _ in 0..<random.below(4) { add(.edit) }
                add(happening())
            }
            add(.quiet)
            if focus.strikes(.restoreCouplet, oneIn: 20, &random) { addAndRest(.restoreCouplet) }
            if focus.strikes(.secondCopy, oneIn: 20, &random) { addAndRest(.secondCopy) }
        }
        return events
    }

    private mutating func happening() -> History.Event.Kind {
        if focus.strikes(.restoreERP, oneIn: 40, &random) { return .restoreSystem(.erp) }
        if focus.strikes(.restoreCRM, oneIn: 40, &random) { return .restoreSystem(.crm) }
        if focus.strikes(.schemaChange, oneIn: 60, &random) { return .schemaChange }
        switch random.below(30) {
        case 0: return .mappingChange
        case 1: return .previewAndApply
        default: return .action
        }
    }

    private mutating func addAndRest(_ kind: History.Event.Kind) {
        add(kind)
        add(.quiet)
    }

    private mutating func add(_ kind: History.Event.Kind) {
        events.append(History.Event(index: events.count, kind: kind, seed: random.next()))
    }
}
