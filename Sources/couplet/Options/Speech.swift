import ArgumentParser
import CoupletTexts
import Foundation

/// The language in which the command line speaks of itself, known before anything is parsed.
enum Speech {
    /// What `--lang` says, else what the environment says.
    static let language: Language = {
        let arguments = CommandLine.arguments
        for (position, argument) in arguments.enumerated() {
            if argument.hasPrefix("--lang="), let language = Language(String(argument.dropFirst(7))) { return language }
            if argument == "--lang", position + 1 < arguments.count, let language = Language(arguments[position + 1]) {
                return language
            }
        }
        return Settings.language(of: ProcessInfo.processInfo.environment)
    }()
}

/// The help of an option or an argument.
func help(_ code: String) -> ArgumentHelp { ArgumentHelp(Texts.text("help.\(code)", [:], Speech.language)) }

extension CommandConfiguration {
    /// A command whose abstract and discussion are in the catalogues.
    static func command(
        _ name: String,
        text code: String? = nil,
        subcommands: [any ParsableCommand.Type] = []
    ) -> CommandConfiguration {
        let code = code ?? name
        return CommandConfiguration(
            commandName: name,
            abstract: Texts.text("command.\(code)", [:], Speech.language),
            discussion: discussion(code),
            subcommands: subcommands
        )
    }
}
