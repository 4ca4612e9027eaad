/// One subscriber's wish to be told of the changes in one table of one company.
struct BusinessCentralSubscription: Sendable {
    /// What happened to a record.
    enum Change: String, Sendable {
        case created
        case updated
        case deleted

        /// What both are together, for somebody who is told once.
        func followed(by next: Change) -> Change { self == .created && next == .updated ? .created : next }
    }

    /// A record and what happened to it.
    struct Entry: Sendable {
        var change: Change
        var at: SandboxInstant
        /// The number of the last write to it.
        var version: Int64
    }

    /// The most records that are named one by one.
    static let mostEntries = 1_000
    /// How long a subscription lives without renewal, in milliseconds: three days.
    static let lifetime: Int64 = 259_200_000

    let id: String
    var address: String
    /// The table as the subscriber wrote it.
    var resource: String
    var clientState: String
    var target: BusinessCentralSandbox.TableKey
    let createdAt: SandboxInstant
    var modifiedAt: SandboxInstant
    var expiresAt: SandboxInstant
    var version: Int64

    /// Writes up to this one have been seen.
    var seenVersion: Int64
    /// How many places the table had then: a record at a later place is a new one.
    var seenPlaces: Int
    /// What the subscriber is to be told; nil instead of records where there are too many.
    var entries: [SandboxGUID: Entry]? = [:]
    /// When the first of it happened; nil where there is nothing.
    var firstChangeAt: SandboxInstant?

    /// Adds what happened to a record.
    mutating func add(_ change: Change, _ id: SandboxGUID, at time: SandboxInstant, version: Int64, now: SandboxInstant)
    {
        if firstChangeAt == nil { firstChangeAt = now }
        guard let known = entries else { return }
        let whole = known[id].map { $0.change.followed(by: change) } ?? change
        if known[id] == nil, known.count >= Self.mostEntries {
            entries = nil
        } else {
            entries?[id] = Entry(change: whole, at: time, version: version)
        }
    }

    /// Puts back what the subscriber could not be told, before what has happened since.
    mutating func putBack(_ earlier: [SandboxGUID: Entry]?, firstChangeAt first: SandboxInstant) {
        firstChangeAt = first
        guard let earlier, let later = entries else {
            entries = nil
            return
        }
        let merged = earlier.merging(later) { old, new in
            Entry(change: old.change.followed(by: new.change), at: new.at, version: new.version)
        }
        entries = merged.count > Self.mostEntries ? nil : merged
    }
}

/// What a subscriber reads.
extension BusinessCentralSubscription {
    /// The user who stands for the caller of the API.
    static let user = "7f6c2a14-55d1-4b0e-9c3d-2f8e90ab6c71"

    /// The subscription as JSON, with its tag.
    func json(context: String? = nil) -> SandboxJSON {
        var members: [SandboxJSON.Member] = []
        func add(_ name: String, _ value: SandboxJSON) { members.append(.init(name: name, value: value)) }
        if let context { add("@odata.context", .string(context)) }
        add("@odata.etag", .string(tag))
        add("subscriptionId", .string(id))
        add("notificationUrl", .string(address))
        add("resource", .string(resource))
        add("timestamp", .number("\(version)"))
        add("userId", .string(Self.user))
        add("lastModifiedDateTime", .string(modifiedAt.text))
        add("clientState", .string(clientState))
        add("expirationDateTime", .string(expiresAt.wholeSeconds.text))
        add("systemCreatedAt", .string(createdAt.text))
        add("systemCreatedBy", .string(Self.user))
        add("systemModifiedAt", .string(modifiedAt.text))
        add("systemModifiedBy", .string(Self.user))
        return .object(members)
    }

    /// The tag of the subscription's state.
    var tag: String { BusinessCentralETag.text(version: version) }

    /// What the subscriber is told, oldest first; one notice of the whole table where there is too much.
    func notices() -> [(at: SandboxInstant, json: SandboxJSON)] {
        guard let firstChangeAt else { return [] }
        let place = "api/v2.0/companies(\(target.company))/\(target.entitySet)"
        guard let entries else {
            let since = firstChangeAt.wholeSeconds.text
            // The name of the property is the service's own, although the tables of this version have another one.
            let query = "$filter=lastDateTimeModified%20gt%20\(since)"
            return [(firstChangeAt, notice("/\(place)?\(query)", "collection", firstChangeAt))]
        }
        return entries.sorted { $0.value.version < $1.value.version }.map { id, entry in
            (entry.at, notice("\(place)(\(id))", entry.change.rawValue, entry.at))
        }
    }

    private func notice(_ resource: String, _ change: String, _ time: SandboxInstant) -> SandboxJSON {
        .members([
            "subscriptionId": .string(id), "clientState": .string(clientState),
            "expirationDateTime": .string(expiresAt.wholeSeconds.text), "resource": .string(resource),
            "changeType": .string(change), "lastModifiedDateTime": .string(time.text),
        ])
    }
}
