import CoupletCore
import CoupletPorts

extension Message {
    /// What an error says to a person.
    init(of error: any Error) {
        switch error {
        case let error as CoupletError: self = error.message
        case let error as ConnectorError: self = CoupletError(error).message
        case StoreError.diskFull: self.init("health.diskFull")
        case is StoreError: self.init("health.storeFailed")
        default: self.init("defect", ["detail": String(describing: error)])
        }
    }
}
