import CoupletCore
import CoupletEngine
import Synchronization

/// Shows how far an action is: a bar on a terminal, one line per stage otherwise, nothing where a program reads.
final class ProgressBar: Sendable {
    private struct State {
        var event: ProgressEvent?
        var began = ContinuousClock.now
        var drawn: ContinuousClock.Instant?
        var hasLine = false
    }

    private let console: Console
    private let draws: Bool
    private let state = Mutex(State())

    init(_ console: Console) {
        self.console = console
        draws = Terminal.showsErrors
    }

    /// Takes an event; called from any thread.
    func take(_ event: ProgressEvent) {
        if !draws {
            guard !console.isJSON, let line = newStage(event) else { return }
            console.note(line)
            return
        }
        let line: String? = state.withLock { state in
            let now = ContinuousClock.now
            if !ProgressBar.isSameStage(state.event, event) { state.began = now }
            let isDue = state.drawn.map { $0.duration(to: now) > .milliseconds(80) } ?? true
            let isNew = !ProgressBar.isSameStage(state.event, event)
            state.event = event
            guard isDue || isNew || event.done == event.total else { return nil }
            state.drawn = now
            state.hasLine = true
            let elapsed = state.began.duration(to: now) / .seconds(1)
            return bar(event, seconds: elapsed)
        }
        if let line { Terminal.write("\r\u{1B}[K" + line, to: 2) }
    }

    /// Removes the bar, so that what follows begins on a fresh line.
    func finish() {
        let had = state.withLock { state in
            let had = state.hasLine
            state.hasLine = false
            state.event = nil
            return had
        }
        if had { Terminal.write("\r\u{1B}[K", to: 2) }
    }

    /// What stage the event belongs to, when it is the first of it.
    private func newStage(_ event: ProgressEvent) -> String? {
        let line = stage(event)
        return state.withLock { state in
            defer { state.event = event }
            return state.event.map(stage) == line ? nil : line
        }
    }

    private static func isSameStage(_ one: ProgressEvent?, _ other: ProgressEvent) -> Bool {
        one?.stage == other.stage && one?.mapping == other.mapping && one?.side == other.side
    }

    private func stage(_ event: ProgressEvent) -> String {
        console.text(
            "stage.\(event.stage.rawValue)",
            [
                "mapping": event.mapping ?? "",
                "side": event.side.map { console.text("side.\($0.rawValue)") } ?? "",
            ]
        )
    }

    private func bar(_ event: ProgressEvent, seconds: Double) -> String {
        let width = Terminal.width(of: 2) ?? 80
        var text = stage(event) + " "
        let rate = seconds > 0.2 ? Double(event.done) / seconds : 0
        if let total = event.total, total > 0 {
            let share = min(1, Double(event.done) / Double(total))
            let filled = Int(share * 24)
            text += String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
            text += " \(event.done)/\(total)"
            if rate > 0, event.done < total {
                let left = Int((Double(total - event.done) / rate).rounded(.up))
                text += " " + console.text("progress.left", ["time": ProgressBar.duration(left)])
            }
        } else if event.done > 0 {
            text += "\(event.done)"
        }
        if rate >= 1 { text += " " + console.text("progress.rate", ["rate": String(Int(rate))]) }
        return DisplayWidth.cut(text, to: width - 1)
    }

    private static func duration(_ seconds: Int) -> String {
        let padded = seconds % 60 < 10 ? "0\(seconds % 60)" : String(seconds % 60)
        return "\(seconds / 60):\(padded)"
    }
}
