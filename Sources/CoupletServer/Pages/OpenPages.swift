import CoupletCore
import CoupletEngine
import CoupletTexts
import Foundation
import HTTPTypes
import Hummingbird

/// What a link in one system's own pages names: a table, and a record or several of it.
struct OpenLink: Sendable {
    /// What can be done with records from there.
    enum Deed: String, Sendable, CaseIterable {
        /// To go on to the counterpart.
        case open
        /// Set Up Coupling.
        case coupling
        /// Synchronize Now.
        case synchronize
        /// Match-Based Coupling.
        case matching
        /// Delete Coupling.
        case uncouple
        /// Synchronization Log.
        case log
    }

    /// The most records that a link names.
    static let most = 200

    /// How addresses call the system that the link stands in.
    let system: String
    /// Its side.
    let side: Side
    /// What the system calls the table; a mapping's name is taken too.
    let table: String

    /// Reads the path of a link.
    /// - Throws: `Problem` where no system is called so.
    init(_ visit: Visit) throws {
        system = visit.name("system")
        table = visit.name("table")
        switch system {
        case "business-central": side = .erp
        case "dataverse": side = .crm
        default: throw Problem(.notFound, "request.notFound", ["path": visit.path])
        }
    }

    /// The key of a record by what the link calls it.
    /// - Throws: `CoupletError` where no record of the system can be called so.
    func key(_ id: String) throws -> String {
        let isBraced = id.hasPrefix("{") && id.hasSuffix("}") && id.count > 2
        let bare = isBraced ? String(id.dropFirst().dropLast()) : id
        if side == .crm { return "crm:" + bare }
        guard !bare.lowercased().hasPrefix("crm:") else { throw unknown(bare) }
        return bare
    }

    /// Nothing of the table is called so.
    func unknown(_ key: String) -> CoupletError {
        CoupletError("open.unknownKey", ["key": key, "table": table], status: .wrongUse)
    }

    /// The address that leads from a coupled record of a mapping to its counterpart.
    static func path(to record: RecordView, in mapping: String) -> String {
        let (system, mapping) = (record.side == .erp ? "business-central" : "dataverse", FormValues.encoded(mapping))
        return "/open/\(system)/\(mapping)/\(FormValues.encoded(record.id.description))?mapping=\(mapping)"
    }

    /// The address of a record's own link.
    func path(_ id: String) -> String {
        "/open/\(system)/\(FormValues.encoded(table))/\(FormValues.encoded(id))"
    }
}

/// From a record of one system to its counterpart in the other, coupling or creating it on the way.
extension Desk {
    func addOpening(to router: Router<DeskContext>) {
        page(router, "/open/{system}/{table}", openSeveral)
        page(router, "/open/{system}/{table}/{id}", open)
        send(router, "/open/{system}/{table}/{id}", openUncoupled)
    }

    /// Goes on to the counterpart where there is one, else says what could be done; nothing is done here.
    func open(_ visit: Visit) async throws -> Response {
        let link = try OpenLink(visit)
        let opened = try await look(link, visit.name("id"), visit)
        let coupled = opened.ways.filter { $0.action == .open }
        guard coupled.count == 1, let way = coupled.first, let address = Self.elsewhere(opened.address) else {
            return try await openChoices(opened, link, visit)
        }
        if visit.query["action"] == nil, visit.query["stay"] == nil { return Self.redirect(address) }
        return try await openDoor(way, address, visit)
    }

    /// Couples a record or creates its counterpart, as it was shown and confirmed.
    func openUncoupled(_ visit: Visit) async throws -> Response {
        let link = try OpenLink(visit)
        let id = visit.name("id")
        let mapping = visit.form["mapping"]
        // Whose record it is, is decided by the link.
        _ = try await look(link, id, visit, mapping: mapping)
        let action = OpenRecord(
            table: link.table,
            key: try link.key(id),
            mapping: mapping,
            creates: true,
            expects: visit.form["expects"]
        )
        lists.forget(nil)
        let query = mapping.map { "?mapping=" + FormValues.encoded($0) } ?? ""
        return try await change(action, visit, back: link.path(id) + query)
    }

    /// What is known of a record that a link names, among the visitor's mappings.
    func look(
        _ link: OpenLink,
        _ id: String,
        _ visit: Visit,
        mapping: String? = nil
    ) async throws -> OpenedRecord {
        let key = try link.key(id)
        let action = OpenRecord(table: link.table, key: key, mapping: mapping ?? visit.query["mapping"])
        let opened = try await ask(action, visit)
        // An id can be one of the other system's, too.
        guard opened.ways.allSatisfy({ $0.record.side == link.side }) else { throw link.unknown(id) }
        return opened
    }

