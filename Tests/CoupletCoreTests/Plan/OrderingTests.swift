import CoupletCore
import Testing

@Suite("Order of mappings and steps")
struct OrderingTests {
    /// A mapping whose fields refer to others; an exclamation mark makes the reference required.
    static func mapping(_ name: String, _ references: String...) -> TableMapping {
        let fields = references.enumerated().map { index, reference in
            Sample.field(
                "r\(index)",
                reference: FieldMapping.Reference(
                    mapping: reference.filter { $0 != "!" },
                    erpHoldsKey: false,
                    required: reference.hasSuffix("!")
                )
            )
        }
        return Sample.mapping(name, fields + [Sample.field("a")])
    }

    @Test func `referenced mappings come first, the others keep their order`() throws {
        let mappings = [
            Self.mapping("ORDER", "CUSTOMER!", "PEOPLE"), Self.mapping("ITEM"), Self.mapping("CUSTOMER", "PEOPLE!"),
            Self.mapping("PEOPLE"), Self.mapping("UNIT"),
        ]
        #expect(try StepOrdering.ordered(mappings).map(\.name) == ["ITEM", "PEOPLE", "CUSTOMER", "ORDER", "UNIT"])
    }

    @Test func `an optional cycle is cut where nothing is required`() throws {
        let mappings = [Self.mapping("CONTACT", "ACCOUNT!"), Self.mapping("ACCOUNT", "CONTACT")]
        #expect(try StepOrdering.ordered(mappings).map(\.name) == ["ACCOUNT", "CONTACT"])
    }

    @Test func `a mapping may refer to itself and to mappings of other runs`() throws {
        let mappings = [Self.mapping("ACCOUNT", "ACCOUNT!", "ELSEWHERE!")]
        #expect(try StepOrdering.ordered(mappings).map(\.name) == ["ACCOUNT"])
    }

    @Test func `a cycle of required references is refused, naming those in it`() throws {
        let mappings = [
            Self.mapping("A", "B!"), Self.mapping("B", "C!"), Self.mapping("C", "B!"), Self.mapping("D"),
        ]
        let error = try #require(throws: CoupletError.self) { try StepOrdering.ordered(mappings) }
        #expect(error.message == Message("mapping.requiredCycle", ["mappings": "B, C"]))
        #expect(error.status == .wrongConfiguration)
    }

    @Test func `steps follow their mappings, creates come before changes`() {
        func step(_ mapping: String, _ action: Step.Action, _ label: String) -> Step {
            Step(
                mapping: mapping,
                action: action,
                target: .crm,
                coupling: nil,
                ids: BySide(erp: nil, crm: nil),
                fields: [],
                precondition: "",
                label: label
            )
        }
        let steps = [
            step("CUSTOMER", .update, "1"), step("CUSTOMER", .create, "2"), step("PEOPLE", .update, "3"),
            step("OTHER", .create, "4"), step("PEOPLE", .create, "5"), step("CUSTOMER", .create, "6"),
            step("CUSTOMER", .couple, "7"),
        ]
        let ordered = StepOrdering.ordered(steps, mappings: ["PEOPLE", "CUSTOMER"])
        #expect(ordered.map(\.label) == ["5", "3", "7", "2", "6", "1", "4"])
    }
}

@Suite("Pauses between attempts")
struct RetryPolicyTests {
    @Test func `pauses grow and stay below the longest`() {
        let policy = RetryPolicy(firstPause: 5, factor: 3, longestPause: 100, maximumAttempts: 6)
        #expect((1...6).map { policy.pause(afterAttempts: $0) } == [5, 15, 45, 100, 100, 100])
        #expect(policy.pause(afterAttempts: 100_000) == 100)
        #expect((4...7).map { policy.isExhausted(afterAttempts: $0) } == [false, false, true, true])
    }

    @Test func `what the remote asks for is the least`() {
        let policy = RetryPolicy(firstPause: 5, factor: 3, longestPause: 100, maximumAttempts: 6)
        #expect(policy.pause(afterAttempts: 1, asked: 30) == 30)
        #expect(policy.pause(afterAttempts: 3, asked: 30) == 45)
        #expect(policy.pause(afterAttempts: 9, asked: 500) == 500)
    }

    @Test func `a refused precondition is tried three times at once`() {
        let policy = RetryPolicy.preconditionFailed
        #expect((1...5).map { policy.pause(afterAttempts: $0) } == [0, 0, 0, 5, 15])
    }
}
