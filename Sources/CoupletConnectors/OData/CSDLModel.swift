/// What a service's CSDL says of its entity sets: their types, properties and keys.
///
/// CSDL holds everything in the attributes of its elements, so that reading tag after tag is enough.
package struct CSDLModel: Sendable {
    /// One property.
    package struct Property: Sendable, Hashable {
        package var name: String
        package var type: String
        package var maximum: Int?
        package var isWritable = true
    }

    /// One entity type.
    package struct EntityType: Sendable, Hashable {
        package var key: String?
        package var properties: [Property] = []
    }

    /// Entity types by their names with namespace.
    package private(set) var types: [String: EntityType] = [:]
    /// The names of the types by entity set.
    package private(set) var sets: [String: String] = [:]

    private var namespace = ""
    private var type: String?
    private var property: String?

    /// Reads a document; what is no CSDL has no entity sets.
    package init(_ body: [UInt8]) {
        var rest = body[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[rest.index(after: start)...]
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return }
            take(String(decoding: rest[..<end], as: UTF8.self))
            rest = rest[rest.index(after: end)...]
        }
    }

    private mutating func take(_ tag: String) {
        if tag == "/EntityType" {
            type = nil
        } else if tag == "/Property" {
            property = nil
        } else {
            let name = tag.prefix { !$0.isWhitespace && $0 != "/" }
            open(String(name), Self.attributes(tag.dropFirst(name.count)), isClosed: tag.hasSuffix("/"))
        }
    }

    private mutating func open(_ element: String, _ attributes: [String: String], isClosed: Bool) {
        let name = attributes["Name"] ?? ""
        switch element {
        case "Schema": namespace = attributes["Namespace"] ?? ""
        case "EntityType":
            let full = namespace + "." + name
            types[full] = EntityType()
            type = isClosed ? nil : full
        case "PropertyRef":
            guard let type, types[type]?.key == nil else { return }
            types[type]?.key = name
        case "Property":
            guard let type else { return }
            let found = Property(
                name: name,
                type: attributes["Type"] ?? "Edm.String",
                maximum: attributes["MaxLength"].flatMap(Int.init)
            )
            types[type]?.properties.append(found)
            property = isClosed ? nil : name
        case "Annotation":
            let isReadOnly = ["Org.OData.Core.V1.Computed", "Org.OData.Core.V1.Immutable"]
                .contains(attributes["Term"] ?? "")
            guard isReadOnly, attributes["Bool"] != "false", let type, property != nil,
                let last = types[type]?.properties.indices.last
            else { return }
            types[type]?.properties[last].isWritable = false
        case "EntitySet": sets[name] = attributes["EntityType"] ?? ""
        default: break
        }
    }

    private static func attributes(_ text: Substring) -> [String: String] {
        var attributes: [String: String] = [:]
        for match in text.matches(of: /([A-Za-z:.]+)\s*=\s*"([^"]*)"/) {
            attributes[String(match.1)] = String(match.2).replacing("&amp;", with: "&").replacing("&quot;", with: "\"")
        }
        return attributes
    }
}
