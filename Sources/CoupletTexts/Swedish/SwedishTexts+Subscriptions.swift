extension SwedishTexts {
    /// Prenumerationer på ändringar, och vad som skickas på grund av dem.
    static let subscriptions: [String: String] = [
        "command.subscription": "Visar och tar bort prenumerationer på ändringar i Business Central.",
        "command.subscription.list": "Listar prenumerationerna och räknar de aviseringar som kommit.",
        "command.subscription.list.remedy": """
        Använd det för att se om ändringar meddelas. Ett couplet serve som körs räknar från sin start; utan ett sådant \
        räknas inget.
        """,
        "command.subscription.remove": "Tar bort en anslutnings prenumerationer och skapar inga nya.",
        "command.subscription.remove.remedy": """
        Använd det innan aviseringsadressen tas bort för gott: det som inte tas bort upphör av sig självt inom tre \
        dagar. Anslutningens tabeller läses lika ofta som utan prenumerationer.
        """,
        "command.subscription.add": "Låter prenumerationer för en anslutning skapas igen.",
        "command.subscription.add.remedy":
            "Använd det efter couplet subscription remove; couplet serve prenumererar inom några sekunder.",
        "column.connection": "Anslutning",
        "column.table": "Tabell",
        "column.expires": "Upphör",
        "column.heard": "Senaste avisering",
        "subscription.address": "Aviseringar skickas till {address}",
        "subscription.noAddress":
            "Ingen prenumererar: inget couplet serve med inställningen notificationAddress körs.",
        "subscription.none": "Det finns inga prenumerationer.",
        "subscription.stopped":
            "Inga prenumerationer för {connection} skapas, eftersom någon har tagit bort dem.",
        "subscription.counts": "Aviseringar om ändringar: {received}[[; den senaste {last}]]",
        "subscription.putOff": "Uppskjutna till senare: {count}",
        "subscription.dropped": "Kastade, {reason}: {count}",
        "subscription.refused":
            "{connection} skapar ingen prenumeration på {table} till {address}: {detail}",
        "subscription.refused.remedy": """
        Se till att tjänsten når adressen över internet: namnet, certifikatet, och en proxy som lämnar /notifications/ \
        vidare till couplet serve. Ett nytt försök görs av sig självt.
        """,
        "subscription.state.living": "meddelar ändringar",
        "subscription.state.pending": "inte bekräftad än",
        "subscription.state.doubted": "meddelade inte en ändring; läses som vanligt",
        "subscription.state.silent": "förnyad efter tystnad; läses som vanligt till den första aviseringen",
        "subscription.state.ended": "har upphört; läses som vanligt",
        "subscription.state.elsewhere": "används inte",
        "notification.dropped.otherRequest": "ingen begäran som meddelar ändringar",
        "notification.dropped.tooLarge": "för stor",
        "notification.dropped.unreadable": "meddelar inga ändringar",
        "notification.dropped.unknownConnection": "ingen sådan anslutning",
        "notification.dropped.unknownSubscription": "ingen prenumeration av Couplet",
        "notification.dropped.wrongClientState": "utan bevis för sin prenumeration",
        "settings.badNotificationAddress":
            "notificationAddress kan inte vara \"{value}\": det är en https-adress med värd och sökväg, eller http till den här datorn",
        "serve.notificationsNeedListen": "Aviseringar önskas på {address}, och inget lyssnar efter dem.",
        "serve.notificationsNeedListen.remedy":
            "Ange --listen VÄRD:PORT, dit adressen leder, eller utelämna inställningen notificationAddress.",
        "audit.event.connection.unsubscribed": "tog bort prenumerationerna",
        "audit.event.connection.subscribed": "låter prenumerationer skapas igen",
    ]
}
