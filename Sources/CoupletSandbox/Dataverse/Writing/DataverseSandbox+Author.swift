/// In whose name a request writes.
extension DataverseSandbox {
    /// The caller, or the user that the caller acts for: `MSCRMCallerID` names a user, `CallerObjectId` the same person
    /// in the directory.
    func author(of call: DataverseCall) throws(DataverseError) -> DataverseAuthor {
        var author = DataverseAuthor(user: store.caller)
        author.detectsDuplicates = call.headers["MSCRM.SuppressDuplicateDetection"]?.lowercased() == "false"
        if let text = call.headers["MSCRMCallerID"] {
            guard let id = SandboxGUID(text) else { throw .syntax("The value '\(text)' of MSCRMCallerID is no GUID.") }
            author.user = id
        } else if let text = call.headers["CallerObjectId"] {
            author.user = try user(inDirectory: text)
        } else {
            return author
        }
        guard store.exists("systemuser", author.user) else { throw .missing("systemuser", author.user.description) }
        if store.value("systemuser", author.user, "isdisabled")?.first == UInt8(ascii: "t") {
            throw .disabledCaller(author.user.description)
        }
        author.delegate = store.caller
        return author
    }

    private func user(inDirectory text: String) throws(DataverseError) -> SandboxGUID {
        guard let id = SandboxGUID(text), let table = store.schema.table("systemuser"),
            let position = table.position("azureactivedirectoryobjectid")
        else { throw .syntax("The value '\(text)' of CallerObjectId is no GUID.") }
        let records = store["systemuser"]
        let wanted = DataverseEncoding.guid(id)
        let place = records.ids.indices.first { place in
            records.present[place] && records.rows[place].value(position)?.elementsEqual(wanted) ?? false
        }
        guard let place else { throw .missing("systemuser", id.description) }
        return records.ids[place]
    }
}
