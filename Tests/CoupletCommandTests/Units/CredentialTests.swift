import CoupletCore
import Foundation
import Testing

@testable import couplet

@Suite("Sealed credentials")
struct CredentialTests {
    private static func sealer(_ folder: TemporaryFolder, _ name: String = "keys/credentials.key") -> AESSecretSealer {
        AESSecretSealer(keyFile: KeyFile(path: folder.path + "/" + name))
    }

    @Test("what is sealed opens again, is not readable, and is sealed differently each time")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        let sealer = Self.sealer(folder)
        let secret = "hemlig åäö \u{1F511}"
        let sealed = try sealer.seal(secret)
        #expect(try sealer.open(sealed) == secret)
        #expect(try sealer.seal(secret) != sealed)
        #expect(!String(decoding: sealed, as: UTF8.self).contains("hemlig"))
    }

    @Test("the key is made on first use, for its owner alone")
    func keyFile() throws {
        let folder = try TemporaryFolder()
        _ = try Self.sealer(folder).seal("x")
        let path = folder.path + "/keys/credentials.key"
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/keys") == ["credentials.key"])
    }

    @Test("another key does not open it, and says so")
    func wrongKey() throws {
        let folder = try TemporaryFolder()
        let sealed = try Self.sealer(folder).seal("x")
        _ = try Self.sealer(folder, "other.key").seal("y")
        let error = #expect(throws: CoupletError.self) { try Self.sealer(folder, "other.key").open(sealed) }
        #expect(error?.message.code == "credentials.wrongKey")
        #expect(error?.status == .notAllowed)
    }

    @Test("a missing key is not made anew when something sealed is to be opened")
    func missingKey() throws {
        let folder = try TemporaryFolder()
        let sealed = try Self.sealer(folder).seal("x")
        let error = #expect(throws: CoupletError.self) { try Self.sealer(folder, "gone.key").open(sealed) }
        #expect(error?.message.code == "credentials.keyMissing")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/gone.key"))
    }

    @Test("changed bytes do not open", arguments: [0, 1, 20])
    func changedBytes(position: Int) throws {
        let folder = try TemporaryFolder()
        var sealed = try Self.sealer(folder).seal("secret")
        sealed[position] ^= 1
        #expect(throws: CoupletError.self) { try Self.sealer(folder).open(sealed) }
    }

    @Test("a file that holds no key is a wrong configuration")
    func malformedKey() throws {
        let folder = try TemporaryFolder()
        try Data("not a key\n".utf8).write(to: URL(filePath: folder.path + "/bad.key"))
        let error = #expect(throws: CoupletError.self) { try Self.sealer(folder, "bad.key").seal("x") }
        #expect(error?.message.code == "credentials.keyMalformed")
    }
}

@Suite("The store's lock")
struct StoreLockTests {
    @Test("one holder at a time; the second is told who, and gets it when the first is done")
    func oneHolder() throws {
        let folder = try TemporaryFolder()
        let home = HomeDirectory(folder.path + "/deep/home")
        try home.create()
        let lock = try StoreLock(home)
        let error = #expect(throws: CoupletError.self) { try StoreLock(home) }
        #expect(error?.message.code == "store.locked")
        #expect(error?.status == .tryLater)
        #expect(error?.message.arguments["pid"] == String(ProcessInfo.processInfo.processIdentifier))
        lock.release()
        try StoreLock(home).release()
    }

    @Test("the home is made for its owner alone")
    func homeMode() throws {
        let folder = try TemporaryFolder()
        let home = HomeDirectory(folder.path + "/home/")
        try home.create()
        try home.create()
        let mode = try FileManager.default.attributesOfItem(atPath: home.path)[.posixPermissions] as? Int
        #expect(mode == 0o700)
        #expect(home.socket == folder.path + "/home/couplet.sock")
    }

    @Test("a file in the home's place is a wrong configuration")
    func fileInPlace() throws {
        let folder = try TemporaryFolder()
        try Data().write(to: URL(filePath: folder.path + "/file"))
        let error = #expect(throws: CoupletError.self) { try HomeDirectory(folder.path + "/file").create() }
        #expect(error?.status == .wrongConfiguration)
    }
}
