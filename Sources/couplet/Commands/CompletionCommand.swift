import ArgumentParser
import CoupletCore
import CoupletTexts

/// A shell that can complete what is typed.
enum ShellArgument: String, WordArgument {
    case bash
    case zsh
    case fish

    /// What the parser calls it.
    var shell: CompletionShell {
        switch self {
        case .bash: .bash
        case .zsh: .zsh
        case .fish: .fish
        }
    }
}

/// `couplet completion`.
struct CompletionCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("completion") }

    @Argument(help: help("completion.shell"))
    var shell: ShellArgument
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try OutputFile.write(Couplet.completionScript(for: shell.shell), to: nil, on: session.console)
        return .done
    }
}

/// `couplet manual`: the whole help as one page; `docs/CLI.md` is made of it.
struct ManualCommand: CoupletCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "manual",
            abstract: Texts.text("command.manual", [:], Speech.language),
            shouldDisplay: false
        )
    }

    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try OutputFile.write(try Manual(language: session.console.language).page(), to: nil, on: session.console)
        return .done
    }
}
