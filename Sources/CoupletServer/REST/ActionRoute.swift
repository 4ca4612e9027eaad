import CoupletCore
import CoupletEngine
import HTTPTypes

/// One address of the REST API and the action behind it: the handler, the rights and the description come from here.
struct ActionRoute: Sendable {
    /// What a route's action concerns, for users who may use some mappings only.
    enum Concern: Sendable, Hashable {
        /// No mapping.
        case nothing
        /// These mappings.
        case mappings([String])
        /// All mappings.
        case everything
    }

    /// The method.
    let method: HTTPRequest.Method
    /// The method's name.
    var verb: String { method.rawValue }
    /// The path below `/api/v1`, with names in braces.
    let path: String
    /// The action's name.
    let name: String
    /// What is needed to use it.
    let right: Right
    /// Whether nothing is changed by it.
    var isSafe: Bool { method == .get }
    /// The values that the path gives.
    let pathNames: [String]
    /// What the request says besides the path.
    let request: [Schema.Property]
    /// What is taken where the request says nothing.
    let defaults: [String: JSONTree]
    /// What the request says by the path it is sent to, or never.
    let fixed: [String: JSONTree]
    /// What the answer says.
    let answer: Schema
    /// The name of the answer's list, where it is given a page at a time.
    let list: String?
    /// The address whose entity tag a change may name; nil where none is asked.
    let current: String?
    /// Whether its answer has a secret, which is shown to the one who asked for it and kept nowhere.
    let isShownOnce: Bool
    /// What reads its requests.
    let any: any AnyRoute

    /// Creates a route.
    /// - Parameters:
    ///   - method: The method.
    ///   - path: The path below `/api/v1`; a name in braces is a property of the request.
    ///   - action: The action's type.
    ///   - right: What is needed to use it.
    ///   - defaults: What is taken where the request says nothing.
    ///   - fixed: Properties that no request says, because the address decides them or nobody does.
    ///   - list: The name of the answer's list, where it is given a page at a time.
    ///   - current: What a change may name by its entity tag.
    ///   - concern: What the action concerns.
    ///   - restrict: Leaves what concerns other mappings out of an answer; nil where that cannot be done.
    ///   - narrow: Lets an action look at its asker's mappings only; nil where that cannot be done.
    init<A: Action>(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ action: A.Type,
        _ right: Right,
        defaults: [String: JSONTree] = [:],
        fixed: [String: JSONTree] = [:],
        list: String? = nil,
        current: Precondition<A>? = nil,
        concern: @escaping @Sendable (A, Engine) async throws -> Concern = { _, _ in .everything },
        restrict: (@Sendable (A.Result, Identity) -> A.Result)? = nil,
        narrow: (@Sendable (inout A, Identity) -> Void)? = nil
    ) {
        self.init(
            method,
            path,
            request: A.self,
            right,
            defaults: defaults,
            fixed: fixed,
            list: list,
            current: current,
            concern: concern,
            restrict: restrict,
            narrow: narrow,
            translate: { $0 }
        )
    }

    /// Creates a route whose request is not the action itself.
    init<A: Action, Body: Decodable & Sendable>(
        _ method: HTTPRequest.Method,
        _ path: String,
        request body: Body.Type,
        _ right: Right,
        defaults: [String: JSONTree] = [:],
        fixed: [String: JSONTree] = [:],
        list: String? = nil,
        current: Precondition<A>? = nil,
        concern: @escaping @Sendable (A, Engine) async throws -> Concern = { _, _ in .everything },
        restrict: (@Sendable (A.Result, Identity) -> A.Result)? = nil,
        narrow: (@Sendable (inout A, Identity) -> Void)? = nil,
        translate: @escaping @Sendable (Body) throws -> A
    ) {
        self.method = method
        self.path = path
        self.name = A.name
        self.right = right
        self.fixed = fixed
        self.list = list
        self.current = current?.path
        isShownOnce = A.Result.self is any ShownOnce.Type
        pathNames = path.split(separator: "/").filter { $0.first == "{" }.map { String($0.dropFirst().dropLast()) }
        let names = Set(pathNames)
        let properties = SchemaReader.schema(of: Body.self).properties
        request = properties.filter { !names.contains($0.name) && fixed[$0.name] == nil }
        self.defaults = properties.reduce(into: defaults) { all, property in
            guard all[property.name] == nil, !property.isOptional, let absent = property.schema.absent else { return }
            all[property.name] = absent
        }
        answer = (A.Result.self as? any RESTShaped.Type)?.restSchema ?? SchemaReader.schema(of: A.Result.self)
        any = TypedRoute(
            concern: concern,
            restrict: restrict,
            narrow: narrow,
            precondition: current,
            translate: translate
        )
        self.pathSchemas = properties.filter { names.contains($0.name) }
    }

