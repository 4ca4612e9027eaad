import Foundation
import Glibc
import Testing

@Suite("A full disk", .timeLimit(.minutes(10)))
struct FullDiskTests {
    /// Whether a small file system can be mounted here, in a name space of its own.
    static let canMount: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "unshare -m mount -t tmpfs -o size=64k tmpfs /mnt"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    @Test(
        "a full disk is told, can be tried later, and what was done before is kept",
        .enabled(if: canMount, "a small file system cannot be mounted by this user"),
        arguments: [1_200, 3_500]
    )
    func fullDisk(kilobytes: Int) async throws {
        let world = try await World(["--records", "2000"])
        try FileManager.default.createDirectory(atPath: world.home, withIntermediateDirectories: true)
        let sets = try ["erp", "crm"].map { side in
            try world.connectionSet(side).map { "'\($0)'" }.joined(separator: " ")
        }
        // One name space for all commands: the small file system is gone with the last of them.
        let script = """
            set -e
            couplet='\(CoupletProcess.executable.path())'
            mount -t tmpfs -o size=\(kilobytes)k tmpfs '\(world.home)'
            "$couplet" \(sets[0]) > '\(world.folder.path)/out'
            "$couplet" \(sets[1]) > '\(world.folder.path)/out'
            "$couplet" connection enable --yes --json > '\(world.folder.path)/out'
            "$couplet" match SALESPEOPLE --sync from --json > '\(world.folder.path)/out'
            set +e
            "$couplet" match CUSTOMER --create-unmatched --sync to --json > '\(world.folder.path)/full'
            echo $? > '\(world.folder.path)/status'
            mount -o remount,size=256m tmpfs '\(world.home)'
            "$couplet" connection list --json > '\(world.folder.path)/after'
            "$couplet" match CUSTOMER --create-unmatched --sync to --json > '\(world.folder.path)/again'
            echo $? >> '\(world.folder.path)/status'
            """
        let shell = try CoupletProcess(
            ["-m", "/bin/sh", "-c", script],
            environment: world.environment,
            executable: URL(filePath: "/usr/bin/unshare")
        )
        let ended = await shell.finished()
        func document(_ name: String) throws -> JSON {
            let data = FileManager.default.contents(atPath: world.folder.path + "/" + name) ?? Data()
            return try JSONDecoder().decode(JSON.self, from: data)
        }
        let status = FileManager.default.contents(atPath: world.folder.path + "/status").map {
            String(decoding: $0, as: UTF8.self)
        }
        #expect(status == "75\n0\n", "\(ended.errors)")
        #expect(try document("full")["error"]["code"].text == "store.diskFull")
        #expect(try document("after")["connections"].elements.count == 2)
        let accounts = try await world.rows("crm", "accounts").compactMap { $0["accountnumber"].text }
        #expect(Set(accounts).count == 2000 && accounts.count == 2000)
    }
}
