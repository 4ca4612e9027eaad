import CoupletCore
import CoupletPorts

/// Keeps in the error list which coupled records a system has deleted, until they are back or a person has settled it.
///
/// It is kept as a parked failure toward the side that lost its record, so that it has a cause, times and an advice like
/// everything else that keeps records from going through.
struct Disappearance {
    /// The code of the message that such a failure has first.
    static let code = "record.deleted"

    let context: MappingContext
    /// The side whose records are gone, or back.
    let side: Side
    let now: Instant

    /// Notes, in every mapping that uses the table, that coupled records are gone.
    func note(_ gone: [RemoteRecord], _ transaction: any StoreWriting) throws {
        let records = Dictionary(gone.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for program in [context.program] + context.siblings[side] {
            let name = program.mapping.name
            let couplings = try transaction.couplings(side: side, records: Array(records.keys), mapping: name)
            for coupling in couplings.values.sorted(by: { $0.id < $1.id }) {
                guard let record = records[coupling.ids[side]] else { continue }
                try transaction.save(failure(of: coupling, record))
            }
        }
    }

    private func failure(of coupling: Coupling, _ record: RemoteRecord) -> FailureRecord {
        let label = MappingRun.label(key: record.key, name: record.name)
        return FailureRecord(
            mapping: coupling.mapping,
            target: side,
            source: coupling.ids[side.other],
            coupling: coupling.id,
            label: label,
            messages: [Message(Self.code, ["label": label, "side": side.rawValue, "other": side.other.rawValue])],
            disposition: .parked,
            attempts: 1,
            sourceVersion: "",
            targetVersion: "",
            firstAt: now,
            lastAt: now,
            nextAt: nil
        )
    }

    /// Notes that records are back: what was kept about them is over.
    func takeBack(_ returned: [RecordID], _ transaction: any StoreWriting) throws {
        for program in [context.program] + context.siblings[side] {
            let name = program.mapping.name
            let couplings = try transaction.couplings(side: side, records: returned, mapping: name)
            for coupling in couplings.values {
                try transaction.removeFailure(mapping: name, target: side, source: coupling.ids[side.other])
            }
        }
    }
}

extension FailureRecord {
    /// Whether it says that the target's record is gone.
    var isDisappearance: Bool { messages.first?.code == Disappearance.code }
}
