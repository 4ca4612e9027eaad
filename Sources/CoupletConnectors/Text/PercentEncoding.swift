/// Escapes for addresses and forms.
package enum PercentEncoding {
    private static let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
    /// OData's own punctuation stays readable in a query.
    private static let plainInQuery = unreserved.union("!$'()*,;:@/".utf8)

    /// Escapes everything that could end or change a query option.
    package static func query(_ text: String) -> String { escape(text, except: plainInQuery) }

    /// Escapes everything that means something in a form.
    package static func form(_ text: String) -> String { escape(text, except: unreserved) }

    private static func escape(_ text: String, except plain: Set<UInt8>) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            if plain.contains(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
