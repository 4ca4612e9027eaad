import CoupletCore
import CoupletEngine
import CoupletPorts
import HTTPTypes

/// Every address of the REST API that performs an action.
struct Routes: Sendable {
    /// The routes, by topic.
    let all: [ActionRoute]

    /// Makes the routes.
    /// - Parameter files: How mappings are written to files and read.
    init(_ files: any MappingFiles) {
        all =
            Self.records + Self.synchronization + Self.openItems + Self.work + Self.mappings(files) + Self.trust
            + Self.setup
    }

    /// An action with what its addresses know of it, so that pages ask of a visitor what they ask of a program.
    /// - Parameter action: The action.
    /// - Returns: It, and the right that is needed. The addresses of one action have one concern, and what it needs as it
    ///   is asked for it says itself.
    func prepared<A: Action>(_ action: A) -> (action: TypedAction<A>, right: Right) {
        if let routed = routed(action) { return routed }
        // What has no address is for those who may do everything.
        return (TypedAction(action: action, concerning: { _, _ in .everything }, restrict: nil), .setUp)
    }

    /// The same; nil for an action that has no address.
    func routed<A: Action>(_ action: A) -> (action: TypedAction<A>, right: Right)? {
        for route in all where route.name == A.name {
            if let prepared = route.any.prepared(action) { return (prepared, route.right) }
        }
        return nil
    }

    /// The right without which nobody may ask for an action in any way; nil for one that has no address.
    func right(for name: String) -> Right? { all.first { $0.name == name }?.right }

    private static let records: [ActionRoute] = [
        ActionRoute(
            .get,
            "/mappings/{mapping}/records",
            ListRecords.self,
            .read,
            defaults: ["refreshes": .boolean(true)],
            list: "records",
            concern: { action, _ in .mappings([action.mapping]) }
        ),
        ActionRoute(
            .get,
            "/mappings/{mapping}/records/{key}",
            ShowRecord.self,
            .read,
            defaults: ["refreshes": .boolean(true)],
            concern: { action, _ in .mappings([action.mapping]) }
        ),
        ActionRoute(
            .get,
            "/mappings/{mapping}/records/{key}/explanation",
            ExplainRecord.self,
            .read,
            concern: { action, _ in .mappings([action.mapping]) }
        ),
        ActionRoute(
            .get,
            "/mappings/{mapping}/records/{key}/history",
            ShowHistory.self,
            .read,
            defaults: ["limit": .integer(100)],
            concern: { action, _ in .mappings([action.mapping]) }
        ),
        ActionRoute(
            .get,
            "/mappings/{mapping}/records/{key}/counterparts",
            OfferCoupling.self,
            .read,
            concern: { action, _ in .mappings([action.mapping]) }
        ),
        ActionRoute(
            .get,
            "/open/{table}/{key}",
            OpenRecord.self,
            .read,
            fixed: ["creates": .boolean(false), "expects": .null, "among": .null],
            concern: { action, _ in Self.concern(action.mapping) },
            narrow: { $0.among = $1.user.mappings }
        ),
        ActionRoute(
            .post,
            "/open/{table}/{key}",
            OpenRecord.self,
            .operate,
            fixed: ["creates": .boolean(true), "among": .null],
            concern: { action, _ in Self.concern(action.mapping) },
            narrow: { $0.among = $1.user.mappings }
        ),
        ActionRoute(
            .post,
            "/mappings/{mapping}/couple",
            CoupleRecords.self,
            .operate,
            concern: { action, _ in .mappings([action.mapping]) }
        ),
        ActionRoute(
            .post,
            "/mappings/{mapping}/match",
            MatchRecords.self,
            .operate,
            defaults: ["synchronization": .string("none")],
            concern: { action, _ in .mappings([action.mapping]) }
        ),
        ActionRoute(
            .post,
            "/mappings/{mapping}/uncouple",
            UncoupleRecords.self,
            .operate,
            concern: { action, _ in .mappings([action.mapping]) }
        ),
        ActionRoute(
            .get,
            "/couplings",
            ExportCouplings.self,
            .read,
            list: "rows",
            concern: { action, _ in Self.concern(action.mapping) },
            restrict: { view, reader in CouplingRowsView(rows: view.rows.filter { reader.may(use: $0.mapping) }) }
        ),
        ActionRoute(
            .post,
            "/couplings",
            ImportCouplings.self,
            .operate,
            concern: { action, _ in .mappings(Array(Set(action.rows.map(\.mapping)))) }
        ),
    ]

    private static let synchronization: [ActionRoute] = [
        ActionRoute(
            .post,
            "/synchronize",
            Synchronize.self,
            .operate,
            defaults: ["direction": .string("bidirectional")],
            concern: { action, _ in Self.concern(action.mapping) }
        ),
        ActionRoute(
            .post,
            "/mappings/{mapping}/synchronize",
            Synchronize.self,
            .operate,
            defaults: ["direction": .string("bidirectional")],
            concern: { action, _ in Self.concern(action.mapping) }
        ),
        ActionRoute(
            .post,
            "/mappings/{mapping}/offer",
            OfferSynchronization.self,
            .read,
            concern: { action, _ in .mappings([action.mapping]) }
        ),
        ActionRoute(.post, "/review", ReviewFullSynchronization.self, .operate),
        ActionRoute(
            .post,
            "/undo",
            request: UndoRequest.self,
            .operate,
            concern: { (action: UndoRun, engine) in try await engine.concern(of: action.target) },
            translate: { try $0.action() }
        ),
    ]

