import ArgumentParser
import CoupletCore

/// A command: translates its arguments to actions and their results to text or JSON, and decides nothing.
protocol CoupletCommand: AsyncParsableCommand, Sendable {
    /// The options of every command.
    var globals: GlobalOptions { get }
    /// What Ctrl-C and a request to terminate mean to it.
    var interruption: InterruptionRule { get }
    /// Whether it works on the machine that it is started on and with no server elsewhere.
    var isOnlyHere: Bool { get }
    /// Does it.
    /// - Parameter session: The settings, and where to speak.
    /// - Returns: How it ended.
    /// - Throws: `CoupletError`, or anything that the error table knows.
    func perform(in session: Session) async throws -> ExitStatus
}

/// What an interruption means to a command.
enum InterruptionRule: Sendable {
    /// The command is cut off: exit status 130.
    case interrupts
    /// The command runs until it is interrupted: its good end.
    case ends
    /// The command watches for signals itself.
    case handledByCommand
}

extension CoupletCommand {
    var interruption: InterruptionRule { .interrupts }
    var isOnlyHere: Bool { false }
}

/// The program's command line.
struct Couplet: ParsableCommand {
    static var configuration: CommandConfiguration {
        .command(
            "couplet",
            subcommands: [
                DemoCommand.self, SandboxCommand.self, ServeCommand.self, ConnectionCommand.self,
                SubscriptionCommand.self, AlertCommand.self, SignInCommand.self,
                MappingCommand.self, CouplingCommand.self, ListCommand.self, CoupleCommand.self, MatchCommand.self,
                UncoupleCommand.self, SyncCommand.self, PlanCommand.self, ErrorCommand.self,
                HistoryCommand.self, UndoCommand.self, AuditCommand.self, WritingCommand.self,
                RetentionCommand.self, EraseCommand.self, BackupCommand.self, RestoreCommand.self,
                StatusCommand.self, QuestionCommand.self, ConflictCommand.self, JobCommand.self, ExplainCommand.self,
                OpenCommand.self,
                DoctorCommand.self, UserCommand.self, CompletionCommand.self,
                VersionCommand.self, ManualCommand.self,
            ]
        )
    }
}
