import CoupletCore
import CoupletEngine

/// How far a stage is, in one line: what is done, of how many, how fast, and for how long yet.
struct ProgressLine {
    /// The last that was heard of the stage.
    let event: ProgressEvent
    /// How long the stage has taken so far.
    let seconds: Double

    /// No rate is worked out from less than this.
    private static let shortest = 0.2
    private static let barWidth = 24

    /// The line, no wider than the terminal.
    func text(_ console: Console, width: Int) -> String {
        var parts = [stage(console)]
        let rate = seconds > Self.shortest ? Double(event.done) / seconds : 0
        if let total = event.total, total > 0 {
            let filled = Int(min(1, Double(event.done) / Double(total)) * Double(Self.barWidth))
            parts.append(
                String(repeating: "█", count: filled) + String(repeating: "░", count: Self.barWidth - filled)
            )
            parts.append("\(event.done)/\(total)")
            if rate > 0, event.done < total {
                let left = Int((Double(total - event.done) / rate).rounded(.up))
                parts.append(console.text("progress.left", ["time": Self.duration(left)]))
            }
        } else if event.done > 0 {
            parts.append(String(event.done))
        }
        if rate >= 1 { parts.append(console.text("progress.rate", ["rate": String(Int(rate))])) }
        return DisplayWidth.cut(parts.joined(separator: " "), to: width)
    }

    private func stage(_ console: Console) -> String {
        var arguments = ["mapping": event.mapping ?? ""]
        if let side = event.side {
            arguments["side"] = console.text("side.\(side.rawValue)")
            arguments["other"] = console.text("side.\(side.other.rawValue)")
        }
        return console.text("stage.\(event.stage.rawValue)", arguments)
    }

    private static func duration(_ seconds: Int) -> String {
        let padded = seconds % 60 < 10 ? "0\(seconds % 60)" : String(seconds % 60)
        return "\(seconds / 60):\(padded)"
    }
}
