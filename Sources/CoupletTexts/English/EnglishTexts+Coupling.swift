extension EnglishTexts {
    /// Choosing, moving and opening counterparts.
    static let coupling: [String: String] = [
        "couple.moves": "leaves {with}",
        "couple.takesOver": "takes the place of a coupling whose other record ({with}) was deleted",
        "couple.alsoIn": "stays coupled with {with} in {mapping}",
        "couple.inFlight": "What was sent for {name} ({key}) has not been answered yet.",
        "couple.inFlight.remedy": "Try again when it is settled: couplet sync {mapping}",
        "help.couple.choices": "Only show the counterparts to choose from, side by side, and what each would write.",
        "help.couple.search": "With --choices: records whose number or name contains this.",
        "help.couple.move": "Let the record leave the counterpart that it has.",
        "couple.moveNeedsWith": "Say to which record {key} moves.",
        "couple.moveNeedsWith.remedy": "Give --with KEY beside --move.",
        "couple.searchNeedsChoices": "--search belongs to --choices.",
        "couple.searchNeedsChoices.remedy":
            "Show what there is to choose: couplet couple MAPPING KEY --choices --search TEXT",
        "couple.offer.head": "{mapping}: {name}[[ ({key})]] in the {side}, {state}",
        "couple.offer.none": "Nothing in the {side} resembles it. Search with --search TEXT, or create one: --create",
        "couple.offer.counterpart": "{key}  {name}[[  {number}]][[  {score}]]",
        "couple.offer.present": "coupled with it now",
        "couple.offer.same": "the same: {fields}",
        "couple.offer.differs": "{field}: ERP {erp}, CRM {crm}",
        "couple.offer.way.erp": "with the ERP's values (--sync to):",
        "couple.offer.way.crm": "with the CRM's values (--sync from):",
        "couple.offer.nothing": "writes nothing",
        "couple.offer.creates": "Create New (--create):",
        "couple.offer.recommended": "Proposed: --sync {sync}",
        "command.open": "Leads from a record of one system to its counterpart in the other.",
        "command.open.remedy": """
        Use it to go from a customer to its account and back, as links in both systems do. A record without a \
        counterpart is coupled or gets one with --create, where its mapping allows it.
        """,
        "help.open.table": "The record's table, as its system's links call it, or a mapping: account, CUSTOMER.",
        "help.open.mapping": "The mapping, where the record fits several.",
        "help.open.create": "Couple it with its match or create a counterpart, where it has none and may have one.",
        "help.connection.recordURL": """
        Where people see a record: an address with places for its id, key or table; blank for the usual one.
        """,
        "open.unknownTable": "No mapping has a table \"{table}\" in the {side}. There are: {known}",
        "open.unknownTable.remedy": "Name a mapping or its table; see: couplet mapping list",
        "open.unknownKey": "No record of {table} is called \"{key}\".",
        "open.unknownKey.remedy": "Give the ERP's number or id, or crm: and an id of the CRM.",
        "open.several": "{name} fits several mappings: {mappings}",
        "open.several.remedy": "Say which is meant: --mapping NAME",
        "open.which": "{name} fits several mappings: {mappings}. Which is meant?",
        "open.which.remedy": "couplet open {mapping} {key} --mapping {mapping}",
        "open.couple": "{name} is not coupled. Couple it with {with}?",
        "open.couple.remedy": "couplet open {mapping} {key} --create",
        "open.create": "{name} is not coupled. Create it in the {side}?",
        "open.create.remedy": "couplet open {mapping} {key} --create",
        "open.onlyCoupled": "{mapping} synchronizes coupled records only, and {name} ({key}) is not coupled.",
        "open.onlyCoupled.remedy": "Choose its counterpart: couplet couple {mapping} {key} --choices",
        "open.otherDirection": "{mapping} brings nothing to the {side}, and {name} ({key}) is not coupled.",
        "open.otherDirection.remedy": "Choose its counterpart: couplet couple {mapping} {key} --choices",
        "open.severalMatches":
            "{name} ({key}) may be {count} {count|record|records} of {mapping}, and none is sure to be meant.",
        "open.severalMatches.remedy": "Choose one: couplet couple {mapping} {key} --choices",
        "open.moved": "What would be done with {name} in {mapping} has changed since it was shown.",
        "open.moved.remedy": "Look at it again, and confirm that.",
        "open.way.open": "{mapping}: {name} ({key}) is coupled with {with}",
        "open.way.couple": "{mapping}: {name} ({key}) would be coupled with {with}",
        "open.way.create": "{mapping}: {name} ({key}) would be created in the {side}",
        "uncouple.stamp": "the record is not this company's any more",
        "uncouple.belongs": "belongs to a record of {mapping} that is uncoupled",
        "uncouple.stampsStay":
            "The records of {mapping} keep the company's stamp: nothing may be written to {connection}.",
        "uncouple.stampsStay.remedy": "Take them away in the CRM, or allow writing before uncoupling.",
        "command.connection.confirm": "Confirms that another integration, of which there are traces, is off.",
        "command.connection.confirm.remedy": """
        Until then nothing is written through mappings of its tables. Switch the other integration off for these \
        tables first: two that write the same records overwrite each other's changes.
        """,
        "connection.confirm.ask": "Is the other integration off for all mapped tables of {connection}?",
        "help.connection.newEnvironment": "Accept that it is another environment than before: a copy, for instance.",
        "connection.traces": "\"{connection}\" shows traces of another integration:",
        "connection.confirmed": "{who} has confirmed on {time} that it is off.",
        "connection.unconfirmed":
            "Nothing is written to its tables. When it is off: couplet connection confirm {connection}",
        "connection.noTraces": "\"{connection}\" shows no traces of another integration.",
        "connection.noTraces.remedy": "Nothing has to be confirmed.",
        "connection.otherIntegration":
            "Another integration may write {table} in \"{connection}\" too, so {mapping} writes nothing.",
        "connection.otherIntegration.remedy":
            "Switch it off for the mapped tables, then: couplet connection confirm {connection}",
        "connection.changedMeanwhile": "\"{connection}\" was changed while its system was asked; nothing was done.",
        "connection.changedMeanwhile.remedy":
            "Look at it again: couplet connection list, then repeat the command.",
        "connection.otherEnvironment":
            "\"{connection}\" leads to another environment than the one that was enabled ({now}, not {before}).",
        "connection.otherEnvironment.remedy": """
        A copy, perhaps: it was disabled. Correct the address, or if it is meant: couplet connection enable \
        {connection} --new-environment
        """,
        "doctor.otherIntegration":
            "\"{connection}\" shows traces of another integration, and nobody has confirmed it off.",
        "doctor.otherIntegration.remedy":
            "Switch it off for the mapped tables, then: couplet connection confirm {connection}",
        "trace.webClient": "{table} says where the ERP's web client is",
        "trace.companies": "{table} has companies of the ERP",
        "trace.stamped": "records of {table} are marked as a company's ({field})",
        "trace.wrote": "its user wrote to {table} at {time}",
        "question.absorbedCounterpart":
            "[[{id}  ]]{mapping} {side} {record}: its counterpart was merged into another record. Move it there?",
        "question.absorbed": "the counterpart was merged into it",
        "explain.unconfirmed":
            "It was sent to the other system, no answer came, and what is there now could be it.",
        "explain.absorbed":
            "The record of the CRM was merged into another one; question {question} asks whether to move there.",
        "explain.absorbed.remedy":
            "Move it with: couplet question answer {question} --candidate KEY; or leave it: --none",
    ]
}
