import CoupletEngine
import HTTPTypes

/// The description of the REST API, made from the routes that answer it.
struct OpenAPI {
    let routes: Routes

    /// Describes routes.
    init(_ routes: Routes) { self.routes = routes }

    /// The document, OpenAPI 3.1.
    var tree: JSONTree {
        var paths: [String: JSONTree] = [:]
        for route in routes.all {
            paths["/api/v1" + route.path, default: .object([:])][Self.method(route)] = operation(route)
        }
        for (path, method, operation) in Self.further {
            paths["/api/v1" + path, default: .object([:])][method] = operation
        }
        return .object([
            "openapi": .string("3.1.0"),
            "info": .object([
                "title": .string("Couplet"), "version": .string("1"),
                "description": .string(
                    "Couples records of Business Central and Dataverse and keeps them in sync. Not affiliated with or "
                        + "endorsed by Microsoft."
                ),
                "license": .object(["name": .string("Apache-2.0"), "identifier": .string("Apache-2.0")]),
            ]),
            "servers": .array([.object(["url": .string("/")])]),
            "security": .array([.object(["token": .array([])]), .object(["session": .array([])])]),
            "paths": .object(paths),
            "components": .object([
                "securitySchemes": .object([
                    "token": .object(["type": .string("http"), "scheme": .string("bearer")]),
                    "session": .object([
                        "type": .string("apiKey"), "in": .string("cookie"), "name": .string(Gatekeeper.sessionCookie),
                    ]),
                ]),
                "schemas": .object(["Problem": Self.problem, "Message": Self.message, "Action": Self.action]),
                "responses": .object([
                    "Problem": .object([
                        "description": .string("What is wrong, and what to do."),
                        "content": .object([
                            "application/problem+json": .object(["schema": Self.reference("Problem")])
                        ]),
                    ])
                ]),
            ]),
        ])
    }

    private static func method(_ route: ActionRoute) -> String { route.method.rawValue.lowercased() }

    private func operation(_ route: ActionRoute) -> JSONTree {
        var parameters = route.pathSchemas.map { Self.parameter($0.name, "path", $0.schema, isRequired: true) }
        var operation: [String: JSONTree] = [
            "operationId": .string(Self.operationID(route)), "tags": .array([.string(Self.tag(route))]),
            "summary": .string("Performs \(route.name); needs the right \(route.right.rawValue)."),
        ]
        if route.isSafe {
            parameters += route.request.map {
                Self.parameter(
                    $0.name,
                    "query",
                    $0.schema,
                    isRequired: !$0.isOptional && route.defaults[$0.name] == nil
                )
            }
            if route.list != nil {
                parameters.append(Self.parameter("limit", "query", .integer, isRequired: false, 1, 1000))
                parameters.append(Self.parameter("cursor", "query", .integer, isRequired: false, 0))
            }
            parameters.append(Self.parameter("If-None-Match", "header", .string, isRequired: false))
        } else {
            let goesOn = route.isShownOnce ? [] : ["Prefer"]
            let names = ["Idempotency-Key"] + goesOn + ["X-CSRF-Token"] + (route.current == nil ? [] : ["If-Match"])
            for name in names {
                parameters.append(Self.parameter(name, "header", .string, isRequired: false))
            }
            operation["requestBody"] = body(route)
        }
        operation["parameters"] = .array(parameters)
        operation["responses"] = .object(responses(route))
        return .object(operation)
    }

    private func body(_ route: ActionRoute) -> JSONTree {
        let required = route.request.filter { !$0.isOptional && route.defaults[$0.name] == nil }
        var schema = Self.tree(.object(route.request))
        schema["required"] = required.isEmpty ? nil : .array(required.map { .string($0.name) })
        schema["additionalProperties"] = .boolean(false)
        return .object([
            "required": .boolean(!required.isEmpty),
            "content": .object(["application/json": .object(["schema": schema])]),
        ])
    }

    private func responses(_ route: ActionRoute) -> [String: JSONTree] {
        var answer = Self.tree(route.answer)
        if route.list != nil {
            answer["properties"]?["total"] = .object(["type": .string("integer")])
            answer["properties"]?["next"] = .object(["type": .array([.string("string"), .string("null")])])
        }
        var responses: [String: JSONTree] = [
            "200": Self.response("What came of it.", answer),
            "default": .object(["$ref": .string("#/components/responses/Problem")]),
        ]
        if route.isSafe {
            responses["304"] = .object(["description": .string("It is as it was.")])
        } else if !route.isShownOnce {
            responses["202"] = Self.response("It goes on; see Location.", Self.reference("Action"))
        }
        if route.current != nil { responses["412"] = responses["default"] }
        for status in ["400", "401", "403", "404"] { responses[status] = responses["default"] }
        return responses
    }

    private static func operationID(_ route: ActionRoute) -> String {
        let words = route.path.split { !$0.isLetter }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return method(route) + words.joined()
    }

    private static func tag(_ route: ActionRoute) -> String {
        String(route.path.split(separator: "/").first ?? "")
    }

