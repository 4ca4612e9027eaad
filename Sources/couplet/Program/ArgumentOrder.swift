import ArgumentParser

/// The arguments of the program in the order that the parser wants them.
///
/// The options of every command are taken wherever they stand: before the command's words, between them, and where help
/// is asked for.
struct ArgumentOrder {
    /// The arguments for the parser.
    let arguments: [String]
    /// The words of the command, without `couplet`.
    let path: [String]

    private static let flags: Set<String> = ["--json", "--yes", "--verbose"]
    private static let options: Set<String> = ["--config", "--home", "--lang", "--server", "--token-file"]
    private static let helpFlags: Set<String> = ["--help", "-h", "-help"]

    /// Puts arguments into order.
    init(_ given: [String]) {
        var rest = given[...]
        var common: [String] = []
        var path: [String] = []
        var saysHelp = false
        var commands = Couplet.configuration.subcommands
        while let argument = rest.first {
            if let taken = Self.common(rest) {
                common += taken
                rest = rest.dropFirst(taken.count)
            } else if argument == "help", path.isEmpty, !saysHelp {
                saysHelp = true
                rest = rest.dropFirst()
            } else if argument == "--version", path.isEmpty, !saysHelp {
                path = ["version"]
                commands = []
                rest = rest.dropFirst()
            } else if let command = commands.first(where: { $0.configuration.commandName == argument }) {
                path.append(argument)
                commands = command.configuration.subcommands
                rest = rest.dropFirst()
            } else {
                break
            }
        }
        self.path = path
        let isHelp = saysHelp || rest.prefix { $0 != "--" }.contains(where: Self.helpFlags.contains)
        if saysHelp, !commands.isEmpty, let word = rest.first(where: { !$0.hasPrefix("-") }) {
            // Nobody knows this command; the parser says so.
            arguments = path + [word]
        } else if isHelp {
            arguments = path + ["--help"]
        } else {
            // A group of commands has no options of its own.
            arguments = path + (commands.isEmpty ? common : []) + rest
        }
    }

    /// The option of every command that arguments begin with, with its value; nil for anything else.
    private static func common(_ arguments: ArraySlice<String>) -> [String]? {
        guard let first = arguments.first else { return nil }
        if flags.contains(first) || options.contains(where: { first.hasPrefix($0 + "=") }) { return [first] }
        return options.contains(first) ? Array(arguments.prefix(2)) : nil
    }
}