    private static let openItems: [ActionRoute] = [
        ActionRoute(
            .get,
            "/status",
            ShowStatus.self,
            .read,
            concern: { action, _ in Self.concern(action.mapping) },
            restrict: { $0.restricted(to: $1) }
        ),
        ActionRoute(
            .get,
            "/conflicts",
            ListConflicts.self,
            .read,
            list: "conflicts",
            concern: { action, _ in Self.concern(action.mapping) },
            restrict: { view, reader in ConflictsView(conflicts: view.conflicts.filter { reader.may(use: $0.mapping) })
            }
        ),
        ActionRoute(
            .post,
            "/conflicts/{id}/resolve",
            request: ResolveRequest.self,
            .operate,
            concern: { (action: ResolveConflict, engine) in try await engine.concern(ofConflict: action.id) },
            translate: { try $0.action() }
        ),
        ActionRoute(
            .post,
            "/mappings/{mapping}/conflicts/resolve",
            ResolveConflicts.self,
            .operate,
            concern: { action, _ in .mappings([action.mapping]) }
        ),
        ActionRoute(
            .get,
            "/questions",
            ListQuestions.self,
            .read,
            list: "questions",
            concern: { action, _ in Self.concern(action.mapping) },
            restrict: { view, reader in QuestionsView(questions: view.questions.filter { reader.may(use: $0.mapping) })
            }
        ),
        ActionRoute(
            .post,
            "/questions/{id}/answer",
            request: AnswerRequest.self,
            .operate,
            concern: { (action: AnswerQuestion, engine) in try await engine.concern(ofQuestion: action.id) },
            translate: { try $0.action() }
        ),
        ActionRoute(
            .get,
            "/errors",
            ListErrors.self,
            .read,
            list: "causes",
            concern: { action, _ in Self.concern(action.mapping) },
            restrict: { view, reader in view.restricted(to: reader) }
        ),
        ActionRoute(
            .get,
            "/errors/{cause}",
            ShowError.self,
            .read,
            defaults: ["limit": .integer(100)],
            concern: { action, engine in try await engine.concern(ofCause: action.cause) }
        ),
        ActionRoute(
            .post,
            "/errors/retry",
            RetryError.self,
            .operate,
            fixed: ["cause": .null, "keys": .array([])],
            concern: { action, engine in try await engine.concern(ofCause: action.cause) }
        ),
        ActionRoute(
            .post,
            "/errors/{cause}/retry",
            RetryError.self,
            .operate,
            concern: { action, engine in try await engine.concern(ofCause: action.cause) }
        ),
        ActionRoute(
            .post,
            "/errors/{cause}/settle",
            SettleDeletions.self,
            .operate,
            concern: { action, engine in try await engine.concern(ofCause: action.cause) }
        ),
    ]

    private static let work: [ActionRoute] = [
        ActionRoute(
            .get,
            "/plans",
            ListPlans.self,
            .read,
            defaults: ["limit": .integer(50)],
            concern: { _, _ in .everything },
            restrict: { view, reader in
                PlansView(plans: view.plans.filter { plan in plan.mappings.allSatisfy { reader.may(use: $0) } })
            }
        ),
        ActionRoute(
            .get,
            "/plans/{plan}",
            ShowPlan.self,
            .read,
            defaults: ["limit": .integer(1000)],
            concern: { action, engine in try await engine.concern(ofPlan: action.plan) }
        ),
        ActionRoute(
            .post,
            "/plans/{plan}/apply",
            ApplyPlan.self,
            .operate,
            concern: { action, engine in try await engine.concern(ofPlan: action.plan) }
        ),
        ActionRoute(
            .post,
            "/plans/{plan}/reject",
            RejectPlan.self,
            .operate,
            concern: { action, engine in try await engine.concern(ofPlan: action.plan) }
        ),
        ActionRoute(
            .get,
            "/jobs",
            ListJobs.self,
            .read,
            defaults: ["limit": .integer(50)],
            concern: { action, _ in Self.concern(action.mapping) },
            restrict: { view, reader in JobsView(jobs: view.jobs.filter { reader.may(use: $0.mapping) }) }
        ),
        ActionRoute(
            .get,
            "/jobs/{id}",
            ShowJob.self,
            .read,
            restrict: { view, reader in JobsView(jobs: view.jobs.filter { reader.may(use: $0.mapping) }) }
        ),
    ]

    static func concern(_ mapping: String?) -> ActionRoute.Concern { mapping.map { .mappings([$0]) } ?? .everything }
}
