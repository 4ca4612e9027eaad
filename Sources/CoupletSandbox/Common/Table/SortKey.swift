/// What rows are ordered by: the values asked for, then natural key and id.
struct SortKey {
    enum Part {
        case text(String)
        case number(Double)

        func order(before other: Part) -> Int {
            switch (self, other) {
            case (.number(let one), .number(let two)): return one < two ? -1 : one > two ? 1 : 0
            case (.text(let one), .text(let two)):
                if one.utf8.elementsEqual(two.utf8) { return 0 }
                return one.utf8.lexicographicallyPrecedes(two.utf8) ? -1 : 1
            case (.number, .text): return -1
            case (.text, .number): return 1
            }
        }
    }

    let parts: [Part]
    let isDescending: [Bool]
    let id: SandboxGUID

    func precedes(_ other: SortKey) -> Bool {
        for (index, part) in parts.enumerated() where index < other.parts.count {
            let order = part.order(before: other.parts[index])
            if order != 0 { return (order < 0) != (index < isDescending.count && isDescending[index]) }
        }
        return id < other.id
    }

    /// The key as text that a link can carry.
    var token: String {
        var bytes: [UInt8] = []
        for part in parts {
            switch part {
            case .text(let text): bytes.append(contentsOf: "t\(text)".utf8)
            case .number(let number): bytes.append(contentsOf: "n\(number)".utf8)
            }
            bytes.append(0)
        }
        bytes.append(contentsOf: id.description.utf8)
        return String(
            decoding: bytes.flatMap { [hexadecimalDigit($0 >> 4), hexadecimalDigit($0 & 15)] },
            as: UTF8.self
        )
    }

    init(parts: [Part], isDescending: [Bool], id: SandboxGUID) {
        self.parts = parts
        self.isDescending = isDescending
        self.id = id
    }

    init?(token: String, isDescending: [Bool]) {
        let digits = Array(token.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = hexadecimalValue(digits[index]), let low = hexadecimalValue(digits[index + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        let pieces = bytes.split(separator: 0, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard let last = pieces.last, let id = SandboxGUID(last) else { return nil }
        parts = pieces.dropLast().map { piece in
            piece.hasPrefix("n") ? .number(Double(piece.dropFirst()) ?? 0) : .text(String(piece.dropFirst()))
        }
        self.isDescending = isDescending
        self.id = id
    }
}

extension SandboxTable {
    func sortKey(_ row: SandboxRow, _ order: [(column: Int, isDescending: Bool)]) -> SortKey {
        var parts = order.map { part(row, $0.column) }
        if let key = schema.naturalKey { parts.append(.text(row.fields.text(at: key))) }
        return SortKey(parts: parts, isDescending: order.map(\.isDescending), id: row.id)
    }

    private func part(_ row: SandboxRow, _ column: Int) -> SortKey.Part {
        switch schema.columns[column].source {
        case .version: return .number(Double(row.version))
        case .createdAt: return .number(Double(row.createdAt.milliseconds))
        case .modifiedAt: return .number(Double(row.modifiedAt.milliseconds))
        case .id: return .text(row.id.description)
        case .stored: break
        }
        let text = row.fields.text(at: column)
        switch schema.columns[column].kind {
        case .integer, .decimal: return .number(Double(text) ?? 0)
        case .text, .code, .guid, .boolean, .dateTime, .date, .option: return .text(text)
        }
    }

    func position(_ token: String, _ query: TableQuery) throws(QueryError) -> SortKey {
        let key = SortKey(token: token, isDescending: query.order.map(\.isDescending))
        let expected = query.order.count + (schema.naturalKey == nil ? 0 : 1)
        guard let key, key.parts.count == expected else {
            throw QueryError(.syntax, "The skip token is not valid.")
        }
        return key
    }
}
