import CoupletSandbox
import FoundationEssentials
import Testing

@Suite("Seeds")
struct SeedTests {
    private static let now = SandboxInstant(milliseconds: 1_700_000_000_000)

    private func rows(_ name: String, _ sandbox: inout BusinessCentralSandbox) -> [SandboxJSON] {
        (try? SandboxJSON(bytes: sandbox.records(entitySet: name) ?? []))?.array ?? []
    }

    private func texts(_ tables: [SeedTable]) -> [String] {
        tables.flatMap { table in
            (0..<table.count).map { "\(table.entitySet) \(String(decoding: table.row($0).bytes, as: UTF8.self))" }
        }
    }

    @Test func `the demonstration company loads whole`() {
        var sandbox = BusinessCentralSandbox(seed: DemoCompany.seed.businessCentral, at: Self.now)
        #expect(sandbox.warnings.isEmpty)
        let customers = rows("customers", &sandbox)
        #expect(customers.count == 40)
        #expect(customers.count { $0["blocked"]?.string != "_x0020_" } == 1)
        #expect(Set(customers.compactMap { $0["displayName"]?.string }).count == 40)
        let codes = Set(rows("salespeoplePurchasers", &sandbox).compactMap { $0["code"]?.string })
        #expect(codes.count == 4)
        #expect(customers.allSatisfy { codes.contains($0["salespersonCode"]?.string ?? "") })
        #expect(customers.allSatisfy { $0["currencyCode"]?.string?.isEmpty == false })
    }

    @Test func `the demonstration company has accounts under other spellings, a question and prospects`() throws {
        let tables = DemoCompany.seed.dataverse
        let users = try #require(tables.first { $0.entitySet == "systemusers" })
        let accounts = try #require(tables.first { $0.entitySet == "accounts" })
        #expect(users.count == 6)
        #expect(accounts.count == 17)
        let all = (0..<accounts.count).map(accounts.row)
        let known = all.prefix(12)
        let names = known.compactMap { $0["name"]?.string }
        #expect(names.count { $0 == "Fennimore Bakery Supplies Ltd" } == 2)
        #expect(names.contains { $0.hasPrefix(" ") })
        #expect(names.contains { $0 == $0.uppercased() })
        #expect(known.count { $0["accountnumber"]?.isNull == true } == 6)
        #expect(Set(all.compactMap { $0["accountid"]?.string }).count == 17)
        let userIDs = Set((0..<6).compactMap { users.row($0)["systemuserid"]?.string })
        #expect(all.allSatisfy { userIDs.contains($0["_ownerid_value"]?.string ?? "") })
    }

    @Test func `the CRM's stand-in takes every property of our own seeds`() {
        for seed in [DemoCompany.seed, GeneratedCompany(records: 50, alreadyInCRM: 0.5).seed] {
            var sandbox = DataverseSandbox(seed: seed.dataverse, at: Self.now)
            #expect(sandbox.warnings.isEmpty)
            let accounts = (try? SandboxJSON(bytes: sandbox.records(entitySet: "accounts") ?? []))?.array ?? []
            #expect(accounts.count == seed.dataverse.first { $0.entitySet == "accounts" }?.count)
        }
    }

    @Test func `the same number of records gives the same data`() throws {
        let one = GeneratedCompany(records: 200, alreadyInCRM: 0.1).seed
        let two = GeneratedCompany(records: 200, alreadyInCRM: 0.1).seed
        #expect(texts(one.businessCentral) == texts(two.businessCentral))
        #expect(texts(one.dataverse) == texts(two.dataverse))
        #expect(try #require(one.dataverse.last).count == 20)
    }

    @Test func `generated customers differ and fit their fields`() {
        var sandbox = BusinessCentralSandbox(seed: GeneratedCompany(records: 2_000).seed.businessCentral, at: Self.now)
        #expect(sandbox.warnings.isEmpty)
        let customers = rows("customers", &sandbox)
        #expect(customers.count == 2_000)
        let keys = customers.map { "\($0["displayName"]?.string ?? "") \($0["city"]?.string ?? "")" }
        #expect(Set(keys).count == 2_000)
        #expect(Set(customers.compactMap { $0["country"]?.string }).count == 8)
        #expect(Set(customers.compactMap { $0["email"]?.string }).count == 2_000)
    }