    /// The shapes of the values that the path gives.
    let pathSchemas: [Schema.Property]
}

/// An action that was asked for, with what it concerns.
protocol AnyRoute: Sendable {
    /// Reads a request's properties, path and defaults included.
    func read(_ request: JSONTree) throws -> any PreparedAction
    /// An action with what the route knows of it; nil where it is no action of the route.
    func prepared<Asked: Action>(_ action: Asked) -> TypedAction<Asked>?
}

/// What a change is made to: it happens only where that still is as it was read.
struct Precondition<A: Action>: Sendable {
    /// The path that it is read at.
    let path: String
    /// Makes the action refuse where what was read there has changed, as its own transaction finds it.
    let hold: @Sendable (inout A, any Codable & Sendable) -> Void
}

/// An action of a request, ready to be performed.
protocol PreparedAction: Sendable {
    /// The action's name.
    var name: String { get }
    /// What is needed for it as it is asked for, besides what its kind needs.
    var needs: Set<Right> { get }
    /// What it concerns.
    func concern(_ engine: Engine) async throws -> ActionRoute.Concern
    /// Whether it, or its answer, can leave out what concerns other mappings.
    var canRestrict: Bool { get }
    /// The plan that would be approved; nil for anything else.
    var approvedPlan: Int64? { get }
    /// Itself, done only where what was read for it is still so.
    func held(to read: any Codable & Sendable) -> any PreparedAction
    /// Does it; the answer is restricted to the reader's mappings, where there is one.
    func perform(_ context: ActionContext, for reader: Identity?) async throws -> any Codable & Sendable
}

private struct TypedRoute<A: Action, Body: Decodable & Sendable>: AnyRoute {
    let concern: @Sendable (A, Engine) async throws -> ActionRoute.Concern
    let restrict: (@Sendable (A.Result, Identity) -> A.Result)?
    let narrow: (@Sendable (inout A, Identity) -> Void)?
    let precondition: Precondition<A>?
    let translate: @Sendable (Body) throws -> A

    func read(_ request: JSONTree) throws -> any PreparedAction {
        let body = try RequestReader.read(Body.self, from: request)
        return typed(try translate(body))
    }

    func prepared<Asked: Action>(_ action: Asked) -> TypedAction<Asked>? {
        (action as? A).flatMap { typed($0) as? TypedAction<Asked> }
    }

    private func typed(_ action: A) -> TypedAction<A> {
        TypedAction(
            action: action,
            concerning: concern,
            restrict: restrict,
            narrow: narrow,
            precondition: precondition
        )
    }
}

/// An action with what its route knows of it.
struct TypedAction<A: Action>: PreparedAction {
    var action: A
    let concerning: @Sendable (A, Engine) async throws -> ActionRoute.Concern
    let restrict: (@Sendable (A.Result, Identity) -> A.Result)?
    var narrow: (@Sendable (inout A, Identity) -> Void)?
    var precondition: Precondition<A>?

    var name: String { A.name }
    var canRestrict: Bool { restrict != nil || narrow != nil }
    var needs: Set<Right> { action.needs }
    var approvedPlan: Int64? { (action as? ApplyPlan)?.plan }

    func concern(_ engine: Engine) async throws -> ActionRoute.Concern { try await concerning(action, engine) }

    func held(to read: any Codable & Sendable) -> any PreparedAction {
        var held = self
        precondition?.hold(&held.action, read)
        return held
    }

    func perform(_ context: ActionContext, for reader: Identity?) async throws -> any Codable & Sendable {
        try await result(context, for: reader)
    }

    /// Does it; it, or the answer, is restricted to the reader's mappings, where there is one.
    func result(_ context: ActionContext, for reader: Identity?) async throws -> A.Result {
        var action = action
        if let reader { narrow?(&action, reader) }
        let result = try await action.perform(in: context)
        if let reader, let restrict { return restrict(result, reader) }
        return result
    }
}

/// A result that is not written the way it is stored.
protocol RESTShaped {
    /// Its shape as an answer.
    static var restSchema: Schema { get }
    /// Itself as an answer.
    func restTree(_ encoder: ResultEncoder, _ files: any MappingFiles) throws -> JSONTree
}
