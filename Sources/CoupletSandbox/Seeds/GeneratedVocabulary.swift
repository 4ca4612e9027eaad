/// Words that generated customers are made of, country by country.
struct GeneratedVocabulary: Sendable {
    struct Place: Sendable {
        let city: String
        let postalPrefix: String
    }

    let country: String
    let currency: String
    /// Follows a company's name.
    let form: String
    let surnames: [String]
    let trades: [String]
    let streets: [String]
    let places: [Place]
    let phonePrefix: String
    /// Whether the house number stands before the street.
    let isNumberFirst: Bool

    private init(
        _ country: String,
        _ currency: String,
        _ form: String,
        surnames: String,
        trades: String,
        streets: String,
        places: String,
        phone: String,
        isNumberFirst: Bool = false
    ) {
        self.country = country
        self.currency = currency
        self.form = form
        self.surnames = Self.words(surnames)
        self.trades = Self.words(trades)
        self.streets = Self.words(streets)
        self.places = Self.words(places).map { text in
            let parts = text.split(separator: ":")
            return Place(city: String(parts[0]), postalPrefix: String(parts.last ?? ""))
        }
        phonePrefix = phone
        self.isNumberFirst = isNumberFirst
    }

    private static func words(_ text: String) -> [String] {
        text.split(separator: ",").map { word in String(word.drop { $0 == " " || $0 == "\n" }) }
    }

    static let all = [sweden, britain, germany, unitedStates, norway, france, netherlands, denmark]

    private static let sweden = GeneratedVocabulary(
        "SE",
        "SEK",
        "AB",
        surnames: """
            Andersson, Bergström, Carlsson, Dahlberg, Ekström, Forsberg, Grönlund, Hallberg, Isaksson, Jönsson,
            Karlberg, Lindgren, Möller, Nyström, Öhman, Persson, Qvist, Rosén, Sjöberg, Törnqvist, Ullman, Viklund,
            Wallin, Åkerlund
            """,
        trades: """
            Bygg, Snickeri, Livs, Transport, Måleri, Elteknik, Trädgård, Verkstad, Bageri, Järnhandel, Fisk,
            Kontorsvaror, Glasmästeri, Plåt, Rör, Möbler, Textil, Konditori, Cykel, Marin
            """,
        streets:
            "Storgatan, Kungsgatan, Ågatan, Östra Hamngatan, Skolgatan, Björkvägen, Industrivägen, Södra Promenaden",
        places: """
            Göteborg:411, Malmö:211, Uppsala:753, Örebro:702, Västerås:722, Linköping:582, Umeå:903, Luleå:972,
            Kalmar:392, Växjö:352, Gävle:803, Sundsvall:852
            """,
        phone: "+46 "
    )

    private static let britain = GeneratedVocabulary(
        "GB",
        "GBP",
        "Ltd",
        surnames: """
            Ashworth, Bancroft, Cartwright, Dunmore, Ellery, Fairfax, Garrick, Holloway, Ingram, Jessop, Kershaw,
            Langley, Merrick, Northcote, Osborne, Pemberton, Quayle, Redfern, Stanhope, Thornbury, Underhill,
            Vickers, Whitlock, Yardley
            """,
        trades: """
            Joinery, Provisions, Haulage, Decorating, Electrical, Gardens, Engineering, Bakery, Ironmongers,
            Seafoods, Stationers, Glazing, Roofing, Plumbing, Furniture, Textiles, Confectionery, Cycles, Chandlery,
            Printing
            """,
        streets:
            "High Street, Station Road, Mill Lane, Church Street, Victoria Road, Queensway, Harbour Row, Castle Hill",
        places: """
            Leeds:LS1, Bristol:BS1, York:YO1, Norwich:NR2, Exeter:EX4, Durham:DH1, Lincoln:LN2, Cardiff:CF10,
            Dundee:DD1, Inverness:IV1, Chester:CH1, Bath:BA1
            """,
        phone: "+44 ",
        isNumberFirst: true
    )

    private static let germany = GeneratedVocabulary(
        "DE",
        "EUR",
        "GmbH",
        surnames: """
            Albrecht, Böhm, Conrad, Dietrich, Engel, Förster, Großmann, Heinrich, Jäger, Köhler, Löffler, Mühlbauer,
            Neumann, Ott, Pfeiffer, Reinhardt, Schäfer, Thiele, Ulrich, Voß, Weiß, Ziegler, Krüger, Lindemann
            """,
        trades: """
            Holzbau, Lebensmittel, Spedition, Malerei, Elektrotechnik, Gartenbau, Maschinenbau, Bäckerei,
            Eisenwaren, Fischhandel, Bürobedarf, Glaserei, Bedachung, Sanitär, Möbel, Textilien, Konditorei,
            Fahrräder, Bootsbau, Druckerei
            """,
        streets:
            "Hauptstraße, Bahnhofstraße, Lindenweg, Gartenstraße, Mühlenweg, Schillerstraße, Am Markt, Hafenstraße",
        places: """
            Lübeck:235, Kassel:341, Münster:481, Würzburg:970, Rostock:180, Erfurt:990, Osnabrück:490,
            Göttingen:370, Fürth:907, Jena:077, Trier:542, Köln:506
            """,
        phone: "+49 "
    )

