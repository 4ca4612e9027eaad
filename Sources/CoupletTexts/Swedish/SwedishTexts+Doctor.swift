extension SwedishTexts {
    /// What an examination of the set-up finds.
    static let doctor: [String: String] = [
        "doctor.topic.connection": "Anslutningar",
        "doctor.topic.store": "Lagring",
        "doctor.topic.mapping": "Mappningar",
        "doctor.level.good": "ok",
        "doctor.level.warning": "varning",
        "doctor.level.bad": "problem",
        "doctor.summary": "{bad} {bad|problem|problem}, {warnings} {warnings|varning|varningar}",
        "doctor.noConnection": "Det finns ingen anslutning till {side}.",
        "doctor.noConnection.remedy": "Konfigurera en med: couplet connection set NAMN --side {side} …",
        "doctor.onlyReads": "\"{connection}\" läses bara än så länge; inget skrivs till den.",
        "doctor.onlyReads.remedy": "Låt Couplet skriva med: couplet connection enable {connection}",
        "doctor.noClock": "\"{connection}\" talar inte om vad klockan är.",
        "doctor.clockNear": "Klockorna stämmer överens ({seconds} s).",
        "doctor.clockFar": "Klockan i \"{connection}\" går {seconds} s före den här datorns.",
        "doctor.clockFar.remedy":
            "Inget går förlorat, men tider i listor vilseleder: ställ den här datorns klocka efter en tidsserver.",
        "doctor.noChangeTracking": "\"{connection}\" spårar inte ändringar i {table}.",
        "doctor.noChangeTracking.remedy":
            "Aktivera ändringsspårning i tabellens egenskaper; till dess kan ändringar inte läsas.",
        "doctor.storeWhole": "Databasen är hel.",
        "doctor.storeDamaged": "Databasen är skadad ({count} {count|fynd|fynd}): {detail}",
        "doctor.storeDamaged.remedy": "Lägg tillbaka en säkerhetskopia av hemkatalogen.",
        "doctor.enoughSpace": "{megabytes} MB är lediga på dess disk.",
        "doctor.littleSpace": "Bara {megabytes} MB är lediga på disken med {home}.",
        "doctor.littleSpace.remedy": "Gör plats: en full disk stoppar all synkronisering.",
        "doctor.version": "Couplet {version}",
        "doctor.noMappings": "Inget är mappat än.",
        "doctor.noMappings.remedy": "Mappningar skapas så snart både ERP och CRM är anslutna.",
        "doctor.uncoupleRecreates":
            "{mapping} kopplar från det som togs bort och skapar okopplade poster: den borttagna kan komma tillbaka.",
        "doctor.uncoupleRecreates.remedy":
            "Sätt onlyCoupled: true, eller välj restore om det är meningen; se: couplet mapping export {mapping}",
        "doctor.noField": "{table} i {side} har inget fält {field}.",
        "doctor.noField.remedy":
            "Ta bort fältet ur mappningen, eller låt lägga till det i API:et; se: couplet mapping export {mapping}",
        "doctor.otherType": "{field} i {table} i {side} är av en annan typ än mappningen säger: {type}",
        "doctor.otherType.remedy": "Rätta typen i mappningen: couplet mapping export {mapping}",
        "doctor.readOnly": "{field} i {table} i {side} kan inte skrivas.",
        "doctor.readOnly.remedy": "Låt fältet bara gå åt andra hållet: couplet mapping export {mapping}",
        "doctor.tooLong": "{field} i {table} i {side} rymmer {maximum} tecken, mappningen säger {length}.",
        "doctor.tooLong.remedy": """
        Rätta längden i mappningen, så att en för lång text anges innan den skickas: couplet mapping export \
        {mapping}
        """,
        "doctor.paused": "Den är pausad.",
        "doctor.paused.remedy": "Låt den köras igen med: couplet mapping resume {mapping}",
        "doctor.required": "{table} i {side} vill ha {field} för varje ny post, och mappningen ger det inte.",
        "doctor.required.remedy": "Mappa fältet, eller ge nya poster ett värde: couplet mapping export {mapping}",
        "doctor.fieldsGood": "{count} fält finns, med passande {count|typ|typer}.",
        "doctor.notMapped": "Ingen mappning använder \"{connection}\": den är ansluten i onödan.",
        "doctor.notMapped.remedy":
            "Lägg till standardmappningarna för den: couplet mapping defaults --erp NAMN --crm NAMN",
    ]
}
