import CoupletCore
import CoupletEngine
import CoupletPorts
import Logging

/// Writes down when runs begin and end, for whoever reads the log.
struct RunLog {
    private let logger: Logger

    init(_ logger: Logger) { self.logger = logger }

    func note(_ event: RunMeter.Event) {
        switch event {
        case .began(let run, let request):
            var metadata: Logger.Metadata = [
                "run": "\(run.id)", "action": "\(run.action)", "startedBy": "\(run.startedBy)",
            ]
            if let request { metadata["request"] = "\(request)" }
            logger.info("A run began", metadata: metadata)
        case .ended(let run, let status):
            logger.info("A run ended", metadata: ["run": "\(run)", "status": "\(status.rawValue)"])
        }
    }
}
