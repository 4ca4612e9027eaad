extension EnglishTexts {
    /// What the manual says beside the commands.
    static let manual: [String: String] = [
        "manual.title": "The command line",
        "manual.generated":
            "This page is made by `couplet manual`; `couplet help COMMAND` shows the same at a terminal.",
        "manual.commonOptions": "Options of every command",
        "manual.commonAnywhere": "They may stand anywhere on the line, before the command too.",
        "manual.keysHead": "How records and directions are named",
        "manual.keys": """
        KEY names a record: the number, code or id of the ERP's record, or `crm:` and the number or id of \
        the CRM's. A mapping is named as in `couplet mapping list`, in any case.
        """,
        "manual.directions":
            "Directions: `to` (or `to-crm`) writes to the CRM, `from` (or `to-erp`) writes to the ERP, `both` merges.",
        "manual.statesHead": "How records stand",
        "manual.exitHead": "Exit statuses",
        "manual.exitStatuses": "Exit statuses: {statuses}.",
        "manual.jsonFailure": "With `--json` a failure is `{\"error\": {\"code\", \"message\", \"remedy\"}}`.",
        "manual.examples": "Examples:",
        "manual.argument": "Argument",
        "manual.meaning": "Meaning",
        "manual.overview": "OVERVIEW:",
        "manual.usage": "USAGE:",
        "manual.arguments": "ARGUMENTS:",
        "manual.options": "OPTIONS:",
        "manual.subcommands": "SUBCOMMANDS:",
        "manual.values": "(values:",
        "manual.default": "default:",
        "manual.showHelp": "Show help information.",
        "manual.forDetails": "for detailed help.",
        "manual.see": "See '",
        "exit.s0": "done",
        "exit.s1": "done, and something is open: records failed, are in conflict or in question",
        "exit.s2": "wrong use, or a key that nobody knows",
        "exit.s3": "a plan waits for approval, or writing at all does",
        "exit.s69": "a remote system is down",
        "exit.s70": "a defect of Couplet",
        "exit.s75": "try later: the lock is held, the disk is full",
        "exit.s77": "not allowed; a wrong secret too",
        "exit.s78": "wrong configuration; a wrong address or file too",
        "exit.s130": "interrupted; what was begun is settled, or will be by the next start",
    ]
}
