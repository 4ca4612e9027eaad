import ArgumentParser
import CoupletTexts
import Testing

@testable import couplet

@Suite("The order of arguments")
struct ArgumentOrderTests {
    @Test(
        "the options of every command may stand anywhere",
        arguments: [
            (["--json", "job", "list"], ["job", "list", "--json"]),
            (["job", "--lang", "sv", "list", "--limit", "3"], ["job", "list", "--lang", "sv", "--limit", "3"]),
            (["--lang=sv", "version"], ["version", "--lang=sv"]), (["version", "--json"], ["version", "--json"]),
            (["--home", "job", "job", "show", "4"], ["job", "show", "--home", "job", "4"]),
            (["--version"], ["version"]), (["--json", "--version"], ["version", "--json"]),
            (["--yes", "sync", "CUSTOMER", "--", "--json"], ["sync", "--yes", "CUSTOMER", "--", "--json"]),
        ]
    )
    func options(given: [String], ordered: [String]) throws {
        #expect(ArgumentOrder(given).arguments == ordered)
        #expect(throws: Never.self) { try Couplet.parseAsRoot(ordered) }
    }

    @Test(
        "help is help, whatever else is asked for",
        arguments: [
            (["help"], ["--help"]), (["--lang", "sv", "help", "sync"], ["sync", "--help"]),
            (["help", "connection", "set", "--json"], ["connection", "set", "--help"]),
            (["sync", "--help", "--lang", "sv"], ["sync", "--help"]), (["--json", "--help"], ["--help"]),
            (["help", "nothing", "--lang", "sv"], ["nothing"]), (["help", "sync", "nothing"], ["sync", "--help"]),
        ]
    )
    func help(given: [String], ordered: [String]) {
        #expect(ArgumentOrder(given).arguments == ordered)
    }

    @Test(
        "what the parser says is said in Swedish with all that it says",
        arguments: [
            (["list", "CUSTOMER", "--side", "x"], ["'x'", "'--side <side>'", "erp, crm"]),
            (["sync", "--directoin", "to"], ["'--directoin'", "'--direction'"]),
            (["couple", "CUSTOMER"], ["'<key>'"]), (["sync", "--direction"], ["'--direction <direction>'"]),
            (["job", "show", "1", "2", "3"], ["2, 3"]),
            (["list", "CUSTOMER", "--state", "x"], ["'--state <state>'", "- inSync"]),
        ]
    )
    func swedish(arguments: [String], parts: [String]) throws {
        let error = #expect(throws: (any Error).self) { try Couplet.parseAsRoot(ArgumentOrder(arguments).arguments) }
        let problem = try #require(error)
        let message = UsageMessage(Couplet.message(for: problem), language: .swedish).text
        for part in parts { #expect(message.contains(part), "\(message)") }
        for word in ["invalid", "Please", "Unknown", "Missing", "nexpected", "following"] {
            #expect(!message.contains(word), "\(message)")
        }
        let hints = UsageMessage.hints(Couplet.fullMessage(for: problem))
        #expect(hints.usage.hasPrefix("couplet " + arguments[0]), "\(hints)")
    }

    @Test(
        "what cannot be a port or half a certificate is said so",
        arguments: [
            (["sandbox", "--bc-port", "99999"], "99999 is no port"), (["sandbox", "--tls-key", "x"], "--tls-cert"),
        ]
    )
    func sandbox(arguments: [String], part: String) throws {
        let error = #expect(throws: (any Error).self) { try Couplet.parseAsRoot(arguments) }
        #expect(Couplet.message(for: try #require(error)).contains(part))
    }

    @Test("sides and other words may be written in upper case")
    func words() {
        #expect(SideArgument(argument: "ERP") == .erp)
        #expect(DirectionArgument(argument: "To-CRM") == .toCRM)
        #expect(MatchSyncArgument(argument: "NONE") == MatchSyncArgument.none)
        #expect(SideArgument(argument: "erpp") == nil)
    }
}
