import CoupletCore
import Foundation

/// What a provider says of itself at its well-known address; only what is needed here.
struct ProviderDescription: Decodable, Sendable {
    var issuer: String
    var signInAddress: String
    var tokenAddress: String
    var keysAddress: String
    /// How the secret may be sent; nil where the provider does not say.
    var secretWays: [String]?

    enum CodingKeys: String, CodingKey {
        case issuer
        case signInAddress = "authorization_endpoint"
        case tokenAddress = "token_endpoint"
        case keysAddress = "jwks_uri"
        case secretWays = "token_endpoint_auth_methods_supported"
    }
}

/// The keys of a provider.
struct ProviderKeys: Decodable, Sendable {
    /// A key; a member that is no text counts as missing.
    struct Key: Decodable, Sendable {
        var kind: String?
        var id: String?
        var use: String?
        var algorithm: String?
        var modulus: String?
        var exponent: String?
        var curve: String?
        var x: String?
        var y: String?

        enum CodingKeys: String, CodingKey {
            case kind = "kty"
            case id = "kid"
            case use
            case algorithm = "alg"
            case modulus = "n"
            case exponent = "e"
            case curve = "crv"
            case x
            case y
        }

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            func text(_ key: CodingKeys) -> String? { try? members.decodeIfPresent(String.self, forKey: key) }
            kind = text(.kind)
            id = text(.id)
            use = text(.use)
            algorithm = text(.algorithm)
            modulus = text(.modulus)
            exponent = text(.exponent)
            curve = text(.curve)
            x = text(.x)
            y = text(.y)
        }
    }

    var keys: [Key]
}

/// What a provider answers to a code.
struct TokenAnswer: Decodable, Sendable {
    var idToken: String?
    var error: String?

    enum CodingKeys: String, CodingKey {
        case idToken = "id_token"
        case error
    }
}

/// The value of a claim, as far as anybody asks for it.
enum ClaimValue: Decodable, Sendable {
    case text(String)
    case texts([String])
    case number(Double)
    case other

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let texts = try? value.decode([String].self) {
            self = .texts(texts)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else {
            self = .other
        }
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Double? { if case .number(let number) = self { number } else { nil } }

    /// A text, or several of them.
    var texts: [String]? {
        switch self {
        case .text(let text): [text]
        case .texts(let texts): texts
        case .number, .other: nil
        }
    }
}
