/// What a record can be found by: each feature is a number that records with the same word, sound, code or day share.
struct BlockingFeatures: Sendable {
    /// A feature and the word or value it was taken from, which it is not combined with.
    struct Feature {
        var key: UInt64
        var source: Int
    }

    /// Records that share a feature are compared only where it is no more common than this.
    static let commonest = 64
    /// So many of a record's commoner features are combined in pairs.
    private static let combined = 9

    private var counts: [UInt16]
    private let mask: UInt64

    /// Counts the features of all records.
    init(_ traits: [Trait], records: BySide<Int>) {
        var size = 1 << 12
        while size < 16 * (records.erp + records.crm) { size *= 2 }
        counts = Array(repeating: 0, count: size)
        mask = UInt64(size - 1)
        for side in Side.allCases {
            for record in 0..<records[side] {
                for feature in BlockingFeatures.features(traits, side, record) {
                    let place = Int(feature.key & mask)
                    if counts[place] < .max { counts[place] += 1 }
                }
            }
        }
    }

    /// The keys under which a record is filed: its rare features, and its common ones in pairs.
    func keys(_ traits: [Trait], _ side: Side, _ record: Int) -> [UInt32] {
        var keys: [UInt32] = []
        var common: [(count: UInt16, feature: Feature)] = []
        for feature in BlockingFeatures.features(traits, side, record) {
            let count = counts[Int(feature.key & mask)]
            if count <= BlockingFeatures.commonest {
                keys.append(UInt32(truncatingIfNeeded: feature.key >> 32))
            } else {
                common.append((count, feature))
            }
        }
        common.sort { ($0.count, $0.feature.key) < ($1.count, $1.feature.key) }
        common = Array(common.prefix(BlockingFeatures.combined))
        for first in common.indices {
            for second in common.indices.dropFirst(first + 1) {
                let (one, two) = (common[first].feature, common[second].feature)
                guard one.source != two.source else { continue }
                let key = Lexicon.mixed(min(one.key, two.key) ^ Lexicon.mixed(max(one.key, two.key)))
                keys.append(UInt32(truncatingIfNeeded: key >> 32))
            }
        }
        keys.sort()
        return keys
    }

    private static func features(_ traits: [Trait], _ side: Side, _ record: Int) -> [Feature] {
        var features: [Feature] = []
        var source = 0
        for (index, trait) in traits.enumerated() {
            func add(_ piece: some Sequence<UInt8>, _ kind: UInt64) {
                features.append(
                    Feature(key: Lexicon.hash(piece, seed: UInt64(index) << 8 | kind), source: source)
                )
            }
            let pieces = trait.columns[side].pieces(record)
            source += 1
            switch trait.part {
            case .legalForm: continue
            case .words:
                for number in pieces {
                    source += 1
                    let word = trait.lexicon.piece(number)
                    add(word, 1)
                    if word.count >= 4 { add(TextFolding.sound(word), 2) }
                }
                if pieces.count > 1 {
                    source += 1
                    add(pieces.flatMap { trait.lexicon.piece($0) }.prefix(7), 3)
                } else if let word = pieces.first, trait.lexicon.piece(word).count >= 7 {
                    add(trait.lexicon.piece(word).prefix(7), 3)
                }
            case .numbers, .date: if !pieces.isEmpty { add(pieces.flatMap { trait.lexicon.piece($0) + [0x20] }, 1) }
            case .code:
                guard let number = pieces.first else { continue }
                let code = trait.lexicon.piece(number)
                add(code, 1)
                if code.count >= 6 {
                    add(code.suffix(6), 2)
                    add(code.prefix(6), 3)
                }
            case .address:
                for (place, number) in pieces.enumerated() {
                    add(trait.lexicon.piece(number), place + 1 == pieces.count ? 1 : 2)
                }
                if pieces.count > 1 { add(pieces.flatMap { trait.lexicon.piece($0) }, 3) }
            }
        }
        return features
    }
}
