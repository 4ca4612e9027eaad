/// Made-up companies and persons of Sweden and English-speaking countries, as two systems know them.
///
/// The ERP's records are much as they were entered; the CRM's are misspelled, abbreviated, put in another order, formatted
/// otherwise, out of date or incomplete. Among them are many look-alikes that are not the same: a group's subsidiaries
/// at one address, a chain's shops under one name and registration number, neighbours in a street, and parents and
/// children who share surname, address and often the phone. Everything follows from the seed.
public struct CompanySample: Sendable {
    /// The ERP's records.
    public private(set) var erp: [CompanyRecord] = []
    /// The CRM's records.
    public private(set) var crm: [CompanyRecord] = []
    private var generator: SeededGenerator
    private var truth = 0

    /// Makes records.
    /// - Parameters:
    ///   - seed: What everything follows from.
    ///   - count: How many companies and persons there are, at least.
    ///   - share: The chance of each of a system's records to be there, from 0 to 1.
    public init(seed: UInt64, count: Int, keeping share: Double = 1) {
        generator = SeededGenerator(seed: seed)
        while truth < count {
            let originals: [CompanyRecord] =
                switch generator.below(100) {
                case ..<46: [company()]
                case ..<64: group()
                case ..<76: chain()
                case ..<88: household()
                default: neighbours()
                }
            for original in originals { add(original, share) }
        }
        erp.shuffle(using: &generator)
        crm.shuffle(using: &generator)
    }

    /// How many companies and persons both systems know.
    public var known: Int { Set(erp.map(\.truth)).intersection(crm.map(\.truth)).count }

    private mutating func add(_ original: CompanyRecord, _ share: Double) {
        var record = original
        record.truth = truth
        truth += 1
        let entered = Disturbance.enter(record, &generator)
        let known = Disturbance.disturb(record, &generator)
        if Double.random(in: 0..<1, using: &generator) < share { erp.append(entered) }
        if Double.random(in: 0..<1, using: &generator) < share { crm.append(known) }
    }

    // MARK: Kinds

    private mutating func company() -> CompanyRecord {
        let isSwedish = generator.below(100) < 60
        let trade = generator.pick(isSwedish ? CompanyWords.swedishTrades : CompanyWords.englishTrades)
        let form = generator.pick(isSwedish ? CompanyWords.swedishForms : CompanyWords.englishForms)
        let brand = generator.oneIn(4) ? surname(isSwedish) + (isSwedish ? "s" : " &  Sons") : word()
        let more = generator.oneIn(4) ? " " + generator.pick(["Nord", "Syd", "International", "Group", "Partner"]) : ""
        return place(named: "\(brand) \(trade)\(more) \(form)", brand: brand, isSwedish)
    }

    /// Companies of one group at one address: one domain, phones of one switchboard, a registration number each.
    private mutating func group() -> [CompanyRecord] {
        let isSwedish = generator.below(100) < 60
        let brand = word()
        let first = place(named: brand, brand: brand, isSwedish)
        let trades = (isSwedish ? CompanyWords.swedishTrades : CompanyWords.englishTrades).shuffled(using: &generator)
        let form = isSwedish ? "AB" : generator.pick(["Ltd", "Inc"])
        return trades.prefix(2 + generator.below(3)).map { trade in
            var record = first
            record.name = "\(brand) \(trade) \(form)"
            record.registration = registration(isSwedish)
            if generator.oneIn(2) { record.phone = String(first.phone.dropLast(2)) + digits(2) }
            record.email = "\(generator.pick(["info", "order", "finance"])).\(fold(trade))@\(record.web)"
            return record
        }
    }

    /// Shops of one company in different cities: one name, one domain, one registration number.
    private mutating func chain() -> [CompanyRecord] {
        let isSwedish = generator.below(100) < 60
        let first = company()
        let cities = (isSwedish ? CompanyWords.swedishCities : CompanyWords.englishCities).shuffled(using: &generator)
        let names = generator.oneIn(2)
        return cities.prefix(2 + generator.below(4)).map { city in
            var record = place(named: first.name, brand: "", isSwedish, city: city)
            if names { record.name += " \(city.0)" }
            record.registration = first.registration
            record.web = first.web
            record.email = "\(fold(city.0))@\(first.web)"
            return record
        }
    }

