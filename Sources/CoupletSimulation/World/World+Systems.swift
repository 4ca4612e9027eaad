package import CoupletCore
import CoupletPorts
package import CoupletSandbox
import CoupletStore

extension World {
    /// The entity set of a mapping on a side.
    static func side(ofAddress address: String) -> Side? {
        Side.allCases.first { address.hasPrefix("http://\($0.rawValue).example/") }
    }

    /// All rows of a table of a system, as its API names their properties.
    package func rows(_ side: Side, _ table: String) -> [SandboxJSON] {
        let bytes = systems.with(side) { machine, _ in machine.records(entitySet: table) ?? [] }
        return (try? SandboxJSON(bytes: bytes))?.array ?? []
    }

    /// Whether Couplet has sent something and does not know what became of it.
    var hasStepsOnTheirWay: Bool {
        (try? store.readSync { try !$0.sentSteps(after: 0, limit: 1).isEmpty }) ?? false
    }

    /// What Couplet has sent without knowing what became of it.
    var stepsOnTheirWay: [Step] {
        (try? store.readSync { try $0.sentSteps(after: 0, limit: 10_000).map(\.step) }) ?? []
    }

    /// Whether records without a counterpart are to get one as soon as that can be done.
    var hasWaitingCreates: Bool {
        (try? store.readSync { try $0.failures(mapping: nil).contains { $0.coupling == nil } }) ?? false
    }

    /// The row whose property has a text; nil where there is none.
    package func row(_ side: Side, _ table: String, where property: String, is text: String) -> SandboxJSON? {
        rows(side, table).first { row in row[property]?.string.map { Array($0.utf8) == Array(text.utf8) } ?? false }
    }

    /// Changes or creates a record as a user of the system would.
    /// - Parameters:
    ///   - side: The system.
    ///   - table: The entity set.
    ///   - members: The record's id, under the API's name for it, and the properties to set.
    ///   - secondsAgo: How long ago the change was stamped, for one that is committed late.
    /// - Returns: What the system could not take, in words.
    @discardableResult
    package func edit(
        _ side: Side,
        _ table: String,
        _ members: KeyValuePairs<String, SandboxJSON>,
        secondsAgo: Double = 0
    ) -> [String] {
        edit(side, table, SandboxJSON.members(members), secondsAgo: secondsAgo)
    }

    /// Changes or creates a record as a user of the system would, from a JSON object.
    ///
    /// The clock moves on before it, unless the edit shall carry the time of what was done before.
    @discardableResult
    package func edit(
        _ side: Side,
        _ table: String,
        _ row: SandboxJSON,
        secondsAgo: Double = 0,
        moves: Bool = true
    ) -> [String] {
        if moves { clock.advance(bySeconds: 0.001) }
        note("user \(side.rawValue) \(table) \(String(decoding: row.bytes, as: UTF8.self))")
        return systems.with(side) { machine, now in
            let stamp = now.advanced(byMilliseconds: -Int64(secondsAgo * 1000))
            return machine.edit(entitySet: table, rows: [row], at: stamp) ?? ["there is no table \(table)"]
        }
    }

    /// Changes or creates many records at one moment as users of the system would.
    /// - Parameters:
    ///   - side: The system.
    ///   - table: The entity set.
    ///   - rows: Each record's id and the properties to set.
    /// - Returns: What the system could not take, in words.
    @discardableResult
    package func edit(_ side: Side, _ table: String, rows: [SandboxJSON]) -> [String] {
        clock.advance(bySeconds: 0.001)
        note("user \(side.rawValue) \(table) \(rows.count) records")
        return systems.with(side) { machine, now in
            machine.edit(entitySet: table, rows: rows, at: now) ?? ["there is no table \(table)"]
        }
    }

    /// Deletes a record as a user of the system would.
    /// - Returns: Whether it was there.
    @discardableResult
    package func delete(_ side: Side, _ table: String, id: String) -> Bool {
        clock.advance(bySeconds: 0.001)
        note("user \(side.rawValue) \(table) delete \(id)")
        // A create under an id of its own that comes late would make a deleted record again, and no client can keep it
        // from that.
        loseLateCreates(of: id)
        let ids = [SandboxGUID(id)].compactMap { $0 }
        return systems.with(side) { machine, now in machine.remove(entitySet: table, ids: ids, at: now) ?? 0 } > 0
    }

    /// Lets a system suffer a fault.
    package func addFault(_ rule: FaultRule, to side: Side) {
        systems.with(side) { machine, _ in machine.desk.faults.add([rule]) }
    }

    /// The number of a system's last write: as long as it stays, no record has changed.
    func version(of side: Side) -> Int64 { systems.with(side) { machine, _ in machine.desk.version } }

    /// How many requests a system itself has counted, those for tokens left out.
    package func countedRequests(_ side: Side) -> Int {
        let lines = systems.with(side) { machine, _ in machine.desk.statistics.json["requests"]?.array ?? [] }
        return lines.filter { $0["path"]?.string?.contains("/oauth2/") != true }
            .reduce(0) { $0 + ($1["count"]?.integer ?? 0) }
    }

    /// Ends all faults of a system.
    package func clearFaults(of side: Side) {
        systems.with(side) { machine, _ in machine.desk.faults = FaultPlan() }
    }

    /// How many requests a system has seen, tokens included.
    package func requestCount(_ side: Side) -> Int {
        trace.count { $0.contains(" \(side.rawValue): ") }
    }

    func note(_ request: HTTPRequestMessage, _ side: Side, _ response: SandboxResponse) {
        let lost = response.delivery == .answer ? "" : " lost"
        note(Self.line(request, side, response.status) + lost)
    }

    static func line(_ request: HTTPRequestMessage, _ side: Side, _ status: Int) -> String {
        let address = request.url.dropFirst("http://\(side.rawValue).example".count)
        return "\(side.rawValue): \(request.method) \(address) -> \(status)"
    }
}
