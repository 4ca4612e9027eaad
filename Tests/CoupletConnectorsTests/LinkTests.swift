import CoupletConnectors
import CoupletCore
import CoupletPorts
import CoupletTestSupport
import Testing

@Suite("Addresses of records in the systems' own pages")
struct LinkTests {
    private static let id = RecordID("00000000-0000-4000-8000-0000000000AB") ?? .zero

    @Test(
        "the logical name that links use is told from the entity set",
        arguments: [
            ("accounts", "account"), ("systemusers", "systemuser"), ("transactioncurrencies", "transactioncurrency"),
            ("uomschedules", "uomschedule"), ("pricelevels", "pricelevel"), ("bcbi_companies", "bcbi_company"),
            ("new_boxes", "new_box"), ("new_addresses", "new_address"), ("products", "product"),
            ("incidents", "incident"),
        ]
    )
    func logicalName(set: String, name: String) async throws {
        let connector = try Fixture.dataverse(ScriptedTransport())
        #expect(connector.isName(name, of: set))
        #expect(connector.isName(name.uppercased(), of: set))
        #expect(connector.isName(set, of: set))
        #expect(!connector.isName("other", of: set))
        let address = try await connector.webAddress(of: Self.id, key: nil, in: set)
        #expect(
            address == "https://org.crm.example/main.aspx?pagetype=entityrecord&etn=\(name)"
                + "&id=00000000-0000-4000-8000-0000000000ab"
        )
    }

    @Test(
        "the web client of the online service has a host of its own",
        arguments: [
            (
                "https://api.businesscentral.dynamics.com/v2.0/tenant/Production",
                "https://businesscentral.dynamics.com/tenant/Production"
            ),
            (
                "https://api.businesscentral.dynamics.com/v2.0/Production/api/v2.0",
                "https://businesscentral.dynamics.com/Production"
            ),
            ("https://bc.example:7048/BC/api/v2.0/", "https://bc.example:7048/BC"),
        ]
    )
    func webClient(url: String, client: String) async throws {
        var connection = Fixture.connection("businessCentral", url: url, company: "\(Self.id)")
        connection.recordURL = "{client}/?page={page}&no={key}&at={company}"
        let factory = StandardConnectorFactory(transport: ScriptedTransport(), clock: SteppingClock())
        let connector = try factory.connector(for: connection, secret: "secret")
        let address = try await connector.webAddress(of: Self.id, key: "10 000&x", in: "customers")
        #expect(address == "\(client)/?page=21&no=10%20000%26x&at=\(Self.id)")
        #expect(try await connector.webAddress(of: Self.id, key: nil, in: "customers") == nil)
        #expect(connector.isName("Customer", of: "customers"))
        #expect(!connector.isName("Vendor", of: "customers"))
    }
}
