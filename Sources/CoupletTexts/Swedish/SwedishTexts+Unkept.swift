extension SwedishTexts {
    /// What is said of fields whose values are synchronized and not kept.
    static let unkept: [String: String] = [
        "value.unkept": "(sparas inte)",
        "setting.unkept": "värden sparas inte",
        "desk.unkept": "sparas inte",
        "mapping.unkeptReference":
            "{field} i {mapping} kan inte lämnas osparat: det är en referens eller en konstant, eller så slår dess regler upp värden.",
        "mapping.unkeptReference.remedy": "Ta bort unkept för fältet.",
        "mapping.unkeptUsed":
            "{field} i {mapping} kan inte lämnas osparat: {other} benämner, filtrerar, matchar eller slår upp poster med det.",
        "mapping.unkeptUsed.remedy": "Ta bort fältet ur de inställningarna i {other}, eller ta bort unkept för det.",
        "mapping.unkeptElsewhere":
            "{field} i {mapping} kan inte lämnas osparat medan {other} också mappar det, med sparade värden eller som annan typ.",
        "mapping.unkeptElsewhere.remedy":
            "Ange unkept: true för fältet i varje mappning som har det, med samma typ, och använd dem tillsammans.",
        "match.unkept": "{field} i {mapping} sparas inte, så poster kan inte matchas med det.",
        "match.unkept.remedy": "Matcha med andra fält.",
        "conflict.unkeptValue": "{field} sparas inte, så inget värde kan anges för konflikt {conflict}.",
        "conflict.unkeptValue.remedy":
            "Välj en sida (--take erp eller --take crm); ett annat värde anges först i ett av systemen.",
        "undo.unkept": "dess värden sparas inte",
        "plan.obstacle.unkept": "dess värden kunde inte öppnas med nyckeln som finns nu",
        "plan.obstacle.unkept.remedy": "Synkronisera igen: de läses på nytt.",
        "next.unkept": "Nästa synkronisering läser den först, eftersom ändrade värden i den inte sparas.",
        "explain.unkept": "{field} har ändrats; dess värden sparas inte och läses när det synkroniseras",
    ]
}
