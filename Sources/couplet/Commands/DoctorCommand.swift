import ArgumentParser
import CoupletCore
import CoupletEngine
import CoupletServer
import Foundation
import Glibc

/// `couplet doctor`.
struct DoctorCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("doctor") }

    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        var findings = try await session.perform(ExamineSetup()).findings
        let server = session.settings.server
        for index in findings.indices where findings[index].topic == .store {
            findings[index].subject = server?.base ?? session.home.path
        }
        // A server's disk is not seen from here, and its version need not be this one.
        if server == nil {
            let version = Message("doctor.version", ["version": ProductVersion.text])
            findings.append(Self.disk(session.home))
            findings.append(FindingsView.Finding(.store, session.home.path, .good, version))
        }
        if console.isJSON {
            console.print(document(findings, console))
        } else {
            show(findings, console)
        }
        return findings.contains { $0.level == .bad } ? .doneWithOpenItems : .done
    }

    /// Less than this is little for a store that grows while it works.
    private static let enoughBytes: UInt64 = 1 << 30

    private static func disk(_ home: HomeDirectory) -> FindingsView.Finding {
        var status = statvfs()
        guard statvfs(home.path, &status) == 0 else {
            let detail = String(cString: strerror(errno))
            return FindingsView.Finding(
                .store,
                home.path,
                .bad,
                Message("home.unusable", ["home": home.path, "detail": detail])
            )
        }
        let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
        let megabytes = ["megabytes": String(free >> 20), "home": home.path]
        return free < enoughBytes
            ? FindingsView.Finding(.store, home.path, .warning, Message("doctor.littleSpace", megabytes))
            : FindingsView.Finding(.store, home.path, .good, Message("doctor.enoughSpace", megabytes))
    }

    private func show(_ findings: [FindingsView.Finding], _ console: Console) {
        for topic in FindingsView.Topic.allCases {
            let own = findings.filter { $0.topic == topic }
            guard !own.isEmpty else { continue }
            console.line(console.bold(console.text("doctor.topic.\(topic.rawValue)")))
            for finding in own {
                let word = console.text("doctor.level.\(finding.level.rawValue)")
                let blanks = String(repeating: " ", count: max(0, 7 - DisplayWidth.of(word)))
                let mark = console.mark(word + blanks, finding.level)
                let text = console.text(finding.message)
                let subject = finding.subject.isEmpty ? "" : finding.subject + ": "
                // Some findings begin with what they are about.
                console.line("  \(mark) " + Table.harmless(text.hasPrefix(subject) ? text : subject + text))
                guard finding.level != .good, let remedy = console.remedy(finding.message) else { continue }
                console.line("      " + console.dim(Table.harmless(remedy)))
            }
        }
        let bad = findings.count { $0.level == .bad }
        let warnings = findings.count { $0.level == .warning }
        console.say("doctor.summary", ["bad": String(bad), "warnings": String(warnings)])
    }

    private func document(_ findings: [FindingsView.Finding], _ console: Console) -> JSONDocument {
        let list = findings.map { finding -> JSONDocument in
            .object([
                "topic": .string(finding.topic.rawValue),
                "subject": .string(finding.subject),
                "level": .string(finding.level.rawValue),
                "code": .string(finding.message.code),
                "text": .string(console.text(finding.message)),
                "remedy": finding.level == .good ? .null : .optional(console.remedy(finding.message)),
            ])
        }
        return .object(["findings": .array(list)])
    }
}

extension Console {
    /// A mark in the colour of a level, on a terminal.
    fileprivate func mark(_ text: String, _ level: FindingsView.Level) -> String {
        switch level {
        case .good: coloured(text, isAdded: true)
        case .warning: bold(text)
        case .bad: coloured(text, isAdded: false)
        }
    }
}
