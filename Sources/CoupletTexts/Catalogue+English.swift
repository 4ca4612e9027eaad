extension Catalogue {
    /// English.
    package static let english = Catalogue(
        .english,
        topics: [
            EnglishTexts.connections, EnglishTexts.program, EnglishTexts.words, EnglishTexts.records,
            EnglishTexts.work, EnglishTexts.demo, EnglishTexts.help,
            EnglishTexts.files, EnglishTexts.plans, EnglishTexts.values, EnglishTexts.history, EnglishTexts.limits,
            EnglishTexts.doctor, EnglishTexts.details, EnglishTexts.daily,
            EnglishTexts.coupling, EnglishTexts.audit, EnglishTexts.operating,
            EnglishTexts.manual, EnglishTexts.access, EnglishTexts.desk,
            EnglishTexts.deskWords, EnglishTexts.subscriptions, EnglishTexts.alerts, EnglishTexts.unkept,
            EnglishTexts.editor, EnglishTexts.server, EnglishTexts.signIn,
        ]
    )
}

/// The English texts by topic.
enum EnglishTexts {}
