import ArgumentParser
import CoupletCore
import CoupletEngine

/// `couplet plan …`.
struct PlanCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        .command(
            "plan",
            subcommands: [
                PlanListCommand.self, PlanShowCommand.self, PlanApplyCommand.self, PlanRejectCommand.self,
            ]
        )
    }
}

struct PlanListCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("list", text: "plan.list") }

    @Flag(help: help("plan.all"))
    var all = false
    @Option(help: help("plan.limit"))
    var limit = 50
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let view = try await session.perform(ListPlans(includesDecided: all, limit: limit))
        return PlanReport.showList(view, on: session.console)
    }
}

struct PlanShowCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("show", text: "plan.show") }

    @Argument(help: help("plan.id"))
    var plan: Int64
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        return try await session.withActions { actions in
            let first = try await actions.perform(ShowPlan(plan: plan), showingProgressOn: console)
            try await PlanPages(actions, console).show(first, mostSteps: .max)
            return .done
        }
    }
}

struct PlanApplyCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("apply", text: "plan.apply") }

    @Argument(help: help("plan.id"))
    var plan: Int64
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        RunReport.show(try await session.perform(ApplyPlan(plan: plan)), on: session.console)
    }
}

struct PlanRejectCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("reject", text: "plan.reject") }

    @Argument(help: help("plan.id"))
    var plan: Int64
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let view = try await session.perform(RejectPlan(plan: plan))
        return PlanReport.showList(PlansView(plans: [view]), on: session.console)
    }
}
