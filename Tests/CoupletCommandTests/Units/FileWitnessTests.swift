import CoupletCore
import CoupletPorts
import Foundation
import Testing

@testable import couplet

@Suite("What is known of the store outside of it")
struct FileWitnessTests {
    private static let instance = RecordID(high: 1, low: 2)

    private static func home(_ folder: TemporaryFolder) throws -> HomeDirectory {
        let home = HomeDirectory(folder.path + "/home")
        try home.create()
        #expect(FileManager.default.createFile(atPath: home.store, contents: nil))
        return home
    }

    private static func witness(_ folder: TemporaryFolder, _ home: HomeDirectory, key: String? = nil) -> FileWitness {
        FileWitness(home: home, keyFile: key ?? folder.path + "/keys/key", instance: instance)
    }

    private static func mark(run: Int64, _ witness: FileWitness) -> WitnessMark {
        WitnessMark(instance: instance, run: run, sequence: 1, place: witness.place)
    }

    @Test("the mark that has seen more counts, wherever it is, and both are kept for their owner alone")
    func newest() throws {
        let folder = try TemporaryFolder()
        let home = try Self.home(folder)
        let witness = Self.witness(folder, home)
        #expect(try witness.last() == nil)
        #expect(!witness.place.isEmpty)
        try witness.keep(Self.mark(run: 1, witness))
        let old = try #require(FileManager.default.contents(atPath: home.witness))
        try witness.keep(Self.mark(run: 2, witness))
        #expect(witness.obstacle == nil)
        try old.write(to: URL(filePath: home.witness))
        #expect(try witness.last()?.run == 2)
        try FileManager.default.removeItem(atPath: home.witness)
        #expect(try witness.last()?.run == 2)
        try witness.keep(Self.mark(run: 3, witness))
        let apart = folder.path + "/keys/witness"
        let names = try FileManager.default.contentsOfDirectory(atPath: apart)
        #expect(names == ["\(Self.instance).json"])
        for path in [apart, apart + "/" + names[0], home.witness] {
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect((mode ?? 0o777) & 0o077 == 0)
        }
        try FileManager.default.removeItem(atPath: apart)
        #expect(try witness.last()?.run == 3)
    }

    @Test("where nothing can be kept beside the key the home's mark counts, and somebody is told")
    func unwritable() throws {
        let folder = try TemporaryFolder()
        let home = try Self.home(folder)
        #expect(FileManager.default.createFile(atPath: folder.path + "/keys", contents: nil))
        let witness = Self.witness(folder, home)
        try witness.keep(Self.mark(run: 1, witness))
        #expect(try witness.last()?.run == 1)
        #expect(witness.obstacle?.code == "witness.onlyNear")
        #expect(Self.witness(folder, home, key: home.path + "/key").obstacle?.code == "witness.keyInHome")
    }

    @Test("a mark that has seen more and cannot be replaced is an error, or writing would stop at each start")
    func stuck() throws {
        let folder = try TemporaryFolder()
        let home = try Self.home(folder)
        let witness = Self.witness(folder, home)
        try witness.keep(Self.mark(run: 5, witness))
        let path = folder.path + "/keys/witness/\(Self.instance).json"
        // A folder in the place of the draft keeps anybody from writing it.
        try FileManager.default.createDirectory(atPath: path + ".new", withIntermediateDirectories: false)
        let error = #expect(throws: CoupletError.self) { try witness.keep(Self.mark(run: 4, witness)) }
        #expect(error?.message.code == "witness.onlyNear")
        try witness.keep(Self.mark(run: 6, witness))
        #expect(try witness.last()?.run == 6)
    }

    @Test("a demonstration leaves nothing outside its home")
    func demonstration() throws {
        let folder = try TemporaryFolder()
        let home = try Self.home(folder)
        #expect(FileManager.default.createFile(atPath: home.demonstrationMarker, contents: nil))
        let witness = Self.witness(folder, home)
        try witness.keep(Self.mark(run: 1, witness))
        #expect(try witness.last()?.run == 1)
        #expect(witness.obstacle == nil)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/keys"))
    }
}
