import Foundation

/// What storing and reading again makes of a value.
enum StoredForm {
    static func again<Content: Codable>(_ content: Content) throws -> Content {
        try JSONDecoder().decode(Content.self, from: JSONEncoder().encode(content))
    }
}
