import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletTexts
import Testing

@testable import couplet

@Suite("What reports say in words")
struct ReportTextTests {
    private static func console(_ language: Language) -> Console {
        Console(language: language, isJSON: false, saysYes: false, environment: [:])
    }

    @Test(
        "an action has a name of its own in every language",
        arguments: [
            Synchronize.name, MatchRecords.name, CoupleRecords.name, UncoupleRecords.name, UndoRun.name, ApplyPlan.name,
            AnswerQuestion.name, ResolveConflict.name, RetryError.name, ImportCouplings.name,
        ]
    )
    func actions(name: String) {
        let words = [Language.english, .swedish].map { Self.console($0).action(name) }
        #expect(!words.contains { $0.hasPrefix("run.action.") })
        #expect(words[0] != words[1])
    }

    @Test("an id of the CRM is shown as commands take it")
    func typed() throws {
        let id = try #require(RecordID("00000000-0000-0000-0000-00000000000a"))
        let record = RecordView(side: .erp, key: "10000", id: id, name: "A", coupledTo: id, state: .inSync)
        #expect(record.typedCounterpart == "crm:\(id)")
        #expect(
            RecordView(side: .crm, key: "x", id: id, name: "A", coupledTo: id, state: .inSync).typedCounterpart
                == "\(id)"
        )
    }

    @Test("a name with blanks is quoted where it is to be typed")
    func quoted() {
        #expect(Self.console(.english).typed("UNIT OF MEASURE") == "'UNIT OF MEASURE'")
    }
}