    @Test func `a generated company has what all tables of the ERP need, and references that lead somewhere`() throws {
        let seed = GeneratedCompany(records: 100).seed
        var sandbox = BusinessCentralSandbox(seed: seed.businessCentral, at: Self.now)
        #expect(sandbox.warnings.isEmpty)
        #expect(rows("vendors", &sandbox).count == 5)
        let items = rows("items", &sandbox)
        let units = Set(rows("unitsOfMeasure", &sandbox).compactMap { $0["code"]?.string })
        #expect(items.count == 10)
        #expect(items.allSatisfy { units.contains($0["baseUnitOfMeasureCode"]?.string ?? "") })
        #expect(Set(items.compactMap { $0["displayName"]?.string }).count == 10)
        for name in ["paymentTerms", "shipmentMethods"] {
            let ids = Set(rows(name, &sandbox).compactMap { $0["id"]?.string })
            let field = name == "paymentTerms" ? "paymentTermsId" : "shipmentMethodId"
            #expect(rows("customers", &sandbox).allSatisfy { ids.contains($0[field]?.string ?? "") }, "\(name)")
        }
        let contacts = rows("contacts", &sandbox)
        let people = contacts.filter { $0["type"]?.string == "Person" }
        #expect(people.count == 30)
        let companies = Set(contacts.filter { $0["type"]?.string == "Company" }.compactMap { $0["number"]?.string })
        #expect(people.allSatisfy { companies.contains($0["companyNumber"]?.string ?? "") })
        #expect(Set(people.compactMap { $0["email"]?.string }).count == 30)
        let parties = rows("customers", &sandbox) + rows("vendors", &sandbox)
        let numbers = Set(parties.compactMap { $0["number"]?.string })
        #expect(numbers.count == 105)
        let relations = rows("contactBusinessRelations", &sandbox)
        #expect(relations.count == 30)
        #expect(relations.allSatisfy { numbers.contains($0["relatedNumber"]?.string ?? "") })
    }

    @Test func `a seed written as a folder reads back the same`() throws {
        let path = "\(FileManager.default.temporaryDirectory.path)/couplet-seed-\(UInt64.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try SeedFolder.write(DemoCompany.seed, to: path)
        #expect(FileManager.default.createFile(atPath: "\(path)/dataverse/notes.txt", contents: nil))
        let read = try SeedFolder.read(path)
        #expect(texts(read.businessCentral).sorted() == texts(DemoCompany.seed.businessCentral).sorted())
        #expect(texts(read.dataverse).sorted() == texts(DemoCompany.seed.dataverse).sorted())
        #expect(read.warnings.count == 1)

        try Data("[{".utf8).write(to: URL(filePath: "\(path)/dataverse/accounts.json"))
        #expect(throws: SeedFolderError.self) { try SeedFolder.read(path) }
        #expect(throws: SeedFolderError.self) { try SeedFolder.read(path + "-absent") }
    }

    /// A folder beside the repository, or where the environment says.
    private static let northwind: String = {
        if let path = ProcessInfo.processInfo.environment["COUPLET_NORTHWIND_SEED"] { return path }
        let package = URL(filePath: #filePath).pathComponents.dropLast(4).dropFirst().joined(separator: "/")
        return "/\(package)/../shared/data/northwind-seed"
    }()

    @Test(.enabled(if: FileManager.default.fileExists(atPath: northwind), "the Northwind seed folder is not here"))
    func `the Northwind folder loads`() throws {
        let seed = try SeedFolder.read(Self.northwind)
        var sandbox = BusinessCentralSandbox(seed: seed.businessCentral, at: Self.now)
        let customers = rows("customers", &sandbox)
        #expect(customers.count == 91)
        #expect(customers.count { $0["blocked"]?.string == "All" } == 2)
        #expect(rows("salespeoplePurchasers", &sandbox).count == 5)
        let euro = rows("currencies", &sandbox).first { $0["code"]?.string == "EUR" }?["id"]?.string
        let mexican = customers.first { $0["number"]?.string == "ANATR" }
        #expect(mexican?["currencyId"]?.string == euro)
        #expect(customers.first { $0["number"]?.string == "ALFKI" }?["currencyCode"]?.string == "USD")
        #expect(sandbox.companyID.description == "2b00a947-d5bf-5f5e-9ffb-a7d53d0b076d")
        #expect(sandbox.warnings.allSatisfy { $0.contains("this table does not exist here") })
    }
}
