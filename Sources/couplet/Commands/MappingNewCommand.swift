import ArgumentParser
import CoupletCore
import CoupletEngine

struct MappingNewCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("new", text: "mapping.new") }

    @Argument(help: help("mapping.newName"))
    var mapping: String
    @Option(help: help("mapping.table.erp"))
    var erp: TableArgument
    @Option(help: help("mapping.table.crm"))
    var crm: TableArgument
    @Option(help: help("output"))
    var output: String?
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        let action = ProposeMapping(
            mapping: mapping,
            tables: BySide(erp: erp.table, crm: crm.table),
            connections: BySide(erp: erp.connection, crm: crm.connection)
        )
        let proposal = try await session.perform(action)
        if console.isJSON, output == nil {
            console.print(document(proposal, console))
            return .done
        }
        try OutputFile.write(text(proposal, console), to: output, on: console)
        return .done
    }

    private func text(_ proposal: MappingProposal, _ console: Console) -> String {
        var lines = console.text("mapping.newHead").split(separator: "\n").map { "# " + $0 }
        lines.append("mappings:")
        lines += MappingFile.lines(proposal.mapping, notes: proposal.reasons.mapValues { console.text($0) })
        for side in Side.allCases {
            let left = proposal.unmapped.filter { $0.side == side }
            guard !left.isEmpty else { continue }
            let name = console.text("side.\(side.rawValue)")
            lines += ["", "# " + console.text("mapping.newLeft", ["side": name])]
            lines += left.map { "#   \($0.field): \(console.text($0.reason))" }
        }
        return lines.map(Table.harmless).joined(separator: "\n") + "\n"
    }

    private func document(_ proposal: MappingProposal, _ console: Console) -> JSONDocument {
        .object([
            "mapping": .string(proposal.mapping.name),
            "fields": .array(
                proposal.mapping.fields.map { field in
                    .object([
                        "erp": .string(field.erp.name), "crm": .string(field.crm.name),
                        "direction": .string(field.direction.rawValue),
                        "reason": .optional(proposal.reasons[field.id].map { console.text($0) }),
                    ])
                }
            ),
            "unmapped": .array(
                proposal.unmapped.map { left in
                    .object([
                        "side": .string(left.side.rawValue), "field": .string(left.field),
                        "reason": .string(console.text(left.reason)),
                    ])
                }
            ),
            "text": .string(text(proposal, console)),
        ])
    }
}

/// A table as the command line writes it: `TABLE`, or `CONNECTION:TABLE`.
struct TableArgument: ExpressibleByArgument, Sendable, Hashable {
    /// The connection's name; nil for a side's only one.
    let connection: String?
    /// The entity set.
    let table: String

    init?(argument: String) {
        let pieces = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard pieces.allSatisfy({ !$0.isEmpty }), let last = pieces.last else { return nil }
        connection = pieces.count == 2 ? pieces[0] : nil
        table = last
    }
}
