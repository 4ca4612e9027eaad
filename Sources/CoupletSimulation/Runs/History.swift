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
            /// A person takes a field into a mapping that was never compared, in a bad hour for reading.
            case newField
            /// A person uncouples two records and couples them again, or one of them with another, in a bad hour for reading.
            case coupleAgain
        }

        /// The event's place in the whole history.
        var index: Int
        var kind: Kind
        /// Where all chance within it begins.
        var seed: UInt64
        /// Whether nothing goes wrong during it.
        var isCalm = false
    }

    /// How many seeds in a row have one beginning: setting up a company takes as long as half of what comes after it.
    package static let seedsPerBeginning: UInt64 = 8

    /// Where everything began.
    package let seed: UInt64
    /// Where its company, its setting and its set-up begin.
    package let beginning: UInt64
    /// Which faults it may have.
    package let focus: FaultFocus
    /// The ERP's fields of customers whose values Couplet synchronizes and does not keep.
    package var unkept: Set<String> = []
    var events: [Event]

    /// The history of a seed.
    /// - Parameters:
    ///   - seed: Everything else follows from it.
    ///   - beginning: Where company, setting and set-up begin; nil for what seeds in a row have in common.
    ///   - focus: Which faults it may have.
    package init(seed: UInt64, beginning: UInt64? = nil, focus: FaultFocus = FaultFocus()) {
        self.seed = seed
        self.beginning = beginning ?? Self.beginning(of: seed)
        self.focus = focus
        var writer = HistoryWriter(seed: seed, beginning: self.beginning, focus: focus)
        events = writer.write()
    }

    private static func beginning(of seed: UInt64) -> UInt64 { seed - seed % seedsPerBeginning }

    /// The histories of a seed and of those after it that have its beginning.
    /// - Parameters:
    ///   - seed: The first seed.
    ///   - count: The most histories, at least 1.
    ///   - focus: Which faults they may have.
    /// - Returns: The histories.
    package static func sharingBeginning(
        from seed: UInt64,
        atMost count: Int,
        focus: FaultFocus = FaultFocus()
    ) -> [History] {
        let left = seedsPerBeginning - seed % seedsPerBeginning
        return (0..<min(left, UInt64(count))).map { History(seed: seed &+ $0, focus: focus) }
    }

    /// The history with some of its events only.
    func keeping(_ events: [Event]) -> History {
        var history = self
        history.events = events
        return history
    }

    /// Seed and events in one word, from which the same history can be had again: `42:0.3c.7`, where `c` marks events
    /// during which nothing goes wrong; the seed alone where nothing is left out, and `42@7` where it has a beginning of
    /// its own.
    package var description: String {
        let name = beginning == Self.beginning(of: seed) ? "\(seed)" : "\(seed)@\(beginning)"
        let all = History(seed: seed, beginning: beginning, focus: focus).events
        let isWhole = all.count == events.count && events.allSatisfy { !$0.isCalm }
        guard !isWhole else { return name }
        return "\(name):" + events.map { "\($0.index)\($0.isCalm ? "c" : "")" }.joined(separator: ".")
    }

    /// How many events it has.
    package var count: Int { events.count }

    /// Reads what `description` gives; nil where it is none.
    package init?(_ text: String, focus: FaultFocus = FaultFocus()) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let names = (parts.first ?? "").split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count <= 2, (1...2).contains(names.count), let seed = UInt64(names[0]) else { return nil }
        let beginning = names.dropFirst().first.flatMap { UInt64($0) }
        guard names.count == 1 || beginning != nil else { return nil }
        self.init(seed: seed, beginning: beginning, focus: focus)
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
    private var beginning: SimulationGenerator
    private var seldom: SimulationGenerator
    private let hasLateField: Bool
    private let focus: FaultFocus
    private var events: [History.Event] = []

    init(seed: UInt64, beginning: UInt64, focus: FaultFocus) {
        random = SimulationGenerator(seed: seed ^ 0xE7E)
        self.beginning = SimulationGenerator(seed: beginning ^ 0xE7E)
        seldom = SimulationGenerator(seed: seed ^ 0x5E1D)
        hasLateField = Setting.lateField(beginning) != nil
        self.focus = focus
    }

    /// Most histories are short, for what goes wrong needs few events, and some are long, for what needs many.
    private static func shape(_ random: inout SimulationGenerator) -> (quietPoints: Int, length: Int) {
        switch random.below(20) {
        case 0...17: (1, 2 + random.below(4))
        case 18: (2, 3 + random.below(4))
        default: (3, 7)
        }
    }

    mutating func write() -> [History.Event] {
        let (quietPoints, length) = Self.shape(&random)
        // Both sequences go on as they would if they were one, so that a seed that is its own beginning gives what it gave
        // when each had its own.
        _ = (Self.shape(&beginning), random.next())
        if !beginning.oneIn(4) {
            events.append(History.Event(index: 0, kind: .setUp, seed: beginning.next()))
            _ = random.next()
        }
        for _ in 0..<quietPoints {
            for _ in 0..<length {
                for _ in 0..<random.below(4) { add(.edit) }
                add(happening())
            }
            add(.quiet)
            if focus.strikes(.restoreCouplet, oneIn: 20, &random) { addAndRest(.restoreCouplet) }
            if focus.strikes(.secondCopy, oneIn: 20, &random) { addAndRest(.secondCopy) }
        }
        // From a sequence of its own, and last, so that everything else in the history stays the same.
        if hasLateField, seldom.oneIn(2) { addAndRest(.newField) }
        if seldom.oneIn(24) { addAndRest(.coupleAgain) }
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
