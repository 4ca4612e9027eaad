import CoupletCore
import CoupletSandbox

/// What simulated users see and type beside the mapped fields.
enum Vocabulary {
    /// Fields that no mapping knows and that only users change.
    static let plainFields = BySide<[String: Set<String>]>(
        erp: ["customers": ["taxRegistrationNumber"]],
        crm: ["accounts": ["description", "telephone2"]]
    )
    /// Fields of the default mapping that simulations leave out.
    static let fieldsLeftOut: Set<String> = ["addressLine2", "postalCode", "state", "creditLimit"]
    /// Fields of the ERP that some simulated mappings use only later.
    static let lateFields = ["email", "phoneNumber", "website"]
    /// Few names and towns, so that records meet others of the same name.
    static let names = ["Ekholm AB", "Brook & Sons", "Åkers Färg", "Dale Foods Ltd", "Norrsken Handel", "Hill Tools"]
    static let cities = ["Lund", "Bath", "Åmål", "York"]
    static let codes = ["SE", "GB", "NO", "AB 1", "22 10"]
    static let salespeople = ["AA", "BB"]

    static func id(_ kind: UInt64, _ index: Int) -> RecordID {
        RecordID(high: 0x5EED_0000_0000_4000 | kind << 16, low: 0x8000_0000_0000_0000 | UInt64(index + 1))
    }

    /// A small company on both sides: some accounts match by number, some by name and city, some not at all.
    static func seed(_ random: inout SimulationGenerator) -> SeedSource {
        let customers = (0..<random.below(6) + 3).map { customer(id(9, $0), "\(1000 + $0)", &random) }
        let accounts = (0..<random.below(5) + 1).map { index in
            account(id(7, index), random.oneIn(2) ? "\(1000 + random.below(9))" : "", &random)
        }
        let users = (0..<3).map { index in
            SandboxJSON.members([
                "systemuserid": .string(id(6, index).description), "fullname": .string("User \(index)"),
                "firstname": .string("User"), "lastname": .string("\(index)"),
                "internalemailaddress": .string("user\(index)@example.com"), "isdisabled": .boolean(false),
                "islicensed": .boolean(true), "isintegrationuser": .boolean(false),
            ])
        }
        let salespeople = salespeople.enumerated().map { index, code in
            SandboxJSON.members([
                "id": .string(id(5, index).description), "code": .string(code), "displayName": .string("User \(index)"),
                "email": .string("USER\(index)@example.com"),
            ])
        }
        return SeedSource(
            businessCentral: [
                SeedTable(entitySet: "salespeoplePurchasers", rows: salespeople),
                SeedTable(entitySet: "customers", rows: customers),
            ],
            dataverse: [
                SeedTable(entitySet: "systemusers", rows: users), SeedTable(entitySet: "accounts", rows: accounts),
            ]
        )
    }

    static func customer(_ id: RecordID, _ number: String, _ random: inout SimulationGenerator) -> SandboxJSON {
        .members([
            "id": .string(id.description), "number": .string(number),
            "displayName": .string(random.pick(names) ?? ""), "city": .string(random.pick(cities) ?? ""),
            "salespersonCode": .string(random.pick(salespeople + [""]) ?? ""),
            "phoneNumber": .string(random.oneIn(2) ? "" : "+46 \(random.below(100))"),
            "country": .string(random.pick(codes) ?? ""), "blocked": .string(random.oneIn(8) ? "All" : "_x0020_"),
        ])
    }

    static func account(_ id: RecordID, _ number: String, _ random: inout SimulationGenerator) -> SandboxJSON {
        .members([
            "accountid": .string(id.description), "name": .string(random.pick(names) ?? ""),
            "address1_city": .string(random.pick(cities) ?? ""),
            "accountnumber": number.isEmpty ? .null : .string(number),
            "telephone1": random.oneIn(2) ? .null : .string("+44 \(random.below(100))"),
            "customertypecode": .number(random.oneIn(8) ? "8" : "3"), "statecode": .number("0"),
            "statuscode": .number("1"), "_ownerid_value": .string(Self.id(6, random.below(3)).description),
        ])
    }
}
