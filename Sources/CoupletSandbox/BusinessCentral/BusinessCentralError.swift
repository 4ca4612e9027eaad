/// A refusal in Business Central's own form.
struct BusinessCentralError: Error, Sendable, Equatable {
    let status: Int
    let code: String
    let message: String
    /// The message in Swedish where the service translates it.
    var swedish: String?

    init(_ status: Int, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    /// The message in the first language that a request accepts.
    func message(in languages: String) -> String {
        guard languages.lowercased().hasPrefix("sv"), let swedish else { return message }
        return swedish
    }

    /// Whether it says that there is no such resource or method.
    var isUnknownRequest: Bool { status == 405 || status == 501 || code == "BadRequest_ResourceNotFound" }
}

/// Mistakes of the request itself.
extension BusinessCentralError {
    static let badCredentials = BusinessCentralError(
        401,
        "Authentication_InvalidCredentials",
        "The server has rejected the client credentials"
    )
    static let badBody = BusinessCentralError(400, "BadRequest", "Invalid Request Body")
    static let badAddress = BusinessCentralError(404, "BadRequest_NotFound", "Bad Request - Error in query syntax")
    static let badToken = BusinessCentralError(
        400,
        "BadRequest_InvalidToken",
        "Could not validate the client concurrency token required by the service. "
            + "Please provide a valid token in the client request."
    )
    static let badGUID = BusinessCentralError(
        400,
        "Application_InvalidGUID",
        "Invalid format of GUID string. The correct format of the GUID string is: "
            + "CDEF7890-ABCD-0123-1234-567890ABCDEF where 0-9, A-F symbolizes hexadecimal digits."
    )
    static let orAcrossFields = BusinessCentralError(
        400,
        "BadRequest",
        "The 'OR' operator is not supported on distinct fields on an OData filter."
    )
    static let tooManyParts = BusinessCentralError(
        400,
        "Unknown",
        "The current batch message contains too many parts. A maximum number of '100' query operations and change sets "
            + "are allowed in a batch message."
    )
    static let changedMeanwhile: BusinessCentralError = {
        let text = "Another user has already changed the record."
        var error = BusinessCentralError(409, "Request_EntityChanged", text)
        error.swedish = "En annan användare har redan ändrat posten."
        return error
    }()
    static let unknownCompany = BusinessCentralError(
        404,
        "Internal_CompanyNotFound",
        "Can't process the request because the default company can't be found."
    )

    static func unknownSegment(_ name: String) -> BusinessCentralError {
        BusinessCentralError(404, "BadRequest_ResourceNotFound", "Resource not found for the segment '\(name)'.")
    }

    static func methodNotAllowed(_ method: String, _ entitySet: String, isCollection: Bool) -> BusinessCentralError {
        BusinessCentralError(
            405,
            "BadRequest_MethodNotAllowed",
            "'\(method)' requests for '\(entitySet)' of EdmType '\(isCollection ? "Collection" : "Entity")' are not "
                + "allowed within Dynamics 365 Business Central OData web services."
        )
    }

    static func unknownProperty(_ name: String, _ entity: String) -> BusinessCentralError {
        BusinessCentralError(
            400,
            "BadRequest",
            "The property '\(name)' does not exist on type 'Microsoft.NAV.\(entity)'. "
                + "Make sure to only use property names that are defined by the type."
        )
    }

    static func query(_ error: QueryError, _ entity: String) -> BusinessCentralError {
        switch error.kind {
        case .unknownProperty(let name):
            let text = "Could not find a property named '\(name)' on type 'Microsoft.NAV.\(entity)'."
            return BusinessCentralError(400, "BadRequest", text)
        case .syntax, .incompatibleTypes, .unsupported: return BusinessCentralError(400, "BadRequest", error.message)
        }
    }
}

/// Refusals of a value or of a record.
extension BusinessCentralError {
    static func dialog(_ message: String) -> BusinessCentralError {
        BusinessCentralError(400, "Application_DialogException", message)
    }

