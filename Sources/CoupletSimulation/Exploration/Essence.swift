import CoupletCore
import CoupletPorts
import CoupletSandbox
import CoupletStore

/// What the future of a small world depends on.
///
/// Whatever no later step can tell apart is made alike or left out, so that different ways to the same place meet: numbers
/// of runs, jobs and entries; what is over and only told about; the exact age of times; and versions, of which it only
/// matters whether they are the present ones.
struct Essence {
    /// Ages in seconds between which times are taken for the same.
    ///
    /// Couplet waits 2 s for lost answers and reads 60 s back; pauses after failures begin at a minute.
    private static let ages: [Double] = [-1, 2.5, 20, 50, 90, 600, 3000]

    private let world: World
    private let now: Instant
    /// The versions of records that are there.
    private let present: Set<String>
    private let rows: BySide<[SandboxJSON]>
    /// Other versions in the order in which they came up.
    private var past: [String: Int] = [:]

    init(_ world: World) {
        self.world = world
        now = world.clock.now
        let rows = BySide(
            erp: world.rows(.erp, SmallWorld.tables.erp),
            crm: world.rows(.crm, SmallWorld.tables.crm)
        )
        self.rows = rows
        present = Set((rows.erp + rows.crm).compactMap { $0["@odata.etag"]?.string })
    }

