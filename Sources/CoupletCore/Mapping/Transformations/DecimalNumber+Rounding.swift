extension DecimalNumber {
    /// The multiple of a step that a number is rounded to, exact at any size; nil when the step is not above zero or the
    /// quotient has more than a thousand digits.
    func rounded(to step: DecimalNumber, _ rounding: TransformationRule.Rounding) -> DecimalNumber? {
        guard !step.isNegative, !step.digits.isEmpty, abs(exponent - step.exponent) <= 1000 else { return nil }
        let shared = Swift.min(exponent, step.exponent)
        let dividend = digits + Array(repeating: 0, count: exponent - shared)
        let divisor = step.digits + Array(repeating: 0, count: step.exponent - shared)
        var (quotient, remainder) = DecimalNumber.divide(dividend, by: divisor)
        let isUp =
            switch rounding {
            case .down: false
            case .up: !remainder.isEmpty
            case .nearest: !DecimalNumber.isLess(DecimalNumber.sum(remainder, remainder), divisor)
            }
        if isUp { quotient = DecimalNumber.sum(quotient, [1]) }
        var product: [UInt8] = []
        for (place, digit) in quotient.enumerated() {
            var addend: [UInt8] = []
            for _ in 0..<digit { addend = DecimalNumber.sum(addend, step.digits) }
            addend += addend.isEmpty ? [] : Array(repeating: 0, count: quotient.count - 1 - place)
            product = DecimalNumber.sum(product, addend)
        }
        let text = String(decoding: product.map { $0 + 0x30 }, as: UTF8.self)
        return DecimalNumber("\(isNegative ? "-" : "")\(text.isEmpty ? "0" : text)e\(step.exponent)")
    }

    /// One divided by the number, rounded to so many decimals, from the middle away from zero; nil for zero and for
    /// numbers beyond a thousand digits.
    func inverted(decimals: Int) -> DecimalNumber? {
        guard !digits.isEmpty, decimals >= 0, abs(exponent) <= 1000 else { return nil }
        let shift = decimals - exponent
        let dividend = [1] + Array(repeating: UInt8(0), count: max(0, shift))
        let divisor = digits + Array(repeating: UInt8(0), count: max(0, -shift))
        var (quotient, remainder) = DecimalNumber.divide(dividend, by: divisor)
        if !DecimalNumber.isLess(DecimalNumber.sum(remainder, remainder), divisor) {
            quotient = DecimalNumber.sum(quotient, [1])
        }
        let text = String(decoding: quotient.map { $0 + 0x30 }, as: UTF8.self)
        return DecimalNumber("\(isNegative ? "-" : "")\(text.isEmpty ? "0" : text)e-\(decimals)")
    }

    /// Digits without leading zeros; empty is zero.
    private static func divide(_ dividend: [UInt8], by divisor: [UInt8]) -> (quotient: [UInt8], remainder: [UInt8]) {
        var (quotient, rest): ([UInt8], [UInt8]) = ([], [])
        for digit in dividend {
            if !rest.isEmpty || digit != 0 { rest.append(digit) }
            var count: UInt8 = 0
            while !isLess(rest, divisor) {
                rest = difference(rest, divisor)
                count += 1
            }
            if !quotient.isEmpty || count != 0 { quotient.append(count) }
        }
        return (quotient, rest)
    }

    private static func isLess(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count != right.count ? left.count < right.count : left.lexicographicallyPrecedes(right)
    }

    private static func sum(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var (result, carry): ([UInt8], UInt8) = ([], 0)
        for place in 0..<Swift.max(left.count, right.count) {
            let one = place < left.count ? left[left.count - 1 - place] : 0
            let two = place < right.count ? right[right.count - 1 - place] : 0
            result.append((one + two + carry) % 10)
            carry = (one + two + carry) / 10
        }
        if carry > 0 { result.append(carry) }
        return result.reversed()
    }

    /// The left must not be less.
    private static func difference(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var (result, borrow): ([UInt8], UInt8) = ([], 0)
        for place in 0..<left.count {
            let one = left[left.count - 1 - place]
            let two = (place < right.count ? right[right.count - 1 - place] : 0) + borrow
            borrow = one < two ? 1 : 0
            result.append(one + borrow * 10 - two)
        }
        return Array(result.reversed().drop { $0 == 0 })
    }
}
