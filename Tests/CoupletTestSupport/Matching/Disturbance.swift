/// What happens to records in the course of time: how people write, shorten, forget and change.
enum Disturbance {
    /// A record as the ERP has it: complete, but for what nobody asked for.
    static func enter(_ original: CompanyRecord, _ generator: inout SeededGenerator) -> CompanyRecord {
        var record = original
        if chance(30, &generator) { record.email = "" }
        if chance(60, &generator) { record.web = "" }
        if chance(15, &generator) { record.registration = "" }
        if chance(10, &generator) { record.phone = "" }
        if chance(3, &generator) { record.name = misspelled(record.name, &generator) }
        return record
    }

    /// A record as the CRM has it.
    static func disturb(_ original: CompanyRecord, _ generator: inout SeededGenerator) -> CompanyRecord {
        var record = original
        record.name = name(record.name, &generator)
        record.street = street(record.street, &generator)
        record.postalCode = postalCode(record.postalCode, &generator)
        if chance(5, &generator) { record.city = misspelled(record.city, &generator) }
        if chance(10, &generator) { record.city = record.city.uppercased() }
        if chance(10, &generator) { record.city = withoutAccents(record.city) }
        if chance(4, &generator) { record.city = "" }
        record.phone = chance(25, &generator) ? "" : phone(record.phone, &generator)
        if chance(40, &generator) { record.email = "" }
        if chance(15, &generator), let at = record.email.firstIndex(of: "@") {
            record.email = generator.pick(["anna", "john", "faktura", "hello"]) + record.email[at...]
        }
        record.web = web(record.web, &generator)
        record.registration = registration(record.registration, &generator)
        if generator.oneIn(100) {
            record.street = "\(1 + generator.below(90)) \(generator.pick(CompanyWords.englishStreets))"
        }
        return record
    }

    private static func chance(_ percent: Int, _ generator: inout SeededGenerator) -> Bool {
        generator.below(100) < percent
    }

    // MARK: Fields

    private static func name(_ name: String, _ generator: inout SeededGenerator) -> String {
        var words = name.split(separator: " ").map(String.init)
        let long = ["AB": "Aktiebolag", "HB": "Handelsbolag", "Ltd": "Limited", "Inc": "Incorporated"]
        if let form = words.last, CompanyWords.swedishForms.contains(form) || CompanyWords.englishForms.contains(form) {
            switch generator.below(10) {
            case 0, 1: words.removeLast()
            case 2: words[words.count - 1] = long[form] ?? form
            case 3: words[words.count - 1] = form + "."
            case 4 where form == "AB": words = [form] + words.dropLast()
            default: break
            }
        }
        if words.count > 1 {
            if chance(5, &generator) { words.swapAt(0, 1) }
            if chance(6, &generator), words[1].count > 6 { words[1] = words[1].prefix(4) + "." }
            if chance(3, &generator), words[0].count > 1, words[1].count > 3 {
                words = [words[0] + words[1].lowercased()] + words.dropFirst(2)
            }
        }
        var result = words.joined(separator: " ")
        if chance(15, &generator) { result = misspelled(result, &generator) }
        if chance(15, &generator) { result = withoutAccents(result) }
        if chance(10, &generator) { result = result.uppercased() }
        return result
    }

    private static func street(_ street: String, _ generator: inout SeededGenerator) -> String {
        if chance(6, &generator) { return "" }
        var result = street
        if chance(20, &generator) {
            for (long, short) in [
                ("gatan", "g."), ("vägen", "v."), ("Street", "St"), ("Road", "Rd."), ("Avenue", "Ave"), ("Lane", "Ln"),
            ] where result.contains(long) {
                result = result.split(separator: long, omittingEmptySubsequences: false).joined(separator: short)
            }
        }
        if chance(8, &generator) { result = misspelled(result, &generator) }
        if chance(10, &generator) { result = withoutAccents(result) }
        if chance(5, &generator) { result += generator.pick(["A", " B", ", 2 tr"]) }
        return result
    }

    private static func postalCode(_ code: String, _ generator: inout SeededGenerator) -> String {
        switch generator.below(10) {
        case 0: ""
        case 1, 2, 3: String(code.filter { $0 != " " })
        case 4 where code.first?.isNumber == true: "SE-" + code
        default: code
        }
    }

    private static func phone(_ phone: String, _ generator: inout SeededGenerator) -> String {
        guard !phone.isEmpty else { return "" }
        if chance(5, &generator) { return "070-\(1_000_000 + generator.below(8_999_999))" }
        let digits = String(phone.filter(\.isNumber))
        let country = phone.contains("-") ? "46" : "44"
        return switch generator.below(5) {
        case 0: "+\(country) \(digits.dropFirst())"
        case 1: "+\(country) (0)\(digits.dropFirst(1))"
        case 2: digits
        case 3: "00\(country)\(digits.dropFirst())"
        default: phone
        }
    }

    private static func web(_ web: String, _ generator: inout SeededGenerator) -> String {
        guard !web.isEmpty else { return "" }
        return switch generator.below(6) {
        case 0: "https://www.\(web)/"
        case 1: "www.\(web)"
        case 2: web
        default: ""
        }
    }

    private static func registration(_ number: String, _ generator: inout SeededGenerator) -> String {
        guard !number.isEmpty else { return "" }
        let digits = String(number.filter(\.isNumber))
        return switch generator.below(8) {
        case 0: number.contains("-") ? "SE\(digits)01" : digits
        case 1: number.contains("-") ? "16\(digits)" : "GB \(digits)"
        case 2: digits
        case 3: number
        default: ""
        }
    }

    // MARK: Spelling

    /// One letter changed, left out, doubled or swapped with its neighbour in the word.
    private static func misspelled(_ text: String, _ generator: inout SeededGenerator) -> String {
        var letters = Array(text)
        let places = letters.indices.filter { letters[$0].isLetter }
        guard places.count > 3 else { return text }
        let place = generator.pick(places)
        switch generator.below(4) {
        case 0: letters[place] = generator.pick(Array("aeioustrnlk"))
        case 1: letters.remove(at: place)
        case 2: letters.insert(letters[place], at: place)
        default: if place + 1 < letters.count, letters[place + 1].isLetter { letters.swapAt(place, place + 1) }
        }
        return String(letters)
    }

    /// The text with plain letters.
    static func withoutAccents(_ text: String) -> String {
        let plain: [Character: Character] = [
            "å": "a", "ä": "a", "ö": "o", "é": "e", "Å": "A", "Ä": "A", "Ö": "O", "É": "E",
        ]
        return String(text.map { plain[$0] ?? $0 })
    }
}
