/// Fyrholm Trading: a small company that never existed, for a first look at both systems side by side.
///
/// Four of its six people are salespeople already; forty customers, one of them blocked; twelve accounts that the CRM
/// has already, some spelled otherwise, two of them of the same name and city; and some prospects that only the CRM
/// knows.
package enum DemoCompany {
    /// The tables of both systems.
    package static var seed: SeedSource {
        let customers = customerLines.enumerated().map { Customer(line: $1, index: $0) }
        let byNumber = Dictionary(customers.map { ($0.number, $0) }) { first, _ in first }
        let accounts = accountLines.enumerated().compactMap { index, fields in
            byNumber[fields[0]].map { account(of: $0, fields, index) }
        }
        return SeedSource(
            businessCentral: [
                SeedTable(entitySet: "companies", rows: [company]),
                SeedTable(entitySet: "companyInformation", rows: [information]),
                SeedTable(entitySet: "salespeoplePurchasers", rows: people.enumerated().compactMap(salesperson)),
                SeedTable(entitySet: "currencies", rows: currencies),
                SeedTable(entitySet: "paymentTerms", rows: terms),
                SeedTable(entitySet: "shipmentMethods", rows: shipments),
                SeedTable(entitySet: "customers", rows: customers.map(\.json)),
            ] + goods + partners(of: customers),
            dataverse: [
                SeedTable(entitySet: "transactioncurrencies", rows: crmCurrencies),
                SeedTable(entitySet: "systemusers", rows: people.enumerated().map(user)),
                SeedTable(entitySet: "accounts", rows: accounts + prospectLines.enumerated().map(prospect)),
            ]
        )
    }

    /// The lines of a table of text, cut at the bars.
    static func table(_ text: String) -> [[String]] {
        text.split(separator: "\n").map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        }
    }

    static func id(_ kind: UInt64, _ index: Int) -> SandboxJSON {
        var ids = SandboxGenerator(seed: 0xF9A0 << 32 | kind << 16 | UInt64(index))
        return .string(ids.guid().description)
    }

    private static let company = SandboxJSON.members([
        "id": id(1, 0), "name": .string("Fyrholm Trading"), "displayName": .string("Fyrholm Trading AB"),
    ])

    private static let information = SandboxJSON.members([
        "id": id(1, 1), "displayName": .string("Fyrholm Trading AB"), "currencyCode": .string("SEK"),
        "country": .string("SE"),
    ])

    private static let currencies = [("EUR", "Euro"), ("GBP", "Pound sterling"), ("USD", "US dollar")].enumerated().map
    {
        SandboxJSON.members(["id": id(2, $0), "code": .string($1.0), "displayName": .string($1.1)])
    }

    /// The CRM has the company's own currency first, which makes it the environment's.
    private static let crmCurrencies = [
        ("SEK", "Swedish krona", "kr", "1"), ("EUR", "Euro", "€", "0.087"), ("GBP", "Pound sterling", "£", "0.074"),
        ("USD", "US dollar", "$", "0.095"),
    ].enumerated().map {
        SandboxJSON.members([
            "transactioncurrencyid": id(90, $0), "isocurrencycode": .string($1.0), "currencyname": .string($1.1),
            "currencysymbol": .string($1.2), "exchangerate": .number($1.3), "currencyprecision": .number("2"),
        ])
    }

    /// Payment terms and shipment methods are named like the choices that the CRM comes with.
    private static let terms = [("NET 30", "30D"), ("NET 45", "45D"), ("NET 60", "60D")].enumerated().map {
        SandboxJSON.members(["id": id(3, $0), "code": .string($1.0), "dueDateCalculation": .string($1.1)])
    }

    private static let shipments = [("FOB", "Free on board"), ("NO CHARGE", "Free of charge")].enumerated().map {
        SandboxJSON.members(["id": id(4, $0), "code": .string($1.0), "displayName": .string($1.1)])
    }

    private static func salesperson(_ index: Int, _ fields: [String]) -> SandboxJSON? {
        guard !fields[0].isEmpty else { return nil }
        return .members([
            "id": id(5, index), "code": .string(fields[0]), "displayName": .string("\(fields[1]) \(fields[2])"),
            "email": .string(fields[4]), "phoneNo": .string(fields[5]), "jobTitle": .string(fields[6]),
        ])
    }

    private static func user(_ index: Int, _ fields: [String]) -> SandboxJSON {
        .members([
            "systemuserid": id(6, index), "fullname": .string("\(fields[1]) \(fields[2])"),
            "firstname": .string(fields[1]),
            "lastname": .string(fields[2]), "internalemailaddress": .string(fields[3]),
            "mobilephone": .string(fields[5]),
            "jobtitle": .string(fields[6]), "isdisabled": .boolean(false), "islicensed": .boolean(true),
            "isintegrationuser": .boolean(false),
        ])
    }

    private static func owner(_ code: String) -> SandboxJSON {
        id(6, people.firstIndex { $0[0] == code } ?? 0)
    }

    private static func account(of customer: Customer, _ fields: [String], _ index: Int) -> SandboxJSON {
        .members([
            "accountid": id(7, index), "name": .string(fields[1]), "accountnumber": blankIsNull(fields[2]),
            "address1_line1": .string(customer.address), "address1_city": .string(fields[3]),
            "address1_postalcode": .string(customer.postalCode), "address1_country": .string(customer.country),
            "telephone1": blankIsNull(fields[4]), "emailaddress1": .string(customer.email),
            "numberofemployees": .number(fields[5]), "description": blankIsNull(fields[6]),
            "customertypecode": .number("3"), "statecode": .number("0"), "statuscode": .number("1"),
            "_ownerid_value": owner(customer.salesperson),
        ])
    }

    private static func prospect(_ index: Int, _ fields: [String]) -> SandboxJSON {
        .members([
            "accountid": id(8, index), "name": .string(fields[0]), "address1_city": .string(fields[1]),
            "address1_country": .string(fields[2]), "customertypecode": .number(fields[3]),
            "description": .string(fields[4]), "statecode": .number("0"), "statuscode": .number("1"),
            "_ownerid_value": id(6, index % people.count),
        ])
    }

    private static func blankIsNull(_ text: String) -> SandboxJSON { text.isEmpty ? .null : .string(text) }

    /// One customer of the table.
    struct Customer {
        let number: String
        let name: String
        let city: String
        let address: String
        let postalCode: String
        let country: String
        let salesperson: String
        let email: String
        let json: SandboxJSON

        init(line: [String], index: Int) {
            number = String(10_000 + index * 10)
            (name, city) = (line[0], line[2])
            (address, postalCode, country, salesperson) = (line[1], line[3], line[4], line[6])
            let host = GeneratedCustomer.plain(line[0])
            email = "info@\(host).example"
            json = .members([
                "id": DemoCompany.id(9, index), "number": .string(number), "displayName": .string(line[0]),
                "type": .string("Company"), "addressLine1": .string(address), "city": .string(line[2]),
                "postalCode": .string(postalCode), "country": .string(country), "phoneNumber": .string(line[5]),
                "email": .string(email), "website": .string("https://\(host).example"),
                "salespersonCode": .string(salesperson),
                "currencyCode": .string(["SE": "SEK", "GB": "GBP", "US": "USD"][country] ?? "EUR"),
                "paymentTermsId": DemoCompany.id(3, index % 3), "shipmentMethodId": DemoCompany.id(4, index % 2),
                "creditLimit": .number(String(index % 9 * 25_000)), "blocked": .string(line[7].isEmpty ? " " : line[7]),
            ])
        }
    }
}