    private static let unitedStates = GeneratedVocabulary(
        "US",
        "USD",
        "Inc.",
        surnames: """
            Abbott, Brennan, Caldwell, Delgado, Everett, Franklin, Gallagher, Harmon, Irving, Jefferson, Kendall,
            Lawson, Maddox, Nolan, Ortega, Prescott, Quinn, Ramsey, Sutton, Tucker, Upton, Vaughn, Walsh, York
            """,
        trades: """
            Carpentry, Foods, Freight, Painting, Electric, Landscaping, Machining, Bakery, Hardware, Seafood,
            Office Supply, Glass, Roofing, Plumbing, Furniture, Textiles, Candy, Bikes, Marine, Printing
            """,
        streets: """
            Main Street, Oak Avenue, Maple Drive, Lakeview Road, Washington Boulevard, Second Street, Cedar Lane,
            Hill Road
            """,
        places: """
            Madison:537, Boise:837, Portland:972, Savannah:314, Duluth:558, Tulsa:741, Akron:443, Fresno:937,
            Reno:895, Mobile:366, Albany:122, Eugene:974
            """,
        phone: "+1 ",
        isNumberFirst: true
    )

    private static let norway = GeneratedVocabulary(
        "NO",
        "NOK",
        "AS",
        surnames: """
            Aasen, Bakke, Dahl, Eide, Fossum, Grøndahl, Haugen, Iversen, Johnsrud, Kvamme, Lund, Myhre, Nygård,
            Ødegård, Pettersen, Ruud, Solberg, Tveit, Ulriksen, Vik, Wiik, Ås, Brekke, Strand
            """,
        trades: """
            Bygg, Dagligvarer, Frakt, Maling, Elektro, Hage, Mekanikk, Bakeri, Jernvare, Sjømat, Kontor, Glass, Tak,
            Rør, Møbler, Tekstil, Konditori, Sykkel, Båt, Trykk
            """,
        streets: "Storgata, Kirkegata, Havnegata, Skoleveien, Bjørkeveien, Strandgata, Industriveien, Fjordveien",
        places: """
            Bergen:50, Tromsø:90, Bodø:80, Ålesund:60, Stavanger:40, Molde:64, Drammen:30, Hamar:23, Narvik:85,
            Larvik:32, Arendal:48, Gjøvik:28
            """,
        phone: "+47 "
    )

    private static let france = GeneratedVocabulary(
        "FR",
        "EUR",
        "SARL",
        surnames: """
            Aubert, Besson, Chevalier, Delacroix, Évrard, Fournier, Gérard, Hébert, Jacquet, Lefèvre, Marchand,
            Noël, Olivier, Perrin, Renaud, Rousseau, Simonet, Tessier, Vasseur, Vidal, Boulanger, Caron, Dumas,
            Lemaître
            """,
        trades: """
            Menuiserie, Épicerie, Transports, Peinture, Électricité, Jardins, Mécanique, Boulangerie, Quincaillerie,
            Marée, Papeterie, Vitrerie, Toiture, Plomberie, Meubles, Textiles, Confiserie, Cycles, Nautisme,
            Imprimerie
            """,
        streets:
            "rue de la Gare, rue Victor Hugo, place du Marché, avenue de la République, quai du Port, rue des Écoles",
        places: """
            Nantes:440, Rennes:350, Dijon:210, Angers:490, Nîmes:300, Tours:370, Orléans:450, Amiens:800, Metz:570,
            Besançon:250, Limoges:870, Brest:292
            """,
        phone: "+33 ",
        isNumberFirst: true
    )

    private static let netherlands = GeneratedVocabulary(
        "NL",
        "EUR",
        "B.V.",
        surnames: """
            van Aalst, Bakker, de Boer, Cornelissen, van Dijk, Evers, de Groot, Hendriks, Jansen, Kuiper,
            van Leeuwen, Mulder, Noordman, van den Oever, Postma, Roos, Smit, Timmerman, Visser, de Wit, Zijlstra,
            Kramer, Brouwer, Schouten
            """,
        trades: """
            Bouw, Levensmiddelen, Transport, Schilders, Elektra, Tuinen, Techniek, Bakkerij, IJzerwaren, Vis,
            Kantoor, Glas, Daken, Installaties, Meubelen, Textiel, Snoep, Fietsen, Jachten, Drukkerij
            """,
        streets: "Dorpsstraat, Stationsweg, Molenlaan, Kerkstraat, Havenkade, Schoolstraat, Lindelaan, Marktplein",
        places: """
            Utrecht:35, Groningen:97, Breda:48, Zwolle:80, Leiden:23, Delft:26, Arnhem:68, Alkmaar:18, Venlo:59,
            Assen:94, Gouda:28, Hoorn:16
            """,
        phone: "+31 "
    )

    private static let denmark = GeneratedVocabulary(
        "DK",
        "DKK",
        "A/S",
        surnames: """
            Andreasen, Bæk, Christensen, Dam, Eriksen, Frandsen, Gregersen, Højgaard, Ipsen, Jørgensen, Kjær,
            Lauritsen, Mølgaard, Nørgaard, Østergaard, Poulsen, Rasmussen, Søndergaard, Thomsen, Vestergaard,
            Winther, Åberg, Holm, Skov
            """,
        trades: """
            Byg, Købmand, Fragt, Maler, El, Have, Maskiner, Bageri, Isenkram, Fisk, Kontor, Glarmester, Tag, VVS,
            Møbler, Tekstil, Konditori, Cykler, Bådebyg, Tryk
            """,
        streets: "Algade, Østergade, Havnevej, Skolegade, Kirkevej, Strandvejen, Industrivej, Nørregade",
        places: """
            Aarhus:80, Odense:50, Aalborg:90, Esbjerg:67, Vejle:71, Kolding:60, Horsens:87, Randers:89, Viborg:88,
            Svendborg:57, Ribe:67, Roskilde:40
            """,
        phone: "+45 "
    )
}
