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
            take(rest[..<end])
            rest = rest[rest.index(after: end)...]
        }
    }

    private mutating func take(_ tag: ArraySlice<UInt8>) {
        let start = tag.first == UInt8(ascii: "/") ? tag.dropFirst() : tag
        let name = start.prefix { !Self.isBlank($0) && $0 != UInt8(ascii: "/") }
        guard let element = Self.elements.first(where: { name.elementsEqual($0.utf8) }) else { return }
        guard start.startIndex == tag.startIndex else {
            if element == "EntityType" { type = nil }
            if element == "Property" { property = nil }
            return
        }
        open(element, Self.attributes(tag[name.endIndex...]), isClosed: tag.last == UInt8(ascii: "/"))
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

    /// The elements that say something here; a document is long, and all others are passed over.
    private static let elements = ["Property", "Annotation", "EntityType", "EntitySet", "PropertyRef", "Schema"]

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func attributes(_ text: ArraySlice<UInt8>) -> [String: String] {
        var attributes: [String: String] = [:]
        var rest = text
        while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
            let name = rest[..<equals].split(whereSeparator: isBlank).last ?? []
            rest = rest[rest.index(after: equals)...]
            guard let open = rest.firstIndex(of: UInt8(ascii: "\"")) else { break }
            rest = rest[rest.index(after: open)...]
            guard let close = rest.firstIndex(of: UInt8(ascii: "\"")) else { break }
            attributes[String(decoding: name, as: UTF8.self)] = value(rest[..<close])
            rest = rest[rest.index(after: close)...]
        }
        return attributes
    }

    private static func value(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard bytes.contains(UInt8(ascii: "&")) else { return text }
        return text.replacing("&amp;", with: "&").replacing("&quot;", with: "\"")
    }
}
