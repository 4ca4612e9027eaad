/// How soon systems are looked at again for changes: at once while there are some, less and less often while there are
/// none.
public struct LookPace: Sendable, Hashable {
    /// The shortest pause in seconds.
    public var shortest: Double
    /// The longest pause in seconds.
    public var longest: Double
    /// What a pause is multiplied with after a look that found nothing.
    public var factor: Double
    /// The seconds until the next look.
    public private(set) var pause: Double

    /// Creates a pace; pauses are in seconds, above 0.
    public init(shortest: Double = 1, longest: Double = 60, factor: Double = 1.3) {
        self.shortest = shortest
        self.longest = longest
        self.factor = factor
        pause = shortest
    }

    /// Takes note of a look.
    public mutating func note(foundChanges: Bool) {
        pause = foundChanges ? shortest : min(pause * factor, longest)
    }

    /// The same pace where somebody knows of a change.
    public mutating func wake() { pause = shortest }
}
