import CoupletCore
import CoupletEngine
import CoupletPorts
import HTTPTypes

extension Routes {
    static func mappings(_ files: any MappingFiles) -> [ActionRoute] {
        [
            ActionRoute(
                .get,
                "/mappings",
                ListMappings.self,
                .read,
                list: "mappings",
                restrict: { view, reader in
                    MappingsView(mappings: view.mappings.filter { reader.may(use: $0.mapping.name) })
                }
            ),
            ActionRoute(
                .get,
                "/mappings/{mapping}",
                ShowMapping.self,
                .read,
                concern: { action, _ in .mappings([action.mapping]) }
            ),
            ActionRoute(
                .put,
                "/mappings/{mapping}",
                request: ReplaceRequest.self,
                .setUp,
                current: .sameMapping,
                concern: { (action: ApplyMappings, _) in .mappings(action.mappings.map(\.name)) },
                translate: { try replacement($0, files) }
            ),
            ActionRoute(
                .post,
                "/mappings",
                request: ApplyRequest.self,
                .setUp,
                concern: { (action: ApplyMappings, _) in .mappings(action.mappings.map(\.name)) },
                translate: { ApplyMappings(mappings: try files.mappings(in: $0.file), isPreview: $0.isPreview) }
            ),
            ActionRoute(
                .post,
                "/mappings/{mapping}/reset",
                ResetMapping.self,
                .setUp,
                concern: { action, _ in .mappings([action.mapping]) }
            ),
            ActionRoute(
                .post,
                "/mappings/{mapping}/pause",
                PauseMapping.self,
                .operate,
                fixed: ["isPaused": .boolean(true)],
                concern: { action, _ in .mappings([action.mapping]) }
            ),
            ActionRoute(
                .post,
                "/mappings/{mapping}/resume",
                PauseMapping.self,
                .operate,
                fixed: ["isPaused": .boolean(false)],
                concern: { action, _ in .mappings([action.mapping]) }
            ),
            ActionRoute(
                .post,
                "/mappings/{mapping}/try",
                TryValue.self,
                .read,
                concern: { action, _ in .mappings([action.mapping]) }
            ),
            ActionRoute(.post, "/mappings/{mapping}/propose", ProposeMapping.self, .setUp),
            ActionRoute(.post, "/default-mappings", AddDefaultMappings.self, .setUp),
        ]
    }

    private static func replacement(_ request: ReplaceRequest, _ files: any MappingFiles) throws -> ApplyMappings {
        let mappings = try files.mappings(in: request.file)
        guard mappings.count == 1, mappings[0].name.lowercased() == request.mapping.lowercased() else {
            throw CoupletError("request.otherMapping", ["mapping": request.mapping], status: .wrongUse)
        }
        return ApplyMappings(mappings: mappings, isPreview: request.isPreview)
    }

