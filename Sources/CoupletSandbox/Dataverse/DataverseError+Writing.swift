/// Refusals of writes.
extension DataverseError {
    /// No record has the values of an alternate key.
    static func missingKey(_ table: String) -> DataverseError {
        DataverseError(
            404,
            "0x80060891",
            "A record with the specified key values does not exist in \(table) entity"
        )
    }

    /// Another record has the values of an alternate key.
    static func duplicateAlternateKey(_ key: DataverseKey) -> DataverseError {
        DataverseError(
            412,
            "0x80060892",
            "Entity Key \(key.name) violated. A record with the same value for \(key.attributes.joined(separator: ", ")) "
                + "already exists. A duplicate record cannot be created. Select one or more unique values and try again."
        )
    }

    /// Duplicate detection was asked for and found one.
    static var duplicateFound: DataverseError {
        DataverseError(
            500,
            "0x80040333",
            "A record was not created or updated because a duplicate of the current record already exists."
        )
    }

    /// Records inside a record can be made with it, not changed with it.
    static var deepUpdate: DataverseError {
        DataverseError(400, "0x80048d19", "Deep update of navigation properties is not allowed.")
    }

    /// A reference leads to a table that it cannot lead to.
    static func wrongReference(_ set: String, _ navigation: String, _ table: String) -> DataverseError {
        payload(
            table,
            "Microsoft.OData.ODataException: A record of '\(set)' cannot be the value of '\(navigation)'."
        )
    }

    /// A navigation property that callers may not write.
    static func readOnly(_ navigation: String, _ table: String) -> DataverseError {
        DataverseError(400, "0x80040203", "The navigation property '\(navigation)' of '\(table)' cannot be written.")
    }

    /// The user that a request is to act for is disabled.
    static func disabledCaller(_ id: String) -> DataverseError {
        DataverseError(
            403,
            "0x80040225",
            "The specified user(Id = \(id)) is disabled. Consider enabling this user."
        )
    }

    /// A restricted relationship keeps a record from being deleted.
    static var cannotDelete: DataverseError {
        DataverseError(
            400,
            "0x80040227",
            "The object you tried to delete is associated with another object and cannot be deleted."
        )
    }

    /// An action lacks one of its parameters.
    static func missingParameter(_ name: String) -> DataverseError {
        DataverseError(400, "0x80040203", "Required parameter '\(name)' is missing.")
    }

    /// Only elastic tables can do that.
    static var deleteMultiple: DataverseError {
        DataverseError(400, "0x80040203", "DeleteMultiple has not yet been implemented.")
    }

    /// One of several records does not say what it is, or is something else than the others.
    static func targetType(_ given: String, _ table: String) -> DataverseError {
        payload(
            table,
            "Microsoft.OData.ODataException: A record of type 'Microsoft.Dynamics.CRM.\(table)' was expected in "
                + "'Targets', and '\(given)' was found."
        )
    }

    /// An opportunity is closed by an action of its own.
    static func closingByUpdate(_ state: String) -> DataverseError {
        DataverseError(
            400,
            "0x80100005",
            "This message can not be used to set the state of opportunity to \(state). In order to set state of "
                + "opportunity to \(state), use the \(state) message instead."
        )
    }

    /// A document is closed and cannot be closed again.
    static func alreadyClosed(_ table: String) -> DataverseError {
        table == "opportunity"
            ? DataverseError(400, "0x80040515", "The opportunity is already closed.")
            : DataverseError(400, "0x80040203", "The \(table) cannot be closed in its present state.")
    }

    /// A closed document does not change any more.
    static func readOnlyRecord(_ table: String) -> DataverseError {
        DataverseError(400, "0x80043b09", "The \(table) is read only and cannot be edited.")
    }

    /// Only two records of one table, which has to know merging, can be merged.
    static var mergeTables: DataverseError {
        DataverseError(400, "0x80040203", "Target and Subordinate must be records of one table that supports merging.")
    }

    /// A record cannot be merged with itself.
    static var mergeItself: DataverseError {
        DataverseError(400, "0x80040203", "Merge cannot be performed on the same record.")
    }

    /// Inactive records cannot be merged.
    static var mergeInactive: DataverseError {
        DataverseError(400, "0x80040203", "Merge cannot be performed on an entity that is inactive.")
    }

    /// A table that is not there.
    static func unknownTable(_ name: String) -> DataverseError {
        DataverseError(404, "0x80060888", "The entity with a name = '\(name)' was not found in the MetadataCache.")
    }

    /// A column that is not there.
    static func unknownAttribute(_ name: String, _ table: String) -> DataverseError {
        DataverseError(400, "0x80041103", "'\(table)' entity doesn't contain attribute with Name = '\(name)'.")
    }
}
