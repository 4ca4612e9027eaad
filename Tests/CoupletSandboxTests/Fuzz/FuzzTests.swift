import CoupletSandbox
import Foundation
import Testing

@Suite("Requests at random", .timeLimit(.minutes(30)))
struct FuzzTests {
    /// `COUPLET_FUZZ_SECONDS`, ten minutes in long runs; nil for a number of requests that takes seconds.
    private static var seconds: Double? {
        let environment = ProcessInfo.processInfo.environment
        if let text = environment["COUPLET_FUZZ_SECONDS"], let seconds = Double(text) { return seconds }
        return environment["COUPLET_LONG"] == "1" ? 600 : nil
    }

    private static func run<Machine>(_ subject: FuzzSubject<Machine>, _ name: String) -> FuzzRun<Machine> {
        var run = FuzzRun(subject)
        guard let seconds else {
            for number in 0..<1_500 { run.send(UInt64(number)) }
            return run
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "couplet-fuzz-\(name).txt")
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        run.note = try? FileHandle(forWritingTo: file)
        let end = ContinuousClock.now + .seconds(seconds)
        var number: UInt64 = 1_000_000
        while ContinuousClock.now < end, run.findings.count < 20 {
            run.send(number)
            number += 1
        }
        return run
    }

    private static func report<Machine>(_ run: FuzzRun<Machine>) -> Comment {
        let counts = run.statuses.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
        return "\(counts); longest \(run.longest) s\n\(run.findings.map(\.description).joined(separator: "\n---\n"))"
    }

    @Test
    func `Business Central answers whatever it is asked, soon and in its own form`() {
        let run = Self.run(.businessCentral(), "business-central")
        #expect(run.findings.isEmpty, Self.report(run))
        #expect(run.statuses.keys.contains(200) && run.statuses.keys.contains(400), Self.report(run))
        Self.say("Business Central", run)
    }

    @Test
    func `Dataverse answers whatever it is asked, soon and in its own form`() {
        let run = Self.run(.dataverse(), "dataverse")
        #expect(run.findings.isEmpty, Self.report(run))
        #expect(run.statuses.keys.contains(200) && run.statuses.keys.contains(400), Self.report(run))
        Self.say("Dataverse", run)
    }

    /// Long runs say how much they tried.
    private static func say<Machine>(_ name: String, _ run: FuzzRun<Machine>) {
        guard seconds != nil else { return }
        let total = run.statuses.values.reduce(0, +)
        FileHandle.standardError.write(Data("\(name): \(total) requests at random, \(report(run))".utf8))
    }
}
