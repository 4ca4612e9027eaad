/// Pictures of records, and documents as PDF.
extension BusinessCentralSandbox {
    struct MediaKey: Hashable {
        let company: SandboxGUID
        let id: SandboxGUID
    }

    /// What was uploaded.
    struct Media: Sendable {
        let bytes: [UInt8]
        let contentType: String
    }

    /// Whether a segment below a record is a medium and no entity.
    func isMedium(_ name: String, of entity: BusinessCentralEntity) -> Bool {
        switch name {
        case "picture":
            ["customers", "vendors", "items", "itemVariants", "contacts", "companyInformation"]
                .contains(entity.schema.entitySet)
        case "pdfDocument": if case .salesDocument = entity.logic { true } else { false }
        case _: false
        }
    }

    /// Answers a request for a record's medium; `rest` begins with its name.
    mutating func serveMedium(
        _ route: Route,
        _ rest: ArraySlice<ODataSegment>,
        at now: SandboxInstant
    ) throws(BusinessCentralError) -> SandboxResponse {
        let row = try existingRow(route)
        guard let first = rest.first else { throw .badAddress }
        if let key = first.key, try id(key) != row.id { throw .notFound(route.entity.table, try id(key)) }
        let content = rest.dropFirst().first?.name
        guard rest.count <= 2 else { throw .unknownSegment(rest.last?.name ?? "") }
        if let content, !["content", "contentValue", "pictureContent", "pdfDocumentContent"].contains(content) {
            throw .unknownSegment(content)
        }
        if first.name == "pdfDocument" { return try pdfDocument(row, route, isContent: content != nil) }
        let isStream = route.entity.schema.entitySet == "companyInformation"
        return try picture(row, route, isContent: isStream || content != nil, at: now)
    }

    private mutating func picture(
        _ row: SandboxRow,
        _ route: Route,
        isContent: Bool,
        at now: SandboxInstant
    ) throws(BusinessCentralError) -> SandboxResponse {
        let key = MediaKey(company: route.company ?? .zero, id: row.id)
        switch route.request.method {
        case "GET" where isContent:
            guard let stored = media[key] else { return answer(204) }
            var response = answer(200, stored.bytes)
            response.headers["Content-Type"] = stored.contentType
            return response
        case "GET": return pictureRecord(row, route, media[key])
        case "PATCH" where isContent, "PUT" where isContent:
            guard let tag = route.request.headers["if-match"] else { throw .badToken }
            try checkTag(tag, row)
            media[key] = uploaded(route.request)
            return answer(204)
        case "DELETE":
            if let tag = route.request.headers["if-match"] { try checkTag(tag, row) }
            media[key] = nil
            return answer(204)
        case _: throw .methodNotAllowed(route.request.method, "picture", isCollection: false)
        }
    }

    private func uploaded(_ request: SandboxRequest) -> Media {
        let type = request.headers["content-type"] ?? "application/octet-stream"
        guard type.hasPrefix("application/json") else { return Media(bytes: request.body, contentType: type) }
        let value = (try? SandboxJSON(bytes: request.body))?["value"]?.string
        return Media(bytes: value.map { Array($0.utf8) } ?? request.body, contentType: "application/octet-stream")
    }

    private func pictureRecord(_ row: SandboxRow, _ route: Route, _ stored: Media?) -> SandboxResponse {
        let size = stored.flatMap { PictureSize(of: $0.bytes) }
        let link = "\(route.mediaRoot)/\(route.path)(\(row.id))/picture(\(row.id))/content"
        let body = SandboxJSON.members([
            "@odata.context": .string("\(route.context)(\(row.id))/picture/$entity"),
            "@odata.etag": .string(BusinessCentralETag.text(version: row.version)), "id": .string(row.id.description),
            "width": .number("\(size?.width ?? 0)"), "height": .number("\(size?.height ?? 0)"),
            "contentType": .string(stored?.contentType ?? ""), "content@odata.mediaEditLink": .string(link),
            "content@odata.mediaReadLink": .string(link),
        ])
        return answer(200, body.bytes)
    }

