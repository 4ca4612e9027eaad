extension SwedishTexts {
    /// What the manual says beside the commands.
    static let manual: [String: String] = [
        "manual.title": "Kommandoraden",
        "manual.generated":
            "Den här sidan görs av `couplet manual`; `couplet help KOMMANDO` visar detsamma i en terminal.",
        "manual.commonOptions": "Flaggor för alla kommandon",
        "manual.commonAnywhere": "De får stå var som helst på raden, även före kommandot.",
        "manual.keysHead": "Hur poster och riktningar anges",
        "manual.keys": """
        KEY anger en post: numret, koden eller id:t för posten i ERP, eller `crm:` och numret eller id:t i \
        CRM. En mappning anges som i `couplet mapping list`, med stora eller små bokstäver.
        """,
        "manual.directions": """
        Riktningar: `to` (eller `to-crm`) skriver till CRM, `from` (eller `to-erp`) skriver till ERP, \
        `both` sammanför.
        """,
        "manual.statesHead": "Posters status",
        "manual.exitHead": "Slutstatus",
        "manual.exitStatuses": "Slutstatus: {statuses}.",
        "manual.jsonFailure": "Med `--json` är ett fel `{\"error\": {\"code\", \"message\", \"remedy\"}}`.",
        "manual.examples": "Exempel:",
        "manual.argument": "Argument",
        "manual.meaning": "Betydelse",
        "manual.overview": "ÖVERSIKT:",
        "manual.usage": "ANVÄNDNING:",
        "manual.arguments": "ARGUMENT:",
        "manual.options": "FLAGGOR:",
        "manual.subcommands": "UNDERKOMMANDON:",
        "manual.values": "(värden:",
        "manual.default": "standard:",
        "manual.showHelp": "Visa hjälp.",
        "manual.forDetails": "för utförlig hjälp.",
        "manual.see": "Se '",
        "exit.s0": "klart",
        "exit.s1": "klart, men något är öppet: poster misslyckades, är i konflikt eller väntar på svar",
        "exit.s2": "felaktig användning, eller en nyckel som ingen känner till",
        "exit.s3": "en plan, eller skrivning över huvud taget, väntar på godkännande",
        "exit.s69": "ett system är nere",
        "exit.s70": "ett fel i Couplet",
        "exit.s75": "försök senare: låset är upptaget, disken är full",
        "exit.s77": "inte tillåtet; även en felaktig hemlighet",
        "exit.s78": "fel konfiguration; även en felaktig adress eller fil",
        "exit.s130": "avbrutet; det som påbörjats är avslutat, eller blir det vid nästa start",
    ]
}
