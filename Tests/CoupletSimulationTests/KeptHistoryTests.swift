import CoupletSimulation
import Testing

@Suite("Histories in which something did not hold once")
struct KeptHistoryTests {
    /// The name of each, with what went wrong.
    static let histories = [
        ("61@61:4.6c", "an action asked a system before the time that an earlier action's answer had named"),
        ("71000345:0.1.6.19.21c.29.31c.39c.54", "an older plan brought back a conflict that was settled since"),
        ("71002092:0.2.12.14.20.25", "the side chosen when coupling stood for a field that came to the mapping later"),
        ("71002458:0.1.2.6.7.8.11", "a record was written that had left its filter before its change was known"),
        ("101004004:0.2.5.6.8", "a record that was asked about already could not be asked about anything else"),
        ("500008730:0.7", "a record that another create had made was taken for that of one whose answer was lost"),
        ("610004341:0.3.4c.5.14.15", "a change was passed over whose record a full read had left out"),
        (
            "660012889:0.4.12.17.21.22c.23.24.30.34",
            "the process ended between recording what a change without an answer had left and what it had not"
        ),
        (
            "670005558:0.2.9.14.22.23.27.28",
            "a conflict was settled by values that another action had found while its settling waited"
        ),
        (
            "690006340:3.7.9.12.14",
            "a preview showed a counterpart of what a create had made of which nobody had heard"
        ),
        ("1088@1088:0.1.6c", "the oracle took what a system makes of a new record's value for an invention"),
    ]

    @Test(arguments: histories.map(\.0))
    func `every invariant holds`(name: String) async throws {
        let history = try #require(History(name))
        let report = await Simulation.run(history)
        #expect(report.violations.isEmpty, "\(Story(history, report).lines.joined(separator: "\n"))")
    }
}
