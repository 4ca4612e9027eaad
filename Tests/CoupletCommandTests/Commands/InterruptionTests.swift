import Foundation
import Glibc
import Testing

@Suite("Interruptions", .timeLimit(.minutes(5)))
struct InterruptionTests {
    /// A moment of the first synchronization at which the process ends.
    struct Moment: CustomTestStringConvertible, Sendable {
        /// The command that is under way.
        let command: [String]
        /// The side whose request is held up.
        let side: String
        /// The request's method and the end of its path.
        let method: String
        let ending: String
        /// Which of these requests.
        let nth: Int

        var testDescription: String { "\(command.joined(separator: " ")), \(side) \(method) \(ending) \(nth)" }
    }

    private static let match = ["match", "CUSTOMER", "--create-unmatched", "--sync", "to"]
    private static let people = ["sync", "SALESPEOPLE", "--full", "--create", "--direction", "from"]

    private static let usual = [
        Moment(command: match, side: "crm", method: "POST", ending: "/$batch", nth: 1),
        Moment(command: people, side: "erp", method: "POST", ending: "/$batch", nth: 1),
    ]

    private static let more = [
        Moment(command: people, side: "crm", method: "GET", ending: "/systemusers", nth: 1),
        Moment(command: people, side: "erp", method: "GET", ending: "/salespeoplePurchasers", nth: 1),
        Moment(command: match, side: "erp", method: "GET", ending: "/customers", nth: 1),
        Moment(command: match, side: "crm", method: "GET", ending: "/accounts", nth: 1),
        Moment(command: match, side: "crm", method: "POST", ending: "/$batch", nth: 2),
        Moment(command: match, side: "crm", method: "POST", ending: "/$batch", nth: 3),
        Moment(command: match, side: "crm", method: "POST", ending: "/$batch", nth: 4),
        Moment(command: ["sync"], side: "crm", method: "GET", ending: "/accounts", nth: 1),
    ]

    /// Ten moments where everything long is tested, two otherwise.
    static var moments: [Moment] {
        ProcessInfo.processInfo.environment["COUPLET_LONG"] == "1" ? usual + more : usual
    }

    /// Starts a command and gives it back when its nth request of a kind was handled and its answer is held up.
    private static func heldUp(_ world: World, _ moment: Moment, seconds: Int = 60) async throws -> CoupletProcess {
        _ = try await world.administer(moment.side, "POST", "reset")
        let rule = """
            {"fault":"delay","milliseconds":\(seconds * 1000),"method":"\(moment.method)","path":"\(moment.ending)",\
            "nth":\(moment.nth)}
            """
        _ = try await world.administer(moment.side, "POST", "faults", rule)
        let process = try world.start(moment.command + ["--json"])
        try await world.waitForRequests(
            moment.nth,
            moment.side,
            moment.method,
            ending: moment.ending,
            of: process
        )
        return process
    }

    /// Exactly one account for each customer that takes part, and one salesperson for each user.
    private static func expectWhole(_ world: World) async throws {
        let customers = try await world.rows("erp", "customers")
        let accounts = try await world.rows("crm", "accounts")
        let numbers = accounts.compactMap { $0["accountnumber"].text }.filter { !$0.isEmpty }
        #expect(Set(numbers).count == numbers.count, "an account was created twice")
        let listed = try await world.json("list", "CUSTOMER", "--side", "erp")["records"].elements
        let open = listed.filter { $0["coupledTo"] == .null }
        #expect(open.allSatisfy { $0["state"].text == "question" || $0["state"].text == "outOfScope" }, "\(open)")
        #expect(customers.count >= listed.count)
        let coupled = listed.compactMap { $0["coupledTo"].text }
        #expect(Set(coupled).count == coupled.count)
        let people = try await world.rows("erp", "salespeoplePurchasers")
        let mails = people.compactMap { $0["email"].text?.lowercased() }
        #expect(Set(mails).count == mails.count, "a salesperson was created twice")
        #expect(people.count == 6)
    }

    @Test("killed at any moment of the first synchronization, a later one makes it whole", arguments: moments)
    func killed(_ moment: Moment) async throws {
        let world = try await World()
        try await world.connect()
        _ = try await world.json("match", "SALESPEOPLE", "--sync", "from")
        if moment.command != Self.people {
            _ = try await world.json("sync", "SALESPEOPLE", "--full", "--create", "--direction", "from")
        }
        if moment.command == ["sync"] { _ = try await world.start(Self.match + ["--json"]).finished() }
        let process = try await Self.heldUp(world, moment)
        process.send(SIGKILL)
        _ = await process.finished()
        for side in ["erp", "crm"] { _ = try await world.administer(side, "DELETE", "faults") }
        let recovered = try await world.couplet("sync", "--json")
        #expect([0, 1].contains(recovered.status), "\(recovered.output)")
        try await world.synchronizeFirst()
        try await Self.expectWhole(world)
    }

    @Test("Ctrl-C ends with 130 after settling, and the next synchronization goes on")
    func interrupted() async throws {
        let world = try await World()
        try await world.connect()
        _ = try await world.json("match", "SALESPEOPLE", "--sync", "from")
        _ = try await world.json("sync", "SALESPEOPLE", "--full", "--create", "--direction", "from")
        let process = try await Self.heldUp(
            world,
            Moment(command: Self.match, side: "crm", method: "POST", ending: "/$batch", nth: 1),
            seconds: 30
        )
        process.send(SIGINT)
        _ = await process.errors.line(containing: "Interrupted")
        _ = try await world.administer("crm", "DELETE", "faults")
        let ended = await process.finished()
        #expect(ended.status == 130, "\(ended.output) \(ended.errors)")
        #expect(try ended.json()["error"]["code"].text == "action.interrupted")
        try await world.synchronizeFirst()
        try await Self.expectWhole(world)
    }

    @Test("a second Ctrl-C ends at once")
    func interruptedTwice() async throws {
        let world = try await World()
        try await world.connect()
        let process = try await Self.heldUp(
            world,
            Moment(command: Self.people, side: "erp", method: "POST", ending: "/$batch", nth: 1)
        )
        process.send(SIGINT)
        _ = await process.errors.line(containing: "Interrupted")
        process.send(SIGINT)
        #expect(await process.finished().status == 130)
    }
}
