/// The legal forms of companies, which people write or leave out as they please.
enum LegalForm {
    /// What a word stands for where it is a legal form, misspelled perhaps; nil for other words.
    static func canonical(_ word: [UInt8]) -> [UInt8]? { forms[word] ?? misspelled(word) }

    /// The form that a word is a slip of: two letters the wrong way round or one twice, in long forms any slip.
    private static func misspelled(_ word: [UInt8]) -> [UInt8]? {
        for place in word.indices.dropLast() {
            var other = word
            if word[place] == word[place + 1] {
                other.remove(at: place)
            } else {
                other.swapAt(place, place + 1)
            }
            if other.count >= 3, let form = forms[other] { return form }
        }
        guard word.count >= 6 else { return nil }
        return word.withUnsafeBufferPointer { letters in
            longForms.first { form in
                form.withUnsafeBufferPointer {
                    Spelling.isWithin(Spelling.tolerance($0.count, letters.count), $0, letters)
                }
            }.flatMap { forms[$0] }
        }
    }

    private static let longForms = forms.keys.filter { $0.count >= 7 }.sorted { $0.lexicographicallyPrecedes($1) }

    /// Words that carry nothing by themselves.
    static func isFiller(_ word: [UInt8]) -> Bool { fillers.contains(word) }

    private static let fillers: Set<[UInt8]> = Set(
        ["and", "och", "og", "und", "et", "ja", "y", "the", "publ"].map { Array($0.utf8) }
    )

    private static let forms: [[UInt8]: [UInt8]] = {
        let groups = [
            "ab aktiebolag aktiebolaget", "hb handelsbolag", "kb kommanditbolag", "ef", "ekf", "gmbh", "ag", "kg",
            "ohg",
            "ug", "ev", "ltd limited", "inc incorporated", "corp corporation", "llc", "llp", "lp", "plc", "pty",
            "aps anpartsselskab", "as aktieselskab aksjeselskap", "asa", "ivs", "ans", "da", "ba", "oy osakeyhtio",
            "oyj",
            "ky", "sa", "sas", "sarl", "sprl", "srl", "spa", "snc", "sl", "slu", "bv besloten", "nv", "vof", "ehf",
            "hf",
            "ou", "uab", "sia", "kft", "zrt", "sro", "doo", "co company", "stiftelse stiftelsen",
        ]
        var forms: [[UInt8]: [UInt8]] = [:]
        for group in groups {
            let words = group.split(separator: " ").map { Array($0.utf8) }
            for word in words { forms[word] = words[0] }
        }
        return forms
    }()
}
