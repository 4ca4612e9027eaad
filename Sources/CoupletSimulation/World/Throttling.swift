import CoupletCore
import CoupletPorts

/// How long a system asked to be left alone, and whether that was kept to.
///
/// A process can keep to an answer that it has heard and to no other, so that this begins anew with each process.
struct Throttling: Sendable {
    private var notBefore = BySide<Instant?>(erp: nil, crm: nil)
    private(set) var judged = 0
    private(set) var early: [String] = []

    /// Notes an answer that was heard.
    mutating func note(_ answer: HTTPResponseMessage, of side: Side, at now: Instant) {
        guard answer.status == 429, let text = answer.header("Retry-After"), let seconds = Double(text) else { return }
        let until = now.advanced(bySeconds: seconds)
        notBefore[side] = max(notBefore[side] ?? until, until)
    }

    /// Judges a request that arrives.
    mutating func judge(_ side: Side, at now: Instant) {
        guard let until = notBefore[side] else { return }
        judged += 1
        if now < until {
            early.append("\(side.rawValue) was asked \(now.seconds(until: until)) s before it wanted to be")
        } else {
            notBefore[side] = nil
        }
    }

    /// Forgets what a process that is gone had heard.
    mutating func forget() { notBefore = BySide(erp: nil, crm: nil) }
}
