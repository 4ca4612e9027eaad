extension EnglishTexts {
    /// The error list, the history and undo.
    static let history: [String: String] = [
        "command.error": "Lists what keeps records from going through, and tries it again.",
        "command.error.list": "Lists causes with the number of their records.",
        "command.error.show": "Shows a cause with its records.",
        "command.error.restore": "Makes records again that a system has deleted.",
        "command.error.restore.remedy": """
        Use it for causes that say a record was deleted: it is created from its counterpart and takes its place in \
        the coupling.
        """,
        "command.error.delete": "Deletes the records whose counterparts a system has deleted.",
        "command.error.delete.remedy": """
        Use it where the deletion was meant for both: the records are shown and asked about first. A deletion cannot \
        be undone; the values stay in the history.
        """,
        "command.error.uncouple": "Removes the couplings of a cause's records; the records stay.",
        "command.error.uncouple.remedy": "Writes to neither system. Take it back with: couplet undo RUN",
        "help.error.keys": "Only these records of the cause.",
        "error.delete.confirm": "Delete {count} {count|record|records}? That cannot be undone.",
        "error.notDeleted": "The cause {cause} is not about deleted records.",
        "error.notDeleted.remedy": "See what to do with: couplet error show {cause}",
        "error.notCoupled": "The cause {cause} has records that are not coupled.",
        "error.notCoupled.remedy": "See its records with: couplet error show {cause}",
        "error.restoreNotAllowed": "{mapping} creates no records in the {side}.",
        "error.restoreNotAllowed.remedy":
            "Make the record there, or remove the coupling: couplet error uncouple {cause}",
        "error.deleteNotAllowed": "{mapping} does not write to the {side}, so it deletes nothing there either.",
        "error.deleteNotAllowed.remedy":
            "Delete the record there, or remove the coupling: couplet error uncouple {cause}",
        "record.deleted": "{label} was deleted in the {side}; its counterpart is still there.",
        "record.deleted.remedy":
            "Make it again, delete the other one too, or uncouple: couplet error restore|delete|uncouple {cause}",
        "undo.deletion": "a deleted record is not made again by an undo",
        "cause.delete": "deleted with the record",
        "history.step.delete": "deleted in the",
        "command.error.retry": "Tries again: everything, a cause, or one record.",
        "help.error.cause": "The cause, as error list shows it.",
        "help.error.causeOrAll": "The cause; everything when left out.",
        "help.error.key": "Only this record of the cause.",
        "help.error.limit": "The most records to show.",
        "error.unknown": "Nothing has the cause \"{cause}\".",
        "error.unknown.remedy": "See the causes with: couplet error list",
        "error.unknownKey": "\"{key}\" is no record of the cause {cause}.",
        "error.unknownKey.remedy": "See its records with: couplet error show {cause}",
        "error.badLimit": "{limit} records cannot be shown.",
        "error.badLimit.remedy": "Give a limit of at least 1.",
        "error.head": "{id} {mapping}: {count} {count|record|records} not written to the {side} – {state}",
        "error.seen": "first {first}, last {last}",
        "error.times": "{attempts} {attempts|attempt|attempts}, first {first}, last {last}[[, again {next}]]",
        "error.state.retrying": "tried again by itself",
        "error.state.parked": "needs attention",
        "error.state.waiting": "waits for another record",
        "errors.count": "{count} {count|record|records} did not go through",
        "errors.how":
            "See the records with: couplet error show CAUSE; try again with: couplet error retry [CAUSE [KEY]]",
        "command.history": "Shows what Couplet has done to a record, newest first.",
        "command.undo": "Undoes a run, a job or one step.",
        "command.undo.remedy": """
        Values from before come back where nothing changed since; the rest is listed. Records that were \
        created are uncoupled and stay. The next synchronization does not undo it.
        """,
        "help.history.limit": "The most entries to show.",
        "help.undo.run": "The run's number.",
        "help.undo.job": "Undo this job instead of a run.",
        "help.undo.entry": "Undo one step: the number of its entry in the history.",
        "history.badLimit": "{limit} entries cannot be shown.",
        "history.badLimit.remedy": "Give a limit of at least 1.",
        "history.head": "{id}: {time}, {step} {side} (run {run}, {action}, {who})",
        "history.field": "{field}: {before} → {after} ({cause})",
        "history.none": "Couplet has done nothing to this record yet.",
        "history.unconfirmed": "not confirmed: the answer was lost",
        "history.undone": "undone since",
        "history.undoes": "undoes {entry}",
        "history.step.create": "created in the",
        "history.step.update": "changed in the",
        "history.step.couple": "coupled, seen from the",
        "history.step.uncouple": "uncoupled, seen from the",
        "cause.edit": "changed on the other side",
        "cause.fill": "was blank when coupled",
        "cause.choice": "side chosen when coupled",
        "cause.resolution": "a person's decision",
        "cause.rule": "the mapping's rule for conflicts",
        "cause.uncouple": "uncoupled",
        "cause.drift": "full synchronization of a one-way field",
        "cause.create": "new record",
        "cause.undo": "undone",
        "undo.oneTarget": "Say what is undone: one run, one job or one entry of the history.",
        "undo.oneTarget.remedy": "Give a run's number, --job JOB or --entry ENTRY; see: couplet job list",
        "undo.unknownRun": "There is no run {run}.",
        "undo.unknownRun.remedy": "See the runs with: couplet job list",
        "undo.unknownEntry": "There is no entry {entry} in the history.",
        "undo.unknownEntry.remedy": "See the entries of a record with: couplet history MAPPING KEY",
        "undo.nothing": "Run {run} has written nothing that could be undone.",
        "undo.nothing.remedy": "See what the runs have done with: couplet job list",
        "undo.done": "Everything of this in run {run} is undone already.",
        "undo.done.remedy": "See what was done with: couplet history MAPPING KEY",
        "undo.reason": "undoes run {run}",
        "undo.changedSince": "changed since",
        "command.error.list.remedy": """
        Use it after a synchronization that did not end with 0: it groups what did not go through by cause, \
        with the number of records.
        """,
        "command.error.show.remedy": "Shows which records a cause keeps, with what to do.",
        "command.error.retry.remedy":
            "Use it when the cause has been dealt with; what may pass is tried again by itself.",
        "command.history.remedy": "Use it to see who changed a value, when, by which run, and what it was before.",
    ]
}
