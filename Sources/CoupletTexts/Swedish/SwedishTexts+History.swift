extension SwedishTexts {
    /// The error list, the history and undo.
    static let history: [String: String] = [
        "command.error": "Listar vad som hindrar poster från att gå igenom, och försöker igen.",
        "command.error.list": "Listar orsaker med antalet poster.",
        "command.error.show": "Visar en orsak med dess poster.",
        "command.error.restore": "Skapar poster på nytt som ett system har tagit bort.",
        "command.error.restore.remedy": """
        Använd det för orsaker som säger att en post togs bort: den skapas från sin motpart och tar dess plats i \
        kopplingen.
        """,
        "command.error.delete": "Tar bort posterna vars motparter ett system har tagit bort.",
        "command.error.delete.remedy": """
        Använd det där borttagningen gällde båda: posterna visas och frågas om först. En borttagning kan inte \
        ångras; värdena finns kvar i historiken.
        """,
        "command.error.uncouple": "Tar bort kopplingarna för en orsaks poster; posterna blir kvar.",
        "command.error.uncouple.remedy": "Skriver inget till något av systemen. Ta tillbaka med: couplet undo KÖRNING",
        "help.error.keys": "Endast dessa poster med orsaken.",
        "error.delete.confirm": "Ta bort {count} {count|post|poster}? Det kan inte ångras.",
        "error.notDeleted": "Orsaken {cause} gäller inte borttagna poster.",
        "error.notDeleted.remedy": "Se vad som kan göras med: couplet error show {cause}",
        "error.notCoupled": "Orsaken {cause} har poster som inte är kopplade.",
        "error.notCoupled.remedy": "Se dess poster med: couplet error show {cause}",
        "error.restoreNotAllowed": "{mapping} skapar inga poster i {side}.",
        "error.restoreNotAllowed.remedy":
            "Skapa posten där, eller ta bort kopplingen: couplet error uncouple {cause}",
        "error.deleteNotAllowed": "{mapping} skriver inte till {side}, och tar därför inte bort något där heller.",
        "error.deleteNotAllowed.remedy":
            "Ta bort posten där, eller ta bort kopplingen: couplet error uncouple {cause}",
        "record.deleted": "{label} togs bort i {side}; dess motpart finns kvar.",
        "record.deleted.remedy":
            "Skapa den på nytt, ta bort även den andra, eller ta bort kopplingen: couplet error restore|delete|uncouple {cause}",
        "undo.deletion": "en borttagen post skapas inte på nytt av en ångring",
        "cause.delete": "borttaget med posten",
        "history.step.delete": "borttagen i",
        "command.error.retry": "Försöker igen: allt, en orsak eller en post.",
        "help.error.cause": "Orsaken, som error list visar den.",
        "help.error.causeOrAll": "Orsaken; allt om den utelämnas.",
        "help.error.key": "Bara den här posten av orsaken.",
        "help.error.limit": "Högst så många poster.",
        "error.unknown": "Inget har orsaken \"{cause}\".",
        "error.unknown.remedy": "Se orsakerna med: couplet error list",
        "error.unknownKey": "\"{key}\" är ingen post med orsaken {cause}.",
        "error.unknownKey.remedy": "Se dess poster med: couplet error show {cause}",
        "error.badLimit": "{limit} poster kan inte visas.",
        "error.badLimit.remedy": "Ange en gräns på minst 1.",
        "error.head": "{id} {mapping}: {count} {count|post|poster} skrevs inte till {side} – {state}",
        "error.seen": "först {first}, senast {last}",
        "error.times": "{attempts} försök, först {first}, senast {last}[[, igen {next}]]",
        "error.state.retrying": "nytt försök görs av sig självt",
        "error.state.parked": "kräver åtgärd",
        "error.state.waiting": "väntar på en annan post",
        "errors.count": "{count} {count|post|poster} gick inte igenom",
        "errors.how":
            "Se posterna med: couplet error show ORSAK; försök igen med: couplet error retry [ORSAK [NYCKEL]]",
        "command.history": "Visar vad Couplet har gjort med en post, nyaste först.",
        "command.undo": "Ångrar en körning, ett jobb eller ett steg.",
        "command.undo.remedy": """
        Tidigare värden kommer tillbaka där inget har ändrats sedan dess; resten räknas upp. För poster som \
        skapades tas kopplingen bort, och de finns kvar. Nästa synkronisering gör det inte ogjort.
        """,
        "help.history.limit": "Högst så många rader.",
        "help.undo.run": "Körningens nummer.",
        "help.undo.job": "Ångra det här jobbet i stället för en körning.",
        "help.undo.entry": "Ångra ett steg: numret på dess rad i historiken.",
        "history.badLimit": "{limit} rader kan inte visas.",
        "history.badLimit.remedy": "Ange en gräns på minst 1.",
        "history.head": "{id}: {time}, {step} {side} (körning {run}, {action}, {who})",
        "history.field": "{field}: {before} → {after} ({cause})",
        "history.none": "Couplet har inte gjort något med den här posten än.",
        "history.unconfirmed": "ej bekräftat: svaret gick förlorat",
        "history.undone": "ångrat sedan dess",
        "history.undoes": "ångrar {entry}",
        "history.step.create": "skapad i",
        "history.step.update": "ändrad i",
        "history.step.couple": "kopplad, sett från",
        "history.step.uncouple": "bortkopplad, sett från",
        "cause.edit": "ändrat på andra sidan",
        "cause.fill": "var tomt vid kopplingen",
        "cause.choice": "sida vald vid kopplingen",
        "cause.resolution": "en persons beslut",
        "cause.rule": "mappningens regel för konflikter",
        "cause.uncouple": "frånkopplat",
        "cause.drift": "fullständig synkronisering av ett enkelriktat fält",
        "cause.create": "ny post",
        "cause.undo": "ångrat",
        "undo.oneTarget": "Ange vad som ska ångras: en körning, ett jobb eller en rad i historiken.",
        "undo.oneTarget.remedy": "Ange en körnings nummer, --job JOBB eller --entry RAD; se: couplet job list",
        "undo.unknownRun": "Det finns ingen körning {run}.",
        "undo.unknownRun.remedy": "Se körningarna med: couplet job list",
        "undo.unknownEntry": "Det finns ingen rad {entry} i historiken.",
        "undo.unknownEntry.remedy": "Se raderna för en post med: couplet history MAPPNING NYCKEL",
        "undo.nothing": "Körning {run} har inte skrivit något som kan ångras.",
        "undo.nothing.remedy": "Se vad körningarna har gjort med: couplet job list",
        "undo.done": "Allt av detta i körning {run} är redan ångrat.",
        "undo.done.remedy": "Se vad som gjordes med: couplet history MAPPNING NYCKEL",
        "undo.reason": "ångrar körning {run}",
        "undo.changedSince": "ändrat sedan dess",
        "command.error.list.remedy": """
        Använd det efter en synkronisering som inte slutade med 0: det grupperar det som inte gick igenom \
        efter orsak, med antalet poster.
        """,
        "command.error.show.remedy": "Visar vilka poster en orsak håller kvar, med vad som ska göras.",
        "command.error.retry.remedy":
            "Använd det när orsaken är åtgärdad; det som kan gå igenom försöks igen av sig självt.",
        "command.history.remedy":
            "Använd det för att se vem som ändrat ett värde, när, i vilken körning, och vad det var innan.",
    ]
}
