/// A refusal as the Web API words it.
struct DataverseError: Error, Equatable {
    /// The HTTP status.
    var status: Int
    /// The code, such as `0x80040217`.
    var code: String
    /// The text for people.
    var message: String
    /// What else is known, for callers that ask for it by annotations.
    var details: [String: String] = [:]

    /// Creates a refusal.
    init(_ status: Int, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    /// Whether it says that there is no such resource or method.
    var isUnknownRequest: Bool { status == 405 || status == 501 || code == "0x8006088a" }
}

extension DataverseError {
    /// The record is not there.
    static func missing(_ table: String, _ id: String) -> DataverseError {
        DataverseError(404, "0x80040217", "\(table) With Id = \(id) Does Not Exist")
    }

    /// The version sent with `If-Match` is not the record's.
    static var versionMismatch: DataverseError {
        DataverseError(
            412,
            "0x80060882",
            "The version of the existing record doesn't match the RowVersion property provided."
        )
    }

    /// `If-None-Match: *`, and the record is there.
    static var alreadyExists: DataverseError {
        DataverseError(412, "0x80040237", "A record with matching key values already exists.")
    }

    /// A create with a primary key that is taken.
    static var duplicateKey: DataverseError {
        DataverseError(412, "0x80040237", "Cannot insert duplicate key.")
    }

    /// A text is longer than its column.
    static func tooLong(_ column: String, _ table: String, limit: Int) -> DataverseError {
        // The two blanks are the service's own.
        let text =
            "The length of the '\(column)' attribute of the '\(table)' entity exceeded the maximum allowed length"
        return DataverseError(400, "0x80044331", "A validation error occurred.  \(text) of '\(limit)'.")
    }

    /// A choice column was given a value that is not among its options.
    static func outsideRange(_ column: String, _ table: String, value: String, accepted: [Int]) -> DataverseError {
        let list = accepted.map(String.init).joined(separator: ",")
        return DataverseError(
            400,
            "0x8004431a",
            "A validation error occurred. The value \(value) of '\(column)' on record of type '\(table)' is outside the "
                + "valid range. Accepted Values: \(list)"
        )
    }

    /// A number is beyond what its column holds.
    static func numberOutOfRange(_ column: String, value: String) -> DataverseError {
        DataverseError(
            400,
            "0x80044330",
            "A validation error occurred.  The value of '\(column)' on record is outside the valid range: \(value)."
        )
    }

    /// A query names a property that the table does not have.
    static func unknownProperty(_ name: String, _ table: String) -> DataverseError {
        DataverseError(
            400,
            "0x0",
            "Could not find a property named '\(name)' on type 'Microsoft.Dynamics.CRM.\(table)'."
        )
    }

    /// Something in a payload cannot be understood.
    static func payload(_ table: String, _ inner: String) -> DataverseError {
        DataverseError(
            400,
            "0x80048d19",
            "Error identified in Payload provided by the user for Entity :'\(table)'  ---->  InnerException : \(inner)"
        )
    }

    /// A payload has a property that the table does not have.
    static func undeclaredProperty(_ name: String, _ table: String) -> DataverseError {
        payload(
            table,
            "Microsoft.OData.ODataException: The property '\(name)' does not exist on type "
                + "'Microsoft.Dynamics.CRM.\(table)'. Make sure to only use property names that are defined by the type."
        )
    }

    /// A payload has annotations such as `x@odata.bind` for a navigation property that the table does not have.
    static func undeclaredAnnotation(_ name: String, _ table: String) -> DataverseError {
        payload(
            table,
            "Microsoft.OData.ODataException: An undeclared property '\(name)' which only has property annotations in the "
                + "payload but no property value was found in the payload. In OData, only declared navigation properties "
                + "and declared named streams can be represented as properties without values."
        )
    }

    /// A value is not of its column's type.
    static func unconvertible(_ name: String, _ table: String, type: String) -> DataverseError {
        payload(
            table,
            "Microsoft.OData.ODataException: Cannot convert the value of property '\(name)' to the expected type "
                + "'\(type)'."
        )
    }

    /// A combination of state and status that the table does not know.
    static func status(_ status: Int, state: String, table: String, id: String) -> DataverseError {
        let name = table.prefix(1).uppercased() + table.dropFirst()
        return DataverseError(
            400,
            "0x80048408",
            "\(status) is not a valid status code for state code \(name)State.\(state) on \(table) with Id \(id)."
        )
    }

    /// An address whose first segment is no entity set and no function.
    static func unknownSegment(_ segment: String) -> DataverseError {
        DataverseError(404, "0x8006088a", "Resource not found for the segment '\(segment)'.")
    }

    /// A key that is no GUID, or names another column.
    static func invalidKey(_ table: String) -> DataverseError {
        DataverseError(
            400,
            "0x80060888",
            "The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.\(table)'. Ensure that the names "
                + "and number of key properties match the declared or alternate key properties for the resource "
                + "'Microsoft.Dynamics.CRM.\(table)'."
        )
    }

    /// A query that the service understands and does not support.
    static func unsupported(_ message: String) -> DataverseError {
        DataverseError(400, "0x80060888", message)
    }

    /// A query that cannot be read.
    static func syntax(_ message: String) -> DataverseError {
        DataverseError(400, "0x0", message)
    }

    /// A query option that does not go with change tracking.
    static func notTracked(_ option: String) -> DataverseError {
        DataverseError(
            400,
            "0x80060888",
            "The \"\(option)\" query parameter isn't supported when Change Tracking is enabled."
        )
    }

    /// A delta token that is too old, or from before the tables were set up anew.
    static var expiredToken: DataverseError {
        DataverseError(
            400,
            "0x80044352",
            "Version stamp associated with the client has expired. Please perform a full sync."
        )
    }

    /// The method is not allowed on that resource.
    static func methodNotAllowed(_ method: String) -> DataverseError {
        DataverseError(405, "0x0", "The requested resource does not support http method '\(method)'.")
    }

    /// A disabled user cannot own records.
    static func disabledOwner(_ id: String) -> DataverseError {
        DataverseError(
            400,
            "0x80040225",
            "The specified user(Id = \(id)) is disabled. Consider enabling this user."
        )
    }

    /// The caller may not do that with this table.
    static func forbidden(_ message: String) -> DataverseError {
        DataverseError(403, "0x80040220", message)
    }

    /// A batch that cannot be read.
    static func batch(_ message: String) -> DataverseError {
        DataverseError(400, "0x0", message)
    }

    /// A batch of too many requests.
    static func batchTooLarge(limit: Int) -> DataverseError {
        DataverseError(400, "0x80060888", "The number of requests in the batch exceeded the maximum of \(limit).")
    }

    /// A change set names a record that no earlier request of it made.
    static func unknownReference(_ reference: String) -> DataverseError {
        DataverseError(400, "0x80060888", "Content-ID Reference: '\(reference)' does not exist in the batch context.")
    }
}
