import Testing

@testable import CoupletTexts

@Suite("Catalogues")
struct CatalogueTests {
    @Test("every language has the codes of English, and no others", arguments: Language.all)
    func sameCodes(_ language: Language) {
        let catalogue = Catalogue.of(language)
        let english = Set(Catalogue.english.texts.keys)
        let codes = Set(catalogue.texts.keys)
        #expect(english.subtracting(codes).sorted() == [])
        #expect(codes.subtracting(english).sorted() == [])
    }

    @Test("a text has the same placeholders in every language", arguments: Language.all)
    func samePlaceholders(_ language: Language) {
        let catalogue = Catalogue.of(language)
        for (code, text) in catalogue.texts {
            let english = Catalogue.english.texts[code] ?? ""
            #expect(Template(text).placeholders == Template(english).placeholders, "\(code)")
        }
    }

    @Test("no text is blank or has blanks at its ends", arguments: Language.all)
    func nothingBlank(_ language: Language) {
        let catalogue = Catalogue.of(language)
        for (code, text) in catalogue.texts {
            #expect(!text.isEmpty && text.first != " " && text.last != " ", "\(code)")
            #expect(!text.contains("  ") || text.contains("]]"), "\(code) has two blanks together")
        }
    }

    @Test("a remedy belongs to a text, and needs no value that the text does not have", arguments: Language.all)
    func remediesBelong(_ language: Language) {
        let catalogue = Catalogue.of(language)
        for code in catalogue.texts.keys where code.hasSuffix(".remedy") {
            #expect(catalogue.texts[String(code.dropLast(7))] != nil, "\(code)")
        }
    }

    @Test("English and Swedish differ, but for names and signs")
    func translated() {
        let same = Catalogue.english.texts.filter { code, text in
            Catalogue.swedish.texts[code] == text && text.contains(" ") && !text.contains("{") && !text.contains("ERP")
        }
        #expect(same.keys.sorted() == [])
    }
}

@Suite("Swedish words")
struct SwedishWordTests {
    /// Words that the Swedish interface does not use, and the ones it does.
    static let avoided = [
        "transaktion": "post", "länk": "koppling", "bindning": "koppling", "knyt": "koppla",
        "synkning": "synkronisering", "integrationstabell": "integreringstabell", "blockerad": "spärrad",
    ]

    @Test("one word per thing: post, koppling, synkronisera, integreringstabell")
    func oneWordPerThing() {
        for (code, text) in Catalogue.swedish.texts {
            for (word, instead) in Self.avoided {
                #expect(!text.lowercased().contains(word), "\(code): \(word), say \(instead)")
            }
        }
    }

    @Test(
        "the interface's own terms",
        arguments: [
            ("direction.bidirectional", "Dubbelriktad"), ("direction.fromIntegrationTable", "Från integreringstabell"),
            ("direction.toIntegrationTable", "Till integreringstabell"),
            ("column.onlyCoupled", "Synka endast kopplade poster"), ("column.direction", "Riktning"),
            ("column.enabled", "Aktiverad"), ("count.failed", "Misslyckades"),
            ("state.parked", "överhoppad – kräver åtgärd"), ("state.held", "väntar på godkännande"),
            ("command.mapping", "tabellmappningar för integrering"), ("command.sync", "Synkroniserar nu"),
            ("command.job", "synkroniseringsjobb för integrering"), ("help.connection.clientID", "Klient-ID"),
            ("connection.noSecret", "klienthemlighet"), ("mapping.matchRule", "Matchningsprioritet"),
            ("mapping.matchRuleCase", "skiftlägeskänslig"), ("command.match", "matchningsbaserad koppling"),
            ("help.match.createUnmatched", "Skapa ny om det inte går att hitta någon matchning"),
        ]
    )
    func terms(code: String, term: String) {
        #expect(Texts.text(code, [:], .swedish).contains(term))
    }
}
