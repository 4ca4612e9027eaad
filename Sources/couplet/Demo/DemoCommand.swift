import ArgumentParser
import CoupletCore
import CoupletEngine
import Foundation

/// `couplet demo`.
struct DemoCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("demo") }

    @Flag(help: help("demo.once"))
    var once = false
    @Flag(help: help("demo.tour"))
    var tour = false
    @Flag(help: help("demo.troubles"))
    var troubles = false
    @OptionGroup var options: SandboxOptions
    @OptionGroup var globals: GlobalOptions

    var interruption: InterruptionRule { .ends }
    var isOnlyHere: Bool { true }

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        let home = try DemoHome(globals.home).madeFresh()
        var here = session
        here.home = home
        console.say("demo.start", ["home": home.path])
        let (work, goesOnTour, hasTroubles) = (here, tour, troubles)
        return try await Sandboxes.serve(options, console: console) { sandboxes in
            console.say("demo.sandboxes", ["erp": sandboxes.erp.baseURL, "crm": sandboxes.crm.baseURL])
            let jobs = try await work.withActions { actions in
                let demo = DemoRun(sandboxes: sandboxes, actions: actions, console: console)
                var jobs = try await demo.firstSynchronization()
                if goesOnTour { jobs += try await DemoTour(demo, home: home).go() }
                if hasTroubles { jobs += try await DemoWeek(demo).pass() }
                try await demo.finish(jobs)
                return jobs
            }
            let status = RunOrPlan(jobs: jobs).status
            if once {
                if console.isJSON { console.print(document(jobs, home, nil, nil)) }
                return status
            }
            do {
                try await DemoDesk(session: work).serve { address, link in
                    sandboxes.serveForms(address)
                    if console.isJSON { return console.print(document(jobs, home, sandboxes, link)) }
                    console.line()
                    console.say("demo.desk", ["link": link])
                    console.say("sandbox.forms", ["erp": sandboxes.erp.baseURL, "crm": sandboxes.crm.baseURL])
                    DemoRun.showNextCommands(home, console)
                }
            } catch _ where Task.isCancelled {
                console.say("demo.end")
            }
            return .done
        }
    }

    private func document(
        _ jobs: [JobView],
        _ home: HomeDirectory,
        _ sandboxes: Sandboxes?,
        _ desk: String?
    ) -> JSONDocument {
        .object([
            "desk": .optional(desk),
            "run": jobs.last.map { .integer($0.run) } ?? .null,
            "jobs": .array(jobs.map(Document.job)),
            "home": .string(home.path),
            "sandbox": sandboxes?.document ?? .null,
        ])
    }
}

/// The home directory of a demonstration: emptied at each start, if it is one.
struct DemoHome {
    private let home: HomeDirectory

    /// The directory that the person named, or the usual one.
    init(_ named: String?) { home = HomeDirectory(named ?? "./.couplet-demo") }

    /// The directory, empty.
    /// - Throws: `CoupletError` when it holds something that no demonstration made.
    func madeFresh() throws -> HomeDirectory {
        let files = FileManager.default
        let marker = HomeDirectory.demonstrationMarker
        if let names = try? files.contentsOfDirectory(atPath: home.path), !names.isEmpty {
            guard names.contains(marker) else {
                throw CoupletError("demo.homeInUse", ["home": home.path], status: .wrongUse)
            }
            // Whoever works with it right now keeps it.
            let lock = try StoreLock(home)
            defer { lock.release() }
            for name in names where name != marker && name != "lock" {
                try files.removeItem(atPath: home.path + "/" + name)
            }
        }
        try home.create()
        guard files.createFile(atPath: home.demonstrationMarker, contents: nil, attributes: [.posixPermissions: 0o600])
        else {
            throw CoupletError("home.unusable", ["home": home.path, "detail": marker], status: .wrongConfiguration)
        }
        return home
    }
}
