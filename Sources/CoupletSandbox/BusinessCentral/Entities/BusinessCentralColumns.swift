/// The kinds of properties, so that one line describes one.
extension SandboxColumn {
    static let id = SandboxColumn(
        "id",
        .guid,
        access: .readOnly,
        source: .id,
        caption: "Id",
        blank: "\"\(SandboxGUID.zero)\""
    )

    /// When the record was last written.
    static let modified = modified("lastModifiedDateTime")

    static func modified(_ name: String) -> SandboxColumn {
        SandboxColumn(
            name,
            .dateTime,
            access: .readOnly,
            source: .modifiedAt,
            caption: "Last Modified Date",
            blank: "\"0001-01-01T00:00:00Z\""
        )
    }

    /// When the record was created.
    static func created(_ name: String) -> SandboxColumn {
        SandboxColumn(
            name,
            .dateTime,
            access: .readOnly,
            source: .createdAt,
            caption: "System Created At",
            blank: "\"0001-01-01T00:00:00Z\""
        )
    }

    static func text(
        _ name: String,
        _ length: Int,
        _ caption: String? = nil,
        access: Access = .readWrite
    ) -> SandboxColumn {
        SandboxColumn(name, .text, maxLength: length, access: access, caption: caption, blank: "\"\"")
    }

    static func code(
        _ name: String,
        _ length: Int,
        _ caption: String? = nil,
        access: Access = .readWrite
    ) -> SandboxColumn {
        SandboxColumn(name, .code, maxLength: length, access: access, caption: caption, blank: "\"\"")
    }

    /// A currency's code; blank is the company's own currency.
    static func currency(_ local: String, _ name: String = "currencyCode", access: Access = .readWrite) -> SandboxColumn
    {
        SandboxColumn(name, .code, maxLength: 10, access: access, caption: "Currency Code", blank: "\"\(local)\"")
    }

    static func guid(_ name: String, access: Access = .readWrite) -> SandboxColumn {
        SandboxColumn(name, .guid, access: access, blank: "\"\(SandboxGUID.zero)\"")
    }

    static func boolean(_ name: String, _ caption: String? = nil, access: Access = .readWrite) -> SandboxColumn {
        SandboxColumn(name, .boolean, access: access, caption: caption, blank: "false")
    }

    static func integer(_ name: String, _ caption: String? = nil, access: Access = .readWrite) -> SandboxColumn {
        SandboxColumn(name, .integer, access: access, caption: caption, blank: "0")
    }

    static func decimal(_ name: String, _ caption: String? = nil, access: Access = .readWrite) -> SandboxColumn {
        SandboxColumn(name, .decimal, access: access, caption: caption, blank: "0")
    }

    static func date(_ name: String, _ caption: String? = nil, access: Access = .readWrite) -> SandboxColumn {
        SandboxColumn(name, .date, access: access, caption: caption, blank: "\"0001-01-01\"")
    }

    static func dateTime(_ name: String, _ caption: String? = nil, access: Access = .readWrite) -> SandboxColumn {
        SandboxColumn(name, .dateTime, access: access, caption: caption, blank: "\"0001-01-01T00:00:00Z\"")
    }

    /// One of the names; the first one is blank.
    static func option(
        _ name: String,
        _ choices: [String],
        _ caption: String? = nil,
        access: Access = .readWrite
    ) -> SandboxColumn {
        SandboxColumn(
            name,
            .option,
            access: access,
            choices: choices,
            caption: caption,
            blank: "\"\(BusinessCentralName.encoded(choices.first ?? " "))\""
        )
    }

    /// An address in six properties whose names begin alike.
    static func address(_ prefix: String, access: Access = .readWrite) -> [SandboxColumn] {
        [
            .text("\(prefix)AddressLine1", 100, access: access), .text("\(prefix)AddressLine2", 50, access: access),
            .text("\(prefix)City", 30, access: access), .code("\(prefix)Country", 10, access: access),
            .text("\(prefix)State", 30, access: access), .code("\(prefix)PostCode", 20, access: access),
        ]
    }

    /// Address, phone, mail and web of a party.
    static let partyAddress: [SandboxColumn] = [
        .text("addressLine1", 100, "Address"), .text("addressLine2", 50, "Address 2"), .text("city", 30, "City"),
        .text("state", 30, "County"), .code("country", 10, "Country/Region Code"),
        .code("postalCode", 20, "Post Code"), .text("phoneNumber", 30, "Phone No."),
    ]
}
