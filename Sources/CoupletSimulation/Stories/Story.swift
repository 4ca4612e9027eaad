import CoupletSandbox

/// A history as a person tells it: who did what, what was expected, and what is.
package struct Story: Sendable {
    /// The story, a line each.
    package let lines: [String]

    /// Tells the story of a run.
    /// - Parameters:
    ///   - history: The history.
    ///   - report: What came of it.
    package init(_ history: History, _ report: SimulationReport) {
        let teller = Teller(labels: report.labels)
        var lines = ["History \(history)"]
        lines += report.trace.compactMap(teller.told)
        if report.violations.isEmpty { lines.append("Every invariant held.") }
        for violation in report.violations.prefix(5) {
            lines.append("Expected: \(violation.invariant.sentence) (invariant \(violation.invariant.rawValue))")
            lines.append("Instead:  \(teller.named(violation.text))")
        }
        lines.append("Again with: couplet-sim --replay \(history)")
        self.lines = lines
    }
}

/// Puts the lines of a trace into words.
private struct Teller {
    let labels: [String: String]

    /// A line in words; nil for what says nothing to a person.
    func told(_ line: String) -> String? {
        let parts = line.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let milliseconds = Int64(parts[0]) else { return nil }
        let text = String(parts[1])
        let words = text.split(separator: " ", maxSplits: 3).map(String.init)
        let told: String?
        switch words[0] {
        case "user": told = user(words)
        case "ACTION": told = "a person asks Couplet: \(text.dropFirst(7))"
        case "FAULT": told = "  here strikes: \(text.dropFirst(6))"
        case "CRASH": told = "  the process ends \(text.dropFirst(6))"
        case "restart": told = "another process begins"
        case "restore": told = "\(text.dropFirst(8)) is put back to an earlier state"
        case "QUIET": told = "nobody edits any more, and Couplet gets its time"
        case "couplet": told = "  Couplet \(text.dropFirst(8))"
        case "refused:": told = "  Couplet answers: \(text.dropFirst(9))"
        case "late": told = text.contains("$batch") ? "  a batch arrives late" : nil
        default: told = nil
        }
        return told.map { "\(seconds(milliseconds))  \(named($0))" }
    }

    private func seconds(_ milliseconds: Int64) -> String {
        let text = "\(milliseconds / 1000).\(String(1000 + milliseconds % 1000).dropFirst()) s"
        return String(repeating: " ", count: max(0, 12 - text.count)) + text
    }

    private func user(_ words: [String]) -> String? {
        guard words.count == 4 else { return nil }
        let (side, table, rest) = (words[1].uppercased(), words[2], words[3])
        if rest.hasPrefix("delete ") { return "a user of the \(side) deletes \(rest.dropFirst(7)) of \(table)" }
        guard let row = try? SandboxJSON(bytes: Array(rest.utf8)), let members = row.object else {
            return "a user of the \(side): \(table) \(rest)"
        }
        let id = members.first?.value.string ?? ""
        let values = members.dropFirst().map { "\($0.name) = '\($0.value.plainText)'" }.joined(separator: ", ")
        return "a user of the \(side) sets in \(id): \(values)"
    }

    /// The text with records under the names that people have for them.
    func named(_ text: String) -> String {
        labels.reduce(text) { text, label in text.replacing(label.key, with: label.value) }
    }
}

extension Invariant {
    /// The invariant as a user would say it.
    package var sentence: String {
        switch self {
        case .noLostUpdate: "what a user typed stays, or reaches the other side, or is found in the history"
        case .noInvention: "every value comes from a user, a template or a person's decision"
        case .noDuplicate: "a record gets at most one counterpart"
        case .noOrphan: "what Couplet created is coupled, or asked about"
        case .convergence: "coupled records end up equal, or it says why not"
        case .quiescence: "once equal, nothing more is written or asked"
        case .noEcho: "Couplet's own write is never taken for a user's"
        case .noResurrection: "what was deleted stays deleted"
        case .noDeletion: "Couplet deletes nothing"
        case .commutativity: "the order of work does not change the result"
        case .fieldIndependence: "edits of different fields are no conflict"
        case .oneWay: "what may not be written is not written"
        case .bijection: "a record has one partner, and keeps it"
        case .referentialOrder: "a reference leads to the record that is coupled with the one it names"
        case .checkpointSafety: "no change is passed over"
        case .atomicRecords: "no half-written record is taken for settled"
        case .conditionalWrites: "nothing is written over unseen"
        case .roundTrip: "no value comes and goes by itself"
        case .throttleLaw: "a system that asks to wait is left alone as long"
        case .isolation: "one bad record delays no other"
        case .accountability: "every write is in the history"
        case .previewIsApplied: "a preview writes nothing, and applying it does just what was shown"
        case .restoreSafety: "a restored store writes no more than was edited since"
        case .determinism: "the same seed gives the same history"
        case .clearFailures: "an action ends with a result, or says what to do"
        }
    }
}
