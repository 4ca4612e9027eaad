package import CoupletCore
package import CoupletEngine
import CoupletTexts
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore
import NIOSSL
package import ServiceLifecycle

/// Serves the desk: its pages, the REST API, and the command line from other machines.
package struct DeskServer: Sendable {
    private let settings: DeskSettings
    private let engine: Engine
    private let files: any MappingFiles
    private let failure: @Sendable (any Error) -> CoupletError
    private let logger: Logger
    /// Performs what is asked for at the desk.
    let queue: ActionQueue

    /// Makes a server.
    /// - Parameters:
    ///   - settings: Where and how it listens.
    ///   - engine: Performs the actions.
    ///   - files: How mappings are written to files and read.
    ///   - logger: Takes starts, stops and defects.
    ///   - failure: What an error means to a person.
    package init(
        settings: DeskSettings,
        engine: Engine,
        files: any MappingFiles,
        logger: Logger,
        failure: @escaping @Sendable (any Error) -> CoupletError
    ) {
        self.settings = settings
        self.engine = engine
        self.files = files
        self.logger = logger
        self.failure = failure
        queue = ActionQueue(engine: engine, failure: failure)
    }

    /// What runs as long as the desk is open.
    /// - Parameter whenListening: Called with the port when the desk can be reached.
    /// - Returns: The services, to be run together.
    /// - Throws: `CoupletError` where certificate or key cannot be used.
    package func services(whenListening: @escaping @Sendable (Int) async -> Void) throws -> [any Service] {
        let application = Application(
            router: try router(),
            server: try server(),
            configuration: ApplicationConfiguration(address: .hostname(settings.host, port: settings.port)),
            onServerRunning: { channel in await whenListening(channel.localAddress?.port ?? settings.port) },
            logger: logger
        )
        return [queue, application]
    }

    private func server() throws -> HTTPServerBuilder {
        guard let tls = settings.tls else { return .http1() }
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(tls.certificate)
            let key = try NIOSSLPrivateKey(file: tls.key, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(key)
            )
            configuration.minimumTLSVersion = .tlsv12
            return try .tls(.http1(), tlsConfiguration: configuration)
        } catch {
            throw CoupletError(
                "desk.badCertificate",
                ["file": tls.certificate, "key": tls.key, "detail": String(describing: error)],
                status: .wrongConfiguration
            )
        }
    }

    func router() throws -> Router<DeskContext> {
        let router = Router(context: DeskContext.self)
        router.add(middleware: RequestNames(engine: engine, logger: logger))
        router.add(middleware: SecurityFields(isSecure: settings.isSecure))
        let isBehindProxy = settings.publicAddress != nil
        router.add(middleware: NotificationDoor(engine: engine, isBehindProxy: isBehindProxy, logger: logger))
        let (routes, templates) = (Routes(files), try PageTemplates())
        router.add(
            middleware: Failures(failure: failure, logger: logger, routes: routes, templates: templates)
        )
        router.add(middleware: Gatekeeper(engine: engine, isBehindProxy: isBehindProxy))
        let access = Access(engine: engine, needsSecondPerson: settings.needsSecondPerson)
        HealthRoutes(engine: engine).add(to: router)
        MetricsRoute(engine: engine, access: access, isOpen: settings.hasOpenMetrics).add(to: router)
        addAPI(to: router, access, routes)
        // A page of another site may send a browser's cookie along, never a token.
        ActionAnswers(engine: engine, logger: logger, failure: failure).add(to: router) { _, context in
            guard let identity = context.identity, context.session == nil else { throw Problem.wrongToken }
            return TokenGate(identity: identity, access: access, routes: routes)
        }
        let desk = Desk(
            engine: engine,
            access: access,
            routes: routes,
            queue: queue,
            files: files,
            settings: settings,
            failure: failure,
            templates: templates,
            logger: logger
        )
        desk.add(to: router)
        return router
    }

    private func addAPI(to router: Router<DeskContext>, _ access: Access, _ routes: Routes) {
        let handler = RESTHandler(
            engine: engine,
            access: access,
            queue: queue,
            routes: routes,
            files: files,
            failure: failure,
            once: OnceStore(engine: engine)
        )
        for route in routes.all {
            router.on(RouterPath("/api/v1" + route.path), method: route.method) { request, context in
                try await handler.answer(route, request, context)
            }
        }
        router.get("/api/v1/actions") { _, context in try handler.actions(context) }
        router.get("/api/v1/actions/{id}") { _, context in try handler.action(context) }
        router.delete("/api/v1/actions/{id}") { request, context in try handler.cancel(request, context) }
        router.get("/api/v1/actions/{id}/events") { _, context in try handler.events(context) }
        let description = YAMLText.text(OpenAPI(routes).tree)
        router.get("/api/v1/openapi.yaml") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/yaml"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: description))
            )
        }
    }
}

/// Turns failures into answers: problem documents for programs, pages for people.
struct Failures: RouterMiddleware {
    let failure: @Sendable (any Error) -> CoupletError
    let logger: Logger
    let routes: Routes
    let templates: PageTemplates

    func handle(
        _ request: Request,
        context: DeskContext,
        next: @concurrent (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return try response(to: error, request, context)
        }
    }

    private func response(to error: any Error, _ request: Request, _ context: DeskContext) throws -> Response {
        var context = context
        context.language = Gatekeeper.language(of: request)
        let problem: Problem
        switch error {
        case let found as Problem: problem = found
        case let error as HTTPError where error.status == .notFound: problem = notFound(request)
        case is NIOTooManyBytesError: problem = Problem(.contentTooLarge, "request.tooLarge")
        case let error as HTTPError:
            problem = Problem(error.status, "request.refused", ["detail": error.body ?? error.status.reasonPhrase])
        default:
            let known = failure(error)
            if known.status == .defect {
                logger.error(
                    "A request failed",
                    metadata: ["path": "\(request.uri.path)", "error": "\(known.message)"]
                )
            }
            problem = Problem(known)
        }
        let isForPeople =
            !request.uri.path.hasPrefix("/api/") && request.headers[.accept]?.contains("text/html") == true
        return isForPeople ? page(problem, context) : try problem.response(from: request, context: context)
    }

    /// Nothing is there, or it is not asked for in this way.
    private func notFound(_ request: Request) -> Problem {
        let path = request.uri.path
        let methods = Set(routes.all.filter { Self.fits("/api/v1" + $0.path, path) }.map(\.method.rawValue))
        guard !methods.isEmpty else { return Problem(.notFound, "request.notFound", ["path": path]) }
        let allowed = methods.sorted().joined(separator: ", ")
        var problem = Problem(.methodNotAllowed, "request.otherMethod", ["path": path, "methods": allowed])
        problem.fields[.allow] = allowed
        return problem
    }

    private static func fits(_ template: String, _ path: String) -> Bool {
        let (wanted, given) = (template.split(separator: "/"), path.split(separator: "/"))
        return wanted.count == given.count && zip(wanted, given).allSatisfy { $0.first == "{" || $0 == $1 }
    }

    private func page(_ problem: Problem, _ context: DeskContext) -> Response {
        let words = context.words
        let content: [String: Any] = [
            "title": words.text("desk.problem"), "text": words.text(problem.message),
            "remedy": words.remedy(problem.message) as Any, "back": "/",
        ]
        let frame: [String: Any] = [
            "language": context.language.code, "title": words.text("desk.problem"), "icons": Icons.sprite,
            "body": templates.render("problem", content, context.language),
        ]
        var response = Desk.html(templates.render("alone", frame, context.language), problem.status)
        response.headers.append(contentsOf: problem.fields)
        return response
    }
}
