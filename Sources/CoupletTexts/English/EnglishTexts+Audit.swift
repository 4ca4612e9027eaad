extension EnglishTexts {
    /// The audit log.
    static let audit: [String: String] = [
        "command.audit": "Shows who did what, from a log that nobody can change unseen.",
        "command.audit.list.remedy":
            "Use it to see who changed a setting, approved a plan or started a run; values of records are not in it.",
        "command.audit.list": "Lists entries of the audit log, newest first.",
        "command.audit.export": "Prints the audit log, oldest first, one JSON object a line.",
        "command.audit.export.remedy": """
        Each entry's hash is the SHA-256 of the hash before it and of the entry, as docs/recover.md describes, so that \
        an exported log can be checked without Couplet.
        """,
        "command.audit.verify": "Checks that no entry of the audit log was changed or taken out.",
        "command.audit.verify.remedy": """
        Names the first entry that is not as it was written, and ends with status 1 then.
        """,
        "help.audit.from": "Only entries from this day or time on (2026-01-31 or 2026-01-31T09:00:00Z, UTC).",
        "help.audit.until": "Only entries before this day or time.",
        "help.audit.who": "Only what this user did.",
        "help.audit.event": "Only this event, or this kind of events: plan.approved, or plan.",
        "help.audit.subject": "Only what was done to the connection, mapping, run or plan of this name or number.",
        "help.audit.limit": "The most entries to show.",
        "audit.entry": "{number} {time} {who}: {event} – {subject} {name}",
        "audit.none": "The audit log has no such entry.",
        "audit.whole":
            "The audit log's {count} {count|entry is|entries are} as {count|it was|they were} written.",
        "audit.broken.missing":
            "Entry {number} of the audit log is missing; the {whole} before it are as they were written.",
        "audit.broken.changed":
            "Entry {number} of the audit log was changed; the {whole} before it are as they were written.",
        "audit.badLimit": "{limit} entries cannot be shown.",
        "audit.badLimit.remedy": "Give a limit from 1 to {most}; couplet audit export prints all.",
        "audit.badTime": "\"{time}\" is no time.",
        "audit.badTime.remedy": "Write a day as 2026-01-31, or a time as 2026-01-31T09:00:00Z (UTC).",
        "audit.unknownEvent": "The audit log has no events called \"{event}\".",
        "audit.unknownEvent.remedy": "It has: {known}",
        "audit.event.connection.set": "set",
        "audit.event.connection.enabled": "enabled writing",
        "audit.event.connection.disabled": "disabled writing",
        "audit.event.connection.confirmed": "confirmed that another integration is off",
        "audit.event.mapping.added": "added",
        "audit.event.mapping.changed": "changed",
        "audit.event.mapping.paused": "paused",
        "audit.event.mapping.resumed": "resumed",
        "audit.event.run.begun": "began",
        "audit.event.plan.approved": "approved",
        "audit.event.plan.rejected": "rejected",
        "audit.event.conflict.resolved": "resolved",
        "audit.event.question.answered": "answered",
        "audit.event.history.pruned": "removed what is old",
        "audit.event.record.erased": "erased what is kept",
        "audit.event.setting.changed": "changed a setting",
        "audit.event.writing.stopped": "writing was stopped",
        "audit.event.writing.confirmed": "let writing begin again",
        "audit.event.backup.made": "backed up",
        "audit.event.user.added": "added",
        "audit.event.user.changed": "changed",
        "audit.event.user.removed": "removed",
        "audit.event.user.reset": "gave a password for one sign-in",
        "audit.event.user.password": "chose a password",
        "audit.event.user.link": "made a link that signs in once",
        "audit.event.user.tokenAdded": "added a token",
        "audit.event.user.tokenRemoved": "removed a token",
        "audit.subject.connection": "connection",
        "audit.subject.mapping": "mapping",
        "audit.subject.run": "run",
        "audit.subject.plan": "plan",
        "audit.subject.conflict": "conflict",
        "audit.subject.question": "question",
        "audit.subject.record": "record",
        "audit.subject.store": "store",
        "command.writing": "Shows whether writing is stopped, and lets it begin again.",
        "command.writing.show.remedy":
            "Use it where commands end with status 3 and say that writing is stopped; it ends with status 3 then, too.",
        "command.writing.show": "Shows whether writing to the systems is stopped, and why.",
        "command.writing.confirm": "Lets writing begin again, after an administrator has looked.",
        "command.writing.confirm.remedy": """
        Writing stops by itself where the database was put back, copied or moved, or a connection leads to another \
        system. Make sure that no other Couplet works with the same systems. Everything is read anew before anything \
        is written.
        """,
        "writing.confirm.ask": "Does no other Couplet work with these systems, and shall writing begin again?",
        "writing.goesOn": "Writing is not stopped.",
        "writing.notStopped": "Writing is not stopped.",
        "writing.notStopped.remedy": "There is nothing to confirm; see what waits with: couplet status",
        "writing.olderStore":
            "Writing is stopped: the database is older than what was done with it (run {run}; {seen} was seen).",
        "writing.olderStore.remedy":
            "If it was put back from a backup, let writing begin again with: couplet writing confirm",
        "writing.otherStore": "Writing is stopped: the home's database is another one than was here.",
        "writing.otherStore.remedy":
            "If that is meant, let writing begin again with: couplet writing confirm",
        "writing.copiedStore": "Writing is stopped: the home was copied, moved or put back.",
        "writing.copiedStore.remedy":
            "Make sure that the other one is not at work, then: couplet writing confirm",
        "writing.lostWitness": "Writing is stopped: what is kept of the database outside of it is gone or damaged.",
        "writing.lostWitness.remedy":
            "If the database was put back or copied, that is why; then: couplet writing confirm",
        "writing.otherSystem":
            "Writing is stopped: the connection {subject} leads to another system than before: {now} instead of {before}.",
        "writing.otherSystem.remedy":
            "Correct the connection's address; if the new one is meant: couplet writing confirm",
        "witness.damaged": "What is known of the database in {file} cannot be read.",
        "witness.damaged.remedy": "Remove the file; Couplet asks an administrator then before it writes.",
        "witness.onlyNear":
            "What is known of the database is kept in the home alone, and not in {folder}: it cannot be written.",
        "witness.onlyNear.remedy": """
        Let Couplet write there, and do not back that folder up with the home: else nobody notices when a home is put \
        back over the present one.
        """,
        "witness.keyInHome": "The key file {file} lies in the home.",
        "witness.keyInHome.remedy": """
        Keep it elsewhere, and name it in COUPLET_KEY_FILE: a copy of the home has the key with it, and nobody notices \
        when a home is put back over the present one.
        """,
        "connection.moved":
            "{connection} leads to {now}, and led to {before} when {mapping} was last synchronized.",
        "connection.moved.remedy": "See what would be written there, and approve it: couplet sync {mapping}",
        "command.retention": "Says for how long history is kept, and removes what is older.",
        "command.retention.show.remedy":
            "What is older can neither be shown nor undone.",
        "command.retention.show": "Shows for how long history is kept.",
        "command.retention.set": "Sets for how long history is kept: so many days, or forever.",
        "command.retention.set.remedy": """
        What is older goes with the first run of each day, and with: couplet retention apply
        """,
        "command.retention.apply": "Removes old history, runs and jobs now.",
        "command.retention.apply.remedy": """
        Nothing that an open item or a waiting plan refers to is removed. What is removed can neither be shown \
        nor undone any more.
        """,
        "help.retention.period": "The days, or forever.",
        "help.retention.days": "What is older than so many days is removed; as many as are set when left out.",
        "retention.days": "History is kept for {days} {days|day|days}.",
        "retention.forever": "History is kept until somebody removes it.",
        "retention.badDays": "{days} days cannot be kept.",
        "retention.badDays.remedy": "Give a number from 1 to 36500, or forever.",
        "retention.done":
            "Removed: {history} {history|entry|entries} of the history, {runs} {runs|run|runs}, {settled} settled {settled|item|items}",
        "retention.would":
            "Would be removed: {history} {history|entry|entries} of the history, {runs} {runs|run|runs}, {settled} settled {settled|item|items}",
        "command.erase": "Erases everything that is kept of a record and its counterpart.",
        "command.erase.remedy": """
        Removes coupling, base, history, observations, plans and open items of both records, and overwrites them in \
        the database. Both systems keep their records: delete them there first, or they are read again. The audit log \
        keeps that it was done, with the records' ids. Backups are not changed.
        """,
        "erase.ask": "Erase everything that is kept of {key} in {mapping}? That cannot be undone.",
        "erase.done":
            "Erased: {couplings} {couplings|coupling|couplings}, {history} {history|entry|entries} of the history, {steps} {steps|step|steps} of plans, {openItems} open {openItems|item|items}, {records} {records|record|records}",
        "erase.underWay": "A write to {key} is under way.",
        "erase.underWay.remedy": "Synchronize, so that it is known what became of it, then erase the record.",
        "erase.notOverwritten":
            "What was erased is removed, but is still to be found in the database's file[[: {detail}]]",
        "erase.notOverwritten.remedy":
            "Make room on the disk, then: couplet retention apply; else the first run of another day tries again.",
        "help.undo.deleteCreated":
            "Delete what was created, where nobody has edited it since and nothing refers to it; else it is only uncoupled.",
        "undo.editedSince": "it was, or may have been, edited since it was created",
        "undo.coupledElsewhere": "another mapping has coupled it too",
        "undo.forgotten": "what it would undo is not kept any more",
        "undo.referred": "another record refers to it",
        "undo.notMadeAgain":
            "{label} was created in the {side} and deleted again by an undo; it is not made again by itself.",
        "undo.notMadeAgain.remedy":
            "To make it again, couple it with --create, or try what is left again: couplet error retry",
        "network.plain":
            "plain http to {host} would show secrets and records to the network: use https, or name it under plainHosts",
        "audit.subject.user": "user",
    ]
}
