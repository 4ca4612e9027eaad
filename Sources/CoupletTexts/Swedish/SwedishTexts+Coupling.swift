extension SwedishTexts {
    /// Att välja, flytta och öppna motparter.
    static let coupling: [String: String] = [
        "couple.moves": "lämnar {with}",
        "couple.takesOver": "tar över efter en koppling vars andra post ({with}) är borttagen",
        "couple.alsoIn": "förblir kopplad till {with} i {mapping}",
        "couple.inFlight": "Det som skickades för {name} ({key}) är inte besvarat än.",
        "couple.inFlight.remedy": "Försök igen när det är avgjort: couplet sync {mapping}",
        "help.couple.choices":
            "Visa bara vilka motparter som finns att välja på, sida vid sida, och vad varje val skriver.",
        "help.couple.search": "Med --choices: poster vars nummer eller namn innehåller detta.",
        "help.couple.move": "Låt posten lämna den motpart som den har.",
        "couple.moveNeedsWith": "Ange till vilken post {key} flyttas.",
        "couple.moveNeedsWith.remedy": "Ange --with NYCKEL tillsammans med --move.",
        "couple.searchNeedsChoices": "--search hör till --choices.",
        "couple.searchNeedsChoices.remedy":
            "Visa vad som finns att välja på: couplet couple MAPPNING NYCKEL --choices --search TEXT",
        "couple.offer.head": "{mapping}: {name}[[ ({key})]] i {side}, {state}",
        "couple.offer.none": "Inget i {side} liknar den. Sök med --search TEXT, eller skapa en: --create",
        "couple.offer.counterpart": "{key}  {name}[[  {number}]][[  {score}]]",
        "couple.offer.present": "är kopplad till den nu",
        "couple.offer.same": "lika: {fields}",
        "couple.offer.differs": "{field}: ERP {erp}, CRM {crm}",
        "couple.offer.way.erp": "med värdena i ERP (--sync to):",
        "couple.offer.way.crm": "med värdena i CRM (--sync from):",
        "couple.offer.nothing": "skriver inget",
        "couple.offer.creates": "Skapa ny (--create):",
        "couple.offer.recommended": "Föreslås: --sync {sync}",
        "command.open": "Leder från en post i det ena systemet till dess motpart i det andra.",
        "command.open.remedy": """
        Använd det för att gå från en kund till dess konto och tillbaka, som sidorna i båda systemen gör. En post \
        utan motpart kopplas eller får en med --create, där mappningen tillåter det.
        """,
        "help.open.table": "Postens tabell, som systemets sidor kallar den, eller en mappning: account, CUSTOMER.",
        "help.open.mapping": "Mappningen, där posten passar i flera.",
        "help.open.create": "Koppla den till det som matchar eller skapa en motpart, där den saknar en och får ha en.",
        "help.connection.recordURL": """
        Där människor ser en post: en adress med platser för dess id, nyckel eller tabell; tomt för den vanliga.
        """,
        "open.unknownTable": "Ingen mappning har en tabell \"{table}\" i {side}. Det finns: {known}",
        "open.unknownTable.remedy": "Ange en mappning eller dess tabell; se: couplet mapping list",
        "open.unknownKey": "Ingen post i {table} heter \"{key}\".",
        "open.unknownKey.remedy": "Ange nummer eller id i ERP, eller crm: och ett id i CRM.",
        "open.several": "{name} passar i flera mappningar: {mappings}",
        "open.several.remedy": "Ange vilken som menas: --mapping NAMN",
        "open.which": "{name} passar i flera mappningar: {mappings}. Vilken menas?",
        "open.which.remedy": "couplet open {mapping} {key} --mapping {mapping}",
        "open.couple": "{name} är inte kopplad. Koppla den till {with}?",
        "open.couple.remedy": "couplet open {mapping} {key} --create",
        "open.create": "{name} är inte kopplad. Skapa den i {side}?",
        "open.create.remedy": "couplet open {mapping} {key} --create",
        "open.onlyCoupled": "{mapping} synkroniserar bara kopplade poster, och {name} ({key}) är inte kopplad.",
        "open.onlyCoupled.remedy": "Välj dess motpart: couplet couple {mapping} {key} --choices",
        "open.otherDirection": "{mapping} för inget till {side}, och {name} ({key}) är inte kopplad.",
        "open.otherDirection.remedy": "Välj dess motpart: couplet couple {mapping} {key} --choices",
        "open.severalMatches":
            "{name} ({key}) kan vara {count} {count|post|poster} i {mapping}, och ingen är säkert den som menas.",
        "open.severalMatches.remedy": "Välj en: couplet couple {mapping} {key} --choices",
        "open.moved": "Det som skulle göras med {name} i {mapping} har ändrats sedan det visades.",
        "open.moved.remedy": "Titta på det igen, och bekräfta det.",
        "open.way.open": "{mapping}: {name} ({key}) är kopplad till {with}",
        "open.way.couple": "{mapping}: {name} ({key}) skulle kopplas till {with}",
        "open.way.create": "{mapping}: {name} ({key}) skulle skapas i {side}",
        "uncouple.stamp": "posten hör inte längre till företaget",
        "uncouple.belongs": "hör till en post i {mapping} som kopplas från",
        "uncouple.stampsStay":
            "Posterna i {mapping} behåller företagets stämpel: inget får skrivas till {connection}.",
        "uncouple.stampsStay.remedy": "Ta bort dem i CRM, eller tillåt skrivning innan posterna kopplas från.",
        "command.connection.confirm": "Bekräftar att en annan integrering, som det finns spår av, är avstängd.",
        "command.connection.confirm.remedy": """
        Fram till dess skrivs inget genom mappningar av dess tabeller. Stäng först av den andra integreringen för \
        dessa tabeller: två som skriver samma poster skriver över varandras ändringar.
        """,
        "connection.confirm.ask": "Är den andra integreringen avstängd för alla mappade tabeller i {connection}?",
        "help.connection.newEnvironment": "Godta att det är en annan miljö än förut, till exempel en kopia.",
        "connection.traces": "\"{connection}\" har spår av en annan integrering:",
        "connection.confirmed": "{who} har bekräftat {time} att den är avstängd.",
        "connection.unconfirmed":
            "Inget skrivs till dess tabeller. När den är avstängd: couplet connection confirm {connection}",
        "connection.noTraces": "\"{connection}\" har inga spår av en annan integrering.",
        "connection.noTraces.remedy": "Inget behöver bekräftas.",
        "connection.otherIntegration":
            "En annan integrering kan också skriva {table} i \"{connection}\", så {mapping} skriver inget.",
        "connection.otherIntegration.remedy":
            "Stäng av den för de mappade tabellerna, sedan: couplet connection confirm {connection}",
        "connection.changedMeanwhile": "\"{connection}\" ändrades medan dess system tillfrågades; inget gjordes.",
        "connection.changedMeanwhile.remedy":
            "Se på den igen: couplet connection list, och upprepa sedan kommandot.",
        "connection.otherEnvironment":
            "\"{connection}\" leder till en annan miljö än den som aktiverades ({now}, inte {before}).",
        "connection.otherEnvironment.remedy": """
        En kopia, kanske: den är inaktiverad. Rätta adressen, eller om det är meningen: couplet connection enable \
        {connection} --new-environment
        """,
        "doctor.otherIntegration":
            "\"{connection}\" har spår av en annan integrering, och ingen har bekräftat att den är avstängd.",
        "doctor.otherIntegration.remedy":
            "Stäng av den för de mappade tabellerna, sedan: couplet connection confirm {connection}",
        "trace.webClient": "{table} säger var ERP:s webbklient finns",
        "trace.companies": "{table} har företag i ERP",
        "trace.stamped": "poster i {table} är märkta som ett företags ({field})",
        "trace.wrote": "dess användare skrev till {table} {time}",
        "question.absorbedCounterpart":
            "[[{id}  ]]{mapping} {side} {record}: dess motpart har slagits ihop med en annan post. Flytta den dit?",
        "question.absorbed": "motparten har slagits ihop med den",
        "explain.unconfirmed":
            "Den skickades till det andra systemet, inget svar kom, och det som finns där nu kan vara den.",
        "explain.absorbed":
            "Posten i CRM har slagits ihop med en annan; fråga {question} gäller om den ska flyttas dit.",
        "explain.absorbed.remedy":
            "Flytta den med: couplet question answer {question} --candidate NYCKEL; eller låt den vara: --none",
    ]
}
