import CoupletCore
import CoupletTexts
import Foundation

/// Writes results for programs: times as text, values as plain JSON, and messages with their text in a language.
struct ResultEncoder {
    let language: Language

    /// Writes for readers of a language.
    init(_ language: Language) { self.language = language }

    /// The tree of a result.
    /// - Throws: What the value's own encoding throws.
    func tree(_ value: some Encodable) throws -> JSONTree {
        if let plain = plain(value) { return plain }
        let node = TreeNode()
        try value.encode(to: TreeEncoder(node: node, codingPath: [], writer: self))
        return node.tree
    }

    /// What is not written the way the store keeps it.
    private func plain(_ value: any Encodable) -> JSONTree? {
        switch value {
        case let instant as Instant: .string(instant.description)
        case let value as Value: ResultEncoder.plain(value)
        case let message as Message: tree(message)
        case let error as CoupletError: tree(error.message)
        case let tree as JSONTree: tree
        default: nil
        }
    }

    private func tree(_ message: Message) -> JSONTree {
        let words = DeskWords(language)
        var members: [String: JSONTree] = [
            "code": .string(message.code), "text": .string(words.text(message)),
            "arguments": .object(message.arguments.mapValues { .string($0) }),
        ]
        members["remedy"] = words.remedy(message).map { .string($0) } ?? .null
        return .object(members)
    }

    private static func plain(_ value: Value) -> JSONTree {
        switch value {
        case .null: .null
        case .boolean(let boolean): .boolean(boolean)
        case .number(let digits): Decimal(string: digits).map { .decimal($0) } ?? .string(digits)
        case .text(let text): .string(text)
        case .unkept: .object(["kept": .boolean(false)])
        }
    }
}

/// A place of a tree that is being written.
private final class TreeNode {
    private var leaf = JSONTree.null
    private var list: [TreeNode]?
    private var members: [String: TreeNode]?

    var tree: JSONTree {
        if let members { return .object(members.mapValues(\.tree)) }
        if let list { return .array(list.map(\.tree)) }
        return leaf
    }

    var count: Int { list?.count ?? 0 }

    func becomeList() { if list == nil { list = [] } }

    func becomeObject() { if members == nil { members = [:] } }

    func set(_ leaf: JSONTree) { self.leaf = leaf }

    func appended() -> TreeNode {
        let node = TreeNode()
        becomeList()
        list?.append(node)
        return node
    }

    func member(_ name: String) -> TreeNode {
        becomeObject()
        if let node = members?[name] { return node }
        let node = TreeNode()
        members?[name] = node
        return node
    }
}

private struct TreeEncoder: Encoder {
    let node: TreeNode
    let codingPath: [any CodingKey]
    let writer: ResultEncoder
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        node.becomeObject()
        return KeyedEncodingContainer(TreeMembers<Key>(node: node, codingPath: codingPath, writer: writer))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        node.becomeList()
        return TreeElements(node: node, codingPath: codingPath, writer: writer)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        TreeLeaf(node: node, codingPath: codingPath, writer: writer)
    }
}

private struct TreeMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: TreeNode
    let codingPath: [any CodingKey]
    let writer: ResultEncoder

    // An absent value is written as null, so that every name is always there.
    mutating func encodeNil(forKey key: Key) throws { node.member(key.stringValue).set(.null) }

    mutating func encode<Element: Encodable>(_ value: Element, forKey key: Key) throws {
        node.member(key.stringValue).set(try writer.tree(value))
    }

    mutating func encodeIfPresent<Element: Encodable>(_ value: Element?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }

    mutating func encodeIfPresent(_ value: String?, forKey key: Key) throws {
        node.member(key.stringValue).set(value.map { .string($0) } ?? .null)
    }

    mutating func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
        node.member(key.stringValue).set(value.map { .integer(Int64($0)) } ?? .null)
    }

    mutating func encodeIfPresent(_ value: Int64?, forKey key: Key) throws {
        node.member(key.stringValue).set(value.map { .integer($0) } ?? .null)
    }

    mutating func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
        node.member(key.stringValue).set(value.map { .decimal(Decimal($0)) } ?? .null)
    }

    mutating func encodeIfPresent(_ value: Bool?, forKey key: Key) throws {
        node.member(key.stringValue).set(value.map { .boolean($0) } ?? .null)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        encoder(key).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoder(key).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        TreeEncoder(node: node.member("super"), codingPath: codingPath, writer: writer)
    }

    mutating func superEncoder(forKey key: Key) -> any Encoder { encoder(key) }

    private func encoder(_ key: Key) -> TreeEncoder {
        TreeEncoder(node: node.member(key.stringValue), codingPath: codingPath + [key], writer: writer)
    }
}

private struct TreeElements: UnkeyedEncodingContainer {
    let node: TreeNode
    let codingPath: [any CodingKey]
    let writer: ResultEncoder
    var count: Int { node.count }

    mutating func encodeNil() throws { node.appended().set(.null) }

    mutating func encode<Element: Encodable>(_ value: Element) throws { node.appended().set(try writer.tree(value)) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        TreeEncoder(node: node.appended(), codingPath: codingPath, writer: writer).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        TreeEncoder(node: node.appended(), codingPath: codingPath, writer: writer).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        TreeEncoder(node: node.appended(), codingPath: codingPath, writer: writer)
    }
}

private struct TreeLeaf: SingleValueEncodingContainer {
    let node: TreeNode
    let codingPath: [any CodingKey]
    let writer: ResultEncoder

    mutating func encodeNil() throws { node.set(.null) }
    mutating func encode(_ value: Bool) throws { node.set(.boolean(value)) }
    mutating func encode(_ value: String) throws { node.set(.string(value)) }
    mutating func encode(_ value: Double) throws { node.set(.decimal(Decimal(value))) }
    mutating func encode(_ value: Float) throws { node.set(.decimal(Decimal(Double(value)))) }
    mutating func encode(_ value: Int) throws { node.set(.integer(Int64(value))) }
    mutating func encode(_ value: Int8) throws { node.set(.integer(Int64(value))) }
    mutating func encode(_ value: Int16) throws { node.set(.integer(Int64(value))) }
    mutating func encode(_ value: Int32) throws { node.set(.integer(Int64(value))) }
    mutating func encode(_ value: Int64) throws { node.set(.integer(value)) }
    mutating func encode(_ value: UInt) throws { node.set(.decimal(Decimal(value))) }
    mutating func encode(_ value: UInt8) throws { node.set(.integer(Int64(value))) }
    mutating func encode(_ value: UInt16) throws { node.set(.integer(Int64(value))) }
    mutating func encode(_ value: UInt32) throws { node.set(.integer(Int64(value))) }
    mutating func encode(_ value: UInt64) throws { node.set(.decimal(Decimal(value))) }
    mutating func encode<Element: Encodable>(_ value: Element) throws { node.set(try writer.tree(value)) }
}
