import CoupletCore
import CoupletPorts
import Crypto
import Foundation

/// Seals secrets with AES-GCM under the key of a file.
struct AESSecretSealer: SecretSealer {
    /// The first byte of everything sealed this way, so that another way can follow.
    private static let format: UInt8 = 1

    /// Where the key is.
    let keyFile: KeyFile

    func seal(_ secret: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(Data(secret.utf8), using: try keyFile.keyMadeIfMissing())
        guard let combined = box.combined else { throw unopenable }
        return [AESSecretSealer.format] + combined
    }

    func open(_ sealed: [UInt8]) throws -> String {
        let key = try keyFile.key()
        guard sealed.first == AESSecretSealer.format,
            let box = try? AES.GCM.SealedBox(combined: sealed.dropFirst()),
            let opened = try? AES.GCM.open(box, using: key)
        else { throw unopenable }
        return String(decoding: opened, as: UTF8.self)
    }

    /// HMAC-SHA-256 under a key of its own, which follows from that of the file.
    func digest() throws -> ValueDigest {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: try keyFile.key(),
            info: Data("couplet values that are not kept".utf8),
            outputByteCount: 32
        )
        return { bytes in
            let code = HMAC<SHA256>.authenticationCode(for: bytes, using: key)
            return Array(Data(code).base64EncodedString().utf8)
        }
    }

    private var unopenable: CoupletError {
        CoupletError("credentials.wrongKey", ["file": keyFile.path], status: .notAllowed)
    }
}