    /// Parent and child, or a couple: one surname and address, often one phone.
    private mutating func household() -> [CompanyRecord] {
        let isSwedish = generator.below(100) < 60
        let family = surname(isSwedish)
        let given = (isSwedish ? CompanyWords.swedishGiven : CompanyWords.englishGiven).shuffled(using: &generator)
        let first = place(named: "", brand: family, isSwedish)
        let sharesPhone = generator.oneIn(2)
        return given.prefix(2 + generator.below(2)).map { name in
            var record = first
            record.name = "\(name) \(family)"
            if !sharesPhone { record.phone = phone(isSwedish) }
            let host = generator.pick(["gmail.com", "hotmail.com", "telia.com", "icloud.com"])
            record.email = "\(fold(name)).\(fold(family))\(digits(2))@\(host)"
            record.web = ""
            record.registration = ""
            return record
        }
    }

    /// Companies that have nothing in common but their street.
    private mutating func neighbours() -> [CompanyRecord] {
        let first = company()
        let street = first.street
        return [first]
            + (0..<(1 + generator.below(3))).map { _ in
                var record = company()
                let number = String(1 + generator.below(60))
                record.street =
                    street.first?.isNumber == true
                    ? "\(number) \(street.drop { !$0.isWhitespace }.dropFirst())"
                    : "\(street.prefix { !$0.isNumber })\(number)"
                record.postalCode = first.postalCode
                record.city = first.city
                return record
            }
    }

    // MARK: Parts

    private mutating func place(
        named name: String,
        brand: String,
        _ isSwedish: Bool,
        city: (String, String)? = nil
    ) -> CompanyRecord {
        let city = city ?? generator.pick(isSwedish ? CompanyWords.swedishCities : CompanyWords.englishCities)
        let number = 1 + generator.below(90)
        let street =
            isSwedish
            ? "\(generator.pick(CompanyWords.swedishStreets)) \(number)"
            : "\(number) \(generator.pick(CompanyWords.englishStreets))"
        let postalCode =
            isSwedish
            ? "\(city.1)\(digits(1)) \(digits(2))"
            : "\(city.1)\(digits(1)) \(digits(1))\(generator.pick(["AB", "XT", "QL"]))"
        let web =
            brand.isEmpty ? "" : "\(fold(brand))\(generator.oneIn(3) ? digits(2) : "").\(isSwedish ? "se" : "com")"
        return CompanyRecord(
            truth: 0,
            name: name,
            street: street,
            postalCode: postalCode,
            city: city.0,
            phone: phone(isSwedish),
            email: "\(generator.pick(["info", "kontakt", "order", "office", "sales"]))@\(web)",
            web: web,
            registration: registration(isSwedish)
        )
    }

    private mutating func word() -> String {
        let word = (0..<(2 + generator.below(2))).map { _ in generator.pick(CompanyWords.syllables) }.joined()
        return word.prefix(1).uppercased() + word.dropFirst()
    }

    private mutating func surname(_ isSwedish: Bool) -> String {
        generator.pick(isSwedish ? CompanyWords.swedishSurnames : CompanyWords.englishSurnames)
    }

    private mutating func digits(_ count: Int) -> String {
        (0..<count).map { _ in String(generator.below(10)) }.joined()
    }

    private mutating func phone(_ isSwedish: Bool) -> String {
        isSwedish
            ? "0\(10 + generator.below(90))-\(1 + generator.below(9))\(digits(5))" : "020 7\(digits(3)) \(digits(4))"
    }

    private mutating func registration(_ isSwedish: Bool) -> String {
        isSwedish ? "55\(digits(4))-\(digits(4))" : "GB\(1 + generator.below(9))\(digits(8))"
    }

    private func fold(_ text: String) -> String {
        String(Disturbance.withoutAccents(text.lowercased()).filter { $0.isLetter })
    }
}
