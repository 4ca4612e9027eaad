/// One thing about which two records are compared: a field, or a part of one.
struct Trait: Sendable {
    /// The parts into which fields fall.
    enum Part: Sendable, Hashable {
        /// The words of a text.
        case words
        /// The numbers in a text.
        case numbers
        /// The legal form in a company's name.
        case legalForm
        /// A number or code without blanks and signs.
        case code
        /// An e-mail or web address.
        case address
        /// A day.
        case date
    }

    /// The values of one side's records.
    struct Column: Sendable {
        /// Where each record's pieces end.
        private var ends: [UInt32] = []
        private var pieces: [UInt32] = []
        /// The number of each record's whole value; `Trait.blank` where there is none.
        private(set) var values: [UInt32] = []

        /// Adds a record's value.
        mutating func append(_ pieces: [UInt32], value: UInt32) {
            self.pieces += pieces
            ends.append(UInt32(self.pieces.count))
            values.append(value)
        }

        /// The pieces of a record's value.
        @inline(__always)
        func pieces(_ record: Int) -> ArraySlice<UInt32> {
            pieces[Int(record == 0 ? 0 : ends[record - 1])..<Int(ends[record])]
        }
    }

    /// Stands for a value that is blank.
    static let blank = UInt32.max

    /// The field's place among those compared.
    let field: Int
    let part: Part
    /// What the values consist of.
    var lexicon = Lexicon()
    /// The whole values.
    var values = Lexicon()
    var columns = BySide(erp: Column(), crm: Column())
    /// How many values are not blank.
    var count = 0

    /// Adds a record's value; no pieces for a blank one.
    mutating func append(_ pieces: [[UInt8]], side: Side) {
        guard !pieces.isEmpty else { return columns[side].append([], value: Trait.blank) }
        let numbers = pieces.map { lexicon.note($0) }
        let whole = part == .words ? pieces.sorted { $0.lexicographicallyPrecedes($1) } : pieces
        columns[side].append(numbers, value: values.note(Array(whole.joined(separator: [0x20]))))
        count += 1
    }

    /// How common a value is among the others, from 0 to 1.
    func frequency(_ value: UInt32) -> Double {
        Double(max(1, values.counts[Int(value)] - 1)) / Double(max(1, count))
    }

    /// How much a piece tells: nothing when all values hold it, the more the rarer it is.
    @inline(__always)
    func information(_ piece: UInt32) -> Float { weights[Int(piece)] }

    /// What each piece tells.
    private(set) var weights: [Float] = []

    /// Counts what there is, once all values are in.
    mutating func close() {
        lexicon.close()
        values.close()
        weights = lexicon.counts.map { Float(max(0.2, Logarithm.natural(Double(count + 1) / Double($0)))) }
    }
}
