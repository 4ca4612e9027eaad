extension EnglishTexts {
    /// The program itself: its settings, its store and its questions.
    static let program: [String: String] = [
        "label.error": "Error:",
        "usage": "{detail}[[\n{help}]][[\nUsage: {usage}]]",
        "usage.remedy": "See: {command} --help",
        "usage.missingArgument": "Missing expected argument '{name}'",
        "usage.missingOneOf": "Missing one of: {known}",
        "usage.missingSubcommand": "Missing required subcommand.",
        "usage.unknownOption": "Unknown option '{name}'.[[ Did you mean '{suggestion}'?]]",
        "usage.missingValue": "Missing value for '{name}'",
        "usage.unexpectedArgument": "Unexpected argument: {name}",
        "usage.invalidValue": "The value '{value}' is invalid for '{name}'.[[ Give one of: {known}.]]",
        "usage.noValueTaken": "The option '{name}' takes no value, but '{value}' was given.",
        "usage.oneOfThese": "Give one of the following:",
        "defect": "Couplet has a defect: {detail}",
        "defect.remedy": "Nothing is lost: run the command again. Please report the message if it comes back.",
        "defect.noLayout": "The stored layout of {mapping} is missing.",
        "defect.noLayout.remedy": "Run: couplet sync {mapping} --full. Please report the message if it comes back.",
        "action.interrupted": "Interrupted.",
        "action.interrupted.remedy":
            "What was begun is settled, or will be by the next start. Run the command again to go on.",
        "action.unknown": "There is no action \"{action}\".",
        "action.unknown.remedy": "The running couplet serve is of another version than this command: start it again.",
        "action.malformed": "The action \"{action}\" could not be read: {detail}",
        "action.malformed.remedy":
            "The running couplet serve is of another version than this command: start it again.",
        "interrupted.settling": "Interrupted: settling what was begun. Press Ctrl-C again to end at once.",
        "settings.wrong": "The configuration is wrong: {problems}",
        "settings.wrong.remedy": "Correct the option, the environment variable or the configuration file.",
        "settings.unreadableFile": "The configuration file cannot be read: {file} ({detail})",
        "settings.unreadableFile.remedy":
            "Check the path and that the file is YAML with keys such as home, lang and log.",
        "settings.badLanguage": "there is no language \"{value}\" (known: {known})",
        "settings.badLogLevel": "there is no log level \"{value}\" (known: {known})",
        "settings.noHome": "the home directory is blank",
        "settings.noKeyFile": "the key file's path is blank",
        "settings.noCertificates": "the file of trusted certificates cannot be read: {file}",
        "home.unusable": "The home directory cannot be used: {home} ({detail})",
        "home.unusable.remedy": "Name a directory that you may write with --home DIR or COUPLET_HOME.",
        "store.locked": "Another couplet works with {home} (process {pid}).",
        "store.locked.remedy":
            "Wait until it ends and try again. To use several commands at a time, run couplet serve.",
        "store.diskFull": "The disk with {home} is full.",
        "store.diskFull.remedy": "Make room and run the command again; what was done so far is kept.",
        "store.busy": "The store in {home} is busy.",
        "store.busy.remedy": "Close other programs that have the database open, and try again.",
        "store.newerSchema":
            "The store in {home} was made by a newer Couplet (form {found}, this one knows {known}).",
        "store.newerSchema.remedy": "Use the newer Couplet with this home directory.",
        "store.damaged": "The store in {home} is damaged: {detail}",
        "store.damaged.remedy": "Put a backup of the home directory back.",
        "store.failed": "The store in {home} failed: {detail}",
        "store.failed.remedy": "Run the command again. Please report the message if it comes back.",
        "serve.listening": "Couplet serves {home}: commands reach it by {socket}. Ctrl-C ends it.",
        "serve.pathTooLong": "The path of the socket is too long: {socket}",
        "serve.pathTooLong.remedy": "Use a home directory whose path leaves the socket at most {limit} bytes.",
        "serve.answerLost": "The running couplet serve did not answer to the end[[: {detail}]]",
        "serve.answerLost.remedy": "Look at what it says itself, then run the command again.",
        "confirm.choices": "[y/N]",
        "confirm.yes": "y yes j ja",
        "confirm.declined": "Nothing was done.",
        "confirm.write": "Write {count} {count|record|records}?",
        "enable.noMappings":
            "Nothing is mapped yet: mappings are made as soon as the ERP and the CRM are both connected.",
        "enable.confirm": "Let Couplet write to {connections}?",
        "version.marks": """
        For use with Microsoft Dynamics 365 Business Central and Microsoft Dataverse; not affiliated \
        with or endorsed by Microsoft.
        """,
        "yes": "yes",
        "no": "no",
    ]
}
