extension SwedishTexts {
    /// Files that people write: mappings and couplings, and what is wrong with them.
    static let files: [String: String] = [
        "file.wrong": "{file} har {count} {count|problem|problem}, och inget ändrades:{problems}",
        "file.wrong.remedy": "Rätta raderna och kör kommandot igen; --preview visar vad det skulle ändra.",
        "file.line": "Rad {line}:",
        "file.unreadable": "Filen kan inte läsas: {file}",
        "file.unreadable.remedy": "Kontrollera sökvägen och din behörighet att läsa den; - läser standard in.",
        "file.notText": "Filen är inte text i UTF-8: {file}",
        "file.notText.remedy": "Spara den som UTF-8.",
        "file.unwritable": "Filen kan inte skrivas: {file} ({detail})",
        "file.unwritable.remedy": "Ange en fil i en mapp som du får skriva i.",
        "file.written": "Skriven: {file}",
        "file.empty": "Det finns inga mappningar i den.",
        "file.empty.remedy": "Se hur en ser ut med: couplet mapping export",
        "file.notYAML": "Detta är inte YAML: {detail}",
        "file.notYAML.remedy": "Kontrollera indrag, citattecken och klamrar.",
        "file.notAnObject": "[[{path}: ]]här ska stå nycklar med sina värden.",
        "file.notAnObject.remedy": "Jämför med vad detta skriver: couplet mapping export",
        "file.unknownKey": "[[{path}: ]]det finns ingen nyckel \"{key}\".",
        "file.unknownKey.remedy": "Kända nycklar: {known}",
        "file.duplicateKey": "[[{path}: ]]nyckeln \"{key}\" står där två gånger.",
        "file.duplicateKey.remedy": "Ta bort den ena.",
        "file.missingKey": "[[{path}: ]]\"{key}\" saknas.",
        "file.missingKey.remedy": "Lägg till det; se hur det ser ut med: couplet mapping export",
        "file.blank": "[[{path}: ]]\"{key}\" är tomt.",
        "file.blank.remedy": "Ge det ett värde.",
        "file.notAText": "[[{path}: ]]\"{key}\" tar ett värde, ingen lista och inga nycklar.",
        "file.notAText.remedy": "Sätt texter med specialtecken inom citattecken.",
        "file.notAList": "[[{path}: ]]\"{key}\" tar en lista.",
        "file.notAList.remedy": "Börja varje element på en egen rad med ett bindestreck.",
        "file.wrongValue": "[[{path}: ]]\"{key}\" kan inte vara \"{value}\".",
        "file.wrongValue.remedy": "Det kan vara: {known}",
        "mapping.fileHead": """
        Couplets tabellmappningar för integrering. Ändra det du vill.
        Se skillnaden med: couplet mapping apply FIL --preview
        Genomför den med: couplet mapping apply FIL
        Mappningar som inte finns i filen förblir som de är. direction: both, to (ERP till CRM) eller from (CRM till ERP).
        """,
        "mapping.noDefault": "{mapping} är ingen av mappningarna som följer med Couplet.",
        "mapping.noDefault.remedy": "Ändra den med: couplet mapping export {mapping}, sedan couplet mapping apply FIL",
        "mapping.noName": "En mappning saknar namn.",
        "mapping.noName.remedy": "Ge den ett namn, till exempel CUSTOMER.",
        "mapping.unknownConnection":
            "{mapping} anger anslutningen \"{connection}\", som inte är någon av {side}[[ (det finns: {known})]].",
        "mapping.unknownConnection.remedy":
            "Rätta namnet, eller konfigurera anslutningen först; se: couplet connection list",
        "mapping.noProperty": "{mapping} saknar \"{property}\" för {side}.",
        "mapping.noProperty.remedy": "Lägg till det i mappningen.",
        "mapping.tableFixed": """
        {mapping} har {couplings} {couplings|koppling|kopplingar} till poster i {before} i {side}: \
        anslutning, tabell och id kan inte ändras.
        """,
        "mapping.tableFixed.remedy":
            "Gör en mappning med ett annat namn för den andra tabellen, eller ta först bort kopplingarna.",
        "mapping.isAdded": "{mapping}: ny",
        "mapping.isChanged": "{mapping}: ändrad",
        "mapping.isUnchanged": "{mapping}: oförändrad",
        "mapping.confirmApply": "Ändra mappningarna?",
        "mapping.applied": "{count} {count|mappning|mappningar} ändrades. Inget skrevs till ERP eller CRM.",
        "mapping.onlyShown": "Endast visat: inget ändrades.",
        "mapping.nothingToApply": "Inget skiljer sig: mappningarna är redan så.",
        "mapping.compareAll":
            "Poster som redan är kopplade jämförs enligt den ändrade mappningen med: couplet sync {mapping} --full",
        "mapping.runs": "aktiv",
        "mapping.paused": "pausad",
        "mapping.pausedSince": "Pausad sedan {time}",
        "mapping.leftOut": "{mapping} är pausad och utelämnades; den körs igen med: couplet mapping resume {mapping}",
        "explain.paused": "Mappningen {mapping} är pausad: en synkronisering av alla mappningar utelämnar den.",
        "explain.paused.remedy": "Låt den köras igen med: couplet mapping resume {mapping}",
        "column.types": "Typer",
    ]
}
