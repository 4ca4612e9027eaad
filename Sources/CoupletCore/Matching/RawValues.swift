/// The compared fields' values of one side as they were read, until all are known and their natures can be told.
struct RawValues: Sendable {
    private let fieldCount: Int
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []
    /// The records' ids.
    private(set) var ids: [RecordID] = []

    /// Makes room for records of that many fields.
    init(fieldCount: Int) { self.fieldCount = fieldCount }

    /// Adds a record; a field that is not text or a number is blank.
    mutating func append(id: RecordID, _ row: RowView, at positions: [Int]) {
        ids.append(id)
        for position in positions {
            if position >= 0 {
                let field = row.field(at: position)
                if field.tag == .text || field.tag == .number { bytes.append(contentsOf: field.bytes) }
            }
            ends.append(UInt32(bytes.count))
        }
    }

    /// A value of a record.
    func value(_ record: Int, _ field: Int) -> ArraySlice<UInt8> {
        let place = record * fieldCount + field
        return bytes[Int(place == 0 ? 0 : ends[place - 1])..<Int(ends[place])]
    }

    /// Lets go of the values, not of the ids.
    mutating func clear() {
        bytes = []
        ends = []
    }

    /// Some values of a field, spread over all records.
    func sample(_ field: Int, limit: Int = 2_000) -> [ArraySlice<UInt8>] {
        let step = max(1, ids.count / limit)
        return stride(from: 0, to: ids.count, by: step).map { value($0, field) }
    }
}
