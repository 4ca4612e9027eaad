import CoupletCore
import CoupletPorts
import Foundation

/// The machine's own time.
struct SystemClock: EngineClock {
    var now: Instant { Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) }

    func sleep(until instant: Instant) async throws {
        let seconds = now.seconds(until: instant)
        guard seconds > 0 else { return try Task.checkCancellation() }
        try await Task.sleep(for: .milliseconds(Int64((seconds * 1000).rounded(.up))))
    }
}

/// Random ids of version 4.
struct RandomIDSource: IDSource {
    func next() -> RecordID {
        var generator = SystemRandomNumberGenerator()
        let high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return RecordID(high: high, low: low)
    }
}
