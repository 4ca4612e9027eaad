extension EnglishTexts {
    /// What an examination of the set-up finds.
    static let doctor: [String: String] = [
        "doctor.topic.connection": "Connections",
        "doctor.topic.store": "Store",
        "doctor.topic.mapping": "Mappings",
        "doctor.level.good": "ok",
        "doctor.level.warning": "warning",
        "doctor.level.bad": "problem",
        "doctor.summary": "{bad} {bad|problem|problems}, {warnings} {warnings|warning|warnings}",
        "doctor.noConnection": "There is no connection to the {side}.",
        "doctor.noConnection.remedy": "Set one up with: couplet connection set NAME --side {side} …",
        "doctor.onlyReads": "\"{connection}\" is only read so far; nothing is written to it.",
        "doctor.onlyReads.remedy": "Let Couplet write with: couplet connection enable {connection}",
        "doctor.noClock": "\"{connection}\" does not tell the time.",
        "doctor.clockNear": "The clocks agree ({seconds} s).",
        "doctor.clockFar": "The clock of \"{connection}\" is {seconds} s ahead of this machine's.",
        "doctor.clockFar.remedy":
            "Nothing is lost, but times in lists mislead: set this machine's clock by a time server.",
        "doctor.noChangeTracking": "\"{connection}\" keeps no account of changes of {table}.",
        "doctor.noChangeTracking.remedy":
            "Turn on change tracking in the properties of the table; until then changes cannot be read.",
        "doctor.storeWhole": "The database is whole.",
        "doctor.storeDamaged": "The database is damaged ({count} {count|finding|findings}): {detail}",
        "doctor.storeDamaged.remedy": "Put a backup of the home directory back.",
        "doctor.enoughSpace": "{megabytes} MB are free on its disk.",
        "doctor.littleSpace": "Only {megabytes} MB are free on the disk with {home}.",
        "doctor.littleSpace.remedy": "Make room: a full disk stops every synchronization.",
        "doctor.version": "Couplet {version}",
        "doctor.noMappings": "Nothing is mapped yet.",
        "doctor.noMappings.remedy": "Mappings are made as soon as the ERP and the CRM are both connected.",
        "doctor.uncoupleRecreates":
            "{mapping} uncouples what was deleted and creates uncoupled records: the deleted one may come back.",
        "doctor.uncoupleRecreates.remedy":
            "Set onlyCoupled: true, or choose restore where that is what you want; see: couplet mapping export {mapping}",
        "doctor.noField": "{table} in the {side} has no field {field}.",
        "doctor.noField.remedy":
            "Take the field out of the mapping, or have it added to the API; see: couplet mapping export {mapping}",
        "doctor.otherType": "{field} of {table} in the {side} is of another type than the mapping says: {type}",
        "doctor.otherType.remedy": "Correct its type in the mapping: couplet mapping export {mapping}",
        "doctor.readOnly": "{field} of {table} in the {side} cannot be written.",
        "doctor.readOnly.remedy": "Let the field flow the other way only: couplet mapping export {mapping}",
        "doctor.tooLong": "{field} of {table} in the {side} holds {maximum} characters, the mapping says {length}.",
        "doctor.tooLong.remedy": """
        Correct the length in the mapping, so that a text that is too long is told before it is sent: \
        couplet mapping export {mapping}
        """,
        "doctor.paused": "It is paused.",
        "doctor.paused.remedy": "Let it run again with: couplet mapping resume {mapping}",
        "doctor.required": "{table} in the {side} wants {field} of every new record, and the mapping does not give it.",
        "doctor.required.remedy": "Map the field, or give new records a value: couplet mapping export {mapping}",
        "doctor.fieldsGood": "{count} {count|field is|fields are} there, with fitting types.",
        "doctor.notMapped": "No mapping uses \"{connection}\": it is connected in vain.",
        "doctor.notMapped.remedy": "Add the default mappings for it: couplet mapping defaults --erp NAME --crm NAME",
    ]
}
