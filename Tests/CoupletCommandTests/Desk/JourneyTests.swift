import CoupletTexts
import Foundation
import Testing

@Suite(
    "Journeys in a browser",
    .enabled(if: Browser.program != nil, "disabled without chromium"),
    .timeLimit(.minutes(10))
)
struct JourneyTests {
    private let language: Language
    private let desk: DeskWorld
    private let browser: Browser

    private init(_ code: String) async throws {
        language = try #require(Language(code))
        desk = try await DeskWorld(["--records", "20"])
        browser = try await Browser(language: code)
    }

    private func word(_ code: String) -> String { Texts.text(code, [:], language) }

    /// Signs in as the first administrator does.
    private func signIn() async throws {
        try await browser.open(desk.address + "/")
        #expect(try await browser.path() == "/sign-in")
        try await browser.set("input[name=name]", "admin")
        try await browser.set("input[name=password]", desk.password)
        try await browser.press(word("desk.signIn"))
        try await browser.set("input[name=present]", desk.password)
        try await browser.set("input[name=new]", "correct horse battery")
        try await browser.set("input[name=again]", "correct horse battery")
        try await browser.press(word("desk.changePassword"))
        #expect(try await browser.path() == "/")
    }

    /// Connects a system with the form of the connections' page.
    private func connect(_ side: String) async throws {
        try await browser.open(desk.address + "/connections/new")
        let system = desk.world.addresses[side]
        let values = [
            ("name", side), ("url", system["baseURL"].text), ("company", system["companyId"].text),
            ("tokenURL", system["tokenURL"].text), ("clientID", system["clientId"].text),
            ("secret", system["clientSecret"].text),
        ]
        try await browser.set("select[name=side]", side)
        for (name, value) in values { try await browser.set("input[name=\(name)]", value ?? "") }
        try await browser.press(word("desk.save"))
        #expect(try await browser.path() == "/connections")
    }

