import CoupletCore
import CoupletPorts

/// An answer with a page of records as the remote sends it.
struct DecodeWorkload {
    static let recordCount = 1000

    let body: [UInt8]
    let shape: TableShape

    init() {
        let fields = [
            "number", "displayName", "addressLine1", "addressLine2", "postalCode", "city", "state", "country", "email",
            "website", "phoneNumber", "blocked",
        ]
        shape = TableShape(
            table: "customers",
            idField: "id",
            modifiedField: nil,
            layout: RowLayout(number: 1, fields: fields)
        )
        var text = "{\"@odata.context\":\"https://example.com/$metadata#customers\",\"value\":["
        for number in 0..<DecodeWorkload.recordCount {
            if number > 0 { text += "," }
            let values = [
                "C\(100_000 + number)", "Trading Company \\\"No. \(number)\\\"", "\(number % 400) Harbour Street", "",
                "\(10_000 + number)", "Gothenburg", "V\\u00e4stra G\u{F6}taland", "SE", "office\(number)@example.com",
                "https://www.example.com/\(number)", "+46 31 \(100_000 + number)", "_x0020_",
            ]
            let id = RecordID(high: 0x0A1B_2C3D_4E5F_6071, low: UInt64(number)).description
            text += "{\"@odata.etag\":\"W/\\\"JzQ0O\(number)\\\"\",\"id\":\"\(id)\""
            for (field, value) in zip(fields, values) { text += ",\"\(field)\":\"\(value)\"" }
            text += "}"
        }
        text += "]}"
        var bytes: [UInt8] = []
        // The decoder reads a few bytes past the end; with room for them nothing is copied.
        bytes.reserveCapacity(text.utf8.count + 64)
        bytes.append(contentsOf: text.utf8)
        body = bytes
    }
}