    static let setup: [ActionRoute] = [
        ActionRoute(
            .get,
            "/connections",
            ListConnections.self,
            .read,
            list: "connections",
            concern: { _, _ in .nothing }
        ),
        ActionRoute(
            .put,
            "/connections/{connection}",
            SetConnection.self,
            .setUp,
            fixed: ["expected": .null],
            current: .sameConnections
        ),
        ActionRoute(
            .post,
            "/connections/test",
            TestConnection.self,
            .operate,
            fixed: ["connection": .null],
            concern: { _, _ in .nothing }
        ),
        ActionRoute(
            .post,
            "/connections/{connection}/test",
            TestConnection.self,
            .operate,
            concern: { _, _ in .nothing }
        ),
        ActionRoute(
            .post,
            "/connections/{connection}/enable",
            EnableConnection.self,
            .setUp,
            fixed: ["isEnabled": .boolean(true)]
        ),
        ActionRoute(
            .post,
            "/connections/{connection}/tables/{table}/wake",
            NoteChange.self,
            .operate,
            concern: { _, _ in .nothing },
            restrict: { view, reader in ChangeNote(mappings: view.mappings.filter(reader.may(use:))) }
        ),
        ActionRoute(.get, "/subscriptions", ListSubscriptions.self, .read, concern: { _, _ in .nothing }),
        ActionRoute(.post, "/connections/{connection}/subscriptions/remove", RemoveSubscriptions.self, .setUp),
        ActionRoute(.post, "/connections/{connection}/subscriptions/add", AllowSubscriptions.self, .setUp),
        ActionRoute(.post, "/connections/{connection}/confirm", ConfirmIntegrationOff.self, .setUp),
        ActionRoute(
            .post,
            "/connections/{connection}/disable",
            EnableConnection.self,
            .setUp,
            fixed: ["isEnabled": .boolean(false)]
        ),
        ActionRoute(
            .get,
            "/doctor",
            ExamineSetup.self,
            .read,
            restrict: { view, reader in
                FindingsView(
                    findings: view.findings.filter { finding in
                        finding.topic != .mapping || finding.subject.isEmpty || reader.may(use: finding.subject)
                    }
                )
            }
        ),
        ActionRoute(
            .get,
            "/alerts",
            ListAlerts.self,
            .read,
            concern: { _, _ in .nothing },
            restrict: { view, reader in view.restricted { reader.may(use: $0) } }
        ),
        ActionRoute(.put, "/alerts/lag", SetAlertLag.self, .setUp),
        ActionRoute(.put, "/alerts/recipients/{recipient}", SetAlertRecipient.self, .setUp),
        ActionRoute(.delete, "/alerts/recipients/{recipient}", RemoveAlertRecipient.self, .setUp),
        ActionRoute(.post, "/alerts/recipients/{recipient}/test", TestAlertRecipient.self, .setUp),
        ActionRoute(.get, "/users", ListUsers.self, .setUp, list: "users"),
        ActionRoute(.post, "/users", AddUser.self, .setUp, defaults: ["fullName": .string("")]),
        ActionRoute(.patch, "/users/{user}", ChangeUser.self, .setUp),
        ActionRoute(.delete, "/users/{user}", RemoveUser.self, .setUp),
        ActionRoute(.post, "/users/{user}/reset", ResetPassword.self, .setUp),
        ActionRoute(.post, "/users/{user}/link", LinkUser.self, .setUp),
        ActionRoute(.get, "/sign-in", ShowSignIn.self, .setUp),
        ActionRoute(.put, "/sign-in", SetSignIn.self, .setUp),
        ActionRoute(.delete, "/sign-in", RemoveSignIn.self, .setUp),
        ActionRoute(.post, "/sign-in/test", TestSignIn.self, .setUp),
        ActionRoute(.get, "/tokens", ListTokens.self, .setUp, list: "tokens"),
        ActionRoute(.post, "/users/{user}/tokens", AddToken.self, .setUp, defaults: ["days": .integer(90)]),
        ActionRoute(.delete, "/users/{user}/tokens/{number}", RemoveToken.self, .setUp),
    ]
}

extension Precondition<ApplyMappings> {
    /// The mapping is as it was read.
    fileprivate static var sameMapping: Self {
        Precondition(path: "/mappings/{mapping}") { action, read in
            action.expected = (read as? MappingsView)?.mappings.map(\.mapping)
        }
    }
}

extension Precondition<SetConnection> {
    /// The connections are as they were read.
    fileprivate static var sameConnections: Self {
        Precondition(path: "/connections") { action, read in
            action.expected = (read as? ConnectionsView)?.connections.map(\.connection)
        }
    }
}

/// What actions that name something by its number concern.
extension Engine {
    func concern(ofConflict id: Int64) async throws -> ActionRoute.Concern {
        .mappings(try await store.read { try $0.conflict(id) }.map { [$0.mapping] } ?? [])
    }

    func concern(ofQuestion id: Int64) async throws -> ActionRoute.Concern {
        .mappings(try await store.read { try $0.question(id) }.map { [$0.mapping] } ?? [])
    }

    func concern(ofCause cause: String?) async throws -> ActionRoute.Concern {
        guard let cause else { return .everything }
        let causes = try await ListErrors().perform(in: ActionContext(engine: self, startedBy: "")).causes
        return .mappings(causes.filter { $0.id == cause }.map(\.mapping))
    }

    func concern(ofPlan id: Int64) async throws -> ActionRoute.Concern {
        guard let plan = try await store.read({ try $0.plan(id) }) else { return .nothing }
        let mappings = PlanView(plan).mappings
        return mappings.isEmpty ? .everything : .mappings(mappings)
    }

    func concern(of target: UndoRun.Target) async throws -> ActionRoute.Concern {
        switch target {
        case .run(let id):
            let jobs = try await store.read { try $0.jobs(run: id, limit: 1000) }
            return .mappings(jobs.map(\.mapping))
        case .job(let id): return .mappings(try await store.read { try $0.job(id) }.map { [$0.mapping] } ?? [])
        case .entry(let id):
            guard let entry = try await store.read({ try $0.historyEntry(id) }) else { return .nothing }
            return .mappings([entry.mapping])
        }
    }
}

extension StatusView {
    /// What a reader may see of it.
    func restricted(to reader: Identity) -> StatusView {
        var view = self
        view.cues.removeAll { !reader.may(use: $0.mapping) }
        view.mappings.removeAll { !reader.may(use: $0.name) }
        return view
    }
}

extension ErrorsView {
    /// What a reader may see of it.
    func restricted(to reader: Identity) -> ErrorsView {
        var view = self
        view.causes.removeAll { !reader.may(use: $0.mapping) }
        return view
    }
}