    /// A record of a list, by the address of its page.
    private func firstRecord(_ list: String) async throws -> String {
        try await browser.open(desk.address + list)
        return try #require(
            try await browser.run("document.querySelector('tbody a')?.getAttribute('href') || ''").text,
            "\(list)"
        )
    }

    @Test("from the first sign-in to synchronized customers, and back", arguments: ["en", "sv"])
    static func everyDay(_ code: String) async throws {
        let journey = try await JourneyTests(code)
        try await journey.signIn()
        try await journey.firstSetUp()
        try await journey.matchReview()
        try await journey.synchronizeOne()
        try await journey.settleConflict()
        try await journey.synchronizeSeveral()
        try await journey.undoAJob()
        try await journey.coupleExisting()
        try await journey.createAndCouple()
        try await journey.clearError()
        try await journey.search()
    }

    /// First set-up: both systems are connected, nothing is written until they are enabled.
    private func firstSetUp() async throws {
        #expect(try await browser.text().contains(word("desk.next.connect")))
        try await connect("erp")
        try await connect("crm")
        try await browser.press(word("desk.testConnection"))
        #expect(try await browser.text().contains(word("desk.done")))
        try await browser.open(desk.address + "/records/CUSTOMER")
        #expect(try await !browser.text().contains(word("desk.synchronizeNow")), "nothing to press while only reading")
        try await browser.open(desk.address + "/connections")
        try await browser.press(word("desk.enableAll"))
        #expect(try await browser.text().contains(word("column.enabled")))
        try await browser.open(desk.address + "/records/CUSTOMER")
        #expect(try await browser.text().contains(word("desk.synchronizeNow")))
    }

    /// Match review: a plan is shown, approved and carried out.
    private func matchReview() async throws {
        for mapping in ["SALESPEOPLE", "CUSTOMER"] {
            try await browser.open(desk.address + "/records/\(mapping)/matching")
            try await browser.set("select[name=synchronization]", mapping == "CUSTOMER" ? "to" : "from")
            if mapping == "CUSTOMER" { try await browser.set("input[name=creates]") }
            try await browser.press(word("desk.preview"))
            try await expect("/plans/")
            #expect(try await browser.text().contains(word("desk.previewed")))
            try await browser.press(word("desk.applyPlan"))
            try await arrive("/plans")
        }
        try await browser.open(desk.address + "/records/CUSTOMER?coupled=yes")
        #expect(try await !browser.text().contains(word("desk.noRecords")))
    }

    /// Expects to be at a page, or at one of those below it.
    private func expect(_ path: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let (here, text) = (try await browser.path(), try await browser.text())
        #expect(
            here == path || path.hasSuffix("/") && here.hasPrefix(path),
            "\(here): \(text)",
            sourceLocation: sourceLocation
        )
    }

    /// Waits while a running action shows how far it is.
    private func arrive(_ path: String) async throws {
        while try await browser.path().hasPrefix("/actions/") { try await browser.open(desk.address + browser.path()) }
        try await expect(path)
    }

    /// Synchronize Now for one record, with a direction.
    private func synchronizeOne() async throws {
        let path = try await firstRecord("/records/CUSTOMER?coupled=yes&state=inSync")
        let key = String(path.split(separator: "/").last ?? "")
        try await editCustomer(key, "displayName", "Changed in the ERP")
        try await browser.open(desk.address + path + "?refresh=1")
        #expect(try await browser.text().contains(word("field.erpChanged")))
        try await browser.press(word("desk.synchronizeNow"))
        #expect(try await browser.text().contains("Changed in the ERP"))
        try await browser.set("input[name=direction][value=toIntegrationTable]")
        try await browser.press(word("desk.synchronizeNow"), in: "form")
        try await arrive(path)
        #expect(try await browser.text().contains(word("field.inSync")))
        #expect(try await !browser.text().contains(word("field.erpChanged")))
        let names = try await desk.world.rows("crm", "accounts").compactMap { $0["name"].text }
        #expect(names.contains("Changed in the ERP"))
    }

    private func customer(_ key: String) async throws -> JSON {
        try #require(try await desk.world.rows("erp", "customers").first { $0["number"].text == key })
    }

    private func editCustomer(_ key: String, _ property: String, _ value: String) async throws {
        try await desk.edit("erp", "customers", try await customer(key)["id"].text ?? "", [property: value])
    }

    /// A conflict in three columns: the ERP's value is taken.
    private func settleConflict() async throws {
        let path = try await firstRecord("/records/CUSTOMER?coupled=yes&state=inSync")
        let key = String(path.split(separator: "/").last ?? "")
        let account = try #require(
            try await desk.world.rows("crm", "accounts").first { $0["accountnumber"].text == key }?["accountid"].text
        )
        try await editCustomer(key, "phoneNumber", "111")
        try await desk.edit("crm", "accounts", account, ["telephone1": "222"])
        try await browser.open(desk.address + "/records/CUSTOMER/synchronize")
        try await browser.press(word("desk.synchronizeNow"), in: "form")
        try await arrive("/records/CUSTOMER")
        try await browser.open(desk.address + "/conflicts")
        let conflict = try await browser.run("document.querySelector('a[href^=\"/conflicts/\"]').getAttribute('href')")
        try await browser.open(desk.address + (conflict.text ?? ""))
        let shown = try await browser.text()
        #expect(shown.contains("111") && shown.contains("222"))
        try await browser.set("input[type=radio][value=erp]")
        try await browser.press(word("desk.settle"))
        try await arrive("/conflicts")
        #expect(try await customer(key)["phoneNumber"].text == "111")
        let phones = try await desk.world.rows("crm", "accounts").compactMap { $0["telephone1"].text }
        #expect(phones.contains("111") && !phones.contains("222"))
    }

    /// Several records at once.
    private func synchronizeSeveral() async throws {
        try await browser.open(desk.address + "/records/CUSTOMER?coupled=yes")
        try await browser.run("document.querySelector('input[data-all]').click()")
        try await browser.press(word("desk.synchronizeNow"))
        #expect(try await browser.path() == "/records/CUSTOMER/synchronize")
        try await browser.press(word("desk.synchronizeNow"), in: "form")
        try await arrive("/records/CUSTOMER")
    }

    /// Undo: what a record's step changed is put back.
    private func undoAJob() async throws {
        let path = try await firstRecord("/records/CUSTOMER?coupled=yes&q=Changed")
        try await browser.open(desk.address + path)
        try await browser.press(word("desk.undo"))
        try await expect("/plans/")
        try await browser.press(word("desk.applyPlan"))
        try await arrive("/plans")
        let names = try await desk.world.rows("crm", "accounts").compactMap { $0["name"].text }
        #expect(!names.contains("Changed in the ERP"))
    }

    /// Delete Coupling, then Set Up Coupling with the account that was the counterpart.
    private func coupleExisting() async throws {
        let path = try await uncoupled()
        try await browser.press(word("desk.setUpCoupling"))
        try await expect("/records/CUSTOMER/coupling")
        try await browser.set("input[name=with]")
        try await browser.set("input[name=choice][value=erp]")
        try await browser.press(word("desk.setUpCoupling"), in: "form")
        try await arrive(path)
        #expect(try await browser.text().contains(word("desk.deleteCoupling")), "it is coupled again")
        #expect(try await browser.text().contains(word("field.inSync")))
    }

    /// The page of a customer whose coupling was just deleted.
    private func uncoupled() async throws -> String {
        let path = try await firstRecord("/records/CUSTOMER?coupled=yes&state=inSync&refresh=1")
        try await browser.open(desk.address + path)
        try await browser.press(word("desk.deleteCoupling"))
        try await browser.press(word("desk.deleteCoupling"), in: "form")
        try await arrive(path)
        #expect(try await browser.text().contains(word("desk.notCoupled")))
        return path
    }

    /// Create New: the customer gets an account of its own.
    private func createAndCouple() async throws {
        let path = try await uncoupled()
        let before = try await desk.world.rows("crm", "accounts").count
        try await browser.press(word("desk.setUpCoupling"))
        try await browser.set("input[name=with][value=create]")
        try await browser.press(word("desk.setUpCoupling"), in: "form")
        try await arrive(path)
        #expect(try await desk.world.rows("crm", "accounts").count == before + 1)
    }

    /// A record that cannot go through is found among the errors, mended, and tried again.
    private func clearError() async throws {
        let path = try await firstRecord("/records/CUSTOMER?coupled=yes&state=inSync&refresh=1")
        let key = String(path.split(separator: "/").last ?? "")
        let name = try await customer(key)["displayName"].text ?? ""
        try await editCustomer(key, "displayName", String(repeating: "long ", count: 30) + "name")
        try await browser.open(desk.address + "/records/CUSTOMER/synchronize")
        try await browser.press(word("desk.synchronizeNow"), in: "form")
        try await arrive("/records/CUSTOMER")
        try await browser.open(desk.address + "/errors")
        #expect(try await !browser.text().contains(word("desk.noErrors")))
        try await editCustomer(key, "displayName", name)
        try await browser.press(word("desk.retryAll"))
        try await arrive("/errors")
        #expect(try await browser.text().contains(word("desk.noErrors")))
    }

    /// Pages are found by old names too, records by their numbers.
    private func search() async throws {
        try await browser.open(desk.address + "/search?q=common%20data%20service")
        #expect(try await browser.text().contains(word("nav.connections")))
        try await browser.press(language == .swedish ? "English" : "Svenska", in: ".who")
        #expect(try await browser.run("document.documentElement.lang").text == (language == .swedish ? "en" : "sv"))
    }
}

extension DeskWorld {
    /// Changes a record as a user of the system would.
    func edit(_ side: String, _ table: String, _ id: String, _ values: [String: String]) async throws {
        var row = values
        row[side == "erp" ? "id" : "accountid"] = id
        let document = try JSONEncoder().encode(row)
        try await world.administer(side, "POST", "records/\(table)", String(decoding: document, as: UTF8.self))
    }
}
