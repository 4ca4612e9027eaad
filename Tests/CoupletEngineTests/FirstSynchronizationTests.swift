import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Foundation
import Testing

@Suite("The first synchronization")
struct FirstSynchronizationTests {
    /// A folder beside the repository, or where the environment says.
    private static let northwind: String = {
        if let path = ProcessInfo.processInfo.environment["COUPLET_NORTHWIND_SEED"] { return path }
        let package = URL(filePath: #filePath).pathComponents.dropLast(3).dropFirst().joined(separator: "/")
        return "/\(package)/../shared/data/northwind-seed"
    }()

    @Test(.enabled(if: FileManager.default.fileExists(atPath: northwind), "the Northwind seed folder is not here"))
    func `couples and equals everything of the Northwind company`() async throws {
        let world = try await World(seed: SeedFolder.read(Self.northwind))
        let before = Before(world)
        try await Self.synchronizeFirst(world)
        try await Self.verify(world, before, inQuestion: "AROUT")
        let question = try #require(try await world.perform(ListQuestions()).questions.first)
        #expect(question.label.hasPrefix("AROUT"))
    }

    @Test func `couples and equals everything of the demonstration company`() async throws {
        let world = try await World()
        let before = Before(world)
        try await Self.synchronizeFirst(world)
        try await Self.verify(world, before, inQuestion: "10110")
    }

    /// What both systems held before.
    private struct Before {
        let accounts: [SandboxJSON]
        let customers: [SandboxJSON]

        init(_ world: World) {
            accounts = world.rows(.crm, "accounts")
            customers = world.rows(.erp, "customers")
        }

        /// The accounts that a customer matches by number or by name and city.
        func matches(_ customer: SandboxJSON) -> [SandboxJSON] {
            let own = accounts.filter { $0["customertypecode"]?.integer == 3 && $0["statecode"]?.integer == 0 }
            let byNumber = own.filter { plain($0, "accountnumber") == plain(customer, "number") }
            guard byNumber.isEmpty else { return byNumber }
            return own.filter {
                plain($0, "name") == plain(customer, "displayName")
                    && plain($0, "address1_city") == plain(customer, "city")
            }
        }

        private func plain(_ row: SandboxJSON, _ name: String) -> String {
            row.text(name).trimmingCharacters(in: .whitespaces).lowercased()
        }
    }

    private static func synchronizeFirst(_ world: World) async throws {
        let people = try await world.perform(MatchRecords(mapping: "SALESPEOPLE", synchronization: .from))
        #expect(people.status == .done)
        try await world.perform(
            Synchronize(mapping: "SALESPEOPLE", direction: .fromIntegrationTable, isFull: true, creates: true)
        )
        let matched = try await world.perform(
            MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        )
        #expect(matched.counts.questions == 1)
        #expect(matched.counts.failed + matched.counts.parked + matched.counts.waiting == 0)
        try await world.synchronize()
    }

    private static func verify(_ world: World, _ before: Before, inQuestion: String) async throws {
        let after = world.rows(.crm, "accounts")
        let accounts = Dictionary(grouping: after) { $0.text("accountnumber") }
        let users = try await verifyPeople(world)
        for customer in world.rows(.erp, "customers") {
            let number = customer.text("number")
            let found = accounts[number] ?? []
            if customer.text("blocked") != "_x0020_" || number == inQuestion {
                #expect(found.isEmpty, "\(number) has an account")
                continue
            }
            try #require(found.count == 1, "\(number) has \(found.count) accounts")
            expectEqual(customer, found[0], users)
            let matches = before.matches(customer)
            #expect(matches.count <= 1)
            if let match = matches.first { #expect(match.text("accountid") == found[0].text("accountid")) }
        }
        let question = try #require(try await world.perform(ListQuestions(mapping: "CUSTOMER")).questions.first)
        #expect(question.candidates.count == 2)
        let blocked = before.customers.count { ![" ", "_x0020_"].contains($0.text("blocked")) }
        let customers = before.customers.filter { [" ", "_x0020_"].contains($0.text("blocked")) }
        let matched = customers.filter { $0.text("number") != inQuestion && !before.matches($0).isEmpty }.count
        #expect(after.count == before.accounts.count + customers.count - matched - 1)
        #expect(blocked > 0)
        try await verifyUntouched(world, before, after)
        try await verifyQuiet(world)
    }

    /// Every user is a salesperson; returns the user's id by salesperson code.
    private static func verifyPeople(_ world: World) async throws -> [String: String] {
        let view = try await world.perform(ListRecords(mapping: "SALESPEOPLE", side: .erp, isCoupled: true))
        let people = world.rows(.crm, "systemusers").filter {
            $0["isdisabled"]?.boolean != true && $0["islicensed"]?.boolean == true
                && $0["isintegrationuser"]?.boolean != true
        }
        let salespeople = world.rows(.erp, "salespeoplePurchasers")
        #expect(
            Set(view.records.compactMap { $0.coupledTo?.description }) == Set(people.map { $0.text("systemuserid") })
        )
        for person in view.records {
            let row = salespeople.first { $0.text("id") == person.id.description }
            let user = people.first { $0.text("systemuserid") == person.coupledTo?.description }
            #expect(row?.text("displayName") == user?.text("fullname"))
            #expect(row?.text("email") == user?.text("internalemailaddress"))
        }
        let made = salespeople.map { $0.text("code") }.filter { $0.hasPrefix("SP-") }.sorted()
        #expect(made == made.indices.map { "SP-0000\($0 + 1)" })
        return Dictionary(view.records.map { ($0.key ?? "", $0.coupledTo?.description ?? "") }) { first, _ in first }
    }

    private static func expectEqual(_ customer: SandboxJSON, _ account: SandboxJSON, _ users: [String: String]) {
        let fields = [
            "displayName": "name", "addressLine1": "address1_line1", "addressLine2": "address1_line2",
            "city": "address1_city", "state": "address1_stateorprovince", "postalCode": "address1_postalcode",
            "country": "address1_country", "phoneNumber": "telephone1", "email": "emailaddress1",
            "website": "websiteurl",
        ]
        for (erp, crm) in fields {
            #expect(customer.text(erp) == account.text(crm), "\(customer.text("number")) \(erp)")
        }
        #expect(account["customertypecode"]?.integer == 3)
        let code = customer.text("salespersonCode")
        if !code.isEmpty { #expect(account.text("_ownerid_value") == users[code], "\(customer.text("number")) owner") }
    }

    /// Data that only the CRM has is as it was, and its prospects are as they were altogether.
    private static func verifyUntouched(_ world: World, _ before: Before, _ after: [SandboxJSON]) async throws {
        let now = Dictionary(after.map { ($0.text("accountid"), $0) }) { first, _ in first }
        let view = try await world.perform(ListRecords(mapping: "CUSTOMER", side: .crm, isCoupled: true))
        let coupled = Set(view.records.map(\.id.description))
        var hasOwnData = false
        for account in before.accounts {
            let same = try #require(now[account.text("accountid")])
            #expect(same.text("description") == account.text("description"))
            #expect(same["numberofemployees"]?.number == account["numberofemployees"]?.number)
            hasOwnData = hasOwnData || !account.text("description").isEmpty
            if account["customertypecode"]?.integer != 3 {
                #expect(same.bytes == account.bytes)
                #expect(!coupled.contains(account.text("accountid")))
            }
        }
        #expect(hasOwnData)
    }

    /// A second synchronization writes nothing and asks each table once.
    private static func verifyQuiet(_ world: World) async throws {
        let quiet = try await world.cost { try await world.synchronize() }
        #expect(quiet.writes == 0)
        #expect(quiet.requests.erp <= 2)
        #expect(quiet.requests.crm <= 2)
    }
}
