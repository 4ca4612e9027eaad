/// A sum over the last so many milliseconds, kept in a few hundred slices.
struct SlidingWindow: Sendable {
    private static let slices = 300

    private let slice: Int64
    private var sums = [Int](repeating: 0, count: Self.slices)
    /// The number of the newest slice since the epoch.
    private var newest: Int64 = 0
    private(set) var total = 0

    init(milliseconds: Int) { slice = max(1, Int64(milliseconds) / Int64(Self.slices)) }

    /// Adds at a time, which is not before the one of the call before.
    mutating func add(_ amount: Int, at now: SandboxInstant) {
        move(to: now)
        sums[place(newest)] += amount
        total += amount
    }

    /// The sum of what was added in the window that ends now.
    mutating func total(at now: SandboxInstant) -> Int {
        move(to: now)
        return total
    }

    /// How many milliseconds it takes until the sum is below a limit, if nothing is added.
    mutating func wait(untilBelow limit: Int, at now: SandboxInstant) -> Int64 {
        move(to: now)
        var rest = total
        for age in stride(from: Int64(Self.slices) - 1, through: 0, by: -1) {
            if rest < limit { return max(0, (newest - age - 1 + Int64(Self.slices)) * slice - now.milliseconds) }
            rest -= sums[place(newest - age)]
        }
        return (newest + Int64(Self.slices)) * slice - now.milliseconds
    }

    private mutating func move(to now: SandboxInstant) {
        let present = SandboxInstant.floorDivide(now.milliseconds, slice).quotient
        guard present > newest else { return }
        if present - newest >= Int64(Self.slices) {
            sums = [Int](repeating: 0, count: Self.slices)
            total = 0
        } else {
            for number in newest + 1...present {
                total -= sums[place(number)]
                sums[place(number)] = 0
            }
        }
        newest = present
    }

    private func place(_ number: Int64) -> Int {
        Int(SandboxInstant.floorDivide(number, Int64(Self.slices)).remainder + Int64(Self.slices)) % Self.slices
    }
}
