extension SwedishTexts {
    /// What the command line says of itself.
    static let help: [String: String] = [
        "command.couplet": "Kopplar poster i ett ERP till poster i ett CRM och håller dem synkroniserade.",
        "command.couplet.remedy": """
        Börja med couplet demo för att se vad det gör, eller med couplet connection set för att ansluta \
        egna system. Där något inte fungerar säger couplet doctor och couplet explain varför och vad som \
        ska göras.
        """,
        "command.connection": "Konfigurerar, testar och aktiverar anslutningar.",
        "command.connection.list": "Listar anslutningarna.",
        "command.connection.set": "Konfigurerar eller ändrar en anslutning.",
        "command.connection.set.remedy": "En ny eller ändrad anslutning läser bara tills den aktiveras.",
        "command.connection.test": "Loggar in och läser en post i varje mappad tabell.",
        "command.connection.enable": "Låter Couplet skriva, efter att planen visats.",
        "command.connection.enable.remedy":
            "Testar först anslutningarna; en som inte klarar testet nämns, och ingen aktiveras. Utan terminal ställs ingen fråga.",
        "command.connection.disable": "Låter Couplet bara läsa.",
        "command.mapping": "Visar, ändrar, pausar och exporterar tabellmappningar för integrering.",
        "command.mapping.list": "Listar mappningarna.",
        "command.mapping.show": "Visar en mappning med fält, filter och matchningsregler.",
        "command.list": "Listar poster och deras status.",
        "command.explain": "Säger hur det står till med en post och varför.",
        "command.couple": "Kopplar en post till sin motpart, eller till en som skapas.",
        "command.match": "Kopplar många poster med matchningsregler (matchningsbaserad koppling).",
        "command.match.remedy": """
        Använd det för att koppla många poster på en gång: med mappningens matchningsregler, eller med \
        fälten som anges med --on. En ledig kandidat kopplas, flera blir en fråga. Med --suggest hittas \
        också poster som liknar varandra utan att vara lika: en förhandsvisning visar de goda som steg, \
        annars blir var och en en fråga, och --accept-from kopplar dem som har minst en viss poäng. \
        Matchning i sig skriver inget till ERP eller CRM. Fler än 100 skrivningar visas först på en terminal; utan terminal ställs \
        ingen fråga.
        """,
        "command.sync": "Synkroniserar nu: det som ändrats, eller med --full allt.",
        "command.sync.remedy": """
        Tar det som ändrats; --full läser och jämför allt. Poster skapas bara med --create, eller där \
        mappningen inte har Synka endast kopplade poster. Att ange poster och en riktning väljer den sida \
        vars värden gäller där inget annat avgör. Fler än 100 skrivningar visas först på en terminal; utan \
        terminal ställs ingen fråga.
        En synkronisering som skulle skriva ovanligt mycket hejdas med slutstatus 3 tills dess plan \
        genomförs: mer än hälften av en mappnings kopplade poster (från 101, inte första gången); mer än en \
        tiondel sedan mappningen ändrats; något alls sedan en anslutnings adress eller företag ändrats; \
        fler än 100 000 poster; eller när en sida har färre än hälften av de poster den hade.
        """,
        "command.question": "Listar och besvarar frågor som bara en person kan avgöra.",
        "command.question.list": "Listar öppna frågor med sina kandidater.",
        "command.question.answer": "Besvarar en fråga och gör det som följer av svaret.",
        "command.conflict": "Listar och löser konflikter.",
        "command.conflict.list": "Listar öppna konflikter.",
        "command.conflict.show": "Visar en konflikt.",
        "command.conflict.resolve": "Löser en konflikt och skriver det som bestämts.",
        "command.job": "Visar synkroniseringsjobb för integrering.",
        "command.job.list": "Listar jobb, nyast först.",
        "command.job.show": "Visar ett jobb.",
        "command.sandbox": "Startar ersättare för båda systemen att prova Couplet med.",
        "command.demo": "Startar ersättare, ansluter dem, kopplar och synkroniserar ett litet handelsföretag.",
        "command.serve": "Synkroniserar av sig själv enligt mappningarnas scheman och utför de kommandon som ges.",
        "help.serve.onRequestOnly": "gör bara det som kommandon ber om, inget av sig själv",
        "command.version": "Visar versionen.",
        "help.json": "Ett JSON-dokument på standard ut, och inget annat där.",
        "help.yes": "Svara ja på alla frågor.",
        "help.config":
            "En YAML-fil med inställningar: home, lang, log, logFormat, keyFile, plainHosts, sendmail, trustedCertificates, sweeps, metrics, notificationAddress, server, tokenFile.",
        "help.home": "Katalogen med Couplets data; även COUPLET_HOME. (standard: ./.couplet)",
        "help.lang": "Språket, en eller sv. (standard: från LC_ALL eller LANG)",
        "help.verbose": "Logga vad som görs på standard fel; även COUPLET_LOG.",
        "help.preview": "Visa bara planen.",
        "help.mapping": "Mappningen, till exempel CUSTOMER.",
        "help.mapping.optional": "Bara den här mappningen.",
        "help.key": "Posten: dess nummer eller id i ERP, eller crm: och dess id i CRM.",
        "help.keys": "Bara dessa poster: nummer eller id i ERP, eller crm: och id i CRM.",
        "help.connection.name": "Anslutningens namn, valfritt.",
        "help.connection.nameOrAll": "Anslutningen; alla om den utelämnas.",
        "help.connection.side": "erp eller crm.",
        "help.connection.kind": "businessCentral eller dataverse.",
        "help.connection.url": "API:ets basadress, eller miljöns (miljö-URL).",
        "help.connection.company": "Företagets id i ERP.",
        "help.connection.tokenURL": "Varifrån token hämtas.",
        "help.connection.clientID": "Klient-ID.",
        "help.connection.secretFile":
            "En fil med klienthemligheten; - läser standard in. Utelämnad behålls den sparade.",
        "help.connection.operationLimit":
            "Sekunder efter vilka ett skickat anrop inte längre kan få verkan. (standard: 600)",
        "help.list.side": "Bara poster på ena sidan, erp eller crm.",
        "help.list.filter": "Bara poster vars nummer eller namn innehåller detta.",
        "help.list.coupled": "Bara kopplade (yes) eller ej kopplade (no) poster.",
        "help.couple.with": "Motpartens nyckel: crm: och ett id i CRM, eller ett nummer eller id i ERP.",
        "help.couple.create": "Skapa motparten (Skapa ny).",
        "help.couple.sync": "Vems värden gäller: to (ERP:s till CRM), from (CRM:s till ERP) eller none.",
        "help.match.on":
            "FÄLT[:prioritet][:case]: jämför fältet; fält med samma prioritet ska vara lika tillsammans.",
        "help.match.suggest": "Hitta också poster som liknar varandra utan att vara lika, var och en med poäng.",
        "help.match.acceptFrom": "Koppla förslag som har minst den här poängen, över 0.5 till 1: till exempel 0.95.",
        "help.match.createUnmatched":
            "Skapa en CRM-post för ERP-poster utan matchning (Skapa ny om det inte går att hitta någon matchning).",
        "help.match.sync":
            "Synkronisera sedan: to (ERP:s värden gäller), from (CRM:s), both (skillnader blir frågor), none.",
        "help.sync.mapping": "Bara den här mappningen; alla om den utelämnas.",
        "help.sync.direction": "to (ERP → CRM), from (CRM → ERP) eller both (sammanför).",
        "help.sync.full": "Läs och jämför allt (fullständig synkronisering).",
        "help.sync.create": "Skapa även motparter till poster som inte är kopplade.",
        "help.question.id": "Frågans nummer.",
        "help.question.candidate": "Den här kandidaten är motparten: dess nummer eller id.",
        "help.question.none": "Ingen av kandidaterna: posten förblir ej kopplad.",
        "help.question.create": "Ingen av kandidaterna: en motpart skapas.",
        "help.question.take": "Den här sidans värden gäller, erp eller crm.",
        "help.conflict.id": "Konfliktens nummer.",
        "help.conflict.field": "Bara det här fältet, med dess namn i ERP eller i CRM.",
        "help.conflict.take": "Sidan vars värde gäller.",
        "help.conflict.value": "Ett eget värde som gäller, i ERP:s form.",
        "help.job.limit": "Högst så många jobb.",
        "help.job.id": "Jobbets nummer.",
        "command.mapping.export": "Skriver mappningar som en fil att spara, jämföra och ändra.",
        "command.mapping.export.remedy": "Filen är YAML. Den innehåller inga hemligheter och inga kopplingar.",
        "command.mapping.apply": "Gör mappningarna som en fil säger, efter att skillnaden visats.",
        "command.mapping.apply.remedy":
            "Varje problem i filen anges med sin rad. Antingen genomförs hela filen eller inget.",
        "command.mapping.try": "Visar vad som blir av ett värde på väg till andra sidan, regel för regel.",
        "command.mapping.try.remedy":
            "Inget läses eller skrivs. Ett värde som inte skulle skrivas, och varför, ger 1.",
        "help.mapping.try.field": "Fältet, med sitt namn i ERP eller i CRM.",
        "help.mapping.try.value": "Värdet, som API:t skriver det: 12.5, 2026-01-31, true.",
        "help.mapping.try.from": "Sidan som värdet kommer från, erp eller crm.",
        "help.mapping.try.rules": "Regler att prova i stället för fältets egna, som en mappningsfil skriver dem.",
        "command.mapping.reset": "Återställer en mappning till den form den levereras i.",
        "command.mapping.pause": "Utelämnar en mappning ur synkroniseringen av alla mappningar.",
        "command.mapping.pause.remedy": "En pausad mappning synkroniseras ändå när den anges: couplet sync MAPPNING",
        "command.mapping.resume": "Tar med en pausad mappning igen.",
        "help.mapping.several": "Bara de här mappningarna; alla om inga anges.",
        "help.output": "Filen som skrivs; standard ut om den utelämnas.",
        "help.file": "Filen; - läser standard in.",
        "help.mapping.preview": "Visa bara skillnaden.",
        "command.coupling": "Exporterar kopplingar till en fil och importerar dem.",
        "command.coupling.export":
            "Skriver kopplingar som kommaseparerade värden: mappning, nummer eller id i ERP, id i CRM.",
        "command.coupling.import": "Kopplar posterna som en fil anger, alla eller inga.",
        "command.coupling.import.remedy": """
        Varje rad kontrolleras först, och varje felaktig rad anges med sitt nummer. Kopplingar som redan \
        finns förblir, så att en fil kan importeras igen. Inget skrivs till ERP eller CRM: jämför posterna \
        med couplet sync MAPPNING --full.
        """,
        "help.list.state":
            "Bara poster med den här statusen, till exempel conflict, parked eller uncoupled; kan anges flera gånger.",
        "command.mapping.new": "Föreslår en mappning av två tabeller, som en fil att kontrollera och genomföra.",
        "command.mapping.new.remedy": """
        Frågar båda systemen vilka fält tabellerna har och parar ihop dem efter namn och typ, med skäl för \
        varje. Det som inte paras ihop listas med skäl. Inget sparas förrän filen genomförs.
        """,
        "help.mapping.newName": "Den nya mappningens namn, till exempel PROJECT.",
        "help.mapping.table.erp":
            "ERP:s entitetsmängd, till exempel customers; med flera anslutningar ANSLUTNING:TABELL.",
        "help.mapping.table.crm":
            "CRM:s entitetsmängd, till exempel accounts; med flera anslutningar ANSLUTNING:TABELL.",
        "command.doctor": "Kontrollerar att allt är i ordning, och säger vad som ska göras om det inte är det.",
        "command.doctor.remedy": """
        Undersöker anslutningar (adress, inloggning, behörighet, företag, klocka, ändringsspårning), \
        lagringen (integritet, disk) och mappningar (om fälten finns på båda sidor, med passande typer och \
        längder). Slutstatus 1 när något är fel.
        """,
        "command.completion": "Skriver ett skript som kompletterar kommandon och flaggor i ett skal.",
        "command.completion.remedy": "Skriv det till filen som skalet läser, och starta ett nytt skal.",
        "command.manual": "Skriver hela hjälpen som en sida Markdown.",
        "help.completion.shell": "bash, zsh eller fish.",
        "command.connection.list.remedy": "Använd det för att se anslutningarnas namn, adresser och om de får skrivas.",
        "command.connection.test.remedy": """
        Använd det när en anslutning har konfigurerats, och när något inte fungerar. couplet doctor \
        kontrollerar mer.
        """,
        "command.connection.disable.remedy":
            "Använd det för att stoppa alla skrivningar direkt; att titta, förhandsvisa och matcha går fortfarande.",
        "command.mapping.list.remedy": """
        Använd det för att se vad som är mappat, i vilken riktning, med hur många kopplingar, och vad som \
        är pausat.
        """,
        "command.mapping.show.remedy": """
        Använd det för att se varför ett fält går eller inte går över; couplet mapping export visar \
        detsamma som en fil.
        """,
        "command.mapping.reset.remedy":
            "Använd det när ändringar av en mappning blev fel. Skillnaden visas först; kopplingarna blir kvar.",
        "command.mapping.resume.remedy": "Det som ändrats under tiden går igenom med nästa couplet sync.",
        "command.coupling.export.remedy": """
        Använd det för att spara kopplingarna utanför Couplet, granska dem i ett kalkylblad eller flytta \
        dem till en annan hemkatalog.
        """,
        "command.list.remedy": "Båda systemen tillfrågas först om ändringar, så att listan är som de är nu.",
        "command.explain.remedy":
            "Använd det när en post inte är som väntat: det anger status, skäl och det kommando som hjälper.",
        "command.couple.remedy": """
        Använd det för enstaka poster; couplet match kopplar många. Utan --sync skrivs inget till ERP eller \
        CRM, och posterna förblir ej jämförda tills de synkroniseras.
        """,
        "command.question.list.remedy": """
        En fråga är det som Couplet inte gissar: vilken av flera kandidater som avses, eller vems värden \
        som gäller.
        """,
        "command.question.answer.remedy": "Ange exakt en av --candidate, --none, --create och --take.",
        "command.conflict.list.remedy":
            "En konflikt är ett fält som ändrats olika i ERP och CRM; postens övriga fält går ändå igenom.",
        "command.conflict.show.remedy": "Visar det avstämda värdet och vad varje system har nu.",
        "command.conflict.resolve.remedy":
            "Löser hela konflikten, eller med --field ett av dess fält, med ett systems värde eller ett eget.",
        "command.job.list.remedy": """
        Ett jobb är en mappning och riktning i en körning; använd listan för att se vad som gjorts när, och \
        vad det kostade.
        """,
        "command.job.show.remedy": "Visar räknarna och anropen som skickades till ERP och CRM.",
        "command.sandbox.remedy":
            "De glömmer allt när de avslutas. Med --json ger den första raden adresser och inloggningsuppgifter.",
        "command.demo.remedy": """
        Använd det för att se vad Couplet gör, utan ett eget system. Det är igång till Ctrl-C, eller \
        avslutas med --once.
        """,
        "command.serve.remedy":
            """
        Det följer ändringar i båda systemen inom sekunder, eller håller de tider som en mappnings schema anger. \
        Kommandon når lagringen via dess sockel, HOME/couplet.sock.
        """,
        "command.version.remedy": "Ange den i varje felrapport.",
        "command.mapping.defaults": "Lägger till standardmappningarna för ett företag i ERP och en miljö i CRM.",
        "command.mapping.defaults.remedy": """
        Använd det för varje ytterligare företag efter det första paret av anslutningar, som får sina \
        mappningar av sig självt. Mappningar som finns förblir som de är; ett ytterligare företags \
        mappningar har anslutningens namn efter sitt: CUSTOMER@NORTH.
        """,
        "help.mapping.connection.erp": "Anslutningen till företaget i ERP.",
        "help.mapping.connection.crm": "Anslutningen till miljön i CRM.",
    ]
}
