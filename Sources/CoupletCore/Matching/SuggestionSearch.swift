/// Finds, compares and scores the candidates of all records.
struct SuggestionSearch: Sendable {
    let traits: [Trait]
    private let counts: BySide<Int>
    private let isFree: BySide<[Bool]>
    private let features: BlockingFeatures
    private let index: BlockingIndex

    /// A candidate of a record.
    struct Scored: Sendable {
        var crm: Int
        /// The odds that it is the counterpart, at first by itself.
        var odds: Double
        /// The probability, given all other candidates of both.
        var score = 0.0
    }

    /// Files the CRM's records.
    init(traits: [Trait], isFree: BySide<[Bool]>) {
        self.traits = traits
        self.isFree = isFree
        counts = BySide(erp: isFree.erp.count, crm: isFree.crm.count)
        features = BlockingFeatures(traits, records: counts)
        index = BlockingIndex(traits, features, side: .crm, count: counts.crm)
    }

    // MARK: Learning

    /// Learns how likely agreements are.
    func learn() -> LikenessModel {
        var across = PairSample(traitCount: traits.count)
        var within = PairSample(traitCount: traits.count)
        across.pairsAltogether = sample(.erp, index, .crm, into: &across)
        let other = BlockingIndex(traits, features, side: .erp, count: counts.erp)
        within.pairsAltogether = sample(.crm, index, .crm, into: &within) + sample(.erp, other, .erp, into: &within)
        let free = BySide(erp: isFree.erp.count { $0 }, crm: isFree.crm.count { $0 })
        return LikenessModel(
            across: across,
            within: within,
            random: randomChances(),
            commonness: traits.map(SuggestionSearch.commonness),
            possible: 1 / Double(max(free.erp, free.crm, 1))
        )
    }

    /// Compares some of a side's records with those that have something in common with them.
    /// - Returns: How many pairs there are in which one is among these.
    private func sample(_ side: Side, _ index: BlockingIndex, _ other: Side, into pairs: inout PairSample) -> Double {
        var scratch = BlockingIndex.Scratch(index)
        let isWithin = side == other
        let allowed = isWithin ? nil : isFree[other]
        let records = isFree[side].indices.filter { isWithin || isFree[side][$0] }
        let step = max(1, records.count / SuggestionFinder.learned)
        var seen = 0
        for place in stride(from: 0, to: records.count, by: step) {
            seen += 1
            let record = records[place]
            let found = index.nearest(
                features.keys(traits, side, record),
                limit: SuggestionFinder.compared,
                among: allowed,
                except: isWithin ? record : nil,
                &scratch
            )
            for candidate in found { pairs.append(traits, (side, record), (other, candidate)) }
        }
        return Double(seen) * Double(isWithin ? counts[other] - 1 : isFree[other].count { $0 })
    }

    /// The chances of likenesses of records that have nothing to do with each other: pairs of one side, at random.
    private func randomChances() -> [[Double]] {
        var tallies = traits.map { _ in Array(repeating: 0.0, count: Likeness.count) }
        var number: UInt64 = 0
        for side in Side.allCases where counts[side] > 1 {
            for _ in 0..<min(30_000, 12 * counts[side]) {
                number += 1
                let one = Int(Lexicon.mixed(number) % UInt64(counts[side]))
                let two = Int(Lexicon.mixed(~number) % UInt64(counts[side]))
                guard one != two else { continue }
                for (place, trait) in traits.enumerated() {
                    let likeness = trait.compare((side, one), (side, two))
                    if likeness != Likeness.unknown { tallies[place][Int(likeness)] += 1 }
                }
            }
        }
        return traits.indices.map { place in
            let total = tallies[place].reduce(0, +) + 2
            var chances = tallies[place].map { ($0 + 0.5) / total }
            // Equal values can be counted, which tells more than pairs at random.
            chances[Int(Likeness.same.rawValue)] = SuggestionSearch.coincidence(traits[place])
            return chances
        }
    }

    /// The share of pairs of one side whose values are equal.
    private static func coincidence(_ trait: Trait) -> Double {
        var (same, all) = (0.0, 0.0)
        for side in Side.allCases {
            var counts = Array(repeating: 0.0, count: trait.values.count)
            var total = 0.0
            for value in trait.columns[side].values where value != Trait.blank {
                same += counts[Int(value)]
                counts[Int(value)] += 1
                all += total
                total += 1
            }
        }
        return (same + 0.5) / (all + 1)
    }

    /// How common a trait's values are on average over the records.
    private static func commonness(_ trait: Trait) -> Double {
        var sum = 0.0
        for (value, count) in trait.values.counts.enumerated() {
            sum += Double(count) * trait.frequency(UInt32(value))
        }
        return max(sum / Double(max(trait.count, 1)), 1e-9)
    }

    // MARK: Scoring

    /// The candidates of each ERP record, best first.
    func score(_ model: LikenessModel) -> [[Scored]] {
        var result: [[Scored]] = []
        result.reserveCapacity(counts.erp)
        var crmTotals = Array(repeating: 0.0, count: counts.crm)
        var scratch = BlockingIndex.Scratch(index)
        var pairs = PairSample(traitCount: traits.count)
        for record in 0..<counts.erp {
            guard isFree.erp[record] else {
                result.append([])
                continue
            }
            let keys = features.keys(traits, .erp, record)
            let found = index.nearest(keys, limit: SuggestionFinder.compared, among: isFree.crm, &scratch)
            pairs.clear()
            for candidate in found { pairs.append(traits, (.erp, record), (.crm, candidate)) }
            var candidates: [Scored] = []
            for (place, candidate) in found.enumerated() {
                let odds = pairs.with(place) { model.odds($0, $1) }
                guard odds > 1e-3 else { continue }
                candidates.append(Scored(crm: candidate, odds: odds))
                crmTotals[candidate] += odds
            }
            candidates.sort { ($0.odds, $1.crm) > ($1.odds, $0.crm) }
            result.append(candidates)
        }
        for record in result.indices {
            let total = result[record].reduce(0) { $0 + $1.odds }
            for place in result[record].indices {
                let odds = result[record][place].odds
                let others = total + crmTotals[result[record][place].crm] - 2 * odds
                result[record][place].score = min(0.9999, odds / (1 + odds + max(0, others)))
            }
            result[record].sort { ($0.score, $1.crm) > ($1.score, $0.crm) }
        }
        return result
    }
}
