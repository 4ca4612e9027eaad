import CoupletCore
import CoupletPorts
import GRDB

/// Couplings that rest keep the rows of `pending_coupling` that their observations gave them, due at no time.
extension SQLiteTransaction {
    func rest(_ couplings: [Int64], mapping: String) throws {
        let number = try mappingNumber(mapping)
        let statement = try statement(
            """
            UPDATE pending_coupling SET due = 9223372036854775807
            WHERE mapping = ?1 AND coupling = ?2 AND cause IN (?3, ?4)
            """
        )
        for coupling in couplings.sorted() {
            try execute(
                statement,
                [number, coupling, PendingCause.erpObserved.rawValue, PendingCause.crmObserved.rawValue]
            )
        }
        awake.remove(number)
    }

    /// Wakes what rests in the mappings that refer to a mapping.
    func wakeReferrers(of mapping: Int64) throws {
        for referrer in try referrers(of: mapping) where awake.insert(referrer).inserted {
            try execute(
                "UPDATE pending_coupling SET due = ?2 WHERE mapping = ?1 AND due = 9223372036854775807",
                [referrer, Self.always]
            )
        }
    }

    /// Wakes what rests in the mappings that refer to one that reads a feed.
    func wakeReferrers(ofFeed feed: Int64) throws {
        for usage in try usages(of: feed) { try wakeReferrers(of: usage.mapping) }
    }

    private func referrers(of mapping: Int64) throws -> [Int64] {
        if let known = referrers { return known[mapping] ?? [] }
        var found: [Int64: [Int64]] = [:]
        for referrer in try mappings() {
            let number = try mappingNumber(referrer.name)
            for name in Set(referrer.enabledFields.compactMap(\.reference).flatMap(\.mappings)).sorted() {
                guard let referenced = try mappingNumberIfAny(name) else { continue }
                found[referenced, default: []].append(number)
            }
        }
        referrers = found
        return found[mapping] ?? []
    }
}
