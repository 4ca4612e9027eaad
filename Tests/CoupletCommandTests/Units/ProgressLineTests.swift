import CoupletCore
import CoupletEngine
import CoupletTexts
import Testing

@testable import couplet

@Suite("The progress line")
struct ProgressLineTests {
    private static let english = Console(language: .english, isJSON: false, saysYes: false, environment: [:])
    private static let swedish = Console(language: .swedish, isJSON: false, saysYes: false, environment: [:])

    @Test func `says how many are done, how fast, and how long the rest takes`() {
        let event = ProgressEvent(stage: .writing, mapping: "CUSTOMER", side: .crm, done: 2500, total: 10_000)
        let line = ProgressLine(event: event, seconds: 25).text(Self.english, width: 100)
        #expect(line == "Writing CUSTOMER to the CRM ██████░░░░░░░░░░░░░░░░░░ 2500/10000 1:15 left 100/s")
        let swedish = ProgressLine(event: event, seconds: 25).text(Self.swedish, width: 100)
        #expect(swedish.hasSuffix("2500/10000 1:15 kvar 100/s"))
    }

    @Test func `says how many are done where nobody knows how many there are`() {
        let event = ProgressEvent(stage: .reading, mapping: "CUSTOMER", side: .erp, done: 40_000)
        #expect(
            ProgressLine(event: event, seconds: 2).text(Self.english, width: 100)
                == "Reading CUSTOMER from the ERP 40000 20000/s"
        )
    }

    @Test(arguments: ProgressEvent.Stage.allCases.filter { $0 != .recovering })
    func `names a system in every stage that goes over records`(stage: ProgressEvent.Stage) {
        for side in [Side.erp, .crm] {
            let event = ProgressEvent(stage: stage, mapping: "VENDOR", side: side, done: 1)
            let line = ProgressLine(event: event, seconds: 0).text(Self.english, width: 100)
            #expect(line.contains("VENDOR") && line.contains(side == .erp ? "ERP" : "CRM"), "\(line)")
        }
    }

    @Test func `is cut to the terminal's width`() {
        let event = ProgressEvent(stage: .writing, mapping: "CUSTOMER", side: .crm, done: 1, total: 2)
        #expect(DisplayWidth.of(ProgressLine(event: event, seconds: 9).text(Self.english, width: 30)) == 30)
    }
}
