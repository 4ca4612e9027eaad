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
        "file.emptyList": "[[{path}: ]]\"{key}\" is a list without elements.",
        "file.emptyList.remedy": "List one element at least, or leave out what it belongs to.",
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
        "column.settings": "Settings",
        "column.types": "Types",
        "coupling.emptyFile": "There are no couplings in it.",
        "coupling.emptyFile.remedy": "See how one looks with: couplet coupling export",
        "coupling.openQuote": "A quote is not closed.",
        "coupling.openQuote.remedy": "Close it; a quote within quotes is written twice.",
        "coupling.wrongHead": "The first line names other columns: {found}",
        "coupling.wrongHead.remedy": "Let it be: {columns}",
        "coupling.wrongCells": "The row has {count} {count|cell|cells} and not {wanted}.",
        "coupling.wrongCells.remedy":
            "Write a mapping, an ERP number or id, and a CRM id; put texts with commas into double quotes.",
        "coupling.blankCell": "The cell \"{column}\" is blank.",
        "coupling.blankCell.remedy": "Fill it in, or leave the row out.",
        "coupling.twice": "{key} of {mapping} stands on line {line} already.",
        "coupling.twice.remedy": "Leave one of the rows out: a record has one counterpart in a mapping.",
        "coupling.fromFile": "named by a file",
        "coupling.present": "{count} {count|coupling|couplings} of the file {count|was|were} there already.",
        "output.lost": "Not everything could be written to standard output: {detail}",
        "output.lost.remedy": "Make room where it goes, and run the command again.",
        "settings.unknownKey": "{file}, line {line}: there is no setting \"{key}\" (known: {known})",
        "settings.notKeys": "{file} holds no keys with values",
        "connection.kindOfOtherSide": "A system of the kind \"{kind}\" cannot be the {side}.",
        "connection.kindOfOtherSide.remedy": "Give the other --side, or one of these kinds: {kinds}",
        "network.unknownHost": "nobody knows a host called {host}",
        "network.refused": "{host} refuses connections; nothing listens there",
        "network.connectTimeout": "{host} does not answer within the time allowed for connecting",
        "network.noAnswerInTime": "the answer of {host} did not come in time",
        "network.closed": "{host} closed the connection",
        "network.noRoute": "there is no way to {host} in the network",
        "network.certificate":
            "no secure connection to {host}: its certificate is expired, or signed by nobody whom this machine trusts; if that is your own server, name the PEM file with the certificate of whoever signed it in COUPLET_TRUSTED_CERTIFICATES",
        "network.certificateOfOther":
            "no secure connection to {host}: its certificate was made out for another name; use the address that the certificate names",
        "network.noTLS":
            "no secure connection to {host}: what listens there does not speak TLS, or in no way that is safe; check host and port of the address",
        "network.wrongAddress": "this is no address that can be asked: {host}",
        "mapping.exists": "There is a mapping {mapping} already.",
        "mapping.exists.remedy": "Give the new one another name, or change it with: couplet mapping export {mapping}",
        "mapping.whichConnection": "There are several connections to the {side}: {known}",
        "mapping.whichConnection.remedy": "Put one of them before the table, with a colon: CONNECTION:{table}",
        "mapping.noTable": "\"{connection}\" has no table {table}[[: {detail}]]",
        "mapping.noTable.remedy": "Give the name of an entity set, as the API writes it.",
        "mapping.nothingToPropose": "No fields of {erp} and {crm} are alike.",
        "mapping.nothingToPropose.remedy": "Write the mapping by hand; see how one looks with: couplet mapping export",
        "mapping.newHead": """
        A proposal, made from the names and types of both tables' fields. Nothing is stored yet.
        Check every line, add filters and references, then look at it with: couplet mapping apply FILE \
        --preview
        """,
        "mapping.newLeft": "Fields of the {side} that are not mapped:",
        "propose.sameName": "the same name",
        "propose.sameMeaning": "names that mean the same",
        "propose.partOfName": "one name is part of the other: check it",
        "propose.ofTheSystem": "kept by the system itself",
        "propose.noType": "of a type that is not synchronized ({type})",
        "propose.reference": "names another record[[ ({table})]]: map it by hand with reference: MAPPING",
        "propose.guid": "an id: map it by hand if it names a record of another mapping, with reference: MAPPING",
        "propose.option": "a choice: its values differ between the systems, so map it by hand",
        "propose.nothingAlike": "the other table has no field alike",
        "propose.otherType": "{field} has a name alike, but another type ({type})",
        "propose.readOnly": "neither it nor {field} can be written",
        "propose.taken": "{field} is alike, and mapped already",
        "connection.notMapped": """
        No mapping uses "{connection}" yet. Add the default ones with: couplet mapping defaults --erp {erp} \
        --crm {crm}
        """,
    ]
}
