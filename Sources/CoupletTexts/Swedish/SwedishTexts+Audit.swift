extension SwedishTexts {
    /// Granskningsloggen.
    static let audit: [String: String] = [
        "command.audit": "Visar vem som gjorde vad, ur en logg som ingen kan ändra obemärkt.",
        "command.audit.list.remedy":
            "Använd det för att se vem som ändrade en inställning, godkände en plan eller startade en körning; posters värden finns inte där.",
        "command.audit.list": "Listar poster i granskningsloggen, de senaste först.",
        "command.audit.export": "Skriver ut granskningsloggen, de äldsta först, ett JSON-objekt per rad.",
        "command.audit.export.remedy": """
        Varje posts hashvärde är SHA-256 av hashvärdet före den och av posten, så som docs/recover.md beskriver, så \
        att en exporterad logg kan kontrolleras utan Couplet.
        """,
        "command.audit.verify": "Kontrollerar att ingen post i granskningsloggen har ändrats eller tagits bort.",
        "command.audit.verify.remedy": """
        Nämner den första posten som inte är som den skrevs, och slutar då med status 1.
        """,
        "help.audit.from": "Bara poster från denna dag eller tid (2026-01-31 eller 2026-01-31T09:00:00Z, UTC).",
        "help.audit.until": "Bara poster före denna dag eller tid.",
        "help.audit.who": "Bara det som denna användare gjorde.",
        "help.audit.event": "Bara denna händelse, eller detta slags händelser: plan.approved, eller plan.",
        "help.audit.subject":
            "Bara det som gjordes med anslutningen, mappningen, körningen eller planen med detta namn eller nummer.",
        "help.audit.limit": "Hur många poster som högst visas.",
        "audit.entry": "{number} {time} {who}: {event} – {subject} {name}",
        "audit.none": "Granskningsloggen har ingen sådan post.",
        "audit.whole":
            "Granskningsloggens {count} {count|post|poster} är som {count|den|de} skrevs.",
        "audit.broken.missing":
            "Post {number} i granskningsloggen saknas; de {whole} före den är som de skrevs.",
        "audit.broken.changed":
            "Post {number} i granskningsloggen har ändrats; de {whole} före den är som de skrevs.",
        "audit.badLimit": "{limit} poster går inte att visa.",
        "audit.badLimit.remedy": "Ange en gräns från 1 till {most}; couplet audit export skriver ut alla.",
        "audit.badTime": "\"{time}\" är ingen tid.",
        "audit.badTime.remedy": "Skriv en dag som 2026-01-31, eller en tid som 2026-01-31T09:00:00Z (UTC).",
        "audit.unknownEvent": "Granskningsloggen har inga händelser som heter \"{event}\".",
        "audit.unknownEvent.remedy": "Den har: {known}",
        "audit.event.connection.set": "ställde in",
        "audit.event.connection.enabled": "lät skriva",
        "audit.event.connection.disabled": "slutade låta skriva",
        "audit.event.connection.confirmed": "bekräftade att en annan integration är avstängd",
        "audit.event.mapping.added": "lade till",
        "audit.event.mapping.changed": "ändrade",
        "audit.event.mapping.paused": "pausade",
        "audit.event.mapping.resumed": "återupptog",
        "audit.event.run.begun": "startade",
        "audit.event.plan.approved": "godkände",
        "audit.event.plan.rejected": "avvisade",
        "audit.event.conflict.resolved": "löste",
        "audit.event.question.answered": "besvarade",
        "audit.event.history.pruned": "tog bort det som är gammalt",
        "audit.event.record.erased": "raderade det som sparas",
        "audit.event.setting.changed": "ändrade en inställning",
        "audit.event.writing.stopped": "skrivning stoppades",
        "audit.event.writing.confirmed": "lät skrivning börja igen",
        "audit.event.backup.made": "säkerhetskopierade",
        "audit.event.user.added": "lade till",
        "audit.event.user.changed": "ändrade",
        "audit.event.user.removed": "tog bort",
        "audit.event.user.reset": "gav ett lösenord för en inloggning",
        "audit.event.user.password": "valde ett lösenord",
        "audit.event.user.link": "skapade en adress som loggar in en gång",
        "audit.event.user.tokenAdded": "lade till en token",
        "audit.event.user.tokenRemoved": "tog bort en token",
        "audit.subject.connection": "anslutning",
        "audit.subject.mapping": "mappning",
        "audit.subject.run": "körning",
        "audit.subject.plan": "plan",
        "audit.subject.conflict": "konflikt",
        "audit.subject.question": "fråga",
        "audit.subject.record": "post",
        "audit.subject.store": "databas",
        "command.writing": "Visar om skrivning är stoppad, och låter den börja igen.",
        "command.writing.show.remedy":
            "Använd det när kommandon slutar med status 3 och säger att skrivning är stoppad; det slutar då också med status 3.",
        "command.writing.show": "Visar om skrivning till systemen är stoppad, och varför.",
        "command.writing.confirm": "Låter skrivning börja igen, efter att en administratör har tittat.",
        "command.writing.confirm.remedy": """
        Skrivning stoppas av sig själv där databasen har lagts tillbaka, kopierats eller flyttats, eller där en \
        anslutning leder till ett annat system. Se till att ingen annan Couplet arbetar med samma system. Allt läses om \
        innan något skrivs.
        """,
        "writing.confirm.ask": "Arbetar ingen annan Couplet med dessa system, och ska skrivning börja igen?",
        "writing.goesOn": "Skrivning är inte stoppad.",
        "writing.notStopped": "Skrivning är inte stoppad.",
        "writing.notStopped.remedy": "Det finns inget att bekräfta; se vad som väntar med: couplet status",
        "writing.olderStore":
            "Skrivning är stoppad: databasen är äldre än det som har gjorts med den (körning {run}; {seen} har setts).",
        "writing.olderStore.remedy":
            "Om den har lagts tillbaka från en säkerhetskopia, låt skrivning börja igen med: couplet writing confirm",
        "writing.otherStore": "Skrivning är stoppad: hemkatalogens databas är en annan än den som var här.",
        "writing.otherStore.remedy":
            "Om det är meningen, låt skrivning börja igen med: couplet writing confirm",
        "writing.copiedStore": "Skrivning är stoppad: hemkatalogen har kopierats, flyttats eller lagts tillbaka.",
        "writing.copiedStore.remedy":
            "Se till att den andra inte arbetar, och sedan: couplet writing confirm",
        "writing.lostWitness":
            "Skrivning är stoppad: det som sparas om databasen utanför den är borta eller skadat.",
        "writing.lostWitness.remedy":
            "Har databasen lagts tillbaka eller kopierats är det därför; i så fall: couplet writing confirm",
        "writing.otherSystem":
            "Skrivning är stoppad: anslutningen {subject} leder till ett annat system än förut: {now} i stället för {before}.",
        "writing.otherSystem.remedy":
            "Rätta anslutningens adress; om den nya är den rätta: couplet writing confirm",
        "witness.damaged": "Det som är känt om databasen i {file} går inte att läsa.",
        "witness.damaged.remedy": "Ta bort filen; Couplet frågar då en administratör innan något skrivs.",
        "witness.onlyNear":
            "Det som är känt om databasen sparas bara i hemkatalogen, och inte i {folder}: där går det inte att skriva.",
        "witness.onlyNear.remedy": """
        Låt Couplet skriva där, och säkerhetskopiera inte den mappen med hemkatalogen: annars märker ingen att en \
        hemkatalog läggs tillbaka över den nuvarande.
        """,
        "witness.keyInHome": "Nyckelfilen {file} ligger i hemkatalogen.",
        "witness.keyInHome.remedy": """
        Spara den någon annanstans, och ange den i COUPLET_KEY_FILE: en kopia av hemkatalogen har nyckeln med sig, och \
        ingen märker att en hemkatalog läggs tillbaka över den nuvarande.
        """,
        "connection.moved":
            "{connection} leder till {now}, och ledde till {before} när {mapping} senast synkroniserades.",
        "connection.moved.remedy": "Se vad som skulle skrivas där, och godkänn det: couplet sync {mapping}",
        "command.retention": "Säger hur länge historik sparas, och tar bort det som är äldre.",
        "command.retention.show.remedy":
            "Det som är äldre kan varken visas eller ångras.",
        "command.retention.show": "Visar hur länge historik sparas.",
        "command.retention.set": "Ställer in hur länge historik sparas: så många dagar, eller forever (för alltid).",
        "command.retention.set.remedy": """
        Det som är äldre tas bort med dagens första körning, och med: couplet retention apply
        """,
        "command.retention.apply": "Tar bort gammal historik, gamla körningar och jobb nu.",
        "command.retention.apply.remedy": """
        Inget som något öppet eller en väntande plan hänvisar till tas bort. Det som tas bort kan varken visas \
        eller ångras mer.
        """,
        "help.retention.period": "Dagarna, eller forever (för alltid).",
        "help.retention.days": "Det som är äldre än så många dagar tas bort; utelämnat så många som är inställda.",
        "retention.days": "Historik sparas i {days} {days|dag|dagar}.",
        "retention.forever": "Historik sparas tills någon tar bort den.",
        "retention.badDays": "{days} dagar kan inte behållas.",
        "retention.badDays.remedy": "Ange ett tal från 1 till 36500, eller forever.",
        "retention.done":
            "Borttaget: {history} {history|post|poster} i historiken, {runs} {runs|körning|körningar}, {settled} {settled|avgjord sak|avgjorda saker}",
        "retention.would":
            "Skulle tas bort: {history} {history|post|poster} i historiken, {runs} {runs|körning|körningar}, {settled} {settled|avgjord sak|avgjorda saker}",
        "command.erase": "Raderar allt som sparas av en post och dess motpart.",
        "command.erase.remedy": """
        Tar bort koppling, bas, historik, observationer, planer och öppna saker för båda posterna, och skriver över dem \
        i databasen. Båda systemen behåller sina poster: ta bort dem där först, annars läses de igen. Granskningsloggen \
        behåller att det gjordes, med posternas id. Säkerhetskopior ändras inte.
        """,
        "erase.ask": "Radera allt som sparas av {key} i {mapping}? Det går inte att ångra.",
        "erase.done":
            "Raderat: {couplings} {couplings|koppling|kopplingar}, {history} {history|post|poster} i historiken, {steps} {steps|steg|steg} i planer, {openItems} {openItems|öppen sak|öppna saker}, {records} {records|post|poster}",
        "erase.underWay": "En skrivning till {key} är på väg.",
        "erase.underWay.remedy": "Synkronisera, så att det är känt vad som blev av den, och radera sedan posten.",
        "erase.notOverwritten":
            "Det som raderades är borttaget, men finns fortfarande att hitta i databasens fil[[: {detail}]]",
        "erase.notOverwritten.remedy":
            "Skapa plats på disken, sedan: couplet retention apply; annars försöker en annan dags första körning igen.",
        "help.undo.deleteCreated":
            "Ta bort det som skapades, där ingen har ändrat det sedan dess och inget hänvisar till det; annars frånkopplas det bara.",
        "undo.editedSince": "den har ändrats, eller kan ha ändrats, sedan den skapades",
        "undo.coupledElsewhere": "en annan mappning har också kopplat den",
        "undo.forgotten": "det som skulle ångras sparas inte längre",
        "undo.referred": "en annan post hänvisar till den",
        "undo.notMadeAgain":
            "{label} skapades i {side} och togs bort igen när det ångrades; den skapas inte igen av sig själv.",
        "undo.notMadeAgain.remedy":
            "För att skapa den igen, koppla den med --create, eller försök det som är kvar igen: couplet error retry",
        "network.plain":
            "okrypterad http till {host} skulle visa hemligheter och poster för nätet: använd https, eller ange den under plainHosts",
        "audit.subject.user": "användare",
    ]
}
