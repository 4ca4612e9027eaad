import CoupletCore
import CoupletPorts
import Crypto
import CryptoExtras
import Foundation

/// Hashes passwords with scrypt, at a cost that each hash carries with it.
struct ScryptPasswordHasher: PasswordHasher {
    /// How many rounds a new hash takes, a power of two.
    ///
    /// 32,768 rounds take 32 MB and about a tenth of a second.
    var rounds = 32_768
    private static let blockSize = 8
    private static let parallelism = 1
    private static let byteCount = 32
    /// More than this is not computed for a stored hash, whoever wrote it.
    private static let mostRounds = 1 << 20

    func hash(_ password: String) throws -> String {
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }
        guard let key = derive(password, salt, rounds) else { throw CoupletError("access.none", status: .defect) }
        return "scrypt$\(rounds)$\(Self.blockSize)$\(Self.parallelism)$"
            + "\(salt.base64EncodedString())$\(key.base64EncodedString())"
    }

    func matches(_ password: String, _ hash: String) -> Bool {
        let parts = hash.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]),
            (2...Self.mostRounds).contains(rounds),
            parts[2] == "\(Self.blockSize)", parts[3] == "\(Self.parallelism)",
            let salt = Data(base64Encoded: String(parts[4])), let expected = Data(base64Encoded: String(parts[5])),
            let key = derive(password, salt, rounds)
        else { return false }
        // Every byte is looked at, so that the time says nothing of where they differ.
        var difference = UInt8(key.count == expected.count ? 0 : 1)
        for (one, two) in zip(key, expected) { difference |= one ^ two }
        return difference == 0
    }

    func digest(_ token: String) -> String {
        SHA256.hash(data: Data(token.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        .joined()
    }

    private func derive(_ password: String, _ salt: Data, _ rounds: Int) -> Data? {
        let key = try? KDF.Scrypt.deriveKey(
            from: Data(password.precomposedStringWithCanonicalMapping.utf8),
            salt: salt,
            outputByteCount: Self.byteCount,
            rounds: rounds,
            blockSize: Self.blockSize,
            parallelism: Self.parallelism
        )
        return key?.withUnsafeBytes { Data($0) }
    }
}
