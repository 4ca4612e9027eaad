import CoupletCore
import CoupletEngine
import CoupletSandbox
import CoupletSimulation
import Testing

/// A trading company of three customers and two users, small enough to say what each of its records shall become.
enum Small {
    static let users = ["00000000-0000-4000-8000-0000000000a1", "00000000-0000-4000-8000-0000000000a2"]
    static let customers = (1...3).map { "00000000-0000-4000-8000-00000000c00\($0)" }
    static let numbers = ["C-001", "C-002", "C-003"]

    /// Customers without counterparts, and two users of whom the first is salesperson `SP-00007`.
    static func seed(accounts: [SandboxJSON] = [], people: [SandboxJSON] = [salesperson]) -> SeedSource {
        SeedSource(
            businessCentral: [
                SeedTable(
                    entitySet: "companies",
                    rows: [.members(["id": .string("00000000-0000-4000-8000-00000000f001"), "name": .string("Small")])]
                ),
                SeedTable(entitySet: "salespeoplePurchasers", rows: people),
                SeedTable(entitySet: "customers", rows: customers.indices.map(customer)),
            ],
            dataverse: [
                SeedTable(entitySet: "systemusers", rows: users.indices.map(user)),
                SeedTable(entitySet: "accounts", rows: accounts),
            ]
        )
    }

    static var salesperson: SandboxJSON {
        .members([
            "id": .string("00000000-0000-4000-8000-00000000b001"), "code": .string("SP-00007"),
            "displayName": .string("Ann One"), "email": .string("ann@small.example"), "phoneNo": .string("+46 1"),
        ])
    }

    static func customer(_ index: Int) -> SandboxJSON {
        .members([
            "id": .string(customers[index]), "number": .string(numbers[index]), "type": .string("Company"),
            "displayName": .string("Customer \(index + 1)"), "addressLine1": .string("Street \(index + 1)"),
            "city": .string("Lund"), "phoneNumber": .string("+46 40 \(index + 1)"), "blocked": .string(" "),
            "salespersonCode": .string("SP-00007"),
        ])
    }

    private static func user(_ index: Int) -> SandboxJSON {
        let (first, last) = (["Ann", "Bo"][index], ["One", "Two"][index])
        return .members([
            "systemuserid": .string(users[index]), "fullname": .string("\(first) \(last)"),
            "firstname": .string(first), "lastname": .string(last),
            "internalemailaddress": .string("\(first.lowercased())@small.example"),
            "mobilephone": .string("+46 \(index + 1)"), "isdisabled": .boolean(false), "islicensed": .boolean(true),
            "isintegrationuser": .boolean(false),
        ])
    }

    /// An account that no synchronization made.
    static func account(_ id: Int, _ members: KeyValuePairs<String, SandboxJSON>) -> SandboxJSON {
        var all: [SandboxJSON.Member] = [
            SandboxJSON.Member(name: "accountid", value: .string("00000000-0000-4000-8000-00000000d00\(id)")),
            SandboxJSON.Member(name: "customertypecode", value: .number("3")),
            SandboxJSON.Member(name: "statecode", value: .number("0")),
            SandboxJSON.Member(name: "_ownerid_value", value: .string(users[0])),
        ]
        all += members.map { SandboxJSON.Member(name: $0.key, value: $0.value) }
        return .object(all)
    }

    /// A world in which both salespeople and all three customers are coupled and equal.
    static func coupled(_ options: World.Options = World.Options()) async throws -> World {
        let world = try await World(seed: seed(), options: options)
        try await world.coupleSalespeople()
        let result = try await world.perform(
            MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        )
        #expect(result.status == .done)
        #expect(world.rows(.crm, "accounts").count == 3)
        return world
    }
}
