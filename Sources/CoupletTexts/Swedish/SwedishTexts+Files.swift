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
        "file.emptyList": "[[{path}: ]]\"{key}\" är en lista utan element.",
        "file.emptyList.remedy": "Ange minst ett element, eller ta bort det som listan hör till.",
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
        "column.settings": "Inställningar",
        "column.types": "Typer",
        "coupling.emptyFile": "Det finns inga kopplingar i den.",
        "coupling.emptyFile.remedy": "Se hur en ser ut med: couplet coupling export",
        "coupling.openQuote": "Ett citattecken är inte avslutat.",
        "coupling.openQuote.remedy": "Avsluta det; ett citattecken inom citattecken skrivs två gånger.",
        "coupling.wrongHead": "Första raden anger andra kolumner: {found}",
        "coupling.wrongHead.remedy": "Låt den vara: {columns}",
        "coupling.wrongCells": "Raden har {count} {count|cell|celler} och inte {wanted}.",
        "coupling.wrongCells.remedy": """
        Skriv en mappning, ett nummer eller id i ERP och ett id i CRM; sätt texter med kommatecken inom \
        dubbla citattecken.
        """,
        "coupling.blankCell": "Cellen \"{column}\" är tom.",
        "coupling.blankCell.remedy": "Fyll i den, eller ta bort raden.",
        "coupling.twice": "{key} i {mapping} står redan på rad {line}.",
        "coupling.twice.remedy": "Ta bort en av raderna: en post har en motpart i en mappning.",
        "coupling.fromFile": "angiven av en fil",
        "coupling.present": "{count} {count|koppling|kopplingar} i filen fanns redan.",
        "output.lost": "Allt kunde inte skrivas till standard ut: {detail}",
        "output.lost.remedy": "Gör plats dit det ska, och kör kommandot igen.",
        "settings.unknownKey": "{file}, rad {line}: det finns ingen inställning \"{key}\" (kända: {known})",
        "settings.notKeys": "{file} innehåller inga nycklar med värden",
        "connection.kindOfOtherSide": "Ett system av typen \"{kind}\" kan inte vara {side}.",
        "connection.kindOfOtherSide.remedy": "Ange den andra sidan med --side, eller en av dessa typer: {kinds}",
        "network.unknownHost": "ingen känner till någon värd som heter {host}",
        "network.refused": "{host} tar inte emot anslutningar; inget lyssnar där",
        "network.connectTimeout": "{host} svarar inte inom tiden för att ansluta",
        "network.noAnswerInTime": "svaret från {host} kom inte i tid",
        "network.closed": "{host} stängde anslutningen",
        "network.noRoute": "det finns ingen väg till {host} i nätverket",
        "network.certificate":
            "ingen säker anslutning till {host}: certifikatet har gått ut, eller är inte undertecknat av någon som den här datorn litar på; är det din egen server, ange PEM-filen med undertecknarens certifikat i COUPLET_TRUSTED_CERTIFICATES",
        "network.certificateOfOther":
            "ingen säker anslutning till {host}: certifikatet gäller ett annat namn; använd den adress som certifikatet anger",
        "network.noTLS":
            "ingen säker anslutning till {host}: det som lyssnar där talar inte TLS, eller inte på något säkert sätt; kontrollera adressens värd och port",
        "network.wrongAddress": "detta är ingen adress som kan användas: {host}",
        "mapping.exists": "Det finns redan en mappning {mapping}.",
        "mapping.exists.remedy": "Ge den nya ett annat namn, eller ändra den med: couplet mapping export {mapping}",
        "mapping.whichConnection": "Det finns flera anslutningar till {side}: {known}",
        "mapping.whichConnection.remedy": "Sätt en av dem före tabellen, med kolon: ANSLUTNING:{table}",
        "mapping.noTable": "\"{connection}\" har ingen tabell {table}[[: {detail}]]",
        "mapping.noTable.remedy": "Ange namnet på en entitetsmängd, som API:et skriver det.",
        "mapping.nothingToPropose": "Inga fält i {erp} och {crm} liknar varandra.",
        "mapping.nothingToPropose.remedy": "Skriv mappningen för hand; se hur en ser ut med: couplet mapping export",
        "mapping.newHead": """
        Ett förslag, gjort av namn och typer på båda tabellernas fält. Inget är sparat än.
        Kontrollera varje rad, lägg till filter och referenser, och se den med: couplet mapping apply FIL \
        --preview
        """,
        "mapping.newLeft": "Fält i {side} som inte mappas:",
        "propose.sameName": "samma namn",
        "propose.sameMeaning": "namn som betyder samma sak",
        "propose.partOfName": "det ena namnet är en del av det andra: kontrollera",
        "propose.ofTheSystem": "sköts av systemet självt",
        "propose.noType": "av en typ som inte synkroniseras ({type})",
        "propose.reference": "anger en annan post[[ ({table})]]: mappa det för hand med reference: MAPPNING",
        "propose.guid": "ett id: mappa det för hand om det anger en post i en annan mappning, med reference: MAPPNING",
        "propose.option": "ett val: värdena skiljer sig mellan systemen, så mappa det för hand",
        "propose.nothingAlike": "den andra tabellen har inget liknande fält",
        "propose.otherType": "{field} har ett liknande namn, men en annan typ ({type})",
        "propose.readOnly": "varken det eller {field} kan skrivas",
        "propose.taken": "{field} liknar det, och är redan mappat",
        "connection.notMapped": """
        Ingen mappning använder "{connection}" än. Lägg till standardmappningarna med: couplet mapping \
        defaults --erp {erp} --crm {crm}
        """,
    ]
}
