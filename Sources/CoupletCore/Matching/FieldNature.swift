/// How the values of a field are compared, as the values themselves tell.
enum FieldNature: Sendable, Hashable {
    /// Words with or without numbers: names, streets, cities.
    case words
    /// Numbers and codes in which blanks and signs do not matter: phones, registration numbers, postal codes.
    case code
    /// A local part and a domain: e-mail and web addresses.
    case address
    /// A day.
    case date

    /// What most of the values are.
    /// - Parameter values: A sample; blank ones say nothing.
    /// - Returns: The nature; words where nothing tells.
    static func of(_ values: some Sequence<ArraySlice<UInt8>>) -> FieldNature {
        var (count, addresses, codes, dates) = (0, 0, 0, 0)
        for value in values {
            var (digits, letters, marks, points, blanks) = (0, 0, 0, 0, 0)
            for byte in value {
                switch byte {
                case 0x30...0x39: digits += 1
                case 0x40: marks += 1
                case 0x2E: points += 1
                case 0x20, 0x09: blanks += 1
                case 0x41...0x5A, 0x61...0x7A, 0x80...: letters += 1
                default: break
                }
            }
            guard digits + letters > 0 else { continue }
            count += 1
            if blanks == 0, letters > digits, marks == 1 || (marks == 0 && points > 0) { addresses += 1 }
            if digits >= letters { codes += 1 }
            if letters == 0, isDay(value) { dates += 1 }
        }
        if dates * 20 >= count * 19, count > 0 { return .date }
        if addresses * 5 >= count * 4, count > 0 { return .address }
        return codes * 5 >= count * 4 && count > 0 ? .code : .words
    }

    /// Whether a value is a year, a month and a day.
    private static func isDay(_ value: ArraySlice<UInt8>) -> Bool {
        let digits = value.filter(TextFolding.isDigit).map { Int($0) - 0x30 }
        guard digits.count == 8 else { return false }
        let year = digits[0..<4].reduce(0) { $0 * 10 + $1 }
        let (month, day) = (digits[4] * 10 + digits[5], digits[6] * 10 + digits[7])
        return (1800...2200).contains(year) && (1...12).contains(month) && (1...31).contains(day)
    }
}