    /// A field of a record that must have another value.
    static func field(_ message: String) -> BusinessCentralError {
        BusinessCentralError(400, "Application_FieldValidationException", message)
    }

    static func readOnly(_ caption: String) -> BusinessCentralError {
        BusinessCentralError(400, "BadRequest_InvalidOperation", "Control '\(caption)' is read-only")
    }

    static func null(_ name: String) -> BusinessCentralError {
        BusinessCentralError(
            400,
            "BadRequest_RequiredParamNotProvided",
            "Field '\(name)' must not be blank or empty."
        )
    }

    static func wrongType(_ literal: String, _ type: String) -> BusinessCentralError {
        BusinessCentralError(
            400,
            "BadRequest",
            "Cannot convert the literal '\(literal)' to the expected type 'Edm.\(type)'."
        )
    }

    static func tooLong(_ text: String, _ length: Int) -> BusinessCentralError {
        var error = BusinessCentralError(
            400,
            "Application_StringExceededLength",
            "The length of the string is \(text.utf16.count), but it must be less than or equal to \(length) "
                + "characters. Value: \(text)"
        )
        error.swedish =
            "Längden på strängen är \(text.utf16.count), men den får högst vara \(length) tecken. Värde: \(text)"
        return error
    }

    static func notAnOption(_ text: String, _ choices: [String]) -> BusinessCentralError {
        BusinessCentralError(
            400,
            "Unknown",
            "'\(text)' is not an option. The existing options are: \(choices.joined(separator: ","))"
        )
    }

    static func exists(_ table: String, _ fields: String) -> BusinessCentralError {
        var error = BusinessCentralError(
            400,
            "Internal_EntityWithSameKeyExists",
            "The \(table) already exists. Identification fields and values: \(fields)"
        )
        error.swedish =
            "\(Self.swedish(table)) finns redan. Identifieringsfält och värden: \(fields.replacing("No.=", with: "Nr="))"
        return error
    }

    static func notFound(_ table: String, _ id: SandboxGUID) -> BusinessCentralError {
        let key = "{\(id.description.uppercased())}"
        var error = BusinessCentralError(
            404,
            "Internal_RecordNotFound",
            "The \(table) does not exist. Identification fields and values: SystemId='\(key)'"
        )
        error.swedish = "\(swedish(table)) finns inte. Identifieringsfält och värden: SystemId='\(key)'"
        return error
    }

    static func noRelation(_ field: String, _ table: String, _ value: String, _ related: String) -> BusinessCentralError
    {
        var error = BusinessCentralError(
            400,
            "Internal_InvalidTableRelation",
            "The field \(field) of table \(table) contains a value (\(value)) that cannot be found in the related "
                + "table (\(related))."
        )
        error.swedish =
            "Fältet \(field) i tabellen \(swedish(table)) innehåller ett värde (\(value)) som inte finns i den "
            + "relaterade tabellen (\(swedish(related)))."
        return error
    }

    static func filterTooLong(_ text: String, _ column: SandboxColumn, _ table: String) -> BusinessCentralError {
        BusinessCentralError(
            400,
            "Application_FilterErrorException",
            "The filter \"='\(text)'\" is not valid for the \(column.caption) field on the \(table) table. "
                + "The length of the string is \(text.utf16.count), but it must be less than or equal to "
                + "\(column.maxLength ?? 0) characters. Value: \(text)"
        )
    }
}

extension BusinessCentralError {
    /// A table's name in Swedish; one without translation stays as it is.
    private static func swedish(_ table: String) -> String {
        switch table {
        case "Customer": "Kund"
        case "Vendor": "Leverantör"
        case "Contact": "Kontakt"
        case "Item": "Artikel"
        case "Currency": "Valuta"
        case "Salesperson/Purchaser": "Säljare/Inköpare"
        case "Payment Terms": "Betalningsvillkor"
        case "Payment Method": "Betalningssätt"
        case "Shipment Method": "Leveransvillkor"
        case "Unit of Measure": "Enhet"
        case "Country/Region": "Land/region"
        case _: table
        }
    }
}
