/// The body around the rows of a query.
struct DataverseFetchBody {
    let call: DataverseCall
    let table: DataverseTable
    /// The columns of the rows; none for all of them.
    let context: [String]
    /// How many rows there are in all.
    var total: Int?
    /// Where the next page begins, as FetchXML has it.
    var cookie: String?
    /// Whether there are more pages.
    var moreRecords: Bool?
    /// The address of the next page.
    var nextLink: String?

    /// Creates a body.
    init(call: DataverseCall, table: DataverseTable, context: [String]) {
        (self.call, self.table, self.context) = (call, table, context)
    }

    /// The JSON with the rows that a function writes.
    func bytes(_ rows: (inout [UInt8]) -> Void) -> [UInt8] {
        let suffix = context.isEmpty ? "" : "(\(context.joined(separator: ",")))"
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        member("@odata.context", .string("\(call.root)$metadata#\(table.set)\(suffix)"), &bytes)
        if let total {
            member("@Microsoft.Dynamics.CRM.totalrecordcount", .number(String(total)), &bytes)
            let isExceeded = total == DataverseSandbox.largestCount
            member("@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded", .boolean(isExceeded), &bytes)
        }
        if let cookie { member("@Microsoft.Dynamics.CRM.fetchxmlpagingcookie", .string(cookie), &bytes) }
        if let moreRecords { member("@Microsoft.Dynamics.CRM.morerecords", .boolean(moreRecords), &bytes) }
        bytes.append(contentsOf: "\"value\":[".utf8)
        rows(&bytes)
        bytes.append(UInt8(ascii: "]"))
        if let nextLink {
            bytes.append(UInt8(ascii: ","))
            member("@odata.nextLink", .string(nextLink), &bytes)
            bytes.removeLast()
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    private func member(_ name: String, _ value: SandboxJSON, _ bytes: inout [UInt8]) {
        bytes.append(contentsOf: "\"\(name)\":".utf8)
        bytes.append(contentsOf: value.bytes)
        bytes.append(UInt8(ascii: ","))
    }
}
