import CoupletCore
import CoupletPorts

/// The stored plans that a mapping's steps go to.
struct PlanParts: Sendable, Hashable {
    /// The plan that people see, once it is shown.
    var parent: Int64
    /// Steps that couple and uncouple.
    var couplings: Int64
    /// Steps that write to the ERP.
    var erp: Int64
    /// Steps that write to the CRM.
    var crm: Int64

    /// Steps that write to a side.
    subscript(side: Side) -> Int64 { side == .erp ? erp : crm }

    /// Opens the parts of a mapping, and their plan with the first.
    static func open(
        _ mapping: String,
        of parent: Int64?,
        run: Int64,
        state: PlanState,
        now: Instant,
        _ transaction: any StoreWriting
    ) throws -> PlanParts {
        let parent = try parent ?? transaction.insert(PlanRecord(run: run, state: state, madeAt: now))
        func part(_ kind: PlanRecord.Part.Kind) throws -> Int64 {
            let part = PlanRecord.Part(parent: parent, mapping: mapping, kind: kind)
            return try transaction.insert(PlanRecord(run: run, state: state, madeAt: now, part: part))
        }
        return PlanParts(
            parent: parent,
            couplings: try part(.couplings),
            erp: try part(.erp),
            crm: try part(.crm)
        )
    }

    /// The parts of a mapping within a plan; nil when it has none.
    init?(_ mapping: String, of parent: Int64, among plans: [PlanRecord]) {
        func number(_ kind: PlanRecord.Part.Kind) -> Int64? {
            plans.first { $0.part?.mapping == mapping && $0.part?.kind == kind }?.id
        }
        guard let couplings = number(.couplings), let erp = number(.erp), let crm = number(.crm) else { return nil }
        self.init(parent: parent, couplings: couplings, erp: erp, crm: crm)
    }

    init(parent: Int64, couplings: Int64, erp: Int64, crm: Int64) {
        self.parent = parent
        self.couplings = couplings
        self.erp = erp
        self.crm = crm
    }
}
