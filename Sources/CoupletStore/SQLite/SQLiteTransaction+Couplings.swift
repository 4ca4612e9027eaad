import CoupletCore
import CoupletPorts
import Foundation
import GRDB

extension Coupling {
    /// The columns that `init(mapping:_:)` reads, of a table under an alias.
    static func columns(_ alias: String) -> String {
        ["number", "erp_id", "crm_id", "choice", "erp_out_of_scope", "crm_out_of_scope", "run"]
            .map { "\(alias).\($0)" }.joined(separator: ", ")
    }

    init(mapping: String, _ columns: inout Columns) throws {
        self.init(
            id: columns.next(),
            mapping: mapping,
            ids: BySide(erp: try columns.id(), crm: try columns.id()),
            choice: try columns.optionalChoice(),
            isOutOfScope: BySide(erp: columns.boolean(), crm: columns.boolean()),
            run: columns.next()
        )
    }
}

extension SQLiteTransaction {
    func couplingCount(mapping: String) throws -> Int {
        try row(
            "SELECT count(*) FROM coupling WHERE mapping = (SELECT number FROM mapping WHERE name = ?)",
            [mapping]
        ) { $0.next() } ?? 0
    }

    func coupling(mapping: String, side: Side, record: RecordID) throws -> Coupling? {
        try couplings(side: side, records: [record], mapping: mapping)[record]
    }

    func coupling(_ id: Int64) throws -> Coupling? {
        try row(
            "SELECT m.name, \(Coupling.columns("c")) FROM coupling c JOIN mapping m ON m.number = c.mapping "
                + "WHERE c.number = ?",
            [id]
        ) { try Coupling(mapping: $0.next(), &$0) }
    }

    func removeCoupling(_ id: Int64) throws {
        let ids = try unkept() == nil ? nil : ids(ofCoupling: id)
        let mapping: Int64? = try row("DELETE FROM coupling WHERE number = ? RETURNING mapping", [id]) { $0.next() }
        guard let mapping else { throw StoreError.failed(detail: "no coupling is stored under the number \(id)") }
        try wakeReferrers(of: mapping)
        if let ids { try letGo(ids, ofMapping: mapping) }
    }

    func couplings(side: Side, records: [RecordID], mapping: String) throws -> [RecordID: Coupling] {
        guard let number = try mappingNumberIfAny(mapping) else { return [:] }
        let statement = try statement(
            "SELECT \(Coupling.columns("c")) FROM coupling c WHERE c.mapping = ? AND c.\(Self.idColumn(side)) = ?"
        )
        var couplings: [RecordID: Coupling] = [:]
        for record in records {
            couplings[record] = try row(statement, [number, record.stored]) { try Coupling(mapping: mapping, &$0) }
        }
        return couplings
    }

    func insert(_ coupling: Coupling) throws -> Int64 {
        let mapping = try mappingNumber(coupling.mapping)
        let number = try insert(
            try statement(
                """
                INSERT INTO coupling (mapping, erp_id, crm_id, choice, erp_out_of_scope, crm_out_of_scope, run)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
            ),
            [
                mapping, coupling.ids.erp.stored, coupling.ids.crm.stored, coupling.choice?.rawValue,
                coupling.isOutOfScope.erp, coupling.isOutOfScope.crm, coupling.run,
            ]
        )
        try markPending(mapping: mapping, coupling: number)
        try wakeReferrers(of: mapping)
        return number
    }

    func update(_ coupling: Coupling) throws {
        let mapping: Int64? = try row(
            """
            UPDATE coupling SET choice = ?, erp_out_of_scope = ?, crm_out_of_scope = ? WHERE number = ?
            RETURNING mapping
            """,
            [coupling.choice?.rawValue, coupling.isOutOfScope.erp, coupling.isOutOfScope.crm, coupling.id]
        ) { $0.next() }
        guard let mapping else {
            throw StoreError.failed(detail: "no coupling is stored under the number \(coupling.id)")
        }
        let isCompared = try row("SELECT 1 FROM base WHERE coupling = ?", [coupling.id]) { _ in true } ?? false
        let isPending = coupling.choice != nil && !isCompared
        try mark(mapping: mapping, coupling: coupling.id, .uncomparedWithChoice, due: isPending ? Self.always : nil)
    }

    func forgetChoices(mapping: String) throws {
        try execute(
            """
            UPDATE coupling SET choice = NULL
            WHERE mapping = ? AND choice IS NOT NULL AND EXISTS (SELECT 1 FROM base WHERE base.coupling = coupling.number)
            """,
            [try mappingNumber(mapping)]
        )
    }

    func save(_ bases: [(coupling: Int64, base: Base)]) throws {
        let save = try statement(
            """
            INSERT INTO base (coupling, content) VALUES (?, ?)
            ON CONFLICT (coupling) DO UPDATE SET content = excluded.content
            """
        )
        let unmark = try statement(
            """
            DELETE FROM pending_coupling
            WHERE mapping = (SELECT mapping FROM coupling WHERE number = ?1) AND coupling = ?1 AND cause = ?2
            """
        )
        for (coupling, base) in bases.sorted(by: { $0.coupling < $1.coupling }) {
            let base = try digested(base, coupling: coupling)
            try execute(save, [coupling, Data(base.blob)])
            try execute(unmark, [coupling, PendingCause.uncomparedWithChoice.rawValue])
        }
    }
}
