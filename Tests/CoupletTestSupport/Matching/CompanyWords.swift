/// What the names of made-up companies and persons, their streets and their cities consist of.
enum CompanyWords {
    static let syllables = [
        "al", "an", "ar", "bel", "bo", "bra", "cor", "da", "del", "dor", "ek", "el", "en", "fal", "fin", "flo", "gar",
        "gra", "hal", "hel", "in", "ka", "kel", "kor", "la", "len", "lin", "lo", "lum", "mar", "mel", "mo", "na", "nor",
        "ol", "or", "pa", "pel", "po", "ra", "ren", "ri", "ro", "sal", "sen", "si", "sol", "sta", "tal", "te", "to",
        "tra", "ul", "va", "vel", "vi", "vo", "xan", "ys", "zel",
    ]
    static let swedishTrades = [
        "Bygg", "Fastigheter", "Transport", "Åkeri", "Måleri", "Elektriska", "Konsult", "Redovisning", "Livsmedel",
        "Möbler", "Verkstad", "Rör", "Plåt", "Snickeri", "Trädgård", "Städ", "Bageri", "Optik", "Frakt", "Invest",
        "Försäljning", "Service", "Teknik", "Data", "Förvaltning", "Tryckeri", "Skog", "Lantbruk", "Maskin", "Kök",
    ]
    static let englishTrades = [
        "Engineering", "Construction", "Logistics", "Foods", "Furniture", "Holdings", "Consulting", "Trading",
        "Properties", "Systems", "Solutions", "Printing", "Motors", "Supplies", "Textiles", "Electrical", "Plumbing",
        "Bakery", "Optics", "Services", "Design", "Media", "Ventures", "Farms", "Timber", "Marine", "Energy",
        "Software",
    ]
    static let swedishGiven = [
        "Anders", "Anna", "Björn", "Birgitta", "Carl", "Charlotta", "David", "Elin", "Erik", "Eva", "Fredrik", "Gunnar",
        "Göran", "Hanna", "Håkan", "Ingrid", "Jan", "Johan", "Karin", "Kerstin", "Lars", "Lena", "Magnus", "Maria",
        "Mikael", "Nils", "Olof", "Per", "Sara", "Sofia", "Stefan", "Sven", "Torsten", "Ulf", "Viktor", "Åsa", "Örjan",
    ]
    static let englishGiven = [
        "Adam", "Alice", "Andrew", "Barbara", "Brian", "Catherine", "Daniel", "Deborah", "Edward", "Emily", "Frank",
        "George", "Grace", "Harold", "Helen", "Ian", "James", "Jennifer", "John", "Julia", "Kevin", "Laura", "Martin",
        "Mary", "Michael", "Nancy", "Oliver", "Patricia", "Peter", "Rachel", "Robert", "Susan", "Thomas", "William",
    ]
    static let swedishSurnames = [
        "Andersson", "Bergqvist", "Björk", "Dahlström", "Ekström", "Eriksson", "Forsberg", "Gustafsson", "Hedlund",
        "Holmgren", "Jansson", "Johansson", "Karlsson", "Lindqvist", "Lundgren", "Nilsson", "Norberg", "Nyström",
        "Olsson", "Persson", "Rosén", "Sandström", "Sjöberg", "Söderlund", "Svensson", "Wallin", "Wikström", "Åberg",
    ]
    static let englishSurnames = [
        "Adams", "Baker", "Bennett", "Carter", "Clarke", "Cooper", "Davies", "Edwards", "Fletcher", "Foster", "Graham",
        "Harrison", "Hughes", "Jackson", "Johnson", "Marshall", "Mitchell", "Morgan", "Parker", "Richardson", "Roberts",
        "Simpson", "Smith", "Stevenson", "Taylor", "Thompson", "Turner", "Walker", "Watson", "Wright",
    ]
    static let swedishStreets = [
        "Storgatan", "Kungsgatan", "Drottninggatan", "Järnvägsgatan", "Skolgatan", "Industrigatan", "Hamngatan",
        "Nygatan", "Västergatan", "Östergatan", "Kyrkogatan", "Strandvägen", "Ringvägen", "Björkvägen", "Skogsvägen",
        "Fabriksvägen", "Parkgatan", "Trädgårdsgatan", "Vasagatan", "Linnégatan", "Verkstadsgatan", "Bergsgatan",
    ]
    static let englishStreets = [
        "High Street", "Station Road", "Church Lane", "Victoria Road", "Park Avenue", "Mill Lane", "London Road",
        "Green Lane", "Kings Road", "Queen Street", "Bridge Street", "Albert Road", "School Lane", "New Street",
        "Manor Road", "Grange Road", "North Street", "South Road", "Market Square", "Harbour Drive",
    ]
    static let swedishCities = [
        ("Stockholm", "11"), ("Göteborg", "41"), ("Malmö", "21"), ("Uppsala", "75"), ("Västerås", "72"),
        ("Örebro", "70"), ("Linköping", "58"), ("Helsingborg", "25"), ("Jönköping", "55"), ("Norrköping", "60"),
        ("Lund", "22"), ("Umeå", "90"), ("Gävle", "80"), ("Borås", "50"), ("Södertälje", "15"), ("Växjö", "35"),
    ]
    static let englishCities = [
        ("London", "EC"), ("Birmingham", "BB"), ("Leeds", "LS"), ("Sheffield", "SH"), ("Bristol", "BS"),
        ("Manchester", "MN"), ("Leicester", "LE"), ("Coventry", "CV"), ("Bradford", "BD"), ("Nottingham", "NG"),
        ("Plymouth", "PL"), ("Southampton", "SO"), ("Reading", "RG"), ("Derby", "DE"),
    ]
    static let swedishForms = ["AB", "AB", "AB", "AB", "HB", "KB"]
    static let englishForms = ["Ltd", "Ltd", "Ltd", "Inc", "LLC", "PLC", "GmbH", "ApS", "Oy", "SA"]
}