    /// An address of a remote system that a browser may be sent to.
    static func elsewhere(_ address: String?) -> String? {
        guard let address, address.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) }) else { return nil }
        let scheme = address.prefix { $0 != ":" }.lowercased()
        return scheme == "https" || scheme == "http" ? address : nil
    }

    /// A page that leads to the counterpart.
    ///
    /// No form leads to another server, neither sent nor by way of redirections, so after a form the way on is a link.
    /// Somebody who has only signed in is taken on at once.
    private func openDoor(_ way: OpenedRecord.Way, _ address: String, _ visit: Visit) async throws -> Response {
        let content: [String: Any] = [
            "name": Self.name(of: way.record), "mapping": way.mapping, "address": address,
            "text": Self.sentence(way, visit), "goesOn": visit.query["action"] == nil,
            "record": Self.path(way.record.typedKey, in: way.mapping),
        ]
        let title = visit.words.text("desk.opening")
        return try await response(Page(title: title, section: "records", template: "openDoor", content: content), visit)
    }

    /// What each mapping says of a record that leads nowhere yet.
    private func openChoices(_ opened: OpenedRecord, _ link: OpenLink, _ visit: Visit) async throws -> Response {
        let mayOperate = visit.identity.may(.operate)
        let possible = opened.ways.filter { $0.obstacle == nil && $0.action != .open }
        let isCoupled = opened.ways.contains { $0.action == .open }
        let chosen = isCoupled || possible.count != 1 ? nil : possible.first
        var content: [String: Any] = [
            "name": opened.ways.first.map { Self.name(of: $0.record) } ?? "",
            "side": visit.words.text("side.\(link.side.rawValue)"),
            "question": opened.question.map { visit.words.text($0) } as Any,
            "ways": opened.ways.map { row(of: $0, link, visit, isChosen: chosen != nil) },
            "needsOperator": !possible.isEmpty && !mayOperate,
        ]
        if let chosen {
            let preview = try await self.preview(of: chosen, visit)
            content["steps"] = preview.steps.map { Steps.row($0, visit) }
            content["hasSteps"] = !preview.steps.isEmpty
            content["problems"] = preview.problems.map { ["text": visit.words.text($0)] }
            if mayOperate {
                content["confirm"] = [
                    "path": link.path(visit.name("id")), "mapping": chosen.mapping, "expects": chosen.expectation,
                ]
            }
        }
        let title = visit.words.text("desk.opening")
        return try await response(
            Page(title: title, section: "records", template: "openChoices", content: content),
            visit
        )
    }

    /// What one mapping says, with where that can be done or changed.
    private func row(of way: OpenedRecord.Way, _ link: OpenLink, _ visit: Visit, isChosen: Bool) -> [String: Any] {
        let name = FormValues.encoded(way.mapping)
        var row: [String: Any] = [
            "mapping": way.mapping, "text": Self.sentence(way, visit),
            "path": Self.path(way.record.typedKey, in: way.mapping),
        ]
        if let obstacle = way.obstacle {
            row["text"] = visit.words.text(obstacle.message)
            row["remedy"] = visit.words.remedy(obstacle.message) as Any
            row["isObstacle"] = true
            if visit.identity.may(.operate), !Self.unhelped.contains(obstacle.message.code) {
                row["dialog"] = "/records/\(name)/coupling?key=" + FormValues.encoded(way.record.typedKey)
            }
        } else if way.action == .open {
            row["address"] = Self.elsewhere(way.address) as Any
            row["hasNoPage"] = Self.elsewhere(way.address) == nil
        } else if !isChosen {
            row["choose"] = link.path(visit.name("id")) + "?mapping=" + name
        }
        return row
    }

    /// Obstacles that Set Up Coupling meets too.
    private static let unhelped: Set<String> = ["couple.outOfScope", "connection.disabled"]

    /// What would be written, down to the fields.
    private func preview(of way: OpenedRecord.Way, _ visit: Visit) async throws -> CouplingOffer.Way {
        let offer = try await ask(OfferCoupling(mapping: way.mapping, key: way.record.typedKey), visit)
        guard let counterpart = way.counterpart else { return offer.creation }
        let found = offer.counterparts.first { $0.id == counterpart.id }
        // The values of the record that somebody came from stand, as the mapping's direction allows.
        return found?.ways.first { $0.values == way.record.side } ?? CouplingOffer.Way(values: way.record.side)
    }

    static func name(of record: RecordView) -> String {
        guard !record.name.isEmpty else { return record.typedKey }
        return record.key.map { "\(record.name) (\($0))" } ?? record.name
    }

    private static func sentence(_ way: OpenedRecord.Way, _ visit: Visit) -> String {
        let arguments = [
            "mapping": way.mapping, "name": way.record.name, "key": way.record.key ?? way.record.typedKey,
            "with": way.counterpart.map(name) ?? "", "side": way.record.side.other.rawValue,
        ]
        return visit.words.text(Message("open.way.\(way.action.rawValue)", arguments))
    }
}

extension RecordSheet {
    /// The record of a side, where both sides have one.
    func side(_ side: Side) -> RecordView? {
        guard let counterpart else { return nil }
        return record.side == side ? record : counterpart.side == side ? counterpart : nil
    }
}
