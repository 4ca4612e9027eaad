/// Natural logarithms, the same on every machine.
enum Logarithm {
    /// The natural logarithm of a positive number.
    static func natural(_ value: Double) -> Double {
        let ratio = (value.significand - 1) / (value.significand + 1)
        let square = ratio * ratio
        var (power, sum) = (ratio, 0.0)
        for divisor in stride(from: 1.0, through: 27, by: 2) {
            sum += power / divisor
            power *= square
        }
        return Double(value.exponent) * 0.693_147_180_559_945_3 + 2 * sum
    }
}
