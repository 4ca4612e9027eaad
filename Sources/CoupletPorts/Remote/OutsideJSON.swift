import FoundationEssentials

/// Reads JSON that somebody else has written.
///
/// Foundation's decoder ends the process where it gives up a document that is nested too deeply right at the document's end.
/// So no part that reads what comes from outside calls it itself.
public enum OutsideJSON {
    /// Reads a document.
    /// - Parameters:
    ///   - type: What it says.
    ///   - bytes: Its text in UTF-8.
    /// - Returns: What it says.
    /// - Throws: `DecodingError` when it is no JSON, is nested more than 512 deep, or says something else; what the type throws.
    public static func decode<Document: Decodable>(
        _ type: Document.Type,
        from bytes: some Sequence<UInt8>
    ) throws -> Document {
        var data = Data(bytes)
        // With a byte more behind it, a document that ends while it is nested too deeply is refused like any other.
        data.append(UInt8(ascii: " "))
        return try JSONDecoder().decode(type, from: data)
    }
}
