import CoupletTexts
import Mustache

/// The pages' templates, compiled once for each language: what stands in `[[` and `]]` is a text of the catalogues.
struct PageTemplates: Sendable {
    private let libraries: [Language: MustacheLibrary]

    /// Compiles every template in every language.
    /// - Throws: What is wrong with a template, which is a defect.
    init() throws {
        var libraries: [Language: MustacheLibrary] = [:]
        for language in Language.all {
            var library = MustacheLibrary()
            for (name, template) in Self.sources {
                try library.register(Self.spoken(template, language), named: name)
            }
            libraries[language] = library
        }
        self.libraries = libraries
    }

    /// Every template by name.
    static var sources: [String: String] {
        [Self.frame, Self.records, Self.openItems, Self.opening, Self.work, Self.mappings, Self.setup]
            .reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }
    }

    /// The codes of the texts in a template.
    static func codes(in template: String) -> [String] {
        template.matches(of: /\[\[([A-Za-z.]+)\]\]/).map { String($0.1) }
    }

    /// The page of a template.
    func render(_ name: String, _ content: [String: Any], _ language: Language) -> String {
        libraries[language]?.render(Self.plain(content), withTemplate: name) ?? ""
    }

    /// Nothing, as templates see it: no section, and no text.
    private struct Nothing: MustacheCustomRenderable {
        var renderText: String { "" }
        var isNull: Bool { true }
    }

    /// Content in which blank text and missing values are nothing: a section about them is left out.
    private static func plain(_ value: Any) -> Any {
        switch value {
        case let text as String: return text.isEmpty ? Nothing() : text
        case let boolean as Bool: return boolean
        case let members as [String: Any]: return members.mapValues(plain)
        case let elements as [Any]: return elements.map(plain)
        default: return Mirror(reflecting: value).displayStyle == .optional ? Nothing() : value
        }
    }

    private static func spoken(_ template: String, _ language: Language) -> String {
        template.replacing(/\[\[([A-Za-z.]+)\]\]/) { match in
            escaped(Texts.text(String(match.1), [:], language))
        }
    }

    /// Text as it stands in HTML and in attributes.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