    private func pdfDocument(
        _ row: SandboxRow,
        _ route: Route,
        isContent: Bool
    ) throws(BusinessCentralError) -> SandboxResponse {
        guard route.request.method == "GET" else {
            throw .methodNotAllowed(route.request.method, "pdfDocument", isCollection: !isContent)
        }
        if isContent {
            let draft = BusinessCentralDraft(route.entity, texts: row.fields.texts)
            let total = draft["totalAmountIncludingTax"].isEmpty ? "0" : draft["totalAmountIncludingTax"]
            let lines = [
                "\(route.entity.schema.entityName) \(draft["number"])", draft["customerName"], "Total \(total)",
            ]
            var response = answer(200, PDFPage(lines: lines).bytes)
            response.headers["Content-Type"] = "application/pdf"
            return response
        }
        let path = "\(route.path)(\(row.id))/pdfDocument"
        let element = SandboxJSON.members([
            "@odata.etag": .string(BusinessCentralETag.text(version: row.version)), "id": .string(row.id.description),
            "content@odata.mediaReadLink": .string("\(route.mediaRoot)/\(path)(\(row.id))/content"),
        ])
        let context = "\(route.context)(\(row.id))/pdfDocument"
        let body = SandboxJSON.members(["@odata.context": .string(context), "value": .array([element])])
        return answer(200, body.bytes)
    }

    /// The addresses of streams that are properties of a record.
    func writeStreams(_ row: SandboxRow, _ route: Route, _ writer: inout JSONWriter) {
        guard route.entity.schema.entitySet == "companyInformation" else { return }
        writer.name("picture@odata.mediaReadLink")
        writer.string("\(route.mediaRoot)/companyInformation(\(row.id))/picture")
    }
}

extension BusinessCentralSandbox.Route {
    /// The address of the company.
    var mediaRoot: String { company.map { "\(root)/companies(\($0))" } ?? root }
}

/// Width and height of a PNG or JPEG picture.
struct PictureSize: Equatable {
    let width: Int
    let height: Int

    /// Reads the size from the picture's head; nil for other formats.
    init?(of bytes: [UInt8]) {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]), bytes.count >= 24 {
            width = bytes[16..<20].reduce(0) { $0 << 8 | Int($1) }
            height = bytes[20..<24].reduce(0) { $0 << 8 | Int($1) }
            return
        }
        guard bytes.starts(with: [0xFF, 0xD8]) else { return nil }
        var position = 2
        while position + 8 < bytes.count, bytes[position] == 0xFF {
            let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
            let isFrame =
                (0xC0...0xCF).contains(bytes[position + 1]) && ![0xC4, 0xC8, 0xCC].contains(bytes[position + 1])
            if isFrame {
                height = Int(bytes[position + 5]) << 8 | Int(bytes[position + 6])
                width = Int(bytes[position + 7]) << 8 | Int(bytes[position + 8])
                return
            }
            position += 2 + max(2, length)
        }
        return nil
    }
}

/// A page of a few lines as PDF.
struct PDFPage {
    let bytes: [UInt8]

    init(lines: [String]) {
        let text = lines.map { line in
            let plain = line.unicodeScalars.map { $0.value < 127 ? Character($0) : "?" }
            let escaped = String(plain).replacing("\\", with: "\\\\").replacing("(", with: "\\(")
                .replacing(")", with: "\\)")
            return "(\(escaped)) Tj T*"
        }
        let content = "BT /F1 12 Tf 14 TL 72 770 Td \(text.joined(separator: " ")) ET"
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                + "/Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        var (file, offsets) = ("%PDF-1.4\n", [Int]())
        for (index, object) in objects.enumerated() {
            offsets.append(file.utf8.count)
            file += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let table = offsets.map { offset in
            let digits = String(offset)
            return String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
        }
        let start = file.utf8.count
        file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n\(table.joined())"
        file += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
        bytes = Array(file.utf8)
    }
}
