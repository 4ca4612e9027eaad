/// Tells what kinds of values fields hold, and takes the values apart accordingly.
struct TraitReader: Sendable {
    let natures: [FieldNature]
    /// Whether a field of words holds names of companies, as their legal forms tell.
    private let hasLegalForms: [Bool]
    private let hasNumbers: [Bool]

    /// Looks at samples of all fields.
    init(_ fields: [ComparedField], _ raw: BySide<RawValues>) {
        var natures: [FieldNature] = []
        var (legalForms, numbers): ([Bool], [Bool]) = ([], [])
        for (index, field) in fields.enumerated() {
            let samples = raw.erp.sample(index) + raw.crm.sample(index)
            let nature = field.isDate ? .date : FieldNature.of(samples)
            natures.append(nature)
            var (count, forms, figures) = (0, 0, 0)
            if nature == .words {
                for sample in samples {
                    let tokens = TextFolding.tokens(sample)
                    guard !tokens.isEmpty else { continue }
                    count += 1
                    if TraitReader.legalForms(tokens).forms.isEmpty == false { forms += 1 }
                    if tokens.contains(where: { TextFolding.isDigit($0[0]) }) { figures += 1 }
                }
            }
            legalForms.append(forms * 10 > count)
            numbers.append(figures * 50 > count)
        }
        self.natures = natures
        hasLegalForms = legalForms
        hasNumbers = numbers
    }

    /// The parts of a field that are compared.
    func parts(of field: Int) -> [Trait.Part] {
        switch natures[field] {
        case .words:
            [.words] + (hasNumbers[field] ? [.numbers] : []) + (hasLegalForms[field] ? [.legalForm] : [])
        case .code: [.code]
        case .address: [.address]
        case .date: [.date]
        }
    }

    /// The pieces of a value for each of its field's parts.
    func pieces(of value: ArraySlice<UInt8>, field: Int) -> [[[UInt8]]] {
        guard !value.isEmpty else { return parts(of: field).map { _ in [] } }
        switch natures[field] {
        case .words: return words(value, field)
        case .code: return [TraitReader.code(value).map { [$0] } ?? []]
        case .address: return [TraitReader.address(value)]
        case .date:
            let digits = value.filter(TextFolding.isDigit).prefix(8)
            return [digits.isEmpty ? [] : [Array(digits)]]
        }
    }

    private func words(_ value: ArraySlice<UInt8>, _ field: Int) -> [[[UInt8]]] {
        var tokens = TextFolding.tokens(value)
        var forms: [[UInt8]] = []
        if hasLegalForms[field] { (tokens, forms) = TraitReader.legalForms(tokens) }
        var numbers: [[UInt8]] = []
        if hasNumbers[field] {
            numbers = tokens.filter { TextFolding.isDigit($0[0]) }
            // A letter behind a number belongs to it, and is too often left out to tell anything.
            let words = tokens.indices.filter { index in
                let isNumber = TextFolding.isDigit(tokens[index][0])
                let isSuffix = tokens[index].count == 1 && index > 0 && TextFolding.isDigit(tokens[index - 1][0])
                return !isNumber && !isSuffix
            }
            tokens = words.map { tokens[$0] }
        }
        let plain = tokens.filter { !LegalForm.isFiller($0) }
        var result = [Array((plain.isEmpty ? tokens : plain).prefix(12))]
        if hasNumbers[field] { result.append(Array(numbers.prefix(4))) }
        if hasLegalForms[field] { result.append(Array(forms.prefix(1))) }
        return result
    }

    /// Words without the legal forms before and behind them, and these; a name that is nothing else stays what it is.
    private static func legalForms(_ tokens: [[UInt8]]) -> (words: [[UInt8]], forms: [[UInt8]]) {
        var words = tokens[...]
        var forms: [[UInt8]] = []
        while let last = words.last, words.count > 1 {
            if let form = LegalForm.canonical(last) {
                forms.append(form)
            } else if !LegalForm.isFiller(last) || forms.isEmpty {
                break
            }
            words.removeLast()
        }
        if let first = words.first, words.count > 1, let form = LegalForm.canonical(first) {
            forms.append(form)
            words.removeFirst()
        }
        return (Array(words), forms)
    }

    /// Letters in capitals and digits, without signs, country letters and leading zeros; nil when nothing is left.
    private static func code(_ value: ArraySlice<UInt8>) -> [UInt8]? {
        var code: [UInt8] = []
        for byte in value {
            switch byte {
            case 0x30...0x39, 0x41...0x5A: code.append(byte)
            case 0x61...0x7A: code.append(byte & 0xDF)
            default: break
            }
        }
        let letters = code.prefix { !TextFolding.isDigit($0) }.count
        let digits = code.dropFirst(letters)
        if letters <= 3, digits.count >= 4, digits.allSatisfy(TextFolding.isDigit) { code = Array(digits) }
        let stripped = code.drop { $0 == 0x30 }
        return stripped.isEmpty ? (code.isEmpty ? nil : [0x30]) : Array(stripped)
    }

    /// Local part and domain in lower case; of a web address its host.
    private static func address(_ value: ArraySlice<UInt8>) -> [[UInt8]] {
        let lower = value.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }.filter { $0 > 0x20 }
        var rest = lower[...]
        if let scheme = rest.firstIndex(of: 0x3A), rest[scheme...].starts(with: "://".utf8) {
            rest = rest[(scheme + 3)...]
        }
        if let path = rest.firstIndex(of: 0x2F) { rest = rest[..<path] }
        if rest.starts(with: "www.".utf8) { rest = rest.dropFirst(4) }
        let parts = rest.split(separator: 0x40, maxSplits: 1).map(Array.init)
        return parts
    }
}
