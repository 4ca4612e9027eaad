import CoupletPorts
import GRDB

extension StoreError {
    /// What an error of SQLite means to those who use the store.
    init(_ error: DatabaseError) {
        // The shared memory file beside a store is the first thing that a full disk refuses to make.
        if error.extendedResultCode == .SQLITE_IOERR_SHMSIZE {
            self = .diskFull
            return
        }
        let detail = error.message ?? error.resultCode.description
        switch error.resultCode {
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
        case .SQLITE_NOTADB, .SQLITE_CORRUPT: self = .damaged(detail: detail)
        default: self = .failed(detail: detail)
        }
    }

    /// Calls a function and turns errors of SQLite into the port's; every other error passes unchanged.
    static func translating<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }
}
