extension EnglishTexts {
    /// What the command line says of itself.
    static let help: [String: String] = [
        "command.couplet": "Couples records of an ERP with records of a CRM and keeps them in sync.",
        "command.couplet.remedy": """
        Exit status: 0 done; 1 done, and some records failed, are in conflict or in question; 2 wrong \
        use or unknown key; 69 a system is down; 70 a defect; 75 try later; 77 not allowed; 78 wrong \
        configuration; 130 interrupted.
        """,
        "command.connection": "Sets up, tests and enables connections.",
        "command.connection.list": "Lists the connections.",
        "command.connection.set": "Sets a connection up or changes it.",
        "command.connection.set.remedy": "A new or changed connection only reads until it is enabled.",
        "command.connection.test": "Signs in and reads one record of every mapped table.",
        "command.connection.enable": "Lets Couplet write, after showing the plan.",
        "command.connection.enable.remedy": "Without a terminal nobody is asked.",
        "command.connection.disable": "Lets Couplet only read.",
        "command.mapping": "Shows, changes, pauses and exports integration table mappings.",
        "command.mapping.list": "Lists the mappings.",
        "command.mapping.show": "Shows a mapping with its fields, filters and match rules.",
        "command.list": "Lists records and how they stand.",
        "command.explain": "Says how a record stands and why.",
        "command.couple": "Couples a record with its counterpart, or with one that is created.",
        "command.match": "Couples many records by match rules.",
        "command.match.remedy": """
        Matching alone writes nothing to ERP or CRM. More than 100 writes are shown first on a terminal; \
        without a terminal nobody is asked.
        """,
        "command.sync": "Synchronizes now: what changed, or with --full everything.",
        "command.sync.remedy":
            "More than 100 writes are shown first on a terminal; without a terminal nobody is asked.",
        "command.question": "Lists and answers questions that only a person can decide.",
        "command.question.list": "Lists open questions with their candidates.",
        "command.question.answer": "Answers a question and does what follows from it.",
        "command.conflict": "Lists and resolves conflicts.",
        "command.conflict.list": "Lists open conflicts.",
        "command.conflict.show": "Shows one conflict.",
        "command.conflict.resolve": "Settles a conflict and writes what was decided.",
        "command.job": "Shows integration synchronization jobs.",
        "command.job.list": "Lists jobs, newest first.",
        "command.job.show": "Shows one job.",
        "command.sandbox": "Starts stand-ins of both systems to try Couplet with.",
        "command.demo": "Starts stand-ins, connects them, couples and synchronizes a small trading company.",
        "command.serve": "Keeps a home directory open and performs the commands given to it.",
        "command.version": "Shows the version.",
        "help.json": "One JSON document on standard output, and nothing else there.",
        "help.yes": "Answer every question with yes.",
        "help.config": "A YAML file with settings: home, lang, log, keyFile, trustedCertificates.",
        "help.home": "The directory with Couplet's state; also COUPLET_HOME. (default: ./.couplet)",
        "help.lang": "The language, en or sv. (default: from LC_ALL or LANG)",
        "help.verbose": "Log what is done to standard error; also COUPLET_LOG.",
        "help.preview": "Only show the plan.",
        "help.mapping": "The mapping, for example CUSTOMER.",
        "help.mapping.optional": "Only this mapping.",
        "help.key": "The record: its number or id in the ERP, or crm: and its id in the CRM.",
        "help.keys": "Only these records: number or id in the ERP, or crm: and the id in the CRM.",
        "help.connection.name": "The connection's name, of your choice.",
        "help.connection.nameOrAll": "The connection; all when left out.",
        "help.connection.side": "erp or crm.",
        "help.connection.kind": "businessCentral or dataverse.",
        "help.connection.url": "The base address of the API, or of the environment (environment URL).",
        "help.connection.company": "The id of the company in the ERP.",
        "help.connection.tokenURL": "Where tokens come from.",
        "help.connection.clientID": "The client id.",
        "help.connection.secretFile":
            "A file with the client secret; - reads standard input. Left out, the stored one stays.",
        "help.connection.operationLimit":
            "Seconds after which a sent request can no longer take effect. (default: 600)",
        "help.list.side": "Only the records of one side, erp or crm.",
        "help.list.filter": "Only records whose number or name contains this.",
        "help.list.coupled": "Only coupled (yes) or uncoupled (no) records.",
        "help.couple.with": "The counterpart's key: crm: and an id in the CRM, or a number or id in the ERP.",
        "help.couple.create": "Create the counterpart (Create New).",
        "help.couple.sync":
            "Whose values stand: to (the ERP's go to the CRM), from (the CRM's go to the ERP), or none.",
        "help.match.on":
            "FIELD[:priority][:case]: compare this field; fields of one priority must be equal together.",
        "help.match.createUnmatched":
            "Create a CRM record for ERP records without a match (Create New If Unable to Find a Match).",
        "help.match.sync": """
        Then synchronize: to (the ERP's values stand), from (the CRM's), both (differences become \
        questions), none.
        """,
        "help.sync.mapping": "Only this mapping; all when left out.",
        "help.sync.direction": "to (ERP → CRM), from (CRM → ERP) or both (merge).",
        "help.sync.full": "Read and compare everything (full synchronization).",
        "help.sync.create": "Create counterparts of uncoupled records too.",
        "help.question.id": "The question's number.",
        "help.question.candidate": "This candidate is the counterpart: its number or id.",
        "help.question.none": "None of the candidates: the record stays uncoupled.",
        "help.question.create": "None of the candidates: a counterpart is created.",
        "help.question.take": "This side's values stand, erp or crm.",
        "help.conflict.id": "The conflict's number.",
        "help.conflict.field": "Only this field, by its name in the ERP or in the CRM.",
        "help.conflict.take": "erp, crm, or the value that stands.",
        "help.job.limit": "The most jobs to list.",
        "help.job.id": "The job's number.",
        "command.mapping.export": "Writes mappings as a file to keep, compare and change.",
        "command.mapping.export.remedy": "The file is YAML. It holds no secrets and no couplings.",
        "command.mapping.apply": "Makes the mappings as a file says, after showing the difference.",
        "command.mapping.apply.remedy":
            "Every problem of the file is told with its line. Either all of the file is applied, or nothing.",
        "command.mapping.reset": "Puts a mapping back to the form it comes with.",
        "command.mapping.pause": "Leaves a mapping out of the synchronization of all mappings.",
        "command.mapping.pause.remedy": "A paused mapping is still synchronized when it is named: couplet sync MAPPING",
        "command.mapping.resume": "Takes a paused mapping in again.",
        "help.mapping.several": "Only these mappings; all when left out.",
        "help.output": "The file to write; standard output when left out.",
        "help.file": "The file; - reads standard input.",
        "help.mapping.preview": "Only show the difference.",
    ]
}
