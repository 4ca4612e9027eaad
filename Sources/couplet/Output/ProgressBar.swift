import CoupletCore
import CoupletEngine
import Synchronization

/// Shows how far an action is: a bar where standard error is a terminal, nothing elsewhere.
final class ProgressBar: Sendable {
    private struct State {
        var event: ProgressEvent?
        /// When the stage began: at the last event of the one before, for its own first event tells of work done.
        var began = ContinuousClock.now
        var last = ContinuousClock.now
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
        guard draws else { return }
        let line: String? = state.withLock { state in
            let now = ContinuousClock.now
            if !ProgressBar.isSameStage(state.event, event) { state.began = state.last }
            state.last = now
            let isDue = state.drawn.map { $0.duration(to: now) > .milliseconds(80) } ?? true
            let isNew = !ProgressBar.isSameStage(state.event, event)
            state.event = event
            guard isDue || isNew || event.done == event.total else { return nil }
            state.drawn = now
            state.hasLine = true
            let elapsed = state.began.duration(to: now) / .seconds(1)
            let width = Terminal.width(of: 2) ?? 80
            return ProgressLine(event: event, seconds: elapsed).text(console, width: width - 1)
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

    private static func isSameStage(_ one: ProgressEvent?, _ other: ProgressEvent) -> Bool {
        one?.stage == other.stage && one?.mapping == other.mapping && one?.side == other.side
    }
}
