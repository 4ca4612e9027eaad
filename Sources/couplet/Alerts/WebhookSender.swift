import CoupletCore
import CoupletPorts
import Crypto
import Foundation

/// Sends alerts to web addresses, signed as the Standard Webhooks specification says, so that receivers find libraries
/// that check it.
struct WebhookSender: Sendable {
    /// A secret has at least so many bytes.
    static let leastBytes = 16
    /// What a secret begins with that is written in base64.
    private static let encodedMark = "whsec_"

    let transport: any HTTPTransport
    let clock: any EngineClock

    /// The bytes that a secret stands for; nil where it is too short, or says that it is base64 and is not.
    static func key(_ secret: String) -> [UInt8]? {
        var bytes = Array(secret.utf8)
        if secret.hasPrefix(encodedMark) {
            guard let data = Data(base64Encoded: String(secret.dropFirst(encodedMark.count))) else { return nil }
            bytes = Array(data)
        }
        return bytes.count >= leastBytes ? bytes : nil
    }

    /// The signature of a body.
    /// - Parameters:
    ///   - body: What is sent.
    ///   - id: The message's id.
    ///   - seconds: The time of sending, in seconds since 1970.
    ///   - key: The secret's bytes.
    /// - Returns: The value of the header field `webhook-signature`.
    static func signature(_ body: [UInt8], id: String, seconds: Int64, key: [UInt8]) -> String {
        let signed = Array("\(id).\(seconds).".utf8) + body
        let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: key))
        return "v1," + Data(code).base64EncodedString()
    }

    /// Sends a letter, once; an answer with a status from 200 to 299 says that it has arrived.
    func send(_ letter: AlertLetter, to address: AlertAddress) async throws(AlertUndelivered) {
        guard let key = address.secret.flatMap(Self.key) else {
            throw AlertUndelivered(Message("alert.weakSecret", ["bytes": String(Self.leastBytes)]))
        }
        let body = Array(letter.document.text.utf8)
        let seconds = clock.now.milliseconds / 1000
        let signature = Self.signature(body, id: letter.message.id, seconds: seconds, key: key)
        let request = HTTPRequestMessage(
            method: "POST",
            url: address.address,
            headers: [
                HTTPHeader("Content-Type", "application/json"), HTTPHeader("User-Agent", "couplet"),
                HTTPHeader("webhook-id", letter.message.id), HTTPHeader("webhook-timestamp", String(seconds)),
                HTTPHeader("webhook-signature", signature),
            ],
            body: body
        )
        let status: Int
        do {
            status = try await transport.send(request).status
        } catch {
            throw AlertUndelivered(Message("alert.notReached", ["detail": error.reason]))
        }
        guard (200..<300).contains(status) else {
            throw AlertUndelivered(Message("alert.refused", ["status": String(status)]))
        }
    }
}
