extension SwedishTexts {
    /// Filters as text.
    static let values: [String: String] = [
        "filter.unknownField": "Tabellen har inget fält \"{field}\".",
        "filter.unknownField.remedy":
            "Skriv fältet som API:et stavar det; namn med mellanslag inom dubbla citattecken.",
        "filter.notANumber": "\"{value}\" är inget tal, och {field} innehåller tal.",
        "filter.notANumber.remedy": "Skriv ett tal; text jämförs inte med tal.",
        "filter.notWhole": "\"{value}\" är inget heltal, och {field} innehåller heltal.",
        "filter.notWhole.remedy": "Skriv ett tal utan decimaler.",
        "filter.notYesOrNo": "\"{value}\" är varken ja eller nej, och {field} innehåller ja eller nej.",
        "filter.notYesOrNo.remedy": "Skriv ja eller nej.",
        "filter.notADate": "\"{value}\" är ingen dag i kalendern, och {field} innehåller datum.",
        "filter.notADate.remedy": "Skriv det som i 2026-01-31.",
        "filter.notATime": "\"{value}\" är varken dag eller tidpunkt, och {field} innehåller tidpunkter.",
        "filter.notATime.remedy": "Skriv det som i 2026-01-31, 2026-01-31 14:00 eller 2026-01-31T13:00:00Z.",
        "filter.notAnID": "\"{value}\" är inget id, och {field} innehåller id:n.",
        "filter.notAnID.remedy": "Skriv en posts id.",
        "filter.noPattern": "{field} kan inte jämföras med \"{value}\": * och ? fungerar bara för lika texter.",
        "filter.noPattern.remedy":
            "Skriv ett intervall som i A..B, eller citera värdet om * och ? menas bokstavligt.",
        "filter.neverBlank": "{field} är aldrig tomt: där inget har angetts är det noll eller nej.",
        "filter.neverBlank.remedy": "Jämför det med 0, eller med nej.",
        "filter.unclosed": "Citattecknet vid tecken {position} avslutas aldrig.",
        "filter.unclosed.remedy": "Avsluta det; skriv ett citattecken inom citattecken två gånger.",
        "filter.incomplete": "Filtret slutar där något borde följa.",
        "filter.incomplete.remedy": "Skriv fält = värde, och stäng alla parenteser.",
        "filter.unexpected": "\"{text}\" kan inte stå vid tecken {position} i filtret.",
        "filter.unexpected.remedy":
            "Skriv fält = värde; förena villkor med and, or; citera värden som innehåller tecken.",
        "filter.tooDeep": "Filtret är nästlat mer än {maximum} nivåer.",
        "filter.tooDeep.remedy": "Ta bort parenteser som inte behövs.",
    ]
}
