import CoupletCore
import CoupletEngine
import CoupletPorts
import Logging

/// Writes down what a scheduler did, and the keepers of subscriptions and alerts, for whoever reads the log.
struct ScheduleLog {
    private let logger: Logger
    private let console: Console
    private let errors: ErrorTable

    init(_ session: Session) {
        logger = session.logger
        console = session.console
        errors = session.errors
    }

    func note(_ event: Scheduler.Event) {
        switch event {
        case .ran(let mapping, let result):
            let counts = (result.jobs ?? []).map(\.counts)
            logger.info(
                "Synchronized",
                metadata: [
                    "mapping": "\(mapping)", "run": "\(result.run ?? 0)",
                    "inserted": "\(counts.reduce(0) { $0 + $1.inserted })",
                    "modified": "\(counts.reduce(0) { $0 + $1.modified })",
                    "failed": "\(counts.reduce(0) { $0 + $1.failed })",
                    "status": "\(result.status.rawValue)",
                ]
            )
        case .failed(let mapping, let error, let nextAt):
            logger.error(
                "A mapping could not be synchronized",
                metadata: ["mapping": "\(mapping)", "nextAt": "\(nextAt)", "error": "\(words(error))"]
            )
        case .unread(let connection, let table, let error, let nextAt):
            logger.warning(
                "A table could not be read",
                metadata: [
                    "connection": "\(connection)", "table": "\(table)", "nextAt": "\(nextAt)",
                    "error": "\(words(error))",
                ]
            )
        case .stumbled(let error, let nextAt):
            logger.error("The store could not be asked", metadata: ["nextAt": "\(nextAt)", "error": "\(words(error))"])
        }
    }

    func note(_ event: SubscriptionKeeper.Event) {
        switch event {
        case .subscribed(let connection, let table):
            logger.info("Subscribed", metadata: ["connection": "\(connection)", "table": "\(table)"])
        case .renewed(let connection, let table):
            logger.info("Renewed a subscription", metadata: ["connection": "\(connection)", "table": "\(table)"])
        case .removed(let connection, let table):
            logger.info(
                "Removed a subscription",
                metadata: ["connection": "\(connection)", "table": "\(table ?? "")"]
            )
        case .failed(let connection, let error, let nextAt):
            logger.warning(
                "Changes could not be subscribed to",
                metadata: ["connection": "\(connection)", "nextAt": "\(nextAt)", "error": "\(words(error))"]
            )
        case .stumbled(let error, let nextAt):
            logger.error("The store could not be asked", metadata: ["nextAt": "\(nextAt)", "error": "\(words(error))"])
        }
    }

    func note(_ event: AlertKeeper.Event) {
        switch event {
        case .delivered(let recipient, let id, let alerts):
            logger.info(
                "Told what needs a person",
                metadata: ["recipient": "\(recipient)", "message": "\(id)", "alerts": "\(alerts)"]
            )
        case .failed(let recipient, let id, let reason, let nextAt):
            logger.error(
                "An alert did not arrive",
                metadata: [
                    "recipient": "\(recipient)", "message": "\(id)", "nextAt": "\(nextAt)",
                    "error": "\(console.text(reason))",
                ]
            )
        case .stumbled(let error, let nextAt):
            logger.error("The store could not be asked", metadata: ["nextAt": "\(nextAt)", "error": "\(words(error))"])
        }
    }

    private func words(_ error: any Error) -> String { console.text(errors.failure(error).message) }
}
