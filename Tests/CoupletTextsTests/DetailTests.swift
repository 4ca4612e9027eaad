import Testing

@testable import CoupletTexts

@Suite("Details of failures")
struct DetailTests {
    @Test(
        "what connectors and the network say is told in the language of the person",
        arguments: [
            ("detail.tokenStatus(404)", "tokenadressen svarade med HTTP 404"),
            (
                "detail.unreachable(https://erp.example|network.refused(erp.example:443))",
                "ingen anslutning till https://erp.example: erp.example:443 tar inte emot anslutningar"
            ),
            ("detail.answerLost(detail.cancelled)", "svaret gick förlorat: avbrutet i väntan"),
            ("Record is locked. (detail)", "Record is locked. (detail)"),
        ]
    )
    func swedish(detail: String, beginning: String) {
        let text = Texts.detail(detail, .swedish)
        #expect(text.hasPrefix(beginning), "\(text)")
        #expect(!text.contains("detail."))
    }

    @Test("a value with the sign that parts values is kept whole where it is the last")
    func parted() {
        let text = Texts.detail("detail.notComparable(name|a|b)", .english)
        #expect(text == "the field name cannot be compared with a|b")
    }
}
