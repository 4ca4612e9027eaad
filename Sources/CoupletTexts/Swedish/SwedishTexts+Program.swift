extension SwedishTexts {
    /// The program itself: its settings, its store and its questions.
    static let program: [String: String] = [
        "label.error": "Fel:",
        "usage": "{detail}[[\n{help}]][[\nAnvändning: {usage}]]",
        "usage.remedy": "Se: {command} --help",
        "usage.missingArgument": "Argumentet '{name}' saknas.",
        "usage.missingOneOf": "Ett av dessa saknas: {known}",
        "usage.missingSubcommand": "Ett underkommando saknas.",
        "usage.unknownOption": "Okänd flagga '{name}'.[[ Menade du '{suggestion}'?]]",
        "usage.missingValue": "Värdet saknas för '{name}'.",
        "usage.unexpectedArgument": "Oväntat argument: {name}",
        "usage.invalidValue": "Värdet '{value}' är ogiltigt för '{name}'.[[ Ange ett av: {known}.]]",
        "usage.noValueTaken": "Flaggan '{name}' tar inget värde, men '{value}' angavs.",
        "usage.oneOfThese": "Ange ett av följande:",
        "defect": "Couplet har ett fel i programmet: {detail}",
        "defect.remedy":
            "Inget har gått förlorat: kör kommandot igen. Rapportera gärna meddelandet om det återkommer.",
        "defect.noLayout": "Den sparade layouten för {mapping} saknas.",
        "defect.noLayout.remedy":
            "Kör: couplet sync {mapping} --full. Rapportera gärna meddelandet om det återkommer.",
        "action.interrupted": "Avbrutet.",
        "action.interrupted.remedy":
            "Det som påbörjats är slutfört, eller blir det vid nästa start. Kör kommandot igen för att fortsätta.",
        "interrupted.settling": "Avbrutet: slutför det som påbörjats. Tryck Ctrl-C igen för att avsluta genast.",
        "settings.wrong": "Konfigurationen är fel: {problems}",
        "settings.wrong.remedy": "Rätta alternativet, miljövariabeln eller konfigurationsfilen.",
        "settings.unreadableFile": "Konfigurationsfilen kan inte läsas: {file} ({detail})",
        "settings.unreadableFile.remedy":
            "Kontrollera sökvägen och att filen är YAML med nycklar som home, lang och log.",
        "settings.badLanguage": "det finns inget språk \"{value}\" (kända: {known})",
        "settings.badSweeps":
            "sweeps kan inte vara \"{value}\": hela tabeller läses vid bestämda tider, till exempel cron 0 3 * * *",
        "settings.badLogLevel": "det finns ingen loggnivå \"{value}\" (kända: {known})",
        "settings.badWord": "{key} kan inte vara \"{value}\" (kända: {known})",
        "settings.noHome": "hemkatalogen är tom",
        "settings.noKeyFile": "nyckelfilens sökväg är tom",
        "settings.noCertificates": "filen med betrodda certifikat kan inte läsas, eller innehåller inga i PEM: {file}",
        "home.unusable": "Hemkatalogen kan inte användas: {home} ({detail})",
        "home.unusable.remedy": "Ange en katalog som du får skriva i med --home KATALOG eller COUPLET_HOME.",
        "store.locked": "Ett annat couplet arbetar med {home} (process {pid}).",
        "store.locked.remedy":
            "Vänta tills det är klart och försök igen. Kör couplet serve för att använda flera kommandon samtidigt.",
        "store.diskFull": "Disken med {home} är full.",
        "store.diskFull.remedy": "Frigör utrymme och kör kommandot igen; det som hunnit göras finns kvar.",
        "store.busy": "Databasen i {home} är upptagen.",
        "store.busy.remedy": "Stäng andra program som har databasen öppen och försök igen.",
        "store.newerSchema":
            "Databasen i {home} skapades av ett nyare Couplet (form {found}, det här känner till {known}).",
        "store.newerSchema.remedy": "Använd det nyare Couplet med den här hemkatalogen.",
        "store.damaged": "Databasen i {home} är skadad: {detail}",
        "store.damaged.remedy": "Lägg tillbaka en säkerhetskopia av hemkatalogen.",
        "store.failed": "Databasen i {home} misslyckades: {detail}",
        "store.failed.remedy": "Kör kommandot igen. Rapportera gärna meddelandet om det återkommer.",
        "serve.listening": "Couplet betjänar {home}: kommandon når det via {socket}. Ctrl-C avslutar.",
        "serve.pathTooLong": "Socketens sökväg är för lång: {socket}",
        "serve.pathTooLong.remedy": "Använd en hemkatalog vars sökväg ger socketen högst {limit} byte.",
        "serve.answerLost": "Den couplet serve som körs svarade inte till slut[[: {detail}]]",
        "serve.answerLost.remedy": "Se vad den själv säger och kör sedan kommandot igen.",
        "confirm.choices": "[j/N]",
        "confirm.yes": "j ja y yes",
        "confirm.declined": "Inget gjordes.",
        "confirm.write": "Skriva {count} {count|post|poster}?",
        "enable.noMappings": "Inget är mappat än: mappningarna skapas så snart både ERP och CRM är anslutna.",
        "enable.confirm": "Låta Couplet skriva till {connections}?",
        "version.marks": """
        För användning med Microsoft Dynamics 365 Business Central och Microsoft Dataverse; varken \
        knutet till eller godkänt av Microsoft.
        """,
        "yes": "ja",
        "no": "nej",
    ]
}
