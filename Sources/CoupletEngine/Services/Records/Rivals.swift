import CoupletCore
import CoupletPorts

extension TableMapping {
    /// Whether another mapping brings another company's records to the same table of the CRM, where each record
    /// belongs to one company only.
    func isRival(_ other: TableMapping) -> Bool {
        !isShared && !other.isShared && other.erp.connection != erp.connection
            && other.crm.connection == crm.connection && other.crm.table == crm.table
    }
}

extension MappingContext {
    /// The records of the CRM that another company has coupled.
    func taken(_ ids: [RecordID], _ transaction: any StoreReading) throws -> Set<RecordID> {
        var taken: Set<RecordID> = []
        for rival in rivals where !ids.isEmpty {
            taken.formUnion(try transaction.couplings(side: .crm, records: ids, mapping: rival).keys)
        }
        return taken
    }
}
