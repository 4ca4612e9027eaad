import CoupletCore
import CoupletPorts

extension IDSource {
    /// A number from 0 to 1, so that what waits does not come back all at once.
    func jitter() -> Double { Double(next().low >> 11) / Double(1 << 53) }
}
