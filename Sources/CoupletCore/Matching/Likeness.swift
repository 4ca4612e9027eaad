/// How far two values agree.
enum Likeness: UInt8, Sendable, Hashable, CaseIterable {
    /// They say different things.
    case different = 0
    /// They share something that tells.
    case partial = 1
    /// They share most of what tells.
    case close = 2
    /// They differ as two spellings of the same do.
    case near = 3
    /// They are the same, apart from how they are written.
    case same = 4

    /// How many there are.
    static let count = 5
    /// Stands for a comparison with a blank value.
    static let unknown: UInt8 = 5
}

extension Trait {
    /// Compares two records.
    /// - Returns: The likeness' number, `Likeness.unknown` where one of the values is blank.
    @inline(__always)
    func compare(_ one: (side: Side, record: Int), _ two: (side: Side, record: Int)) -> UInt8 {
        let (oneValue, twoValue) = (columns[one.side].values[one.record], columns[two.side].values[two.record])
        guard oneValue != Trait.blank, twoValue != Trait.blank else { return Likeness.unknown }
        if oneValue == twoValue { return Likeness.same.rawValue }
        return likeness(columns[one.side].pieces(one.record), columns[two.side].pieces(two.record)).rawValue
    }

    private func likeness(_ one: ArraySlice<UInt32>, _ two: ArraySlice<UInt32>) -> Likeness {
        switch part {
        case .words: words(one, two)
        case .numbers: one.contains { two.contains($0) } ? .near : .different
        case .legalForm: .different
        case .code: lexicon.with(one.first ?? 0) { first in lexicon.with(two.first ?? 0) { codes(first, $0) } }
        case .address: addresses(one, two)
        case .date: lexicon.with(one.first ?? 0) { first in lexicon.with(two.first ?? 0) { days(first, $0) } }
        }
    }

    // MARK: Words

    /// The share of what the words tell that both have decides, each word taken for its like on the other side.
    private func words(_ one: ArraySlice<UInt32>, _ two: ArraySlice<UInt32>) -> Likeness {
        var (common, total): (Float, Float) = (0, 0)
        for word in one { total += information(word) }
        for word in two { total += information(word) }
        var used: UInt32 = 0
        var open: UInt32 = 0
        for (place, word) in one.enumerated() {
            var isFound = false
            for (other, candidate) in two.enumerated() where candidate == word && used & (1 << other) == 0 {
                used |= 1 << other
                isFound = true
                common += 2 * information(word)
                break
            }
            if !isFound { open |= 1 << place }
        }
        for (place, word) in one.enumerated() where open & (1 << place) != 0 {
            for (other, candidate) in two.enumerated() where used & (1 << other) == 0 {
                guard isLike(word, candidate) else { continue }
                used |= 1 << other
                common += 0.9 * (information(word) + information(candidate))
                break
            }
        }
        if common >= 0.82 * total { return .near }
        if one.count != two.count, isWrittenAlike(one, two) { return .near }
        return common >= 0.6 * total ? .close : common >= 0.35 * total ? .partial : .different
    }

    /// Whether two words are one, misspelled or abbreviated.
    @inline(__always)
    private func isLike(_ one: UInt32, _ two: UInt32) -> Bool {
        lexicon.with(one) { first in
            lexicon.with(two) { second in
                Spelling.isWithin(Spelling.tolerance(first.count, second.count), first, second)
                    || Spelling.abbreviates(first, second) || Spelling.abbreviates(second, first)
            }
        }
    }

    /// Whether names are the same but for blanks between their words, or one consists of the other's initials.
    private func isWrittenAlike(_ one: ArraySlice<UInt32>, _ two: ArraySlice<UInt32>) -> Bool {
        let (long, short) = one.count > two.count ? (one, two) : (two, one)
        if short.count == 1, long.count >= 3, let word = short.first {
            let initials = long.compactMap { lexicon.piece($0).first }
            if lexicon.piece(word).elementsEqual(initials) { return true }
        }
        let whole = BySide(erp: one.flatMap { lexicon.piece($0) }, crm: two.flatMap { lexicon.piece($0) })
        let limit = Spelling.tolerance(whole.erp.count, whole.crm.count)
        return whole.erp.withUnsafeBufferPointer { first in
            whole.crm.withUnsafeBufferPointer { Spelling.isWithin(limit, first, $0) }
        }
    }

    // MARK: Codes, addresses and days

    private func codes(_ one: UnsafeBufferPointer<UInt8>, _ two: UnsafeBufferPointer<UInt8>) -> Likeness {
        let (short, long) = one.count <= two.count ? (one, two) : (two, one)
        let extra = long.count - short.count
        if short.count >= 6, extra > 0, extra <= 3 {
            // A country's number before a phone number, a century before or a suffix behind a registration number.
            if short.indices.allSatisfy({ short[$0] == long[$0 + extra] }) { return .same }
            if extra == 2, short.indices.allSatisfy({ short[$0] == long[$0] }) { return .same }
        }
        if short.count >= 4, Spelling.isWithin(short.count >= 9 ? 2 : 1, short, long) { return .near }
        let shared = short.indices.first { short[$0] != long[$0] } ?? short.count
        return shared >= 3 && shared * 10 >= long.count * 6 ? .partial : .different
    }

    private func addresses(_ one: ArraySlice<UInt32>, _ two: ArraySlice<UInt32>) -> Likeness {
        guard let (oneDomain, twoDomain) = one.last.flatMap({ first in two.last.map { (first, $0) } }) else {
            return .different
        }
        let sameDomain = oneDomain == twoDomain
        guard one.count == two.count, let first = one.first, let second = two.first else {
            return sameDomain ? .partial : .different
        }
        if one.count == 1 { return isLike(first, second) ? .near : .different }
        if sameDomain { return isLike(first, second) ? .near : .partial }
        return first == second ? (isLike(oneDomain, twoDomain) ? .near : .partial) : .different
    }

    private func days(_ one: UnsafeBufferPointer<UInt8>, _ two: UnsafeBufferPointer<UInt8>) -> Likeness {
        guard one.count == 8, two.count == 8 else { return .different }
        if Spelling.isWithin(1, one, two) { return .near }
        let sameYear = (0..<4).allSatisfy { one[$0] == two[$0] }
        let isSwapped = (0..<2).allSatisfy { one[4 + $0] == two[6 + $0] && one[6 + $0] == two[4 + $0] }
        return sameYear ? (isSwapped ? .near : .partial) : .different
    }
}
