import CoupletCore
import CoupletPorts
import Foundation

/// Reads what a request says.
enum RequestReader {
    /// The typed request.
    /// - Throws: `CoupletError` that names the property that is missing or wrong.
    static func read<Body: Decodable>(_ type: Body.Type, from tree: JSONTree) throws -> Body {
        do {
            return try OutsideJSON.decode(Body.self, from: tree.data)
        } catch let error as CoupletError {
            throw error
        } catch let error as DecodingError {
            throw failure(error)
        }
    }

    /// A property of a query, which is text, as its schema wants it.
    static func value(_ texts: [String], of property: Schema.Property) throws -> JSONTree {
        func single(_ text: String, _ schema: Schema) throws -> JSONTree {
            switch schema {
            case .boolean:
                if text == "true" { return .boolean(true) }
                if text == "false" { return .boolean(false) }
            case .integer: if let number = Int64(text) { return .integer(number) }
            case .number: if let number = Decimal(string: text) { return .decimal(number) }
            case .choice(let words): if words.contains(text) { return .string(text) }
            default: return .string(text)
            }
            throw wrong(property.name, schema, text)
        }
        if case .list(let element) = property.schema { return .array(try texts.map { try single($0, element) }) }
        return try single(texts.last ?? "", property.schema)
    }

    /// Says what is not among a request's properties, so that a misspelt one is not passed over.
    static func checkNames(of body: [String: JSONTree], _ known: [Schema.Property]) throws {
        let names = Set(known.map(\.name))
        guard let unknown = body.keys.filter({ !names.contains($0) }).sorted().first else { return }
        throw CoupletError(
            "request.unknownProperty",
            ["name": unknown, "known": names.sorted().joined(separator: ", ")],
            status: .wrongUse
        )
    }

    private static func wrong(_ name: String, _ schema: Schema, _ text: String) -> CoupletError {
        let known = if case .choice(let words) = schema { words.joined(separator: ", ") } else { "" }
        return CoupletError("request.wrongValue", ["name": name, "value": text, "known": known], status: .wrongUse)
    }

    private static func failure(_ error: DecodingError) -> CoupletError {
        let name = error.property
        switch error {
        case .keyNotFound:
            return CoupletError("request.missingProperty", ["name": name], status: .wrongUse)
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            return CoupletError(
                "request.wrongProperty",
                ["name": name, "detail": context.debugDescription],
                status: .wrongUse
            )
        @unknown default:
            return CoupletError("request.notJSON", ["detail": String(describing: error)], status: .wrongUse)
        }
    }
}
