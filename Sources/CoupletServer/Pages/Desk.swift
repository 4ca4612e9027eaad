import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletTexts
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// The pages that people work with.
struct Desk: Sendable {
    let engine: Engine
    let access: Access
    let routes: Routes
    let queue: ActionQueue
    let files: any MappingFiles
    let settings: DeskSettings
    let failure: @Sendable (any Error) -> CoupletError
    let templates: PageTemplates
    /// Takes what operators want to know.
    let logger: Logger
    let lists = RecordLists()
    /// Slows down whoever guesses passwords.
    let signIns = RateLimiter(capacity: 10, perMinute: 10)
    /// Slows down whoever begins sign-ins with the provider and ends none.
    let providerSignIns = RateLimiter(capacity: 30, perMinute: 30)

    /// What a page shows, before the frame is put around it.
    struct Page {
        /// What the window is called.
        var title: String
        /// The entry of the navigation that it belongs to.
        var section: String
        /// The template.
        var template: String
        /// What the template shows.
        var content: [String: Any]
        /// The status of the answer.
        var status = HTTPResponse.Status.ok
    }

    /// Performs an action at once, if the visitor may; what comes of it is restricted to their mappings.
    func ask<A: Action>(_ action: A, _ visit: Visit) async throws -> A.Result {
        let (prepared, right) = routes.prepared(action)
        try await access.check(prepared, needs: right, by: visit.identity)
        let context = ActionContext(engine: engine, startedBy: visit.identity.user.name)
        return try await prepared.result(context, for: visit.identity)
    }

    /// Begins an action, if the visitor may, waits a moment for it, and goes on to a page that says what came of it.
    /// - Parameters:
    ///   - action: The action.
    ///   - visit: Who wants it.
    ///   - back: The page that is shown afterwards.
    /// - Returns: The way to the next page.
    /// - Throws: `CoupletError` where the visitor may not.
    func change<A: Action>(_ action: A, _ visit: Visit, back: String) async throws -> Response {
        let (prepared, right) = routes.prepared(action)
        return try await begin(prepared, needs: right, visit, back: back)
    }

    /// Begins an action as `change` does.
    func begin(
        _ prepared: any PreparedAction,
        needs right: Right,
        _ visit: Visit,
        back: String
    ) async throws -> Response {
        try await access.check(prepared, needs: right, by: visit.identity)
        let performed = queue.begin(prepared, for: visit.identity)
        let isOver = await ends(performed, within: 1.5)
        if !isOver { return Self.redirect("/actions/\(performed.number)?back=\(FormValues.encoded(back))") }
        return Self.redirect(destination(performed, back))
    }

    /// Where somebody goes after an action: to its plan where it waits for a decision, else back.
    func destination(_ performed: PerformedAction, _ back: String) -> String {
        if case .result(let result) = performed.outcome, let run = Plans.run(of: result), let plan = run.plan,
            run.run == nil || run.status == .waitsForApproval
        {
            return "/plans/\(plan.id)?action=\(performed.number)"
        }
        return back + (back.contains("?") ? "&" : "?") + "action=\(performed.number)"
    }

    private func ends(_ performed: PerformedAction, within seconds: Double) async -> Bool {
        let clock = engine.clock
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask { await performed.ended() != nil }
            group.addTask {
                try? await clock.sleep(until: clock.now.advanced(bySeconds: seconds))
                return performed.outcome != nil
            }
            let isOver = await group.next() ?? false
            group.cancelAll()
            return isOver
        }
    }

    /// Goes on to another page of the desk.
    static func redirect(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path], body: ResponseBody())
    }

    /// A page with its frame.
    func response(_ page: Page, _ visit: Visit) async throws -> Response {
        var content = page.content
        content["csrf"] = visit.identity.formToken ?? ""
        content["path"] = visit.path
        content["canOperate"] = visit.identity.may(.operate)
        content["canSetUp"] = visit.identity.may(.setUp)
        content["canOperateAll"] = visit.identity.may(everywhere: .operate)
        content["canSetUpAll"] = visit.identity.may(everywhere: .setUp)
        let body = templates.render(page.template, content, visit.words.language)
        let frame = try await frame(page, visit, body)
        return Self.html(templates.render("frame", frame, visit.words.language), page.status)
    }

    /// An answer in HTML.
    static func html(_ text: String, _ status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    private func frame(_ page: Page, _ visit: Visit, _ body: String) async throws -> [String: Any] {
        let cues = try await ShowStatus().perform(in: ActionContext(engine: engine, startedBy: ""))
            .restricted(to: visit.identity).cues
        func count(_ kinds: Set<StatusView.Cue.Kind>) -> Int {
            cues.filter { kinds.contains($0.kind) }.reduce(0) { $0 + $1.count }
        }
        let counts = [
            "conflicts": count([.conflicts, .questions, .unconfirmed]),
            "errors": count([.parked, .deleted, .failedJobs]),
            "plans": count([.held]),
        ]
        return [
            "title": page.title, "body": body, "language": visit.words.language.code,
            "otherLanguage": visit.words.language == .swedish ? "en" : "sv",
            "otherLanguageName": visit.words.language == .swedish ? "English" : "Svenska",
            "path": visit.path, "csrf": visit.identity.formToken ?? "",
            "user": visit.identity.user.fullName.isEmpty
                ? visit.identity.user.name : visit.identity.user.fullName,
            "role": visit.words.text("role.\(visit.identity.user.role.rawValue)"),
            "navigation": Navigation.groups(visit, section: page.section, counts),
            "icons": Icons.sprite,
            "banner": banner(visit) as Any,
        ]
    }
}

/// The entries of the navigation.
enum Navigation {
    private static let daily: [(section: String, path: String, icon: String)] = [
        ("home", "/", "home"), ("records", "/records", "records"), ("match", "/match", "match"),
        ("conflicts", "/conflicts", "conflict"), ("errors", "/errors", "error"), ("plans", "/plans", "plan"),
        ("jobs", "/jobs", "job"),
    ]
    private static let setup: [(section: String, path: String, icon: String)] = [
        ("mappings", "/mappings", "mapping"), ("review", "/review", "sync"),
        ("connections", "/connections", "connection"), ("users", "/users", "user"),
        ("alerts", "/alerts", "error"), ("audit", "/audit", "plan"), ("settings", "/settings", "settings"),
    ]

    /// Whether a page has anything for somebody.
    static func leads(to path: String, _ identity: Identity) -> Bool {
        switch path {
        case "/review": identity.may(everywhere: .operate)
        case "/users": identity.may(everywhere: .setUp)
        case "/audit": identity.may(everywhere: .audit)
        default: identity.may(.read)
        }
    }

    static func groups(_ visit: Visit, section: String, _ counts: [String: Int]) -> [[String: Any]] {
        func entry(_ name: String, _ path: String, _ icon: String) -> [String: Any] {
            var entry: [String: Any] = [
                "name": visit.words.text("nav.\(name)"), "path": path, "icon": icon, "isCurrent": name == section,
            ]
            if let count = counts[name], count > 0 { entry["count"] = visit.format.number(count) }
            return entry
        }
        let settings = setup.filter { leads(to: $0.path, visit.identity) }.map { entry($0.section, $0.path, $0.icon) }
        return [
            ["name": "", "entries": daily.map { entry($0.section, $0.path, $0.icon) }],
            ["name": visit.words.text("nav.setup"), "entries": settings],
        ]
    }
}
