/// How alike the names of two fields of different systems are.
enum FieldNames {
    /// Why two names are taken for the same.
    struct Likeness {
        /// How sure, from 0 to 1.
        var score: Double
        /// The reason, as a code of the catalogues.
        var code: String
    }

    /// The likeness of two names; nil when they have nothing in common.
    static func likeness(_ one: String, _ other: String) -> Likeness? {
        let (left, right) = (plain(one), plain(other))
        if left.isEmpty || right.isEmpty { return nil }
        if left == right { return Likeness(score: 1, code: "propose.sameName") }
        let (leftMeaning, rightMeaning) = (meaning(left), meaning(right))
        if leftMeaning == rightMeaning { return Likeness(score: 0.9, code: "propose.sameMeaning") }
        let (shorter, longer) = left.count < right.count ? (left, right) : (right, left)
        if shorter.count >= 5, longer.hasSuffix(shorter) || longer.hasPrefix(shorter) {
            return Likeness(score: 0.7, code: "propose.partOfName")
        }
        return nil
    }

    /// A name in small letters without what only structures it: underscores, a numbered group before it, a first
    /// number after it.
    static func plain(_ name: String) -> String {
        var words = name.lowercased().split(separator: "_").map(String.init)
        if words.count > 1, words[0].last?.isNumber == true {
            // Only the first group counts: a second address is another address.
            guard words[0].last == "1" else { return words.joined() }
            words.removeFirst()
        }
        var text = words.joined()
        if text.last == "1", text.dropLast().last?.isNumber == false, !text.hasSuffix("line1") { text.removeLast() }
        return text
    }

    /// Words that mean the same, the first standing for all.
    private static let synonyms: [[String]] = [
        ["name", "title", "designation"], ["phone", "telephone", "phonenumber", "phoneno"],
        ["mobile", "mobilephone", "mobilephonenumber", "cellphone"], ["fax", "faxnumber", "faxno"],
        ["email", "emailaddress", "mail"],
        ["website", "homepage", "webpage", "web"],
        ["postalcode", "postcode", "zip", "zipcode"], ["country", "countryregion", "countrycode"],
        ["state", "stateorprovince", "province", "county", "region"],
        ["line1", "addressline1", "address", "street", "street1"], ["line2", "addressline2", "address2", "street2"],
        ["number", "no", "code"],
        ["price", "unitprice", "listprice"], ["cost", "unitcost", "standardcost"],
        ["description", "comment", "comments", "notes", "note"], ["jobtitle", "position"],
        ["surname", "lastname", "familyname"], ["firstname", "givenname"],
    ]

    private static func meaning(_ plain: String) -> String {
        var plain = plain
        for qualifier in ["display", "full", "internal", "primary", "company", "main"]
        where plain.count > qualifier.count && plain.hasPrefix(qualifier) {
            plain.removeFirst(qualifier.count)
            break
        }
        if plain.count > 3, plain.hasSuffix("url") { plain.removeLast(3) }
        return synonyms.first { $0.contains(plain) }?.first ?? plain
    }
}
