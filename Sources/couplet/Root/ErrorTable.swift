import CoupletCore
import CoupletPorts

/// What every failure means to a person and to the shell.
struct ErrorTable: Sendable {
    /// The home whose store failed.
    let home: String

    /// The failure as message and exit status; what nobody foresaw is a defect.
    func failure(_ error: any Error) -> CoupletError {
        switch error {
        case let error as CoupletError: error
        case let error as StoreError: store(error)
        case is CancellationError: CoupletError("action.interrupted", status: .interrupted)
        default: CoupletError("defect", ["detail": String(reflecting: error)], status: .defect)
        }
    }

    private func store(_ error: StoreError) -> CoupletError {
        switch error {
        case .diskFull: CoupletError("store.diskFull", ["home": home], status: .tryLater)
        case .busy: CoupletError("store.busy", ["home": home], status: .tryLater)
        case .newerSchema(let found, let known):
            CoupletError(
                "store.newerSchema",
                ["home": home, "found": String(found), "known": String(known)],
                status: .wrongConfiguration
            )
        case .damaged(let detail):
            CoupletError("store.damaged", ["home": home, "detail": detail], status: .defect)
        case .failed(let detail):
            CoupletError("store.failed", ["home": home, "detail": detail], status: .defect)
        }
    }
}
