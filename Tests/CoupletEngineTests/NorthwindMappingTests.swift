import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Foundation
import Testing

@Suite("The Northwind company through all mappings")
struct NorthwindMappingTests {
    /// A folder beside the repository, or where the environment says.
    private static let folder: String = {
        if let path = ProcessInfo.processInfo.environment["COUPLET_NORTHWIND_SEED"] { return path }
        let package = URL(filePath: #filePath).pathComponents.dropLast(3).dropFirst().joined(separator: "/")
        return "/\(package)/../shared/data/northwind-seed"
    }()
    private static let isHere = FileManager.default.fileExists(atPath: folder)

    private static func world() async throws -> World {
        var options = World.Options()
        options.mappings = nil
        return try await World(seed: SeedFolder.read(folder), options: options)
    }

    /// Couples and creates everything that a first set-up does, referenced mappings first.
    static func setUp(_ world: World) async throws {
        try await world.perform(MatchRecords(mapping: "SALESPEOPLE", synchronization: .from))
        try await world.perform(
            Synchronize(mapping: "SALESPEOPLE", direction: .fromIntegrationTable, isFull: true, creates: true)
        )
        for name in ["CURRENCY", "PAYMENT TERMS", "SHIPMENT METHOD"] {
            try await world.perform(MatchRecords(mapping: name, synchronization: .to))
        }
        for name in ["UNIT OF MEASURE", "CUSTOMER", "VENDOR", "CONTACT", "ITEM-PRODUCT"] {
            let run = try await world.perform(
                MatchRecords(mapping: name, createUnmatched: true, synchronization: .to)
            )
            #expect(run.counts.failed == 0, "\(name)")
        }
    }

    @Test(.enabled(if: isHere, "the Northwind seed folder is not here"))
    func `everything is coupled with what it refers to, and equal`() async throws {
        let world = try await Self.world()
        try await Self.setUp(world)
        let run = try await world.synchronize()
        #expect(run.counts.failed + run.counts.parked == 0)
        let order = (run.jobs ?? []).map(\.mapping)
        #expect(Self.position("SALESPEOPLE", order) < Self.position("CUSTOMER", order))
        #expect(Self.position("CUSTOMER", order) < Self.position("CONTACT", order))
        try await Self.verifyAccounts(world)
        try await Self.verifyContacts(world)
        try Self.verifyProducts(world)
        let quiet = try await world.cost { try await world.synchronize() }
        #expect(quiet.writes == 0)
        // One request for each of nine tables of the ERP, and of six tables and two choice columns of the CRM.
        #expect(quiet.requests.erp <= 9)
        #expect(quiet.requests.crm <= 8)
    }

    private static func position(_ name: String, _ order: [String]) -> Int { order.firstIndex(of: name) ?? -1 }

    private static func coupled(_ world: World, _ mapping: String) async throws -> [String: String] {
        let view = try await world.perform(ListRecords(mapping: mapping, side: .erp, isCoupled: true))
        return Dictionary(view.records.map { ($0.id.description, $0.coupledTo?.description ?? "") }) { first, _ in first
        }
    }

    private static func byID(_ rows: [SandboxJSON], _ name: String) -> [String: SandboxJSON] {
        Dictionary(rows.map { ($0.text(name), $0) }) { first, _ in first }
    }

    private static func verifyAccounts(_ world: World) async throws {
        let accounts = byID(world.rows(.crm, "accounts"), "accountid")
        let terms = byID(world.rows(.erp, "paymentTerms"), "id").mapValues { $0.text("code") }
        let methods = byID(world.rows(.erp, "shipmentMethods"), "id").mapValues { $0.text("code") }
        let dollar = world.row(.crm, "transactioncurrencies", where: "isocurrencycode", is: "USD")?
            .text("transactioncurrencyid")
        let customers = try await coupled(world, "CUSTOMER")
        #expect(customers.count == 88)
        for customer in world.rows(.erp, "customers") {
            guard let id = customers[customer.text("id")] else { continue }
            let account = try #require(accounts[id])
            #expect(account["customertypecode"]?.integer == 3)
            let term = ["NET 30": 1, "NET 45": 3, "NET 60": 4][terms[customer.text("paymentTermsId")] ?? ""]
            #expect(account["paymenttermscode"]?.integer == term, "\(customer.text("number"))")
            let method = ["FOB": 1, "NO CHARGE": 2][methods[customer.text("shipmentMethodId")] ?? ""]
            #expect(account["address1_freighttermscode"]?.integer == method, "\(customer.text("number"))")
            if customer.text("currencyCode") == "USD" {
                #expect(account.text("_transactioncurrencyid_value") == dollar)
            }
        }
        let vendors = try await coupled(world, "VENDOR")
        #expect(vendors.count == world.rows(.erp, "vendors").count { $0.text("blocked") == "_x0020_" })
        #expect(vendors.count == 29)
        for id in vendors.values {
            #expect(accounts[id]?["customertypecode"]?.integer == 11)
            #expect(accounts[id]?.text("_transactioncurrencyid_value") == dollar)
        }
    }

    /// Every person of a coupled company is a contact of that company's account.
    private static func verifyContacts(_ world: World) async throws {
        let customers = try await coupled(world, "CUSTOMER")
        let related = Dictionary(
            world.rows(.erp, "contactsInformation").filter { $0.text("contactType") == "Person" }
                .map { ($0.text("contactNumber"), $0.text("relatedId")) }
        ) { first, _ in first }
        let contacts = byID(world.rows(.crm, "contacts"), "contactid")
        let couplings = try await coupled(world, "CONTACT")
        var names = 0
        for person in world.rows(.erp, "contacts") where person.text("type") == "Person" {
            let company = customers[related[person.text("number")] ?? ""]
            let contact = couplings[person.text("id")].flatMap { contacts[$0] }
            #expect((company == nil) == (contact == nil), "\(person.text("number"))")
            guard let company, let contact else { continue }
            #expect(contact.text("_parentcustomerid_value") == company)
            #expect(contact.text("emailaddress1") == person.text("email"))
            #expect(contact.text("address1_city") == person.text("city"))
            if contact.text("fullname") == person.text("displayName") { names += 1 }
        }
        #expect(couplings.count == 88)
        #expect(names == 88)
    }

    private static func verifyProducts(_ world: World) throws {
        let products = world.rows(.crm, "products")
        let items = world.rows(.erp, "items").filter { $0["blocked"]?.boolean != true }
        #expect(products.count == items.count)
        let group = try #require(world.row(.crm, "uomschedules", where: "baseuomname", is: "PCS"))
        let unit = try #require(world.rows(.crm, "uoms").first { $0.text("name") == "PCS" })
        for item in items {
            let product = try #require(products.first { $0.text("productnumber") == item.text("number") })
            #expect(product.text("name") == item.text("displayName"))
            #expect(product["producttypecode"]?.integer == 1)
            #expect(product.text("_defaultuomscheduleid_value") == group.text("uomscheduleid"))
            #expect(product.text("_defaultuomid_value") == unit.text("uomid"))
            #expect(Double(product["price"]?.number ?? "") == Double(item["unitPrice"]?.number ?? ""))
        }
    }

    @Test(.enabled(if: isHere, "the Northwind seed folder is not here"))
    func `a currency that is added to the CRM reaches the accounts in the run that couples it`() async throws {
        let world = try await Self.world()
        try await Self.setUp(world)
        let euro = "00000000-0000-4000-8000-0000000000e0"
        world.edit(
            .crm,
            "transactioncurrencies",
            [
                "transactioncurrencyid": .string(euro), "isocurrencycode": .string("EUR"),
                "currencyname": .string("Euro"), "currencysymbol": .string("€"), "exchangerate": .number("0.9"),
            ]
        )
        let matched = try await world.perform(MatchRecords(mapping: "CURRENCY", synchronization: .to))
        #expect(matched.counts.coupled == 1)
        try await world.synchronize()
        let accounts = Self.byID(world.rows(.crm, "accounts"), "accountid")
        let customers = try await Self.coupled(world, "CUSTOMER")
        for customer in world.rows(.erp, "customers") where customer.text("currencyCode") == "EUR" {
            guard let id = customers[customer.text("id")] else { continue }
            #expect(accounts[id]?.text("_transactioncurrencyid_value") == euro, "\(customer.text("number"))")
        }
    }
}
