/// One generated item, worked out from its place alone, and the words that items and people are made of.
struct GeneratedGoods {
    let name: String
    let unit: String
    let price: String
    let cost: String
    let stock: String

    init(index: Int) {
        var random = SandboxGenerator(seed: 0x600D_0000_0000 | UInt64(index))
        let thing = Self.things[index % Self.things.count]
        let round = index / Self.things.count
        let material = Self.materials[round % Self.materials.count]
        let lap = round / Self.materials.count
        name = "\(material) \(thing.name)" + (lap == 0 ? "" : ", size \(lap + 1)")
        unit = thing.unit
        let cents = Int(random.next() % 90_000) + 500
        price = Self.amount(cents)
        cost = Self.amount(cents * (Int(random.next() % 40) + 30) / 100)
        stock = String(random.next() % 1_000)
    }

    private static func amount(_ cents: Int) -> String {
        "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
    }

    /// A unit of measure: its code, name, and code by the international standard.
    static let units: [(code: String, name: String, standard: String)] = [
        ("PCS", "Piece", "EA"), ("BOX", "Box", "BX"), ("KG", "Kilogram", "KGM"), ("L", "Litre", "LTR"),
        ("M", "Metre", "MTR"), ("PAIR", "Pair", "PR"), ("ROLL", "Roll", "RO"),
    ]

    private static let things: [(name: String, unit: String)] = [
        ("Lantern", "PCS"), ("Bowl", "PCS"), ("Mug", "BOX"), ("Towel", "PCS"), ("Blanket", "PCS"), ("Rope", "M"),
        ("Candles", "KG"), ("Gloves", "PAIR"), ("Tablecloth", "PCS"), ("Basket", "PCS"), ("Varnish", "L"),
        ("Twine", "ROLL"), ("Tray", "PCS"), ("Knife", "PCS"), ("Stool", "PCS"), ("Hooks", "BOX"), ("Buckles", "KG"),
        ("Slippers", "PAIR"), ("Ribbon", "ROLL"), ("Ladle", "PCS"),
    ]

    private static let materials = [
        "Ash", "Beech", "Birch", "Brass", "Cast-iron", "Cherry", "Copper", "Cork", "Cotton", "Elm", "Enamel", "Felt",
        "Glass", "Hemp", "Iron", "Juniper", "Jute", "Larch", "Leather", "Linen", "Maple", "Oak", "Oiled", "Painted",
        "Pewter", "Pine", "Rattan", "Silver", "Slate", "Steel", "Stoneware", "Teak", "Tin", "Walnut", "Willow", "Wool",
    ]

    static let firstNames = [
        "Agnes", "Albert", "Amina", "Anton", "Beatrice", "Carl", "Clara", "Daniel", "Edith", "Emil", "Fatima", "Felix",
        "Greta", "Hanna", "Henrik", "Ines", "Ivar", "Jonas", "Julia", "Karim", "Lena", "Louis", "Mathilde", "Nils",
        "Olga", "Oscar", "Paula", "Ruth", "Samuel", "Sofia", "Tomas", "Vera",
    ]

    static let titles = [
        "Buyer", "Head of Stores", "Managing Director", "Owner", "Purchasing Manager", "Sales Assistant",
    ]
}
