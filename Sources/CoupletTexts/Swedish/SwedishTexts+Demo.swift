extension SwedishTexts {
    /// Stand-ins and the demonstration.
    static let demo: [String: String] = [
        "demo.desk":
            "Skrivbordet är öppet. Adressen loggar in dig en gång: {link}\nProva: avgör konflikten, besvara en fråga, se Fel, godkänn en plan, öppna en kund och tryck på Synkronisera nu.",
        "demo.troubles": "En dålig vecka: en post med varje slags problem",
        "demo.trouble": "{key}: {trouble}",
        "demo.synchronizeAgain": "Synkronisera allt igen; se sedan: couplet status",
        "help.demo.troubles": "Ge efter den första synkroniseringen en post med varje slags problem att öva på.",
        "trouble.conflict": "ändrad olika i båda systemen",
        "trouble.tooLong": "ett namn som är för långt för ERP",
        "trouble.unmappedOption": "betalningsvillkor som ERP inte känner till",
        "trouble.waiting": "en säljare som inte är kopplad",
        "trouble.drift": "ett enkelriktat fält ändrat i CRM",
        "trouble.outOfScope": "spärrad, och därför utanför filtret",
        "trouble.erpDeleted": "borttagen i ERP",
        "trouble.crmDeleted": "borttagen i CRM",
        "trouble.unresolvableReference": "en valuta som CRM inte har",
        "trouble.question": "två konton som kan vara dess motpart",
        "trouble.merged": "dess konto slogs ihop med ett annat",
        "trouble.unconfirmed": "att den skapades bekräftades inte, och ERP ändrade det som skickades",
        "sandbox.running":
            "Ersättare för båda systemen är i gång. De är inte de riktiga systemen och glömmer allt när de avslutas.",
        "sandbox.credentials": "Token-URL {token}, klient-ID {client}, klienthemlighet {secret}. Anslut den med:",
        "sandbox.forms": "Enkla formulär med åtgärder som leder till skrivbordet: {erp} och {crm}",
        "sandbox.badDesk": "{address} är inte adressen till ett skrivbord.",
        "sandbox.badDesk.remedy": "Ange adressen som serve visar, till exempel http://127.0.0.1:8440",
        "sandbox.end": "Ctrl-C avslutar dem.",
        "sandbox.failed": "Ersättarna kan inte köras: {detail}",
        "sandbox.failed.remedy":
            "Välj andra portar, eller utelämna dem för att få lediga; kontrollera certifikat och nyckel.",
        "sandbox.seedAndRecords": "En datamapp och ett antal poster utesluter varandra.",
        "sandbox.seedAndRecords.remedy": "Ange antingen --seed eller --records.",
        "sandbox.badSeed": "Datamappen kan inte användas: {folder} ({detail})",
        "sandbox.badSeed.remedy":
            "Den innehåller business-central/TABELL.json och dataverse/TABELL.json, var och en en lista med poster.",
        "sandbox.badPort": "{port} är ingen port: den är ett tal från 0 till 65535.",
        "sandbox.halfCertificate": "Ett certifikat och dess nyckel hör ihop: ange både --tls-cert och --tls-key.",
        "sandbox.badRecords": "{records} poster kan inte skapas.",
        "sandbox.badRecords.remedy": "Ange ett antal från 0 till {most}.",
        "demo.start": "En demonstration med ersättare för ett ERP och ett CRM; dess data finns i {home}",
        "demo.homeInUse": "{home} innehåller något som ingen demonstration har skapat.",
        "demo.homeInUse.remedy": "Ange en tom eller ny katalog med --home KATALOG.",
        "demo.sandboxes": "ERP lyssnar på {erp}, CRM på {crm}.",
        "demo.connect": "Ansluter ERP och CRM och testar båda anslutningarna",
        "demo.plan": "Vad koppling av säljare och kunder skulle göra nu, innan något skrivs",
        "demo.planWaits": "Kunder väntar på sin säljare, därför kopplas säljarna först.",
        "demo.enable": "Aktiverar båda anslutningarna: härifrån får Couplet skriva",
        "demo.matchPeople": "Kopplar säljare i ERP till användare i CRM med samma e-post; CRM:s värden gäller",
        "demo.createPeople": "Skapar en säljare i ERP för varje annan användare i CRM",
        "demo.matchCodes": """
        Kopplar valutor, betalningsvillkor och leveranssätt i ERP till dem i CRM som har samma kod, och \
        enheter till enhetsgrupper; CRM får de enhetsgrupper som saknas
        """,
        "demo.matchCustomers": """
        Kopplar kunder i ERP till konton i CRM, efter nummer, sedan efter namn och ort; där de skiljer \
        sig gäller ERP:s värden; för varje annan kund skapas ett konto i CRM med ERP:s värden
        """,
        "demo.matchVendors": "Samma sak för leverantörer i ERP, med konton i CRM av relationstypen Leverantör",
        "demo.matchContacts": """
        Kopplar personer hos kunder och leverantörer till kontakter i CRM, efter e-post, sedan efter namn \
        och företag; CRM får en kontakt för alla andra
        """,
        "demo.matchItems": "Kopplar artiklar i ERP till produkter i CRM efter nummer; CRM får dem som saknas",
        "demo.synchronize": "Synkroniserar det som ändrats, åt båda håll",
        "demo.next": "Ersättarna är kvar. Prova i en annan terminal:",
        "demo.staysUp": "Ctrl-C avslutar demonstrationen.",
        "demo.end": "Demonstrationen är avslutad.",
        "tour.tooFew": "Färre än fyra kunder är synkroniserade: rundan med ändringar utelämnas.",
        "tour.edits": "Människor ändrar poster på båda sidor",
        "tour.edit": "I {side}, {key} {name}: {field} blir {value}",
        "tour.plan":
            "Vad synkronisering skulle göra: olika fält sammanförs, samma fält ändrat på olika sätt är en konflikt",
        "tour.synchronize": "Synkroniserar igen",
        "tour.resolve":
            "För att lösa konflikten: couplet conflict resolve {conflict} --take erp|crm --home {home}",
        "help.sandbox.seed": "En mapp med business-central/TABELL.json och dataverse/TABELL.json.",
        "help.sandbox.records":
            "Hitta på så många kunder, med leverantörer, personer och artiklar därtill, i stället för det lilla företaget.",
        "help.sandbox.bcPort": "Porten för ERP-ersättaren; 0 tar en ledig.",
        "help.sandbox.dataversePort": "Porten för CRM-ersättaren; 0 tar en ledig.",
        "help.sandbox.desk":
            "Visa även enkla formulär i stället för systemens egna sidor, med åtgärder som leder till skrivbordet på adressen.",
        "help.sandbox.tlsCert": "Ett PEM-certifikat, för https.",
        "help.sandbox.tlsKey": "Certifikatets PEM-nyckel.",
        "help.demo.once": "Avsluta efter första synkroniseringen.",
        "help.demo.tour": "Ändra sedan poster på båda sidor, med en konflikt, och synkronisera igen.",
    ]
}
