extension Catalogue {
    /// Swedish.
    package static let swedish = Catalogue(
        .swedish,
        topics: [
            SwedishTexts.connections, SwedishTexts.program, SwedishTexts.words, SwedishTexts.records,
            SwedishTexts.work, SwedishTexts.demo, SwedishTexts.help,
            SwedishTexts.files, SwedishTexts.plans, SwedishTexts.values, SwedishTexts.history, SwedishTexts.limits,
            SwedishTexts.doctor, SwedishTexts.details, SwedishTexts.daily,
            SwedishTexts.coupling, SwedishTexts.audit, SwedishTexts.operating,
            SwedishTexts.manual, SwedishTexts.access, SwedishTexts.desk,
            SwedishTexts.deskWords, SwedishTexts.subscriptions, SwedishTexts.alerts, SwedishTexts.unkept,
            SwedishTexts.editor, SwedishTexts.server, SwedishTexts.signIn,
        ]
    )
}

/// The Swedish texts by topic.
enum SwedishTexts {}
