extension EnglishTexts {
    /// Connections, remote systems and credentials.
    static let connections: [String: String] = [
        "connection.none": "No connection is set up.",
        "connection.none.remedy":
            "Set up one to the ERP and one to the CRM with: couplet connection set NAME --side erp|crm …",
        "connection.unknown": "There is no connection \"{connection}\".",
        "connection.unknown.remedy": "See the names with: couplet connection list",
        "connection.badName": "\"{connection}\" cannot be a connection's name.",
        "connection.badName.remedy": "Use letters a to z, digits, hyphens and underscores.",
        "connection.badAddress": "The {setting} of the connection \"{connection}\" is no address: {address}",
        "connection.badAddress.remedy": "Give an address that begins with https:// or http:// and names a host.",
        "connection.badCompany": "\"{company}\" is no company id, which has the form of a GUID.",
        "connection.badCompany.remedy": """
        Leave --company out and run: couplet connection test {connection}, which lists the companies with their ids; \
        then set the connection again with --company ID.
        """,
        "connection.badOperationLimit":
            "{seconds} seconds cannot be the operation limit of the connection \"{connection}\".",
        "connection.badOperationLimit.remedy": "Give a number of seconds above 0 and up to 86400.",
        "connection.sideFixed": "The connection \"{connection}\" belongs to the other side ({side}) already.",
        "connection.sideFixed.remedy": "Choose another name for this connection.",
        "connection.noSecret": "The connection \"{connection}\" has no client secret.",
        "connection.noSecret.remedy": "Set the connection again with --client-secret-file FILE.",
        "connection.secretUnreadable": "The file with the secret cannot be read: {file}",
        "connection.secretUnreadable.remedy":
            "Check the path and your permission to read it; - reads standard input.",
        "connection.secretEmpty": "The file with the secret is empty: {file}",
        "connection.secretEmpty.remedy": "Write the secret into the file, alone on its first line.",
        "connection.wrongAddress": "The connection \"{connection}\" has a wrong address: {url}",
        "connection.wrongAddress.remedy": "Correct it with: couplet connection set {connection} …",
        "connection.unknownKind": "Couplet knows no kind of system called \"{kind}\".",
        "connection.unknownKind.remedy": "Use one of: {kinds}",
        "connection.tested": "{connection}: signed in to {name}[[; readable: {tables}]]",
        "connections.none": "No connection is set up yet.",
        "remote.unreachable": "\"{connection}\" cannot be reached[[: {detail}]]",
        "remote.unreachable.remedy":
            "Check that the system is running and that its address is right, then try again.",
        "remote.unknownHost": "The host of \"{connection}\" does not exist[[: {detail}]]",
        "remote.unknownHost.remedy":
            "Check the addresses of the connection, then set it again with: couplet connection set {connection} …",
        "remote.unavailable": "\"{connection}\" is overloaded or down[[: {detail}]]",
        "remote.unavailable.remedy": "Wait a few minutes and try again; nothing is lost.",
        "remote.unauthorized": "\"{connection}\" refused the client id or the client secret[[: {detail}]]",
        "remote.unauthorized.remedy":
            "Check the secret and its expiry date, then set the connection again with --client-secret-file FILE.",
        "remote.forbidden": "\"{connection}\" does not allow this[[ for {table}]][[: {detail}]]",
        "remote.forbidden.remedy": "Give the application the permissions for this table, then try again.",
        "remote.notFound": "\"{connection}\" has no such address, company or table[[: {table}]][[: {detail}]]",
        "remote.notFound.remedy": "Check the URL and the company of the connection.",
        "remote.checkpointExpired": "The changes of \"{connection}\" can no longer be told[[ for {table}]].",
        "remote.checkpointExpired.remedy": "Run it again: the table is then read in full.",
        "remote.protocolViolation": "\"{connection}\" answered something that is not its protocol[[: {detail}]]",
        "remote.protocolViolation.remedy":
            "Check that the address leads to the API and not to a sign-in page or a proxy.",
        "connection.tableNotMapped": "No mapping uses the table {table} of {connection}.",
        "connection.tableNotMapped.remedy": "See the mappings' tables with: couplet mapping list",
        "connection.disabled": "\"{connection}\" is only read so far, and {mapping} would write to it.",
        "connection.disabled.remedy": "Look at the plan with --preview, then: couplet connection enable {connection}",
        "create.cutOff": "The run that was to create the counterpart of {label} ended early.",
        "create.cutOff.remedy": "Nothing has to be done: the next synchronization creates it.",
        "remote.keepsMoving": "{label} keeps changing while it is being written.",
        "remote.keepsMoving.remedy": "Nothing has to be done: it is tried again after a pause.",
        "remote.putOff": "The write to {label} was put off by the other system.",
        "remote.putOff.remedy": "Nothing has to be done: it is tried again after a pause.",
        "remote.rejected": "The other system refused {label}: {message}[[ ({code})]]",
        "remote.rejected.remedy":
            "Correct the record; it is tried again as soon as it changes[[, or with: couplet sync {mapping} {key}]].",
        "credentials.keyMissing": "The key that opens the stored secrets is missing: {file}",
        "credentials.keyMissing.remedy": """
        Put the key file back or name it in COUPLET_KEY_FILE; without it, set the connections again with \
        their secrets.
        """,
        "credentials.keyUnreadable": "The key file cannot be read: {file}",
        "credentials.keyUnreadable.remedy": "Run the command as the user who owns the file.",
        "credentials.keyMalformed": "The key file holds no key: {file}",
        "credentials.keyMalformed.remedy": "Put the right file back: 32 bytes in Base64.",
        "credentials.keyUnwritable": "The key file cannot be made: {file} ({detail})",
        "credentials.keyUnwritable.remedy": "Name a file that you may write in COUPLET_KEY_FILE.",
        "credentials.wrongKey": "The key file does not fit the stored secrets: {file}",
        "credentials.wrongKey.remedy":
            "Use the key file the secrets were stored with, or set the connections again with their secrets.",
    ]
}
