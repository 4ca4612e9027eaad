/// Refusals of definitions of tables, columns and relationships.
extension DataverseError {
    /// There is a table of that name.
    static func duplicateTable(_ name: String) -> DataverseError {
        DataverseError(
            400,
            "0x80044363",
            "An entity with the specified name \(name) already exists. Specify a unique name."
        )
    }

    /// There is a column of that name.
    static func duplicateColumn(_ name: String) -> DataverseError {
        DataverseError(
            400,
            "0x80047013",
            "An attribute with the specified name \(name) already exists in this entity."
        )
    }

    /// There is a relationship of that name.
    static func duplicateRelationship(_ name: String) -> DataverseError {
        DataverseError(400, "0x80047004", "The schema name \(name) of the relationship is not unique.")
    }

    /// There is an alternate key of that name, or with those columns.
    static func duplicateKeyDefinition(_ name: String) -> DataverseError {
        DataverseError(400, "0x80060888", "An entity key \(name), or one with the same attributes, already exists.")
    }

    /// Two options with one number.
    static func duplicateOption(_ value: Int) -> DataverseError {
        DataverseError(400, "0x80044310", "The picklist value already exists. Picklist value = \(value).")
    }

    /// There is a set of options of that name.
    static func duplicateOptionSet(_ name: String) -> DataverseError {
        DataverseError(400, "0x80048403", "An option set with the name \(name) already exists. Specify a unique name.")
    }

    /// Columns share the set of options.
    static func usedOptionSet(_ name: String) -> DataverseError {
        DataverseError(400, "0x8004f01f", "The option set \(name) cannot be deleted: attributes refer to it.")
    }

    /// No option has that number.
    static func unknownOption(_ value: Int) -> DataverseError {
        DataverseError(400, "0x80040203", "The option value \(value) was not found.")
    }

    /// Names of what a customer makes begin with a prefix.
    static func badSchemaName(_ name: String, _ kind: String) -> DataverseError {
        DataverseError(
            400,
            "0x8004701d",
            "The schema name '\(name)' for type \(kind) is not a valid schema name. Custom metadata names have a prefix of "
                + "at least two characters, and only letters, digits and underscores."
        )
    }

    /// A new table lacks the column with its records' names.
    static func missingPrimaryName(_ name: String) -> DataverseError {
        DataverseError(400, "0x80040203", "The entity \(name) has no attribute with IsPrimaryName.")
    }

    /// Lookups come with a relationship.
    static var lookupByAttribute: DataverseError {
        DataverseError(
            400,
            "0x80048403",
            "Attributes of this type cannot be created by themselves. Create a relationship instead."
        )
    }

    /// A type that columns do not have here.
    static func unknownColumnType(_ name: String) -> DataverseError {
        DataverseError(400, "0x80048403", "Attributes of type '\(name)' cannot be created.")
    }

    /// A column keeps its name and its type.
    static func changedType(_ name: String) -> DataverseError {
        DataverseError(400, "0x80048403", "The name and the type of the attribute \(name) cannot be changed.")
    }

    /// A length that texts cannot have.
    static func badLength(_ name: String, _ limit: Int) -> DataverseError {
        DataverseError(400, "0x80048403", "The MaxLength of \(name) must be between 1 and \(limit).")
    }

    /// A table has as many columns as it can have.
    static func tooManyColumns(_ table: String) -> DataverseError {
        DataverseError(400, "0x80048403", "The entity \(table) cannot have more attributes.")
    }

    /// A table that belongs to the environment.
    static func systemTable(_ name: String) -> DataverseError {
        DataverseError(400, "0x80047007", "The entity \(name) is not a custom entity and cannot be deleted.")
    }

    /// A column that belongs to the environment.
    static func systemColumn(_ name: String) -> DataverseError {
        DataverseError(400, "0x80047007", "The attribute \(name) is not a custom attribute and cannot be deleted.")
    }

    /// A relationship that belongs to the environment.
    static func systemRelationship(_ name: String) -> DataverseError {
        DataverseError(400, "0x80047007", "The relationship \(name) is not custom and cannot be deleted.")
    }

    /// The column with the names of records stays.
    static func primaryColumn(_ name: String) -> DataverseError {
        DataverseError(400, "0x80047007", "The primary attribute \(name) cannot be deleted.")
    }

    /// An alternate key needs the column.
    static func columnOfKey(_ name: String) -> DataverseError {
        DataverseError(400, "0x8004f01f", "The attribute \(name) cannot be deleted: an entity key refers to it.")
    }

    /// Lookups of another table lead to the table.
    static func referencedTable(_ name: String, _ other: String) -> DataverseError {
        DataverseError(400, "0x8004f01f", "The entity \(name) cannot be deleted: \(other) refers to it.")
    }

    /// Definitions cannot be taken back, so they are no part of a change set.
    static var definitionInChangeSet: DataverseError {
        DataverseError(400, "0x80060888", "Definitions cannot be changed within a change set.")
    }
}
