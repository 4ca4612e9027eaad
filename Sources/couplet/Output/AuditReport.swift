import CoupletCore
import CoupletEngine
import CoupletPorts

/// Shows the audit log.
enum AuditReport {
    /// Shows entries.
    static func show(_ view: AuditView, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(.object(["entries": .array(view.entries.map(document))]))
            return .done
        }
        for entry in view.entries {
            let arguments = [
                "number": String(entry.number), "time": entry.at.description, "who": entry.who,
                "event": console.text("audit.event.\(entry.event.rawValue)"),
                "subject": console.text("audit.subject.\(entry.subject.kind.rawValue)"), "name": entry.subject.name,
            ]
            console.line(console.bold(Table.harmless(console.text("audit.entry", arguments))))
            for (name, value) in entry.details.sorted(by: { $0.key < $1.key }) {
                console.line("    " + Table.harmless("\(name): \(shortened(value))"))
            }
        }
        if view.entries.isEmpty { console.say("audit.none") }
        return .done
    }

    /// Whole documents stand in the export; a list of entries is read by people.
    private static func shortened(_ value: String) -> String {
        value.count > 120 ? value.prefix(117) + "..." : value
    }

    /// Shows whether the log is as it was written.
    static func show(_ check: AuditCheck, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(
                .object([
                    "whole": .integer(check.whole), "broken": check.broken.map { .integer($0) } ?? .null,
                    "fault": .optional(check.fault?.rawValue),
                ])
            )
        } else if let broken = check.broken, let fault = check.fault {
            console.say("audit.broken.\(fault.rawValue)", ["number": String(broken), "whole": String(check.whole)])
        } else {
            console.say("audit.whole", ["count": String(check.whole)])
        }
        return check.broken == nil ? .done : .doneWithOpenItems
    }

    /// An entry under names that do not change.
    static func document(_ entry: AuditEntry) -> JSONDocument {
        .object([
            "number": .integer(entry.number), "at": .string(entry.at.description), "who": .string(entry.who),
            "event": .string(entry.event.rawValue), "subjectKind": .string(entry.subject.kind.rawValue),
            "subject": .string(entry.subject.name), "run": entry.run.map { .integer($0) } ?? .null,
            "details": .object(
                entry.details.sorted { $0.key < $1.key }.map {
                    JSONDocument.Member(name: $0.key, value: .string($0.value))
                }
            ),
            "hash": .string(entry.hash.map(hexadecimal).joined()),
        ])
    }

    private static func hexadecimal(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}
