import CoupletCore
import CoupletEngine
import CoupletPorts
import Foundation

/// Finds out the shape of a type by letting it decode itself from nothing: what it asks for is what it has.
///
/// So requests, answers and their description cannot differ: they come from the same type.
enum SchemaReader {
    /// The shape of a type.
    static func schema<Shape: Decodable>(of type: Shape.Type) -> Schema { read(type).schema }

    /// The shape of a type, and some value of it for whatever contains it.
    fileprivate static func read<Shape: Decodable>(_ type: Shape.Type) -> (schema: Schema, example: Shape?) {
        if let known = known(type) { return known }
        let recorder = Recorder()
        let example = try? type.init(from: SchemaDecoder(recorder: recorder, codingPath: []))
        return (recorder.schema, example)
    }

    /// The types that are written in a way of their own.
    private static func known<Shape>(_ type: Shape.Type) -> (schema: Schema, example: Shape?)? {
        func pair(_ schema: Schema, _ example: some Any) -> (Schema, Shape?) { (schema, example as? Shape) }
        if let provider = type as? any SchemaProviding.Type { return pair(provider.schema, provider.example) }
        if let choice = type as? any (CaseIterable & RawRepresentable).Type { return closedList(choice) }
        switch type {
        case is Instant.Type: return pair(.time, Instant(milliseconds: 0))
        case is RecordID.Type: return pair(.id, RecordID.zero)
        case is Value.Type: return pair(.anything, Value.null)
        case is Message.Type: return pair(.message, Message(""))
        case is CoupletError.Type: return pair(.message, CoupletError("", status: .defect))
        case is Bool.Type: return pair(.boolean, false)
        case is String.Type: return pair(.string, "")
        case is Int.Type: return pair(.integer, 0)
        case is Int64.Type: return pair(.integer, Int64(0))
        case is Int32.Type: return pair(.integer, Int32(0))
        case is Double.Type: return pair(.number, 0.0)
        case is JSONTree.Type: return pair(.anything, JSONTree.null)
        // Its stored form is no contract: requests and answers say a mapping as a mapping file does.
        case is TableMapping.Type: return (.anything, nil)
        case is Resolution.Type: return pair(.anything, Resolution.take(.erp))
        default: return nil
        }
    }

    private static func closedList<Shape, Choice: CaseIterable & RawRepresentable>(
        _ type: Choice.Type
    ) -> (schema: Schema, example: Shape?) {
        let all = Array(Choice.allCases)
        let words = all.compactMap { $0.rawValue as? String }
        return (words.isEmpty ? .integer : .choice(words), all.first as? Shape)
    }
}

/// A value that may be missing.
private protocol SchemaOptional {}

extension Optional: SchemaOptional {}

extension Optional: SchemaProviding where Wrapped: Decodable {
    static var schema: Schema { SchemaReader.schema(of: Wrapped.self) }
    static var example: Wrapped? { nil }
}

extension Array: SchemaProviding where Element: Decodable {
    static var schema: Schema { .list(SchemaReader.schema(of: Element.self)) }
    static var example: [Element] { [] }
}

extension Dictionary: SchemaProviding where Key == String, Value: Decodable {
    static var schema: Schema { .map(SchemaReader.schema(of: Value.self)) }
    static var example: [String: Value] { [:] }
}

/// Notes what a type asks for.
private final class Recorder {
    private var properties: [Schema.Property] = []
    private var whole: Schema?
    private var isObject = false

    var schema: Schema { whole ?? (isObject ? .object(properties) : .anything) }

    func becomesObject() { isObject = true }

    func note(_ name: String, _ schema: Schema, isOptional: Bool) {
        guard !properties.contains(where: { $0.name == name }) else { return }
        properties.append(Schema.Property(name: name, schema: schema, isOptional: isOptional))
    }

    func note(_ schema: Schema) { if whole == nil { whole = schema } }
}

/// A value has no example: the type cannot be made from nothing.
private struct NoExample: Error {}

private struct SchemaDecoder: Decoder {
    let recorder: Recorder
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        recorder.becomesObject()
        return KeyedDecodingContainer(SchemaMembers<Key>(recorder: recorder, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        SchemaElements(recorder: recorder, codingPath: codingPath)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        SchemaLeaf(recorder: recorder, codingPath: codingPath)
    }
}

private struct SchemaMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let recorder: Recorder
    let codingPath: [any CodingKey]
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { true }

    func decodeNil(forKey key: Key) throws -> Bool { true }

    func decode<Element: Decodable>(_ type: Element.Type, forKey key: Key) throws -> Element {
        let (schema, example) = SchemaReader.read(type)
        recorder.note(key.stringValue, schema, isOptional: type is any SchemaOptional.Type)
        guard let example else { throw NoExample() }
        return example
    }

    func decodeIfPresent<Element: Decodable>(_ type: Element.Type, forKey key: Key) throws -> Element? {
        recorder.note(key.stringValue, SchemaReader.read(type).schema, isOptional: true)
        return nil
    }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { noted(key, .boolean) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { noted(key, .string) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { noted(key, .number) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { noted(key, .integer) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { noted(key, .integer) }

    private func noted<Element>(_ key: Key, _ schema: Schema) -> Element? {
        recorder.note(key.stringValue, schema, isOptional: true)
        return nil
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        throw NoExample()
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw NoExample() }
    func superDecoder() throws -> any Decoder { throw NoExample() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw NoExample() }
}

private struct SchemaElements: UnkeyedDecodingContainer {
    let recorder: Recorder
    let codingPath: [any CodingKey]
    var currentIndex = 0
    var count: Int? { 1 }
    var isAtEnd: Bool { currentIndex > 0 }

    mutating func decodeNil() throws -> Bool { false }

    mutating func decode<Element: Decodable>(_ type: Element.Type) throws -> Element {
        currentIndex += 1
        let (schema, example) = SchemaReader.read(type)
        recorder.note(.list(schema))
        guard let example else { throw NoExample() }
        return example
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { throw NoExample() }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw NoExample() }
    mutating func superDecoder() throws -> any Decoder { throw NoExample() }
}

private struct SchemaLeaf: SingleValueDecodingContainer {
    let recorder: Recorder
    let codingPath: [any CodingKey]

    func decodeNil() -> Bool { false }

    func decode<Element: Decodable>(_ type: Element.Type) throws -> Element {
        let (schema, example) = SchemaReader.read(type)
        recorder.note(schema)
        guard let example else { throw NoExample() }
        return example
    }

    func decode(_ type: Bool.Type) throws -> Bool { noted(.boolean, false) }
    func decode(_ type: String.Type) throws -> String { noted(.string, "") }
    func decode(_ type: Double.Type) throws -> Double { noted(.number, 0) }
    func decode(_ type: Float.Type) throws -> Float { noted(.number, 0) }
    func decode(_ type: Int.Type) throws -> Int { noted(.integer, 0) }
    func decode(_ type: Int8.Type) throws -> Int8 { noted(.integer, 0) }
    func decode(_ type: Int16.Type) throws -> Int16 { noted(.integer, 0) }
    func decode(_ type: Int32.Type) throws -> Int32 { noted(.integer, 0) }
    func decode(_ type: Int64.Type) throws -> Int64 { noted(.integer, 0) }
    func decode(_ type: UInt.Type) throws -> UInt { noted(.integer, 0) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { noted(.integer, 0) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { noted(.integer, 0) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { noted(.integer, 0) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { noted(.integer, 0) }

    private func noted<Element>(_ schema: Schema, _ value: Element) -> Element {
        recorder.note(schema)
        return value
    }
}
