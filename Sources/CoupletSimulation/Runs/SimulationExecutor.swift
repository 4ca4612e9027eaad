import Dispatch

/// Runs all jobs of one simulation one after another, in the order in which they became ready.
///
/// Only jobs that run here make others ready, so the order follows from the seed alone.
package final class SimulationExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "couplet.simulation")

    /// Creates an executor.
    package init() {}

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
