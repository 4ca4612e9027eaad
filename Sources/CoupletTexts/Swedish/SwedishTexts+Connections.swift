extension SwedishTexts {
    /// Connections, remote systems and credentials.
    static let connections: [String: String] = [
        "connection.none": "Ingen anslutning är konfigurerad.",
        "connection.none.remedy":
            "Konfigurera en till ERP och en till CRM med: couplet connection set NAMN --side erp|crm …",
        "connection.unknown": "Det finns ingen anslutning \"{connection}\".",
        "connection.unknown.remedy": "Se namnen med: couplet connection list",
        "connection.badName": "\"{connection}\" kan inte vara en anslutnings namn.",
        "connection.badName.remedy": "Använd bokstäverna a till z, siffror, bindestreck och understreck.",
        "connection.badAddress": "{setting} för anslutningen \"{connection}\" är ingen adress: {address}",
        "connection.badAddress.remedy": "Ange en adress som börjar med https:// eller http:// och namnger en värd.",
        "connection.badCompany": "\"{company}\" är inget företags-id, som har formen av en GUID.",
        "connection.badCompany.remedy": """
        Utelämna --company och kör: couplet connection test {connection}, som listar företagen med deras id; \
        ange sedan anslutningen igen med --company ID.
        """,
        "connection.badOperationLimit":
            "{seconds} sekunder kan inte vara tidsgränsen för åtgärder i anslutningen \"{connection}\".",
        "connection.badOperationLimit.remedy": "Ange ett antal sekunder över 0 och högst 86400.",
        "connection.sideFixed": "Anslutningen \"{connection}\" hör redan till den andra sidan ({side}).",
        "connection.sideFixed.remedy": "Välj ett annat namn för den här anslutningen.",
        "connection.noSecret": "Anslutningen \"{connection}\" saknar klienthemlighet.",
        "connection.noSecret.remedy": "Konfigurera anslutningen igen med --client-secret-file FIL.",
        "connection.secretUnreadable": "Filen med hemligheten kan inte läsas: {file}",
        "connection.secretUnreadable.remedy":
            "Kontrollera sökvägen och din behörighet att läsa den; - läser standard in.",
        "connection.secretEmpty": "Filen med hemligheten är tom: {file}",
        "connection.secretEmpty.remedy": "Skriv hemligheten i filen, ensam på första raden.",
        "connection.wrongAddress": "Anslutningen \"{connection}\" har en felaktig adress: {url}",
        "connection.wrongAddress.remedy": "Rätta den med: couplet connection set {connection} …",
        "connection.unknownKind": "Couplet känner inte till någon systemtyp som heter \"{kind}\".",
        "connection.unknownKind.remedy": "Använd en av: {kinds}",
        "connection.tested": "{connection}: inloggad på {name}[[; läsbart: {tables}]]",
        "connections.none": "Ingen anslutning är konfigurerad än.",
        "remote.unreachable": "\"{connection}\" kan inte nås[[: {detail}]]",
        "remote.unreachable.remedy": "Kontrollera att systemet är i gång och att adressen stämmer, och försök igen.",
        "remote.unknownHost": "Värden för \"{connection}\" finns inte[[: {detail}]]",
        "remote.unknownHost.remedy":
            "Kontrollera anslutningens adresser och konfigurera den igen med: couplet connection set {connection} …",
        "remote.unavailable": "\"{connection}\" är överbelastad eller nere[[: {detail}]]",
        "remote.unavailable.remedy": "Vänta några minuter och försök igen; inget har gått förlorat.",
        "remote.unauthorized": "\"{connection}\" avvisade klient-ID eller klienthemlighet[[: {detail}]]",
        "remote.unauthorized.remedy": """
        Kontrollera hemligheten och dess utgångsdatum, och konfigurera anslutningen igen med \
        --client-secret-file FIL.
        """,
        "remote.forbidden": "\"{connection}\" tillåter inte detta[[ för {table}]][[: {detail}]]",
        "remote.forbidden.remedy": "Ge programmet behörighet till tabellen och försök igen.",
        "remote.notFound": """
        "{connection}" har ingen sådan adress, inget sådant företag eller ingen sådan tabell[[: \
        {table}]][[: {detail}]]
        """,
        "remote.notFound.remedy": "Kontrollera anslutningens URL och företag.",
        "remote.checkpointExpired": "Ändringarna i \"{connection}\" går inte längre att få fram[[ för {table}]].",
        "remote.checkpointExpired.remedy": "Kör igen: tabellen läses då i sin helhet.",
        "remote.protocolViolation": "\"{connection}\" svarade något som inte följer dess protokoll[[: {detail}]]",
        "remote.protocolViolation.remedy":
            "Kontrollera att adressen leder till API:et och inte till en inloggningssida eller en proxy.",
        "connection.tableNotMapped": "Ingen mappning använder tabellen {table} i {connection}.",
        "connection.tableNotMapped.remedy": "Se mappningarnas tabeller med: couplet mapping list",
        "connection.disabled": "\"{connection}\" läses bara än så länge, och {mapping} skulle skriva till den.",
        "connection.disabled.remedy": "Se planen med --preview och sedan: couplet connection enable {connection}",
        "create.cutOff": "Körningen som skulle skapa motsvarigheten till {label} avslutades i förtid.",
        "create.cutOff.remedy": "Inget behöver göras: nästa synkronisering skapar den.",
        "remote.keepsMoving": "{label} fortsätter att ändras medan den skrivs.",
        "remote.keepsMoving.remedy": "Inget behöver göras: nytt försök görs efter en paus.",
        "remote.putOff": "Skrivningen till {label} sköts upp av det andra systemet.",
        "remote.putOff.remedy": "Inget behöver göras: nytt försök görs efter en paus.",
        "remote.rejected": "Det andra systemet avvisade {label}: {message}[[ ({code})]]",
        "remote.rejected.remedy":
            "Rätta posten; nytt försök görs så snart den ändras[[, eller med: couplet sync {mapping} {key}]].",
        "credentials.keyMissing": "Nyckeln som öppnar de sparade hemligheterna saknas: {file}",
        "credentials.keyMissing.remedy": """
        Lägg tillbaka nyckelfilen eller ange den i COUPLET_KEY_FILE; utan den: konfigurera \
        anslutningarna igen med sina hemligheter.
        """,
        "credentials.keyUnreadable": "Nyckelfilen kan inte läsas: {file}",
        "credentials.keyUnreadable.remedy": "Kör kommandot som den användare som äger filen.",
        "credentials.keyMalformed": "Nyckelfilen innehåller ingen nyckel: {file}",
        "credentials.keyMalformed.remedy": "Lägg tillbaka rätt fil: 32 byte i Base64.",
        "credentials.keyUnwritable": "Nyckelfilen kan inte skapas: {file} ({detail})",
        "credentials.keyUnwritable.remedy": "Ange en fil som du får skriva i COUPLET_KEY_FILE.",
        "credentials.wrongKey": "Nyckelfilen passar inte de sparade hemligheterna: {file}",
        "credentials.wrongKey.remedy": """
        Använd nyckelfilen som hemligheterna sparades med, eller konfigurera anslutningarna igen med \
        sina hemligheter.
        """,
    ]
}
