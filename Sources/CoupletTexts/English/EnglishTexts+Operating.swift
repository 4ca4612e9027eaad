extension EnglishTexts {
    /// What whoever runs Couplet on a machine is told.
    static let operating: [String: String] = [
        "health.storeSlow": "The store has not answered for more than 5 seconds.",
        "health.storeSlow.remedy": "Look at the load of the disk with the home directory, and at other programs there.",
        "health.diskFull": "The disk with the store is full.",
        "health.diskFull.remedy": "Make room; what was done so far is kept.",
        "health.storeFailed": "The store cannot be written.",
        "health.storeFailed.remedy": "Look at what the log says, and run: couplet doctor",
        "health.writingStopped": "Writing is stopped until an administrator confirms it.",
        "health.writingStopped.remedy": "See why with: couplet writing show",
        "health.noConnection": "No connection is enabled, so that nothing is written.",
        "health.noConnection.remedy": "Let Couplet write with: couplet connection enable",
        "health.schedulerNotBegun": "Synchronizing by itself has not begun for {minutes} {minutes|minute|minutes}.",
        "health.schedulerNotBegun.remedy": "Start couplet serve again.",
        "health.schedulerStuck": "Synchronizing by itself has not got on for {minutes} {minutes|minute|minutes}.",
        "health.schedulerStuck.remedy": "Look at what the log says, then start couplet serve again: nothing is lost.",
        "metric.jobs": "Jobs that ended since this process began.",
        "metric.records": "What became of records in jobs since this process began.",
        "metric.requests": "Requests sent to a system since this process began.",
        "metric.connection_enabled": "Whether a system is written.",
        "metric.table_read_failures": "How often a table could not be read since this process began.",
        "metric.table_unread": "Whether a table could not be read the last time.",
        "metric.subscription_living": "Whether the changes of a table that is subscribed to are told.",
        "metric.notifications": "What became of notifications since this process began.",
        "metric.run_at_work": "Whether a run is at work.",
        "metric.writing_stopped": "Whether all writing is stopped until an administrator confirms it.",
        "metric.start_time_seconds": "When this process began, in seconds since 1970.",
        "metric.scheduler_still_seconds": "Seconds since synchronizing by itself last got on.",
        "metric.mapping_paused": "Whether a mapping is paused.",
        "metric.mapping_coupled_records": "Records that a mapping has coupled.",
        "metric.mapping_pending_records": "Coupled records of a mapping that must be looked at.",
        "metric.mapping_last_job_age_seconds": "Seconds since the last job of a mapping ended.",
        "metric.open_items": "What is open in a mapping, by kind.",
        "command.backup": "Copies what is kept into a file, also while couplet serve is at work.",
        "command.backup.remedy": """
        The copy is whole and of one moment; nobody waits for it. The key that opens the stored secrets is not in it: keep \
        that apart. A running couplet serve writes the file itself, so that its user must be allowed to.
        """,
        "help.backup.file": "The file to write; its owner alone can read it.",
        "help.backup.force": "Replace a file that is there.",
        "backup.made": "{file} holds what is kept ({bytes} bytes).",
        "backup.taken": "There is a file already: {file}",
        "backup.taken.remedy": "Name another file, or replace this one with --force.",
        "backup.storeItself": "This is the store itself: {file}",
        "backup.storeItself.remedy": "Name a file outside of the home directory.",
        "backup.unwritable": "The backup cannot be written: {file} ({detail})",
        "backup.unwritable.remedy": "Name a file in a directory that the user of couplet serve may write.",
        "backup.relative": "The backup's path does not begin with a slash: {file}",
        "backup.relative.remedy": "Name the whole path.",
        "command.restore": "Puts a backup into a home directory that has no store.",
        "command.restore.remedy": """
        The backup is looked through first. What is restored is older than what Couplet has done since, so that nothing \
        is written to either system until an administrator confirms it.
        """,
        "help.restore.file": "The backup.",
        "restore.done": "{home} holds what {file} held.",
        "restore.next":
            """
        Nothing is written until you have made sure that no other Couplet works with the same systems: couplet \
        writing show, then couplet writing confirm.
        """,
        "restore.homeTaken": "The home directory has a store already: {home}",
        "restore.homeTaken.remedy": "Name another one with --home DIR, or move what is there out of the way.",
        "restore.unreadable": "The backup cannot be read: {file}",
        "restore.unreadable.remedy": "Check the path and your permission to read it.",
        "restore.damaged": "The backup cannot be used: {file} ({detail})",
        "restore.damaged.remedy": "Take another backup; nothing was changed.",
        "restore.newer": "The backup {file} was made by a newer Couplet (form {found}, this one knows {known}).",
        "restore.newer.remedy": "Restore it with the newer Couplet.",
    ]
}
