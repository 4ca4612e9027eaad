import CoupletCore
import CoupletEngine
import CoupletPorts

@testable import CoupletConnectors
@testable import couplet

/// A kind of input that comes from outside, and what must hold whatever it is.
///
/// Tests run it on a corpus of inputs; whatever finds another input that is worse leaves it there.
enum FuzzInput: String, CaseIterable, Sendable {
    /// A page of records.
    case pages
    /// The answer to a batch, in parts.
    case multipart
    /// The answer to a batch, in JSON.
    case batches
    /// A link with a delta token, or a stored one.
    case deltaTokens
    /// What a service says of its tables.
    case csdl
    /// A filter as people type it.
    case filters
    /// A file with mappings.
    case mappingFiles
    /// A file with couplings.
    case couplingFiles
    /// What is sent to the notification address, by anybody.
    case webhookBodies

    /// What is wrong with what becomes of an input; a crash is found by whoever calls it.
    func problems(with bytes: [UInt8]) -> [String] {
        switch self {
        case .pages: Self.pages(bytes)
        case .multipart: Self.multipart(bytes)
        case .batches: Self.batches(bytes)
        case .deltaTokens: Self.deltaTokens(bytes)
        case .csdl: Self.csdl(bytes)
        case .filters: Self.filters(bytes)
        case .mappingFiles: Self.mappingFiles(bytes)
        case .couplingFiles: Self.couplingFiles(bytes)
        case .webhookBodies: Self.webhookBodies(bytes)
        }
    }

    private static let layout = RowLayout(number: 1, fields: ["number", "displayName", "balance", "blocked", "a/b"])
    private static let shape = TableShape(table: "customers", idField: "id", modifiedField: nil, layout: layout)
    private static let decoder = PageDecoder()

    private static func pages(_ bytes: [UInt8]) -> [String] {
        guard let page = try? decoder.decode(bytes, shape: shape) else { return [] }
        var problems: [String] = []
        for index in 0..<page.rows.count {
            page.rows.withRow(at: index) { view in
                for field in layout.fields.indices where (view.value(at: field)?.text.utf8.count ?? 0) > bytes.count {
                    problems.append("row \(index) holds more than was sent")
                }
            }
        }
        return problems
    }

    private static func batches(_ bytes: [UInt8]) -> [String] {
        let parts = (try? decoder.batch(bytes, shape: RowShape(shape))) ?? []
        _ = try? decoder.object(bytes, shape: RowShape(shape))
        return parts.count > bytes.count ? ["more parts than bytes"] : []
    }

    private static func multipart(_ bytes: [UInt8]) -> [String] {
        let type = "multipart/mixed; boundary=\"b\""
        guard let answer = MultipartAnswer(bytes, contentType: type) else { return ["the boundary was not found"] }
        _ = MultipartAnswer(bytes, contentType: String(decoding: bytes.prefix(200), as: UTF8.self))
        for part in answer.parts {
            guard part.body.lowerBound >= 0, part.body.upperBound <= bytes.count else {
                return ["a body out of bounds"]
            }
            _ = try? decoder.object(Array(bytes[part.body]), shape: RowShape(shape))
        }
        return []
    }

    private static func deltaTokens(_ bytes: [UInt8]) -> [String] {
        let text = String(decoding: bytes, as: UTF8.self)
        var problems: [String] = []
        for token in [DeltaToken(link: text), DeltaToken(checkpoint: text)] {
            guard let token else { continue }
            // What cannot be sent again is refused when it comes back from the store, and never sent as something else.
            guard let again = DeltaToken(checkpoint: token.checkpoint) else { continue }
            if again != token { problems.append("a token came back as another one") }
            if token.option.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
                problems.append("a blank in an address")
            }
        }
        return problems
    }

    private static func csdl(_ bytes: [UInt8]) -> [String] {
        let model = CSDLModel(bytes)
        let count = model.types.values.reduce(0) { $0 + $1.properties.count }
        return count > bytes.count ? ["more properties than bytes"] : []
    }

    private static let types: [String: FieldType] = [
        "name": .text(maximum: 100), "code": .code(maximum: 10), "amount": .decimal, "count": .integer,
        "blocked": .boolean, "day": .date, "time": .dateTime, "id": .guid, "kind": .option,
    ]

    private static func filters(_ bytes: [UInt8]) -> [String] {
        let text = String(decoding: bytes, as: UTF8.self)
        for side in Side.allCases {
            for types in [nil, Self.types] {
                let context = FilterContext(side: side, types: types)
                guard let filter = try? RecordFilter(parsing: text, in: context) else { continue }
                let written = filter.text(in: context)
                guard let again = try? RecordFilter(parsing: written, in: context) else {
                    return ["what was written cannot be read: \(written)"]
                }
                if again != filter { return ["\(written) came back as \(again.text(in: context))"] }
                for dialect in [ODataDialect.businessCentral, .dataverse] { _ = ODataFilter(filter, dialect) }
            }
        }
        return []
    }

    private static func mappingFiles(_ bytes: [UInt8]) -> [String] {
        let reader = MappingFileReader(String(decoding: bytes, as: UTF8.self))
        guard reader.problems.isEmpty, !reader.mappings.isEmpty else { return [] }
        let again = MappingFileReader(MappingFile.text(reader.mappings))
        if let problem = again.problems.first { return ["what was written cannot be read: \(problem)"] }
        return again.mappings == reader.mappings ? [] : ["mappings came back as others"]
    }

    private static func couplingFiles(_ bytes: [UInt8]) -> [String] {
        let file = CouplingFile(String(decoding: bytes, as: UTF8.self))
        guard file.problems.isEmpty, !file.rows.isEmpty else { return [] }
        let again = CouplingFile(CouplingFile.text(file.rows))
        func plain(_ file: CouplingFile) -> [[String]] { file.rows.map { [$0.mapping, $0.erp, $0.crm] } }
        return plain(again) == plain(file) ? [] : ["couplings came back as others"]
    }

    private static func webhookBodies(_ bytes: [UInt8]) -> [String] {
        guard let found = BusinessCentralNotifications.read(bytes) else { return [] }
        if found.count > bytes.count { return ["more notifications than bytes"] }
        let texts = found.flatMap { [$0.subscription, $0.clientState] }
        if texts.contains(where: { $0.utf8.count > bytes.count }) { return ["a text holds more than was sent"] }
        return BusinessCentralNotifications.read(bytes) == found ? [] : ["read again, it says something else"]
    }
}
