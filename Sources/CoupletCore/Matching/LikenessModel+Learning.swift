extension LikenessModel {
    /// How many kinds of look-alikes are told apart at most.
    private static let kinds = 4

    /// Learns from the records alone.
    ///
    /// Records of one side are not the same as each other: what pairs of them have in common shows what look-alikes
    /// and coincidences look like. What pairs of both sides have in common beyond that comes from records of the same.
    /// - Parameters:
    ///   - across: Pairs of an ERP record and a CRM record with something in common.
    ///   - within: Pairs of records of one side with something in common.
    ///   - random: The chances of pairs taken at random.
    ///   - commonness: For each trait how common its values are on average.
    ///   - possible: How many records have a counterpart at most, as a share of the pairs across.
    init(across: PairSample, within: PairSample, random: [[Double]], commonness: [Double], possible: Double) {
        self.commonness = commonness
        self.random = PairClass(rate: 1, chances: random)
        self.random.shared = random.map { _ in 0 }
        match = PairClass(rate: 0.3 * possible, chances: random.map { _ in [0.03, 0.02, 0.03, 0.08, 0.84] })
        match = prepared(match)
        lookAlikes = LikenessModel.firstKinds(within, random).map { prepared($0) }
        for _ in 0..<20 { learnLookAlikes(within) }
        for _ in 0..<30 {
            let before = match.rate
            learnMatches(across, possible: possible)
            if abs(match.rate - before) <= 1e-4 * before { break }
        }
    }

    // MARK: Look-alikes

    /// The commonest patterns of agreement that differ most from each other.
    private static func firstKinds(_ pairs: PairSample, _ random: [[Double]]) -> [PairClass] {
        var patterns: [UInt64: Int] = [:]
        for pair in 0..<pairs.count {
            let pattern = pairs.with(pair) { likeness, _ in
                likeness.indices.reduce(UInt64(0)) { bits, trait in
                    let agrees = likeness[trait] == Likeness.same.rawValue || likeness[trait] == Likeness.near.rawValue
                    return agrees ? bits | 1 << UInt64(trait & 63) : bits
                }
            }
            if pattern != 0 { patterns[pattern, default: 0] += 1 }
        }
        let known = patterns.map { (pattern: $0.key, count: $0.value) }
            .sorted { ($1.count, $0.pattern) < ($0.count, $1.pattern) }
        var chosen: [UInt64] = []
        while chosen.count < kinds {
            let next = known.filter { !chosen.contains($0.pattern) }.max { one, two in
                spread(one, chosen) < spread(two, chosen)
            }
            guard let next, spread(next, chosen) > 0 else { break }
            chosen.append(next.pattern)
        }
        return chosen.map { pattern in
            PairClass(
                rate: max(1, Double(pairs.count) / Double(2 * kinds)) / max(pairs.pairsAltogether, 1),
                chances: random.indices.map { trait in
                    pattern & 1 << UInt64(trait & 63) != 0 ? [0.2, 0.1, 0.05, 0.1, 0.55] : [0.7, 0.1, 0.05, 0.05, 0.1]
                }
            )
        }
    }

    private static func spread(_ pattern: (pattern: UInt64, count: Int), _ chosen: [UInt64]) -> Double {
        let distance = chosen.map { ($0 ^ pattern.pattern).nonzeroBitCount }.min() ?? 1
        return Double(pattern.count) * Double(distance * distance)
    }

    private mutating func learnLookAlikes(_ pairs: PairSample) {
        guard !lookAlikes.isEmpty, pairs.count > 0 else { return }
        var tallies = lookAlikes.map { _ in Tally(traitCount: pairs.traitCount) }
        let rest = max(0, 1 - lookAlikes.reduce(0) { $0 + $1.rate })
        var weights = Array(repeating: 0.0, count: lookAlikes.count)
        for pair in 0..<pairs.count {
            pairs.with(pair) { likeness, frequency in
                var total = rest * likelihood(likeness, frequency, random)
                for kind in lookAlikes.indices {
                    weights[kind] = lookAlikes[kind].rate * likelihood(likeness, frequency, lookAlikes[kind])
                    total += weights[kind]
                }
                guard total > 0 else { return }
                for kind in lookAlikes.indices { tallies[kind].add(likeness, weights[kind] / total) }
            }
        }
        for kind in lookAlikes.indices {
            let prior = random.chances.map { _ in [0.5, 0.4, 0.3, 0.3, 0.5] }
            lookAlikes[kind].rate = (tallies[kind].weight + 0.01) / max(pairs.pairsAltogether, 1)
            lookAlikes[kind].chances = tallies[kind].chances(prior)
            lookAlikes[kind] = prepared(lookAlikes[kind])
        }
    }

    // MARK: Records of the same

    private mutating func learnMatches(_ pairs: PairSample, possible: Double) {
        var tally = Tally(traitCount: pairs.traitCount)
        for pair in 0..<pairs.count {
            pairs.with(pair) { likeness, frequency in
                let odds = odds(likeness, frequency)
                tally.add(likeness, odds / (1 + odds))
            }
        }
        match.rate = min(possible, (tally.weight + 0.1) / max(pairs.pairsAltogether, 1))
        match.chances = tally.chances(random.chances.map { _ in [0.6, 0.4, 0.6, 1.6, 16.8] })
        match = prepared(match)
    }

    /// How often each likeness of each trait was seen in a class.
    private struct Tally {
        var weight = 0.0
        var counts: [Double]

        init(traitCount: Int) { counts = Array(repeating: 0, count: traitCount * Likeness.count) }

        mutating func add(_ likeness: UnsafeBufferPointer<UInt8>, _ share: Double) {
            guard share > 1e-9 else { return }
            weight += share
            for trait in likeness.indices where likeness[trait] != Likeness.unknown {
                counts[trait * Likeness.count + Int(likeness[trait])] += share
            }
        }

        func chances(_ prior: [[Double]]) -> [[Double]] {
            prior.enumerated().map { trait, prior in
                let seen = (0..<Likeness.count).map { counts[trait * Likeness.count + $0] + prior[$0] }
                let total = seen.reduce(0, +)
                return seen.map { $0 / total }
            }
        }
    }
}
