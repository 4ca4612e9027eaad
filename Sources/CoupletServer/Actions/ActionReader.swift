import CoupletCore
import CoupletEngine
import CoupletPorts
import Foundation

/// Reads actions that another Couplet wrote, maybe of another version.
enum ActionReader {
    /// The action.
    /// - Parameters:
    ///   - type: The action's type.
    ///   - bytes: Its JSON.
    ///   - client: The version of who wrote it; nil where they do not say.
    /// - Returns: The action.
    /// - Throws: `CoupletError` that names what cannot be read or is not known, and both versions.
    static func read<A: Action>(_ type: A.Type, from bytes: some Sequence<UInt8>, client: String?) throws -> A {
        func failure(_ code: String, _ property: String) -> CoupletError {
            var arguments = versions(client, A.name)
            arguments["property"] = property
            return CoupletError(code, arguments, status: .wrongConfiguration)
        }
        let action: A
        do {
            action = try OutsideJSON.decode(A.self, from: bytes)
        } catch let error as CoupletError {
            throw error
        } catch {
            throw failure("action.malformed", (error as? DecodingError)?.property ?? "")
        }
        // The same version has the same names; another one may say something that would be passed over here.
        guard client != ProductVersion.text else { return action }
        let given = try OutsideJSON.decode(NameTree.self, from: bytes)
        let known = try OutsideJSON.decode(NameTree.self, from: try JSONEncoder().encode(action))
        if let name = given.name(beyond: known) { throw failure("action.unknownProperty", name) }
        return action
    }

    /// Both versions, and the action that they do not agree about.
    static func versions(_ client: String?, _ action: String) -> [String: String] {
        ["action": action, "client": client ?? "", "server": ProductVersion.text]
    }
}

extension DecodingError {
    /// The property that cannot be read, as a path; blank for a whole document.
    package var property: String {
        switch self {
        case .keyNotFound(let key, let context): Self.path(context.codingPath + [key])
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            Self.path(context.codingPath)
        @unknown default: ""
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    }
}

/// The names in a document, without its values; those in the elements of a list taken together.
private indirect enum NameTree: Decodable {
    case nothing
    case value
    case list(NameTree)
    case object([String: NameTree])

    private struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: Name.self) {
            var names: [String: NameTree] = [:]
            for key in container.allKeys { names[key.stringValue] = try container.decode(NameTree.self, forKey: key) }
            self = .object(names)
        } else if var container = try? decoder.unkeyedContainer() {
            var all = NameTree.nothing
            while !container.isAtEnd { all = all.merged(with: try container.decode(NameTree.self)) }
            self = .list(all)
        } else {
            self = try decoder.singleValueContainer().decodeNil() ? .nothing : .value
        }
    }

    /// The first name here that the other does not have; null says as little as a name that is not there.
    func name(beyond known: NameTree) -> String? {
        switch (self, known) {
        case (.object(let names), .object(let others)):
            for (name, tree) in names.sorted(by: { $0.key < $1.key }) {
                if case .nothing = tree { continue }
                guard let other = others[name] else { return name }
                if let further = tree.name(beyond: other) { return "\(name).\(further)" }
            }
            return nil
        case (.list(let one), .list(let other)): return one.name(beyond: other)
        default: return nil
        }
    }

    private func merged(with other: NameTree) -> NameTree {
        switch (self, other) {
        case (.object(let one), .object(let two)): .object(one.merging(two) { $0.merged(with: $1) })
        case (.list(let one), .list(let two)): .list(one.merged(with: two))
        case (_, .nothing), (_, .value): self
        case (.nothing, _), (.value, _): other
        default: self
        }
    }
}
