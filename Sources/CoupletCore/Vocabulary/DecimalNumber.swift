/// A decimal number of any size by its value, whatever digits it was written with: 1.50, 1.5 and 15e-1 are one number.
public struct DecimalNumber: Hashable, Sendable, Comparable {
    /// Whether the number is below zero.
    public let isNegative: Bool
    /// The digits without zeros at either end; empty for zero.
    public let digits: [UInt8]
    /// The power of ten that the digits, read as a whole number, are multiplied with; 0 for zero.
    public let exponent: Int

    /// The number zero.
    public static let zero = DecimalNumber(isNegative: false, digits: [], exponent: 0)

    private init(isNegative: Bool, digits: [UInt8], exponent: Int) {
        self.isNegative = isNegative
        self.digits = digits
        self.exponent = exponent
    }

    /// Reads a number as JSON writes it, a plus sign and surrounding blanks allowed; nil for anything else, and for
    /// exponents beyond a million.
    public init?(utf8 bytes: some Sequence<UInt8>) {
        var reader = Reader()
        for byte in bytes { guard reader.take(byte) else { return nil } }
        guard let number = reader.finish() else { return nil }
        self = number
    }

    /// Reads a number from text; nil when the text is none.
    public init?(_ text: String) { self.init(utf8: text.utf8) }

    /// Whether the number has no fraction.
    public var isWhole: Bool { exponent >= 0 }

    /// The number in plain digits, or with an exponent where the plain form would have more than 60 zeros.
    public var description: String {
        guard !digits.isEmpty else { return "0" }
        let sign = isNegative ? "-" : ""
        let text = String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self)
        guard abs(exponent) <= 60 else { return "\(sign)\(text)e\(exponent)" }
        if exponent >= 0 { return sign + text + String(repeating: "0", count: exponent) }
        let whole = digits.count + exponent
        guard whole > 0 else { return sign + "0." + String(repeating: "0", count: -whole) + text }
        return "\(sign)\(text.prefix(whole)).\(text.dropFirst(whole))"
    }

    /// Orders by value.
    public static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative
            ? isSmallerMagnitude(right, left) : isSmallerMagnitude(left, right)
    }

    private static func isSmallerMagnitude(_ left: DecimalNumber, _ right: DecimalNumber) -> Bool {
        if left.digits.isEmpty || right.digits.isEmpty { return left.digits.isEmpty && !right.digits.isEmpty }
        let (one, two) = (left.digits.count + left.exponent, right.digits.count + right.exponent)
        return one != two ? one < two : left.digits.lexicographicallyPrecedes(right.digits)
    }
}

extension DecimalNumber {
    /// Reads digit by digit.
    private struct Reader {
        private enum Place { case start, sign, whole, point, fraction, mark, exponentSign, exponent, end }
        private var place = Place.start
        private var isNegative = false
        private var digits: [UInt8] = []
        private var shift = 0
        private var exponent = 0
        private var isExponentNegative = false

        mutating func take(_ byte: UInt8) -> Bool {
            switch byte {
            case 0x30...0x39: return takeDigit(byte - 0x30)
            case 0x20: return takeBlank()
            case 0x2B, 0x2D: return takeSign(isMinus: byte == 0x2D)
            case 0x2E: return move(from: [.whole], to: .point)
            case 0x45, 0x65: return move(from: [.whole, .fraction], to: .mark)
            default: return false
            }
        }

        private mutating func move(from places: [Place], to next: Place) -> Bool {
            guard places.contains(place) else { return false }
            place = next
            return true
        }

        private mutating func takeBlank() -> Bool {
            place == .start || move(from: [.whole, .fraction, .exponent, .end], to: .end)
        }

        private mutating func takeSign(isMinus: Bool) -> Bool {
            switch place {
            case .start:
                isNegative = isMinus
                place = .sign
            case .mark:
                isExponentNegative = isMinus
                place = .exponentSign
            default: return false
            }
            return true
        }

        private mutating func takeDigit(_ digit: UInt8) -> Bool {
            switch place {
            case .start, .sign, .whole:
                digits.append(digit)
                place = .whole
            case .point, .fraction:
                digits.append(digit)
                shift -= 1
                place = .fraction
            case .mark, .exponentSign, .exponent:
                exponent = exponent * 10 + Int(digit)
                place = .exponent
                return exponent <= 1_000_000
            case .end: return false
            }
            return true
        }

        func finish() -> DecimalNumber? {
            switch place {
            case .whole, .fraction, .exponent, .end: break
            case .start, .sign, .point, .mark, .exponentSign: return nil
            }
            guard let first = digits.firstIndex(where: { $0 != 0 }),
                let last = digits.lastIndex(where: { $0 != 0 })
            else { return .zero }
            let power = shift + (isExponentNegative ? -exponent : exponent) + digits.count - 1 - last
            return DecimalNumber(isNegative: isNegative, digits: Array(digits[first...last]), exponent: power)
        }
    }
}
