extension EnglishTexts {
    /// What the command line says of itself.
    static let help: [String: String] = [
        "command.couplet": "Couples records of an ERP with records of a CRM and keeps them in sync.",
        "command.couplet.remedy": """
        Begin with couplet demo to see what it does, or with couplet connection set to connect your own \
        systems. Where something does not work, couplet doctor and couplet explain say why and what to do.
        """,
        "command.connection": "Sets up, tests and enables connections.",
        "command.connection.list": "Lists the connections.",
        "command.connection.set": "Sets a connection up or changes it.",
        "command.connection.set.remedy": "A new or changed connection only reads until it is enabled.",
        "command.connection.test": "Signs in and reads one record of every mapped table.",
        "command.connection.enable": "Lets Couplet write, after showing the plan.",
        "command.connection.enable.remedy":
            "Tests the connections first; one that fails is named, and none is enabled. Without a terminal nobody is asked.",
        "command.connection.disable": "Lets Couplet only read.",
        "command.mapping": "Shows, changes, pauses and exports integration table mappings.",
        "command.mapping.list": "Lists the mappings.",
        "command.mapping.show": "Shows a mapping with its fields, filters and match rules.",
        "command.list": "Lists records and how they stand.",
        "command.explain": "Says how a record stands and why.",
        "command.couple": "Couples a record with its counterpart, or with one that is created.",
        "command.match": "Couples many records by match rules.",
        "command.match.remedy": """
        Use it to couple many records at once: by the mapping's match rules, or by the fields given with \
        --on. One free candidate is coupled, several become a question. With --suggest, records that are \
        alike without being equal are found too: a preview shows the good ones as steps, otherwise each \
        becomes a question, and --accept-from couples those from a score on. Matching alone writes nothing to \
        ERP or CRM. More than 100 writes are shown first on a terminal; without a terminal nobody is asked.
        """,
        "command.sync": "Synchronizes now: what changed, or with --full everything.",
        "command.sync.remedy": """
        Takes what changed; --full reads and compares everything. Records are created only with --create, \
        or where the mapping does not have Synch. Only Coupled Records. Naming records and a direction \
        chooses the side whose values stand where nothing else decides. More than 100 writes are shown \
        first on a terminal; without a terminal nobody is asked.
        A synchronization that would write unusually much is held with exit status 3 until its plan is \
        applied: more than half of a mapping's coupled records (from 101 on, not the first time); more than \
        a tenth after the mapping was changed; anything after a connection's address or company was \
        changed; more than 100,000 records; or when a side has less than half of the records it had.
        """,
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
        "command.serve": "Synchronizes by itself, by the mappings' schedules, and performs the commands given to it.",
        "help.serve.onRequestOnly": "do only what commands ask for, nothing by itself",
        "command.version": "Shows the version.",
        "help.json": "One JSON document on standard output, and nothing else there.",
        "help.yes": "Answer every question with yes.",
        "help.config":
            "A YAML file with settings: home, lang, log, logFormat, keyFile, plainHosts, sendmail, trustedCertificates, sweeps, metrics, notificationAddress, server, tokenFile.",
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
        "help.match.suggest": "Also find records that are alike without being equal, each with a score.",
        "help.match.acceptFrom": "Couple suggestions from this score on, above 0.5 to 1: 0.95, for example.",
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
        "help.conflict.take": "The side whose value stands.",
        "help.conflict.value": "A value of your own that stands, in the form of the ERP.",
        "help.job.limit": "The most jobs to list.",
        "help.job.id": "The job's number.",
        "command.mapping.export": "Writes mappings as a file to keep, compare and change.",
        "command.mapping.export.remedy": "The file is YAML. It holds no secrets and no couplings.",
        "command.mapping.apply": "Makes the mappings as a file says, after showing the difference.",
        "command.mapping.apply.remedy":
            "Every problem of the file is told with its line. Either all of the file is applied, or nothing.",
        "command.mapping.try": "Says what becomes of a value on its way to the other side, rule by rule.",
        "command.mapping.try.remedy":
            "Nothing is read or written. A value that would not be written, and why, ends with 1.",
        "help.mapping.try.field": "The field, by its name in the ERP or in the CRM.",
        "help.mapping.try.value": "The value, as the API writes it: 12.5, 2026-01-31, true.",
        "help.mapping.try.from": "The side that the value comes from, erp or crm.",
        "help.mapping.try.rules": "Rules to try in place of the field's own, as a mapping file writes them.",
        "command.mapping.reset": "Puts a mapping back to the form it comes with.",
        "command.mapping.pause": "Leaves a mapping out of the synchronization of all mappings.",
        "command.mapping.pause.remedy": "A paused mapping is still synchronized when it is named: couplet sync MAPPING",
        "command.mapping.resume": "Takes a paused mapping in again.",
        "help.mapping.several": "Only these mappings; all when left out.",
        "help.output": "The file to write; standard output when left out.",
        "help.file": "The file; - reads standard input.",
        "help.mapping.preview": "Only show the difference.",
        "command.coupling": "Exports couplings to a file and imports them.",
        "command.coupling.export": "Writes couplings as comma-separated values: mapping, ERP number or id, CRM id.",
        "command.coupling.import": "Couples the records that a file names, all or none.",
        "command.coupling.import.remedy": """
        Every row is checked first, and every bad row is told with its line. Couplings that are there \
        already stay, so that a file can be imported again. Nothing is written to ERP or CRM: compare the \
        records with couplet sync MAPPING --full.
        """,
        "help.list.state":
            "Only records that stand so, for example conflict, parked or uncoupled; may be given several times.",
        "command.mapping.new": "Proposes a mapping of two tables, as a file to check and apply.",
        "command.mapping.new.remedy": """
        Asks both systems which fields their tables have and pairs them by name and type, each with its \
        reason. What is not paired is listed with the reason. Nothing is stored until the file is applied.
        """,
        "help.mapping.newName": "The new mapping's name, for example PROJECT.",
        "help.mapping.table.erp":
            "The ERP's entity set, for example customers; with several connections CONNECTION:TABLE.",
        "help.mapping.table.crm":
            "The CRM's entity set, for example accounts; with several connections CONNECTION:TABLE.",
        "command.doctor": "Looks whether everything is in order, and says what to do where it is not.",
        "command.doctor.remedy": """
        Examines connections (address, sign-in, permissions, company, clock, change tracking), the store \
        (integrity, disk) and mappings (whether the fields exist on both sides, with fitting types and \
        lengths). Exit status 1 when something is wrong.
        """,
        "command.completion": "Prints a script that completes commands and options in a shell.",
        "command.completion.remedy": "Write it to the file that the shell reads, and start a new shell.",
        "command.manual": "Prints the whole help as one page of Markdown.",
        "help.completion.shell": "bash, zsh or fish.",
        "command.connection.list.remedy":
            "Use it to see the connections' names, addresses and whether they may be written.",
        "command.connection.test.remedy":
            "Use it after setting a connection up, and when something does not work. couplet doctor looks at more.",
        "command.connection.disable.remedy":
            "Use it to stop every write at once; looking, previews and matching go on.",
        "command.mapping.list.remedy":
            "Use it to see what is mapped, in which direction, with how many couplings, and what is paused.",
        "command.mapping.show.remedy":
            "Use it to see why a field does or does not flow; couplet mapping export shows the same as a file.",
        "command.mapping.reset.remedy":
            "Use it when changes to a mapping turned out wrong. The difference is shown first; couplings stay.",
        "command.mapping.resume.remedy": "What changed meanwhile goes through with the next couplet sync.",
        "command.coupling.export.remedy": """
        Use it to keep the couplings outside Couplet, to review them in a spreadsheet, or to move them to \
        another home.
        """,
        "command.list.remedy": "Both systems are asked for changes first, so that the list is as they are now.",
        "command.explain.remedy":
            "Use it whenever a record is not as expected: it says the state, the reasons and the command that helps.",
        "command.couple.remedy": """
        Use it for single records; couplet match couples many. Without --sync nothing is written to ERP or \
        CRM, and the records stay uncompared until they are synchronized.
        """,
        "command.question.list.remedy":
            "A question is what Couplet does not guess: which of several candidates is meant, or whose values stand.",
        "command.question.answer.remedy": "Give exactly one of --candidate, --none, --create and --take.",
        "command.conflict.list.remedy": """
        A conflict is a field that was changed differently in ERP and CRM; the record's other fields still \
        go through.
        """,
        "command.conflict.show.remedy": "Shows the settled value and what each system has now.",
        "command.conflict.resolve.remedy":
            "Settles the whole conflict, or with --field one field of it, by a system's value or by one of your own.",
        "command.job.list.remedy": """
        A job is one mapping and direction within a run; use the list to see what was done when, and what \
        it cost.
        """,
        "command.job.show.remedy": "Shows the counters and the requests that were sent to ERP and CRM.",
        "command.sandbox.remedy":
            "They forget everything when they end. With --json the first line gives addresses and credentials.",
        "command.demo.remedy": """
        Use it to see what Couplet does, without a system of your own. It stays up until Ctrl-C, or ends \
        with --once.
        """,
        "command.serve.remedy":
            """
        It follows changes of both systems within seconds, or keeps to the times that a mapping's schedule states. \
        Commands reach the store through its socket, HOME/couplet.sock.
        """,
        "command.version.remedy": "Give it with every report of a problem.",
        "command.mapping.defaults": "Adds the default mappings of a company of the ERP and an environment of the CRM.",
        "command.mapping.defaults.remedy": """
        Use it for every further company after the first pair of connections, which gets its mappings by \
        itself. Mappings that are there stay as they are; those of a further company have its connection's \
        name behind theirs: CUSTOMER@NORTH.
        """,
        "help.mapping.connection.erp": "The connection to the ERP's company.",
        "help.mapping.connection.crm": "The connection to the CRM's environment.",
    ]
}
