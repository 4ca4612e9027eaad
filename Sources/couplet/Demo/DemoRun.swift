import CoupletCore
import CoupletEngine
import CoupletPorts

/// The first synchronization of a demonstration, step by step, each told before it is done.
struct DemoRun: Sendable {
    /// The stand-ins.
    let sandboxes: Sandboxes
    /// Who performs the actions.
    let actions: any ActionPerformer
    /// Where the demonstration speaks.
    let console: Console

    /// The names of the two connections.
    static let connections = BySide(erp: "erp", crm: "crm")

    /// Connects both systems, couples what matches, creates the rest and synchronizes: what others refer to first.
    /// - Returns: The jobs of all steps.
    func firstSynchronization() async throws -> [JobView] {
        try await connect()
        try await showPlanAndEnable()
        var jobs: [JobView] = []
        jobs += try await step("demo.matchPeople", DemoRun.peopleMatch)
        jobs += try await step(
            "demo.createPeople",
            Synchronize(mapping: "SALESPEOPLE", direction: .fromIntegrationTable, isFull: true, creates: true)
        )
        jobs += try await step(
            "demo.matchCodes",
            ["CURRENCY", "PAYMENT TERMS", "SHIPMENT METHOD"].map {
                MatchRecords(mapping: $0, synchronization: .to)
            } + [DemoRun.match("UNIT OF MEASURE")]
        )
        jobs += try await step("demo.matchCustomers", DemoRun.customerMatch)
        jobs += try await step("demo.matchVendors", DemoRun.match("VENDOR"))
        jobs += try await step("demo.matchContacts", DemoRun.match("CONTACT"))
        jobs += try await step("demo.matchItems", DemoRun.match("ITEM-PRODUCT"))
        jobs += try await step("demo.synchronize", Synchronize())
        return jobs
    }

    private static let peopleMatch = MatchRecords(mapping: "SALESPEOPLE", synchronization: .from)
    private static let customerMatch = match("CUSTOMER")

    /// Couples what matches and creates the rest in the CRM; where they differ the ERP's values win.
    private static func match(_ mapping: String) -> MatchRecords {
        MatchRecords(mapping: mapping, createUnmatched: true, synchronization: .to)
    }

    /// Says what a step does, does it, and says what came of it.
    /// - Returns: The step's jobs.
    func step<A: Action>(_ code: String, _ actions: A...) async throws -> [JobView] where A.Result == RunOrPlan {
        try await step(code, actions)
    }

    /// The same for several actions.
    private func step<A: Action>(_ code: String, _ actions: [A]) async throws -> [JobView]
    where A.Result == RunOrPlan {
        say(code)
        var jobs: [JobView] = []
        for action in actions {
            jobs += try await self.actions.perform(action, showingProgressOn: console).jobs ?? []
        }
        console.line("  " + console.dim(outcome(jobs)))
        return jobs
    }

    /// Shows what was coupled, created and changed, what is open, and what it cost.
    func finish(_ jobs: [JobView]) async throws {
        guard !console.isJSON else { return }
        let conflicts = try await actions.perform(ListConflicts(), showingProgressOn: console).conflicts
        let questions = try await actions.perform(ListQuestions(), showingProgressOn: console).questions
        let summary = DemoSummary(
            jobs: jobs,
            conflicts: conflicts.map(\.mapping),
            questions: questions.map(\.mapping)
        )
        console.line()
        console.show(summary.table(console))
    }

    /// Says what can be tried while the stand-ins stay up.
    static func showNextCommands(_ home: HomeDirectory, _ console: Console) {
        let program = CommandLine.arguments.first ?? "couplet"
        console.line()
        console.say("demo.next")
        for command in [
            "list CUSTOMER", "question list", "conflict list", "explain CUSTOMER 10000", "match CUSTOMER --preview",
            "sync", "job list",
        ] {
            console.line("  \(program) \(command) --home \(home.path)")
        }
        console.line()
        console.say("demo.staysUp")
    }

    private func connect() async throws {
        say("demo.connect")
        for (side, system) in [(Side.erp, sandboxes.erp), (.crm, sandboxes.crm)] {
            let action = SetConnection(
                connection: DemoRun.connections[side],
                side: side,
                kind: system.kind,
                url: system.baseURL,
                company: system.companyID,
                tokenURL: system.tokenURL,
                clientID: system.clientID,
                secret: system.clientSecret,
                operationLimitSeconds: 2
            )
            _ = try await actions.perform(action, showingProgressOn: console)
        }
        let view = try await actions.perform(TestConnection(connection: nil), showingProgressOn: console)
        for item in view.connections {
            guard let report = item.report else { continue }
            let tables = report.readableTables.joined(separator: ", ")
            let arguments = ["connection": item.connection.name, "name": report.name, "tables": tables]
            console.line("  " + console.dim(console.text("connection.tested", arguments)))
        }
    }

    private func showPlanAndEnable() async throws {
        say("demo.plan")
        for var preview in [DemoRun.peopleMatch, DemoRun.customerMatch] {
            preview.isPreview = true
            let shown = try await actions.perform(preview, showingProgressOn: console)
            try await show(shown.plan, mostSteps: 4)
        }
        console.say("demo.planWaits")
        say("demo.enable")
        _ = try await actions.perform(EnableConnection(connection: nil, isEnabled: true), showingProgressOn: console)
    }

    /// Shows a plan that is not kept: what it shows is done by the steps that follow.
    func show(_ plan: PlanView?, mostSteps: Int = 40) async throws {
        guard let plan else { return }
        if !console.isJSON { try await PlanPages(actions, console).show(plan, mostSteps: mostSteps, isKept: false) }
        _ = try await actions.perform(RejectPlan(plan: plan.id), showingProgressOn: console)
    }

    private func say(_ code: String) {
        console.line()
        console.line(console.bold(console.text(code)))
    }

    private func outcome(_ jobs: [JobView]) -> String {
        let parts = CountColumn.allCases.compactMap { column -> String? in
            let count = jobs.reduce(0) { $0 + column.value(in: $1.counts) }
            return count > 0 ? "\(console.text("count.\(column.rawValue)")): \(count)" : nil
        }
        let requests = jobs.reduce(into: BySide(erp: 0, crm: 0)) { sum, job in
            for side in Side.allCases { sum[side] += job.requests[side] }
        }
        let cost = console.text("plan.requests", ["erp": String(requests.erp), "crm": String(requests.crm)])
        return (parts + [cost]).joined(separator: ", ")
    }
}
