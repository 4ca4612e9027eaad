/// A trading company with any number of customers, and with vendors, people, items and codes in proportion: the same
/// number gives the same data.
package struct GeneratedCompany: Sendable {
    /// Number of customers.
    package let records: Int
    /// The share of customers that are in the CRM already, under other spellings; from 0 to 1.
    package let alreadyInCRM: Double

    /// Makes a company.
    package init(records: Int, alreadyInCRM: Double = 0) {
        self.records = max(0, records)
        self.alreadyInCRM = min(1, max(0, alreadyInCRM))
    }

    /// The tables of both systems.
    package var seed: SeedSource {
        let accounts = Int(Double(records) * alreadyInCRM)
        let (records, people) = (records, Self.people.count)
        return SeedSource(
            businessCentral: [
                SeedTable(entitySet: "companies", rows: [Self.company]),
                SeedTable(entitySet: "salespeoplePurchasers", count: people, row: Self.salesperson),
                SeedTable(entitySet: "currencies", rows: Self.currencies),
                SeedTable(entitySet: "paymentTerms", rows: Self.paymentTerms),
                SeedTable(entitySet: "shipmentMethods", rows: Self.shipmentMethods),
                SeedTable(entitySet: "customers", count: records) { Self.customer(GeneratedCustomer(index: $0)) },
            ] + trade,
            dataverse: [
                SeedTable(entitySet: "transactioncurrencies", rows: Self.crmCurrencies),
                SeedTable(entitySet: "systemusers", count: people, row: Self.user),
                SeedTable(entitySet: "accounts", count: accounts) { index in
                    Self.account(GeneratedCustomer(index: index * records / accounts), spelling: index)
                },
            ]
        )
    }

    static let people = ["Elsa Bergman", "Hugo Marsh", "Ida Falk", "Peter Crane", "Sara Wiklund", "Simon Frost"]

    static func code(_ name: String) -> String {
        name.split(separator: " ").map { String($0.prefix(2)) }.joined().uppercased()
    }

    private static func email(_ name: String) -> String {
        name.lowercased().split(separator: " ").joined(separator: ".") + "@tradewell.example"
    }

    static func id(_ kind: UInt64, _ index: Int) -> String {
        var ids = SandboxGenerator(seed: kind << 40 | UInt64(index))
        return ids.guid().description
    }

    /// When the records of a table were entered, one after the other and long ago.
    static func enteredAt(_ index: Int) -> SandboxJSON {
        .string(SandboxInstant(milliseconds: 1_641_189_600_000 + Int64(index) * 1000).text)
    }

    private static let company = SandboxJSON.members([
        "id": .string(id(1, 0)), "name": .string("Tradewell"), "displayName": .string("Tradewell Wholesale"),
    ])

    private static let currencies = ["SEK", "GBP", "EUR", "NOK", "DKK"].enumerated().map { index, code in
        SandboxJSON.members(["id": .string(id(2, index)), "code": .string(code), "displayName": .string(code)])
    }

    /// The same in the CRM, after the dollar, which is the ERP's own.
    private static let crmCurrencies = ["USD", "SEK", "GBP", "EUR", "NOK", "DKK"].enumerated().map { index, code in
        SandboxJSON.members([
            "transactioncurrencyid": .string(id(90, index)), "isocurrencycode": .string(code),
            "currencyname": .string(code), "currencysymbol": .string(code), "exchangerate": .number("1"),
            "currencyprecision": .number("2"),
        ])
    }

    /// Named like the choices that the CRM comes with.
    private static let paymentTerms = ["30", "45", "60"].enumerated().map { index, days in
        SandboxJSON.members([
            "id": .string(id(3, index)), "code": .string("NET \(days)"), "displayName": .string("Net \(days) days"),
            "dueDateCalculation": .string("\(days)D"),
        ])
    }

    private static let shipmentMethods = [("FOB", "Free on board"), ("NO CHARGE", "Free of charge")].enumerated().map {
        SandboxJSON.members(["id": .string(id(8, $0)), "code": .string($1.0), "displayName": .string($1.1)])
    }

    @Sendable private static func salesperson(_ index: Int) -> SandboxJSON {
        .members([
            "id": .string(id(4, index)), "code": .string(code(people[index])), "displayName": .string(people[index]),
            "email": .string(email(people[index])), "phoneNo": .string("+46 8 555 01 0\(index)"),
            "jobTitle": .string("Sales Representative"),
        ])
    }

    static func userID(_ index: Int) -> String { id(5, index) }

    @Sendable private static func user(_ index: Int) -> SandboxJSON {
        let names = people[index].split(separator: " ").map(String.init)
        return .members([
            "systemuserid": .string(userID(index)), "fullname": .string(people[index]), "firstname": .string(names[0]),
            "lastname": .string(names[1]), "internalemailaddress": .string(email(people[index])),
            "mobilephone": .string("+46 70 555 01 0\(index)"), "isdisabled": .boolean(false),
            "islicensed": .boolean(true),
            "isintegrationuser": .boolean(false),
        ])
    }

    private static func customer(_ customer: GeneratedCustomer) -> SandboxJSON {
        .members([
            "id": .string(id(6, customer.index)), "number": .string(customer.number),
            "displayName": .string(customer.name),
            "type": .string("Company"), "addressLine1": .string(customer.address), "city": .string(customer.city),
            "postalCode": .string(customer.postalCode), "country": .string(customer.country),
            "phoneNumber": .string(customer.phone), "email": .string(customer.email),
            "website": .string(customer.website), "salespersonCode": .string(code(people[customer.salesperson])),
            "creditLimit": .number(String(customer.creditLimit)), "currencyCode": .string(customer.currency),
            "paymentTermsId": .string(id(3, customer.index % 3)),
            "shipmentMethodId": .string(id(8, customer.index % 2)), "blocked": .string(" "),
            "lastModifiedDateTime": enteredAt(customer.index),
        ])
    }

    private static func account(_ customer: GeneratedCustomer, spelling: Int) -> SandboxJSON {
        let name: String
        switch spelling % 4 {
        case 0: name = customer.name
        case 1: name = customer.name.uppercased()
        case 2: name = " \(customer.name) "
        default: name = customer.name.lowercased()
        }
        return .members([
            "accountid": .string(id(7, customer.index)), "name": .string(name),
            "accountnumber": spelling.isMultiple(of: 2) ? .string(customer.number) : .null,
            "address1_line1": .string(customer.address), "address1_city": .string(customer.city),
            "address1_postalcode": .string(customer.postalCode), "address1_country": .string(customer.country),
            "telephone1": .string(customer.phone), "emailaddress1": .string(customer.email),
            "customertypecode": .number("3"), "statecode": .number("0"), "statuscode": .number("1"),
            "_ownerid_value": .string(userID(customer.salesperson)),
        ])
    }
}
