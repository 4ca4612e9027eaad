extension SwedishTexts {
    /// Why a plan waits for approval.
    static let limits: [String: String] = [
        "limit.definitions":
            "{mapping} skulle lägga till {count} val i definitionen av en tabell i {side}, vilket inte kan ångras.",
        "limit.definitions.remedy": "Se på planen, och utför eller avvisa den sedan.",
        "limit.moved":
            "{mapping} leder till en annan adress eller ett annat företag än i sitt senaste jobb, och {count} {count|post|poster} skulle skrivas till {side}.",
        "limit.moved.remedy": "Kontrollera att båda anslutningarna leder rätt; utför sedan planen eller avvisa den.",
        "limit.most":
            "{mapping} skulle skriva {count} poster till {side}; fler än {limit} väntar på godkännande.",
        "limit.most.remedy": "Se på planen och utför eller avvisa den.",
        "limit.deleted":
            "{mapping} skulle ta bort {count} poster i {side}; fler än {limit} väntar på godkännande.",
        "limit.deleted.remedy": "Se på planen och utför eller avvisa den.",
        "limit.gone":
            "{count} poster i {mapping} togs bort, av {coupled} som är kopplade; dess strategi väntar på godkännande.",
        "limit.gone.remedy": "Kontrollera att de skulle bort; utför sedan planen, eller avvisa den.",
        "limit.shrunk":
            "{side} för {mapping} har nu {count} poster och hade {before} i det senaste jobbet.",
        "limit.shrunk.remedy": "Kontrollera att posterna skulle bort; utför sedan planen eller avvisa den.",
        "limit.changed":
            "{mapping} skulle ändra {count} poster i {side}, av {coupled} som är kopplade.",
        "limit.changed.remedy": "Se på planen och utför eller avvisa den.",
        "limit.created":
            "{mapping} skulle skapa {count} poster i {side}; {coupled} är kopplade.",
        "limit.created.remedy": "Se på planen och utför eller avvisa den.",
        "limit.mappingChanged":
            "{mapping} har ändrats sedan sitt senaste jobb, och {count} poster av {coupled} skulle skrivas till {side}.",
        "limit.mappingChanged.remedy":
            "Kontrollera fält, filter och riktning med: couplet mapping show MAPPNING; utför sedan planen eller avvisa den.",
    ]
}
