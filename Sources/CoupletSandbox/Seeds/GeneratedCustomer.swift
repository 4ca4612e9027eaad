/// One generated customer, worked out from its place alone.
struct GeneratedCustomer {
    let index: Int
    var number: String
    let name: String
    let address: String
    let city: String
    let postalCode: String
    let country: String
    let currency: String
    let phone: String
    let email: String
    let website: String
    /// The name under which it is on the net.
    let host: String
    let salesperson: Int
    let creditLimit: Int

    init(index: Int) {
        self.index = index
        var random = SandboxGenerator(seed: 0xC057_0000 | UInt64(index))
        let words = GeneratedVocabulary.all[index % GeneratedVocabulary.all.count]
        // Each place has its own name and city until all combinations of the country are used up.
        let combinations = words.surnames.count * words.trades.count * words.places.count
        let round = index / GeneratedVocabulary.all.count
        var choice = round % combinations * 1_009 % combinations
        let surname = words.surnames[choice % words.surnames.count]
        choice /= words.surnames.count
        let trade = words.trades[choice % words.trades.count]
        let place = words.places[choice / words.trades.count]
        let lap = round / combinations
        let base = "\(surname) \(trade)"

        number = String(10_000 + index)
        name = "\(base)\(lap == 0 ? "" : " \(lap + 1)") \(words.form)"
        city = place.city
        country = words.country
        currency = words.currency
        let house = Int(random.next() % 140) + 1
        let street = words.streets[Int(random.next() % UInt64(words.streets.count))]
        address = words.isNumberFirst ? "\(house) \(street)" : "\(street) \(house)"
        postalCode = Self.postalCode(words, place, &random)
        phone = words.phonePrefix + Self.digits(2, &random) + " " + Self.digits(7, &random)
        host = Self.plain(base) + (round == 0 ? "" : "-\(round)")
        email = "info@\(host).example"
        website = "https://\(host).example"
        salesperson = Int(random.next() % UInt64(GeneratedCompany.people.count))
        creditLimit = Int(random.next() % 40) * 2_500
    }

    private static func postalCode(
        _ words: GeneratedVocabulary,
        _ place: GeneratedVocabulary.Place,
        _ random: inout SandboxGenerator
    ) -> String {
        switch words.country {
        case "SE": "\(place.postalPrefix) \(digits(2, &random))"
        case "GB": "\(place.postalPrefix) \(digits(1, &random))\(letters(2, &random))"
        case "NL": "\(place.postalPrefix)\(digits(2, &random)) \(letters(2, &random))"
        case "NO", "DK": "\(place.postalPrefix)\(digits(2, &random))"
        default: "\(place.postalPrefix)\(digits(2, &random))"
        }
    }

    private static func digits(_ count: Int, _ random: inout SandboxGenerator) -> String {
        (0..<count).map { _ in String(random.next() % 10) }.joined()
    }

    private static func letters(_ count: Int, _ random: inout SandboxGenerator) -> String {
        let letters = Array("ABDEFGHJLNPQRSTUWXYZ")
        return String((0..<count).map { _ in letters[Int(random.next() % UInt64(letters.count))] })
    }

    /// Lower-case ASCII for a host name.
    static func plain(_ text: String) -> String {
        var plain: [UInt8] = []
        for scalar in text.lowercased().unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9": plain.append(UInt8(ascii: scalar))
            case _:
                if let ascii = letters[scalar] {
                    plain.append(contentsOf: ascii.utf8)
                } else if plain.last != UInt8(ascii: "-") {
                    plain.append(UInt8(ascii: "-"))
                }
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    private static let letters: [Unicode.Scalar: String] = [
        "å": "a", "ä": "a", "æ": "ae", "ö": "o", "ø": "o", "ü": "u", "é": "e", "è": "e", "ê": "e", "î": "i", "ë": "e",
        "ß": "ss", "ó": "o", "á": "a",
    ]
}
