/// Amounts: fractions of a cent are kept to five digits and rounded half away from zero.
enum BusinessCentralNumber {
    /// The number of a text; blank is 0.
    static func value(_ text: String) -> Double { Double(text) ?? 0 }

    /// Rounds to a hundredth; what only looks like less than a half because of binary fractions counts as a half.
    static func cents(_ value: Double) -> Double {
        let nudge = value < 0 ? -1e-7 : 1e-7
        return ((value + nudge) * 100).rounded() / 100
    }

    /// Digits of a number rounded to five places; empty for zero.
    static func text(_ value: Double) -> String {
        let rounded = (value * 100_000).rounded() / 100_000
        return BusinessCentralValue.decimal("\(rounded)") ?? ""
    }
}
