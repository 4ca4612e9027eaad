import CoupletCore
import CoupletPorts

/// Refuses writing while an administrator must look first.
enum WritingStopped {
    /// Refuses to go on where writing is stopped.
    /// - Throws: `CoupletError` with the reason; `StoreError`.
    static func refuse(_ transaction: any StoreReading) throws {
        guard let stop = try transaction.writeStops(includingConfirmed: false).first else { return }
        throw error(stop)
    }

    /// What a stop means to a person.
    static func error(_ stop: WriteStop) -> CoupletError {
        let arguments = stop.details.merging(["subject": stop.subject]) { own, _ in own }
        return CoupletError("writing.\(stop.reason.rawValue)", arguments, status: .waitsForApproval)
    }
}

extension StoreReading {
    /// What a witness shall keep now; nil where there is none, or where it must not forget what it has seen.
    func markToKeep(by witness: (any StoreWitness)?) throws -> WitnessMark? {
        guard let witness, try writeStops(includingConfirmed: false).isEmpty else { return nil }
        var mark = try witnessMark()
        mark.place = witness.place
        return mark
    }
}
