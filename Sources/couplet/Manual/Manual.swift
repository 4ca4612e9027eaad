import ArgumentParser
import CoupletCore
import CoupletEngine
import CoupletTexts
import Foundation

/// The whole manual as one Markdown page, made of what the commands say of themselves.
struct Manual {
    /// The language.
    let language: Language

    private func text(_ code: String, _ arguments: [String: String] = [:]) -> String {
        Texts.text(code, arguments, language)
    }

    /// The page.
    /// - Returns: The Markdown text.
    /// - Throws: When the parser's description of the commands cannot be read.
    func page() throws -> String {
        let tool = try JSONDecoder().decode(Tool.self, from: Data(Couplet._dumpHelp().utf8))
        let commands = (tool.command.subcommands ?? []).filter(\.isShown)
        let common = Set(
            (commands.first { $0.commandName == "version" }?.arguments ?? []).filter(\.isShown).map(\.label)
        )
        var lines = ["# \(text("manual.title"))", "", text("manual.generated"), "", "    couplet COMMAND …", ""]
        lines += [text("command.couplet"), ""]
        lines += section("manual.commonOptions")
        let version = commands.first { $0.commandName == "version" }
        lines += table((version?.arguments ?? []).filter(\.isShown)) + [text("manual.commonAnywhere"), ""]
        lines += section("manual.keysHead") + [text("manual.keys"), "", text("manual.directions"), ""]
        for command in commands { lines += pages(of: command, "couplet", common) }
        lines += section("manual.statesHead") + states()
        lines += section("manual.exitHead") + statuses() + ["", text("manual.jsonFailure"), ""]
        while lines.last == "" { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Every command that does something, with what it says of itself.
    static func commands() throws -> [(name: String, abstract: String, discussion: String)] {
        let tool = try JSONDecoder().decode(Tool.self, from: Data(Couplet._dumpHelp().utf8))
        var pending = tool.command.subcommands ?? []
        var found: [(name: String, abstract: String, discussion: String)] = []
        while let command = pending.popLast() {
            let children = command.subcommands ?? []
            pending += children
            guard children.isEmpty, command.isShown else { continue }
            found.append((command.commandName, command.abstract ?? "", command.discussion ?? ""))
        }
        return found
    }

    private func section(_ code: String) -> [String] { ["## \(text(code))", ""] }

    private func pages(of command: Command, _ parent: String, _ common: Set<String>) -> [String] {
        let name = "\(parent) \(command.commandName)"
        let children = (command.subcommands ?? []).filter(\.isShown)
        if !children.isEmpty {
            return ["## \(name)", "", command.abstract ?? "", ""] + children.flatMap { pages(of: $0, name, common) }
        }
        var lines = ["\(parent == "couplet" ? "##" : "###") \(name)", "", command.abstract ?? "", ""]
        let own = (command.arguments ?? []).filter { $0.isShown && !common.contains($0.label) }
        lines += ["    " + ([name] + own.map(\.usage)).joined(separator: " "), ""]
        lines += paragraphs(command.discussion ?? "")
        if !own.isEmpty { lines += table(own) }
        return lines
    }

    /// Text lines run together, indented ones stay as they are.
    private func paragraphs(_ discussion: String) -> [String] {
        var lines: [String] = []
        for line in discussion.split(separator: "\n", omittingEmptySubsequences: false) {
            let isExample = line.hasPrefix("  ")
            if isExample, let last = lines.last, !last.isEmpty, !last.hasPrefix("    ") { lines.append("") }
            lines.append(isExample ? "  " + line : String(line))
        }
        return lines.isEmpty || discussion.isEmpty ? [] : lines + [""]
    }

    private func table(_ arguments: [Argument]) -> [String] {
        let rows = arguments.map { argument in
            let values =
                argument.allValues.map { " " + text("manual.values") + " " + $0.joined(separator: ", ") + ")" } ?? ""
            let about = ((argument.abstract ?? "") + values).replacing("|", with: "\\|")
            return "| `\(argument.label)` | \(about) |"
        }
        return ["| \(text("manual.argument")) | \(text("manual.meaning")) |", "|---|---|"] + rows + [""]
    }

    private func states() -> [String] {
        let rows = RecordState.allCases.map { "| `\($0.rawValue)` | \(text("state.\($0.rawValue)")) |" }
        return ["| \(text("column.state")) | \(text("manual.meaning")) |", "|---|---|"] + rows + [""]
    }

    private func statuses() -> [String] {
        let all: [ExitStatus] = [
            .done, .doneWithOpenItems, .wrongUse, .waitsForApproval, .remoteDown, .defect, .tryLater, .notAllowed,
            .wrongConfiguration, .interrupted,
        ]
        return ["| \(text("column.status")) | \(text("manual.meaning")) |", "|---|---|"]
            + all.map { "| \($0.rawValue) | \(text("exit.s\($0.rawValue)")) |" }
    }
}

extension CommandConfiguration {
    /// What a command says of itself at length: when to use it, examples, and how it can end.
    static func discussion(_ code: String) -> String {
        let language = Speech.language
        var parts = [Texts.remedy("command.\(code)", [:], language)].compactMap(\.self)
        guard let entry = ManualEntry.entry(code) else { return parts.joined() }
        if !entry.examples.isEmpty {
            let lines = entry.examples.map { "  " + $0 }
            parts.append(([Texts.text("manual.examples", [:], language)] + lines).joined(separator: "\n"))
        }
        let statuses = ([.done, .wrongUse] + entry.statuses).sorted { $0.rawValue < $1.rawValue }.map { status in
            "\(status.rawValue) \(Texts.text("exit.s\(status.rawValue)", [:], language))"
        }
        parts.append(
            Texts.text("manual.exitStatuses", ["statuses": statuses.joined(separator: "; ")], language)
        )
        return parts.joined(separator: "\n\n")
    }
}

/// The parser's description of the program.
private struct Tool: Decodable {
    var command: Command
}

/// The parser's description of a command.
private struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var shouldDisplay: Bool?
    var subcommands: [Command]?
    var arguments: [Argument]?

    var isShown: Bool { shouldDisplay ?? true && commandName != "help" }
}

/// The parser's description of an argument.
private struct Argument: Decodable {
    struct Name: Decodable {
        var kind: String
        var name: String
    }

    var kind: String
    var shouldDisplay: Bool
    var isOptional: Bool
    var isRepeating: Bool
    var preferredName: Name?
    var valueName: String?
    var allValues: [String]?
    var abstract: String?

    var isShown: Bool { shouldDisplay && preferredName?.name != "help" }

    /// The argument as it is typed.
    var label: String {
        let value = (valueName ?? "").uppercased()
        guard let preferredName else { return value + (isRepeating ? "…" : "") }
        let name = (preferredName.kind == "short" ? "-" : "--") + preferredName.name
        return kind == "flag" ? name : "\(name) \(value)"
    }

    /// The argument in a line of usage.
    var usage: String { isOptional ? "[\(label)]" : label }
}