    /// What both systems and the store hold.
    /// - Parameter deletion: The CRM's version at the deletion of a record; nil where none was deleted.
    /// - Returns: A line each.
    mutating func lines(deletion: Int64?) -> [[UInt8]] {
        var lines = systems()
        let contents = (try? world.store.contents()) ?? []
        let sequences = Self.ranks(contents)
        var told: Set<[UInt8]> = []
        for row in contents {
            guard let line = line(row, sequences, deletion) else { continue }
            // What is only looked up counts once, in whatever order it was written.
            if row.table == "history" || row.table == "plan" { told.insert(line) } else { lines.append(line) }
        }
        return lines + told.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The rows of a side's table.
    mutating func rows(of side: Side) -> [[UInt8]] { rows[side].map { plain($0) } }

    private mutating func systems() -> [[UInt8]] { rows(of: .erp) + [[0]] + rows(of: .crm) }

    private mutating func plain(_ row: SandboxJSON) -> [UInt8] {
        let members = (row.object ?? []).filter { $0.name != "versionnumber" }
        return plain(SandboxJSON.object(members).bytes)
    }

    // MARK: The store

    /// The order of the moments at which records were read and written.
    private static func ranks(_ contents: [SQLiteStateStore.StoredRow]) -> [String: Int] {
        let known = contents.filter { $0.table == "remote_record" }
            .flatMap { [$0["read_sequence"], $0["write_sequence"]].compactMap { $0.flatMap { Int64($0) } } }
        return Dictionary(
            Set(known).sorted().enumerated().map { (String($1), $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// A stored row without what does not matter; nil where none of it does.
    private mutating func line(
        _ row: SQLiteStateStore.StoredRow,
        _ sequences: [String: Int],
        _ deletion: Int64?
    ) -> [UInt8]? {
        guard !Self.isOver(row) else { return nil }
        let without = Self.leftOut[row.table] ?? []
        var line = Array(row.table.utf8)
        for (name, text) in row.columns where !without.contains(name) {
            line += Array(name.utf8) + [0]
            switch name {
            case "read_sequence", "write_sequence": line += Array("\(sequences[text] ?? 0)".utf8)
            case "checkpoint": line += Array(checkpoint(text, deletion).utf8)
            case "due": line += Array(due(text).utf8)
            case "document" where row.table == "baseline": line += plain(Self.withoutJob(Array(text.utf8)))
            default: line += plain(Array(text.utf8))
            }
            line.append(0)
        }
        return line
    }

    /// Columns that no later step looks at.
    private static let leftOut: [String: Set<String>] = [
        "run": ["number", "started_at"],
        "plan": ["number", "run", "parent", "made_at"],
        "step": ["number", "plan", "job"],
        "history": ["number", "step", "run", "job", "settled_at", "undoes", "base", "choice", "counterpart"],
        "conflict": ["number", "found_at"],
        "question": ["number", "asked_at"],
        "failure": ["first_at", "last_at", "job"],
        "coupling": ["run"],
    ]

    /// Whether a row is over, or says the same throughout an exploration.
    private static func isOver(_ row: SQLiteStateStore.StoredRow) -> Bool {
        switch row.table {
        case "migration", "instance", "layout", "connection", "mapping", "job", "plan_item", "audit": true
        case "run": row["finished_at"] != nil
        case "plan": ["applied", "rejected"].contains(row["state"])
        case "step": !["planned", "sent", "unconfirmed"].contains(row["state"])
        case "conflict", "question": row["closed_at"] != nil
        default: false
        }
    }

    private static func withoutJob(_ document: [UInt8]) -> [UInt8] {
        let mark = Array(#""job":"#.utf8)
        guard let start = document.indices.first(where: { document[$0...].starts(with: mark) }) else { return document }
        let end = document[(start + mark.count)...].firstIndex { $0 < 0x30 || $0 > 0x39 } ?? document.endIndex
        return Array(document[..<start] + document[end...])
    }

    private func due(_ text: String) -> String {
        guard let due = Int64(text), due != Int64.max else { return "never" }
        return due <= now.milliseconds ? "now" : age(due)
    }

    /// Which records have changed since a checkpoint: that is all that it is for.
    private func checkpoint(_ text: String, _ deletion: Int64?) -> String {
        if text.hasPrefix("deltatoken=") {
            let digits = text.dropFirst(11).prefix { $0.isNumber }
            guard let version = Int64(digits) else { return text }
            let newer = rows.crm.map { row in
                let own = row["versionnumber"]?.plainText ?? ""
                return Int64(own).map { $0 > version } ?? true
            }
            return "token \(newer) \(deletion.map { $0 > version } ?? false)"
        }
        guard text.hasPrefix("time="), let time = Instant(iso8601: text.dropFirst(5).prefix { $0 != ";" }) else {
            return text
        }
        let newer = rows.erp.map { row in
            let own = row["lastModifiedDateTime"]?.plainText ?? ""
            return Instant(iso8601: own[...]).map { $0 > time } ?? true
        }
        return "time \(newer)"
    }

    // MARK: Texts

    /// A text with rough ages in place of times, and marks in place of versions.
    private mutating func plain(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var place = 0
        while place < text.count {
            if let (mark, end) = version(text, at: place) ?? time(text, at: place) ?? moment(text, at: place) {
                result += mark.utf8
                place = end
            } else {
                result.append(text[place])
                place += 1
            }
        }
        return result
    }

    /// A version tag that begins at a place: `W/"…"`, or with escaped quotes.
    private mutating func version(_ text: [UInt8], at place: Int) -> (String, Int)? {
        guard text[place] == UInt8(ascii: "W"), text[(place + 1)...].starts(with: "/".utf8) else { return nil }
        guard let open = text[(place + 2)...].prefix(2).firstIndex(of: UInt8(ascii: "\"")),
            let close = text[(open + 1)...].firstIndex(of: UInt8(ascii: "\""))
        else { return nil }
        let tag = String(decoding: text[place...close].filter { $0 != UInt8(ascii: "\\") }, as: UTF8.self)
        if present.contains(tag) { return ("present", close + 1) }
        let number = past[tag] ?? past.count
        past[tag] = number
        return ("past \(number)", close + 1)
    }

    /// A time that begins at a place: `2026-11-24T00:00:41.000Z`.
    private func time(_ text: [UInt8], at place: Int) -> (String, Int)? {
        guard text[place] == UInt8(ascii: "2"), text.count >= place + 20, text[place + 4] == UInt8(ascii: "-"),
            text[place + 10] == UInt8(ascii: "T"),
            let end = text[place...].prefix(32).firstIndex(of: UInt8(ascii: "Z")),
            let time = Instant(iso8601: String(decoding: text[place...end], as: UTF8.self)[...])
        else { return nil }
        return (age(time.milliseconds), end + 1)
    }

    /// A moment in milliseconds that begins at a place.
    private func moment(_ text: [UInt8], at place: Int) -> (String, Int)? {
        guard text[place] == UInt8(ascii: "1"), text.count >= place + 13 else { return nil }
        let digits = text[place...].prefix { $0 >= 0x30 && $0 <= 0x39 }
        guard digits.count == 13, let time = Int64(String(decoding: digits, as: UTF8.self)),
            abs(time - now.milliseconds) < 10_000_000_000
        else { return nil }
        return (age(time), digits.endIndex)
    }

    private func age(_ milliseconds: Int64) -> String {
        let seconds = Double(now.milliseconds - milliseconds) / 1000
        return "age \(Self.ages.firstIndex { seconds < $0 } ?? Self.ages.count)"
    }
}
