/// How long answers take on their way.
package struct Latency: Sendable {
    /// What every answer takes, in milliseconds.
    package let milliseconds: Int
    /// What chance adds at most, in milliseconds.
    package let jitter: Int
    private var generator: SandboxGenerator

    /// Makes a latency; the same seed gives the same delays.
    package init(milliseconds: Int, jitter: Int = 0, seed: UInt64 = 0) {
        (self.milliseconds, self.jitter) = (milliseconds, jitter)
        generator = SandboxGenerator(seed: seed)
    }

    /// Reads `{"milliseconds", "jitter", "seed"}`.
    /// - Throws: `QueryError` where they are no such numbers.
    package init(json: SandboxJSON) throws(QueryError) {
        let (milliseconds, jitter) = (json["milliseconds"]?.integer ?? 0, json["jitter"]?.integer ?? 0)
        guard json.object != nil, (0...3_600_000).contains(milliseconds), (0...3_600_000).contains(jitter) else {
            throw QueryError(.syntax, "'latency' has 'milliseconds' and 'jitter' from 0 to 3600000, and a 'seed'.")
        }
        let seed = json["seed"]?.number.flatMap { UInt64($0) } ?? 0
        self.init(milliseconds: milliseconds, jitter: jitter, seed: seed)
    }

    /// The delay of the next answer, in milliseconds.
    package mutating func next() -> Int { milliseconds + Int(generator.fraction() * Double(jitter)) }
}
