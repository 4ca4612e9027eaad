extension SwedishTexts {
    /// What whoever runs Couplet on a machine is told.
    static let operating: [String: String] = [
        "health.storeSlow": "Lagringen har inte svarat på mer än 5 sekunder.",
        "health.storeSlow.remedy":
            "Se efter hur belastad disken med hemkatalogen är, och vilka andra program som kör där.",
        "health.diskFull": "Disken med lagringen är full.",
        "health.diskFull.remedy": "Frigör utrymme; det som hittills gjorts finns kvar.",
        "health.storeFailed": "Lagringen kan inte skrivas.",
        "health.storeFailed.remedy": "Se vad loggen säger, och kör: couplet doctor",
        "health.writingStopped": "Skrivning är stoppad tills en administratör bekräftar den.",
        "health.writingStopped.remedy": "Se varför med: couplet writing show",
        "health.noConnection": "Ingen anslutning är aktiverad, så inget skrivs.",
        "health.noConnection.remedy": "Låt Couplet skriva med: couplet connection enable",
        "health.schedulerNotBegun":
            "Synkroniseringen av sig själv har inte börjat på {minutes} {minutes|minut|minuter}.",
        "health.schedulerNotBegun.remedy": "Starta couplet serve igen.",
        "health.schedulerStuck":
            "Synkroniseringen av sig själv har inte kommit vidare på {minutes} {minutes|minut|minuter}.",
        "health.schedulerStuck.remedy": "Se vad loggen säger, och starta sedan couplet serve igen: inget går förlorat.",
        "metric.jobs": "Jobb som avslutats sedan processen startade.",
        "metric.records": "Vad som blev av poster i jobb sedan processen startade.",
        "metric.requests": "Anrop som skickats till ett system sedan processen startade.",
        "metric.connection_enabled": "Om ett system skrivs.",
        "metric.table_read_failures": "Hur ofta en tabell inte kunnat läsas sedan processen startade.",
        "metric.table_unread": "Om en tabell inte kunde läsas senast.",
        "metric.subscription_living": "Om ändringar i en tabell med prenumeration meddelas.",
        "metric.notifications": "Vad som blev av aviseringar sedan den här processen startade.",
        "metric.run_at_work": "Om en körning pågår.",
        "metric.writing_stopped": "Om all skrivning är stoppad tills en administratör bekräftar den.",
        "metric.start_time_seconds": "När processen startade, i sekunder sedan 1970.",
        "metric.scheduler_still_seconds": "Sekunder sedan synkroniseringen av sig själv senast kom vidare.",
        "metric.mapping_paused": "Om en mappning är pausad.",
        "metric.mapping_coupled_records": "Poster som en mappning har kopplat.",
        "metric.mapping_pending_records": "Kopplade poster i en mappning som måste ses över.",
        "metric.mapping_last_job_age_seconds": "Sekunder sedan en mappnings senaste jobb avslutades.",
        "metric.open_items": "Vad som är öppet i en mappning, efter slag.",
        "command.backup": "Kopierar det som finns lagrat till en fil, också medan couplet serve arbetar.",
        "command.backup.remedy": """
        Kopian är hel och från ett och samma ögonblick; ingen väntar på den. Nyckeln som öppnar de lagrade \
        hemligheterna ingår inte: förvara den för sig. En körande couplet serve skriver filen själv, så dess användare \
        måste få göra det.
        """,
        "help.backup.file": "Filen som ska skrivas; bara dess ägare kan läsa den.",
        "help.backup.force": "Ersätt en fil som redan finns.",
        "backup.made": "{file} innehåller det som finns lagrat ({bytes} byte).",
        "backup.taken": "Det finns redan en fil: {file}",
        "backup.taken.remedy": "Ange en annan fil, eller ersätt den här med --force.",
        "backup.storeItself": "Det här är själva lagringen: {file}",
        "backup.storeItself.remedy": "Ange en fil utanför hemkatalogen.",
        "backup.unwritable": "Säkerhetskopian kan inte skrivas: {file} ({detail})",
        "backup.unwritable.remedy": "Ange en fil i en katalog som användaren för couplet serve får skriva i.",
        "backup.relative": "Säkerhetskopians sökväg börjar inte med ett snedstreck: {file}",
        "backup.relative.remedy": "Ange hela sökvägen.",
        "command.restore": "Lägger en säkerhetskopia i en hemkatalog utan lagring.",
        "command.restore.remedy": """
        Säkerhetskopian gås igenom först. Det som återställs är äldre än det som Couplet har gjort sedan dess, så inget \
        skrivs till något av systemen förrän en administratör bekräftar det.
        """,
        "help.restore.file": "Säkerhetskopian.",
        "restore.done": "{home} innehåller det som {file} innehöll.",
        "restore.next":
            """
        Inget skrivs förrän du har försäkrat dig om att inget annat Couplet arbetar med samma system: couplet \
        writing show, sedan couplet writing confirm.
        """,
        "restore.homeTaken": "Hemkatalogen har redan en lagring: {home}",
        "restore.homeTaken.remedy": "Ange en annan med --home DIR, eller flytta undan det som finns där.",
        "restore.unreadable": "Säkerhetskopian kan inte läsas: {file}",
        "restore.unreadable.remedy": "Kontrollera sökvägen och att du får läsa den.",
        "restore.damaged": "Säkerhetskopian kan inte användas: {file} ({detail})",
        "restore.damaged.remedy": "Ta en annan säkerhetskopia; inget har ändrats.",
        "restore.newer": "Säkerhetskopian {file} gjordes av ett nyare Couplet (form {found}, detta känner {known}).",
        "restore.newer.remedy": "Återställ den med det nyare Couplet.",
    ]
}
