package import CoupletCore
package import CoupletPorts
import Testing

/// What every adapter of `Connector` must do: a list of checks, each of which wants a remote of its own.
package enum ConnectorConformance {
    /// One promise of the port.
    package struct Check: Sendable, CustomTestStringConvertible {
        /// The promise, as a sentence.
        package let name: String
        /// How many records there are at the beginning.
        package let records: Int
        /// Looks whether the connector to a remote keeps it.
        package let body: @Sendable (ConnectorWorld) async throws -> Void

        package var testDescription: String { name }

        init(_ name: String, records: Int = 3, _ body: @escaping @Sendable (ConnectorWorld) async throws -> Void) {
            self.name = name
            self.records = records
            self.body = body
        }
    }

    /// All checks.
    package static let checks: [Check] = readingChecks + changeChecks + writingChecks + failureChecks
}

/// What can go wrong once, with the next request or with one part of the next batch.
package enum ConnectorFault: Sendable, Hashable {
    /// The request is refused with a status and a wait in seconds.
    case refuses(status: Int, retryAfter: Int?)
    /// One part of a batch is refused with a status.
    case refusesPart(Int, status: Int)
    /// The request is handled, and its answer is lost.
    case losesAnswer
    /// The connection breaks before the request is handled.
    case losesRequest
    /// The batch ends before a part.
    case stopsBefore(part: Int)
    /// The token is refused.
    case refusesToken
    /// The checkpoint counts as too old.
    case forgetsCheckpoint
}

/// A remote with a table of named records, its connector, and what users and bad luck may do to it.
package struct ConnectorWorld: Sendable {
    /// The connector; its pages hold two rows at most.
    package var connector: any Connector
    /// The clock of connector and remote.
    package var clock: SteppingClock
    /// The table; its layout begins with the name.
    package var shape: TableShape
    /// The field with the name.
    package var name: FieldMapping.Field
    /// How long a name may be.
    package var longestName: Int
    /// How many seconds an incremental read looks back beyond its checkpoint.
    package var overlapSeconds: Double
    /// A user creates or renames a record, in a transaction that began so many seconds ago.
    package var putLate: @Sendable (RecordID, String, Double) -> Void
    /// A user deletes a record.
    package var delete: @Sendable (RecordID) -> Void
    /// The names of all records there are.
    package var names: @Sendable () -> [RecordID: String]
    /// Something goes wrong once.
    package var fail: @Sendable (ConnectorFault) -> Void

    /// Creates a world.
    package init(
        connector: any Connector,
        clock: SteppingClock,
        shape: TableShape,
        name: FieldMapping.Field,
        longestName: Int,
        overlapSeconds: Double,
        putLate: @escaping @Sendable (RecordID, String, Double) -> Void,
        delete: @escaping @Sendable (RecordID) -> Void,
        names: @escaping @Sendable () -> [RecordID: String],
        fail: @escaping @Sendable (ConnectorFault) -> Void
    ) {
        self.connector = connector
        self.clock = clock
        self.shape = shape
        self.name = name
        self.longestName = longestName
        self.overlapSeconds = overlapSeconds
        self.putLate = putLate
        self.delete = delete
        self.names = names
        self.fail = fail
    }

    /// The id of the record of a number, as the remote begins with.
    package static func id(_ number: Int) -> RecordID {
        RecordID(high: 0xA000_0000_0000_4000, low: 0x8000_0000_0000_0000 + UInt64(number))
    }

    /// The name of the record of a number, as the remote begins with.
    package static func name(_ number: Int) -> String { "Record \(number)" }
}

/// All pages of one read.
struct WholeRead {
    var names: [RecordID: String] = [:]
    var versions: [RecordID: String] = [:]
    var deleted: Set<RecordID> = []
    var rows = 0
    var pages = 0
    var checkpoint: String?
}

extension ConnectorWorld {
    /// Reads to the last page; something may happen between the pages.
    func readAll(_ request: ReadRequest, betweenPages: () -> Void = {}) async throws -> WholeRead {
        var whole = WholeRead()
        var request = request
        while true {
            let page = try await connector.read(request, of: shape)
            whole.pages += 1
            whole.rows += page.rows.count
            for index in 0..<page.rows.count {
                let id = page.rows.ids[index]
                switch page.rows.kind(at: index) {
                case .tombstone:
                    whole.deleted.insert(id)
                    whole.names[id] = nil
                case .present:
                    whole.names[id] = name(of: page.rows.row(at: index))
                    whole.versions[id] = page.rows.version(at: index)
                }
            }
            guard let next = page.next else {
                whole.checkpoint = page.checkpoint
                return whole
            }
            betweenPages()
            request = .more(next: next)
        }
    }

    /// A user creates or renames a record.
    func put(_ id: RecordID, _ name: String) { putLate(id, name, 0) }

    /// The name in a row.
    func name(of row: EncodedRow) -> String {
        let value = row.values(fieldCount: shape.layout.fields.count)[shape.layout.position(of: name.name) ?? 0]
        return value?.text ?? "absent"
    }

    /// The version of a record as the remote tells it.
    func version(of id: RecordID) async throws -> String {
        guard case .present(let observed) = try await connector.fetch([id], of: shape).first else {
            Issue.record("the record \(id) is not there")
            return ""
        }
        return observed.version
    }

    /// A change of a record's name.
    func update(_ id: RecordID, _ name: String, version: String? = nil) async throws -> WritePart {
        var known = version ?? ""
        if version == nil { known = try await self.version(of: id) }
        return WritePart(operation: .update(id: id, version: known), fields: [field(name)])
    }

    /// A new record, under an id of ours where the remote takes one.
    func create(_ number: Int, _ name: String) -> WritePart {
        let id = connector.capabilities.takesOurIDs ? ConnectorWorld.id(number) : nil
        return WritePart(operation: .create(id: id), fields: [field(name)])
    }

    /// The name as a field to write.
    func field(_ text: String) -> WritePart.Field { WritePart.Field(field: name, value: .text(text)) }

    /// Sends a batch.
    func write(_ parts: [WritePart]) async throws -> [Outcome] {
        try await connector.write(parts, to: shape).outcomes
    }
}

extension Outcome {
    /// The record, when the write was applied.
    var written: Outcome.Written? {
        if case .applied(let written) = self { return written }
        return nil
    }

    /// The sort of refusal, when the write was rejected.
    var problem: RemoteProblem.Kind? {
        if case .rejected(let problem) = self { return problem.kind }
        return nil
    }
}
