extension EnglishTexts {
    /// Files that people write: mappings and couplings, and what is wrong with them.
    static let files: [String: String] = [
        "file.wrong": "{file} has {count} {count|problem|problems}, and nothing was changed:{problems}",
        "file.wrong.remedy": "Correct the lines and run the command again; --preview shows what it would change.",
        "file.line": "Line {line}:",
        "file.unreadable": "The file cannot be read: {file}",
        "file.unreadable.remedy": "Check the path and your permission to read it; - reads standard input.",
        "file.notText": "The file is not UTF-8 text: {file}",
        "file.notText.remedy": "Save it as UTF-8.",
        "file.unwritable": "The file cannot be written: {file} ({detail})",
        "file.unwritable.remedy": "Name a file in a folder that you may write.",
        "file.written": "Written: {file}",
        "file.empty": "There are no mappings in it.",
        "file.empty.remedy": "See how one looks with: couplet mapping export",
        "file.notYAML": "This is not YAML: {detail}",
        "file.notYAML.remedy": "Check indentation, quotes and brackets.",
        "file.notAnObject": "[[{path}: ]]here must stand keys with their values.",
        "file.notAnObject.remedy": "Compare it with the output of: couplet mapping export",
        "file.unknownKey": "[[{path}: ]]there is no key \"{key}\".",
        "file.unknownKey.remedy": "Known keys: {known}",
        "file.duplicateKey": "[[{path}: ]]the key \"{key}\" stands there twice.",
        "file.duplicateKey.remedy": "Leave one of them out.",
        "file.missingKey": "[[{path}: ]]\"{key}\" is missing.",
        "file.missingKey.remedy": "Add it; see how it looks with: couplet mapping export",
        "file.blank": "[[{path}: ]]\"{key}\" is blank.",
        "file.blank.remedy": "Give it a value.",
        "file.notAText": "[[{path}: ]]\"{key}\" takes one value, no list and no keys.",
        "file.notAText.remedy": "Put texts with special characters into quotes.",
        "file.notAList": "[[{path}: ]]\"{key}\" takes a list.",
        "file.notAList.remedy": "Begin every element on a line of its own with a hyphen.",
        "file.wrongValue": "[[{path}: ]]\"{key}\" cannot be \"{value}\".",
        "file.wrongValue.remedy": "It can be: {known}",
        "mapping.fileHead": """
        Integration table mappings of Couplet. Change what you like.
        See the difference with: couplet mapping apply FILE --preview
        Make it so with: couplet mapping apply FILE
        Mappings that are not in the file stay as they are. direction: both, to (ERP to CRM) or from (CRM to ERP).
        """,
        "mapping.noDefault": "{mapping} is none of the mappings that come with Couplet.",
        "mapping.noDefault.remedy": "Change it with: couplet mapping export {mapping}, then couplet mapping apply FILE",
        "mapping.noName": "A mapping has no name.",
        "mapping.noName.remedy": "Give it a name such as CUSTOMER.",
        "mapping.unknownConnection":
            "{mapping} names the connection \"{connection}\", which is none of the {side}[[ (there are: {known})]].",
        "mapping.unknownConnection.remedy":
            "Correct its name, or set the connection up first; see: couplet connection list",
        "mapping.noProperty": "{mapping} has no \"{property}\" on the side of the {side}.",
        "mapping.noProperty.remedy": "Add it to the mapping.",
        "mapping.tableFixed": """
        {mapping} has {couplings} {couplings|coupling|couplings} with records of {before} in the {side}: \
        connection, table and id cannot change.
        """,
        "mapping.tableFixed.remedy":
            "Make a mapping under another name for the other table, or uncouple the records first.",
        "mapping.isAdded": "{mapping}: new",
        "mapping.isChanged": "{mapping}: changed",
        "mapping.isUnchanged": "{mapping}: unchanged",
        "mapping.confirmApply": "Change the mappings?",
        "mapping.applied": "{count} {count|mapping|mappings} changed. Nothing was written to ERP or CRM.",
        "mapping.onlyShown": "Only shown: nothing was changed.",
        "mapping.nothingToApply": "Nothing differs: the mappings are so already.",
        "mapping.compareAll":
            "Records that are coupled already are compared by the changed mapping with: couplet sync {mapping} --full",
        "mapping.runs": "runs",
        "mapping.paused": "paused",
        "mapping.pausedSince": "Paused since {time}",
        "mapping.leftOut": "{mapping} is paused and was left out; it runs again with: couplet mapping resume {mapping}",
        "explain.paused": "The mapping {mapping} is paused: a synchronization of all mappings leaves it out.",
        "explain.paused.remedy": "Let it run again with: couplet mapping resume {mapping}",
        "column.types": "Types",
    ]
}
