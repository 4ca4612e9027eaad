import CoupletCore
import CoupletPorts

/// Copies what is kept into a file of the machine that Couplet runs on; the key that opens secrets is not in it.
package struct BackUp: Action {
    package static let name = "backup"
    /// The file's whole path.
    package var file: String
    /// Whether it may take the place of another file.
    package var replaces: Bool

    /// Creates the action.
    package init(file: String, replaces: Bool = false) {
        self.file = file
        self.replaces = replaces
    }

    package func perform(in context: ActionContext) async throws -> BackupView {
        // Another process may perform this, in another folder than the one who asks.
        guard file.hasPrefix("/") else { throw CoupletError("backup.relative", ["file": file], status: .wrongUse) }
        let bytes: Int64
        do {
            bytes = try await context.engine.store.backUp(to: file, replacing: replaces)
        } catch CopyRefused.taken {
            throw CoupletError("backup.taken", ["file": file], status: .wrongUse)
        } catch CopyRefused.storeItself {
            throw CoupletError("backup.storeItself", ["file": file], status: .wrongUse)
        } catch CopyRefused.unwritable(let detail) {
            throw CoupletError("backup.unwritable", ["file": file, "detail": detail], status: .wrongUse)
        }
        let author = context.author
        try await context.engine.store.write { transaction in
            let details = ["file": file, "bytes": String(bytes)]
            try transaction.audit(.backupMade, AuditEntry.Subject(.store, ""), by: author, details)
        }
        return BackupView(file: file, bytes: bytes)
    }
}

/// A backup that was made.
package struct BackupView: Codable, Sendable, Hashable {
    /// The file.
    package var file: String
    /// How many bytes it has.
    package var bytes: Int64
}
