/// How likely two records' agreements are when they are the same, and when they are not.
///
/// A pair of records belongs to one of several classes: two records of the same, two that happen to meet, and several
/// kinds of look-alikes (a household, a chain's shops, neighbours). Within a class the traits agree independently. Only
/// what the records hold decides; see `docs/MATCHING.md` for how the figures are learned.
struct LikenessModel: Sendable {
    /// The chances of each likeness of each trait, in one class of pairs.
    struct PairClass: Sendable {
        /// The share of all pairs that belong to the class.
        var rate: Double
        /// For each trait the chances of the likenesses.
        var chances: [[Double]]
        /// For each trait the chance that values are the same for a reason, not by coincidence.
        var shared: [Double] = []
    }

    /// Two records of the same.
    var match: PairClass
    /// Two records that have nothing to do with each other.
    var random: PairClass
    /// Look-alikes.
    var lookAlikes: [PairClass] = []
    /// For each trait how common its values are on average.
    var commonness: [Double]

    /// A comparison of two records: for each trait the likeness, and how common a value is that both have.
    struct Comparison: Sendable {
        var likeness: [UInt8]
        var frequency: [Float]
    }

    /// Splits what a class knows about equal values into coincidence and reason.
    func prepared(_ pairClass: PairClass) -> PairClass {
        var result = pairClass
        let same = Int(Likeness.same.rawValue)
        result.shared = pairClass.chances.indices.map { trait in
            let coincidence = random.chances[trait][same]
            return max(0, (pairClass.chances[trait][same] - coincidence) / max(1 - coincidence, 1e-9))
        }
        return result
    }

    /// The chance of a comparison in a class, apart from a factor that is equal in all classes.
    @inline(__always)
    func likelihood(
        _ likeness: UnsafeBufferPointer<UInt8>,
        _ frequency: UnsafeBufferPointer<Float>,
        _ pairClass: PairClass
    )
        -> Double
    {
        var product = 1.0
        for trait in likeness.indices {
            let level = likeness[trait]
            if level == Likeness.unknown { continue }
            if level == Likeness.same.rawValue {
                let shared = pairClass.shared[trait]
                product *= shared + (1 - shared) * coincidence(trait, Double(frequency[trait]))
            } else {
                product *= pairClass.chances[trait][Int(level)]
            }
        }
        return product
    }

    /// How likely two records that have nothing to do with each other share a value that is so common.
    @inline(__always)
    private func coincidence(_ trait: Int, _ frequency: Double) -> Double {
        let same = random.chances[trait][Int(Likeness.same.rawValue)]
        return min(0.9, max(same * frequency / commonness[trait], 1e-7))
    }

    /// The odds that two records are the same, against their not being so, before other candidates are looked at.
    func odds(_ likeness: UnsafeBufferPointer<UInt8>, _ frequency: UnsafeBufferPointer<Float>) -> Double {
        var against = random.rate * likelihood(likeness, frequency, random)
        for lookAlike in lookAlikes { against += lookAlike.rate * likelihood(likeness, frequency, lookAlike) }
        return match.rate * likelihood(likeness, frequency, match) / max(against, 1e-300)
    }
}
