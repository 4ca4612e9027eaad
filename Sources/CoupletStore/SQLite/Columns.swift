import CoupletCore
import CoupletPorts
import Foundation
import GRDB

/// Reads a row's columns one after the other, in the order of the statement.
struct Columns {
    private let row: Row
    private var position = 0

    init(_ row: Row) { self.row = row }

    /// Whether the next column is NULL.
    var isNull: Bool { row.hasNull(atIndex: position) }

    /// Passes over columns, for example those of an outer join that found nothing.
    mutating func skip(_ count: Int) { position += count }

    mutating func next<Column: DatabaseValueConvertible & StatementColumnConvertible>() -> Column {
        defer { position += 1 }
        return row[position]
    }

    mutating func optional<Column: DatabaseValueConvertible & StatementColumnConvertible>() -> Column? {
        defer { position += 1 }
        return row[position]
    }

    mutating func boolean() -> Bool {
        let number: Int64 = next()
        return number != 0
    }

    mutating func instant() -> Instant { Instant(milliseconds: next()) }

    mutating func optionalInstant() -> Instant? {
        let milliseconds: Int64? = optional()
        return milliseconds.map(Instant.init(milliseconds:))
    }

    mutating func bytes() throws -> [UInt8] {
        defer { position += 1 }
        return try row.withUnsafeData(atIndex: position) { $0.map { [UInt8]($0) } ?? [] }
    }

    mutating func id() throws -> RecordID {
        defer { position += 1 }
        return try row.withUnsafeData(atIndex: position) { data in
            guard let data, let id = RecordID(stored: data) else {
                throw StoreError.damaged(detail: "an id that is not sixteen bytes long")
            }
            return id
        }
    }

    mutating func choice<Choice: RawRepresentable<String>>(_ type: Choice.Type = Choice.self) throws -> Choice {
        let text: String = next()
        guard let choice = Choice(rawValue: text) else {
            throw StoreError.damaged(detail: "\(text) is no \(Choice.self)")
        }
        return choice
    }

    mutating func optionalChoice<Choice: RawRepresentable<String>>(
        _ type: Choice.Type = Choice.self
    ) throws -> Choice? {
        if isNull {
            skip(1)
            return nil
        }
        return try choice(type)
    }
}

extension RecordID {
    /// The id as stored: sixteen bytes whose order is the order of ids.
    var stored: Data {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Data($0) }
    }

    /// Reads a stored id; nil when it has another length.
    init?(stored: Data) {
        guard stored.count == 16 else { return nil }
        self = stored.withUnsafeBytes { bytes in
            RecordID(
                high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }
}