    private static func parameter(
        _ name: String,
        _ place: String,
        _ schema: Schema,
        isRequired: Bool,
        _ least: Int64? = nil,
        _ most: Int64? = nil
    ) -> JSONTree {
        var shape = tree(schema)
        if let least { shape["minimum"] = .integer(least) }
        if let most { shape["maximum"] = .integer(most) }
        if place == "path", schema == .string { shape["minLength"] = .integer(1) }
        return .object([
            "name": .string(name), "in": .string(place), "required": .boolean(isRequired), "schema": shape,
        ])
    }

    static func response(_ description: String, _ schema: JSONTree) -> JSONTree {
        .object([
            "description": .string(description),
            "content": .object(["application/json": .object(["schema": schema])]),
        ])
    }

    static func reference(_ name: String) -> JSONTree { .object(["$ref": .string("#/components/schemas/\(name)")]) }

    /// A shape in JSON Schema.
    static func tree(_ schema: Schema) -> JSONTree {
        switch schema {
        case .string: typed("string")
        case .time: .object(["type": .string("string"), "format": .string("date-time")])
        case .id: .object(["type": .string("string"), "format": .string("uuid")])
        case .integer: .object(["type": .string("integer"), "format": .string("int64")])
        case .number: typed("number")
        case .boolean: typed("boolean")
        case .choice(let words): .object(["type": .string("string"), "enum": .array(words.map { .string($0) })])
        case .list(let element): .object(["type": .string("array"), "items": tree(element)])
        case .map(let element): .object(["type": .string("object"), "additionalProperties": tree(element)])
        case .message: reference("Message")
        case .anything: .object([:])
        case .object(let properties):
            .object([
                "type": .string("object"),
                "properties": .object(
                    Dictionary(properties.map { ($0.name, optional($0)) }) { first, _ in first }
                ),
            ])
        }
    }

    private static func typed(_ name: String) -> JSONTree { .object(["type": .string(name)]) }

    private static func optional(_ property: Schema.Property) -> JSONTree {
        let shape = tree(property.schema)
        guard property.isOptional, shape != .object([:]) else { return shape }
        return .object(["anyOf": .array([shape, typed("null")])])
    }
}

extension OpenAPI {
    /// What is not an action, but about actions.
    static var further: [(path: String, method: String, operation: JSONTree)] {
        let id = JSONTree.object([
            "name": .string("id"), "in": .string("path"), "required": .boolean(true),
            "schema": .object(["type": .string("integer")]),
        ])
        func operation(
            _ name: String,
            _ summary: String,
            _ parameters: [JSONTree],
            _ status: String,
            _ response: JSONTree
        ) -> JSONTree {
            let problem = JSONTree.object(["$ref": .string("#/components/responses/Problem")])
            return .object([
                "operationId": .string(name), "tags": .array([.string("actions")]), "summary": .string(summary),
                "parameters": .array(parameters),
                "responses": .object([
                    status: response, "default": problem, "400": problem, "401": problem, "403": problem,
                    "404": problem,
                ]),
            ])
        }
        let list = JSONTree.object([
            "type": .string("object"),
            "properties": .object(["actions": .object(["type": .string("array"), "items": reference("Action")])]),
        ])
        let stream = JSONTree.object([
            "description": .string("Events `progress`, then `end`."),
            "content": .object(["text/event-stream": .object(["schema": .object(["type": .string("string")])])]),
        ])
        return [
            (
                "/actions", "get",
                operation("getActions", "Lists actions of late.", [], "200", response("The actions.", list))
            ),
            (
                "/actions/{id}", "get",
                operation("getAction", "Shows an action.", [id], "200", response("It.", reference("Action")))
            ),
            (
                "/actions/{id}", "delete",
                operation("deleteAction", "Asks an action to stop.", [id], "202", response("It.", reference("Action")))
            ),
            ("/actions/{id}/events", "get", operation("getActionEvents", "Follows an action.", [id], "200", stream)),
        ]
    }

    fileprivate static let problem = JSONTree.object([
        "type": .string("object"),
        "required": .array(["type", "status", "code", "title", "detail", "remedy"].map { .string($0) }),
        "properties": .object([
            "type": .object(["type": .string("string")]), "status": .object(["type": .string("integer")]),
            "code": .object(["type": .string("string")]), "title": .object(["type": .string("string")]),
            "detail": .object(["type": .string("string")]),
            "remedy": .object(["type": .array([.string("string"), .string("null")])]),
        ]),
    ])

    fileprivate static let message = JSONTree.object([
        "type": .string("object"),
        "properties": .object([
            "code": .object(["type": .string("string")]), "text": .object(["type": .string("string")]),
            "remedy": .object(["type": .array([.string("string"), .string("null")])]),
            "arguments": .object([
                "type": .string("object"), "additionalProperties": .object(["type": .string("string")]),
            ]),
        ]),
    ])

    fileprivate static let action = JSONTree.object([
        "type": .string("object"),
        "properties": .object([
            "id": .object(["type": .string("integer")]), "action": .object(["type": .string("string")]),
            "state": .object([
                "type": .string("string"), "enum": .array(["running", "done", "failed"].map { .string($0) }),
            ]),
            "startedBy": .object(["type": .string("string")]), "startedAt": .object(["type": .string("string")]),
            "endedAt": .object(["type": .array([.string("string"), .string("null")])]),
            "progress": .object([:]), "result": .object([:]), "error": .object([:]),
        ]),
    ])
}
