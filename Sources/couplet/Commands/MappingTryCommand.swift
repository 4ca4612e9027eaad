import ArgumentParser
import CoupletCore
import CoupletEngine

struct MappingTryCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("try", text: "mapping.try") }

    @Argument(help: help("mapping"))
    var mapping: String
    @Argument(help: help("mapping.try.field"))
    var field: String
    @Argument(help: help("mapping.try.value"))
    var value: String
    @Option(help: help("mapping.try.from"))
    var from: SideArgument?
    @Option(help: help("mapping.try.rules"))
    var rules: String?
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        let trial = try await session.perform(
            TryValue(mapping: mapping, field: field, value: value, source: from?.side, rules: rules)
        )
        if console.isJSON {
            console.print(Self.document(trial, console))
        } else {
            for line in Self.lines(trial, console) { console.line(line) }
        }
        return trial.problem == nil ? .done : .doneWithOpenItems
    }

    private static func lines(_ trial: ValueTrial, _ console: Console) -> [String] {
        let side = console.text("side.\(trial.source.rawValue)")
        var lines = [console.text("try.value", ["side": side, "value": trial.value.text])]
        lines += trial.stages.map { "  \($0.rule) → '\($0.value)'" }
        if let result = trial.result {
            let other = console.text("side.\(trial.source.other.rawValue)")
            lines.append(console.text("try.result", ["side": other, "value": result.text]))
        }
        if let back = trial.back { lines.append(console.text("try.back", ["side": side, "value": back.text])) }
        for message in [trial.notice, trial.problem].compactMap(\.self) {
            lines.append(console.text(message) + (console.remedy(message).map { " " + $0 } ?? ""))
        }
        return lines
    }

    private static func document(_ trial: ValueTrial, _ console: Console) -> JSONDocument {
        .object([
            "field": .string(trial.field),
            "from": .string(trial.source.rawValue),
            "value": .string(trial.value.text),
            "stages": .array(
                trial.stages.map { .object(["rule": .string($0.rule), "value": .string($0.value)]) }
            ),
            "result": .optional(trial.result?.text),
            "back": .optional(trial.back?.text),
            "problem": .optional(trial.problem.map { console.text($0) }),
            "notice": .optional(trial.notice.map { console.text($0) }),
        ])
    }
}
