import CoupletCore
import CoupletSandbox

/// One thing that a user does in one of the systems.
enum UserEdit: Sendable {
    case put(Side, String, SandboxJSON)
    case delete(Side, String, RecordID)

    /// Something a user could do now.
    static func any(_ oracle: Oracle, _ random: inout SimulationGenerator) -> UserEdit? {
        let side: Side = random.oneIn(2) ? .erp : .crm
        switch random.below(80) {
        case 0: return create(side, oracle, &random)
        case 6: return merge(oracle, &random)
        case 40: return create(side, oracle, &random)
        case 1, 41:
            guard let mapping = oracle.mappings.last,
                let name = random.pick(present(mapping, side, oracle))
            else { return nil }
            return .delete(side, name.table, name.id)
        case 2, 3, 42, 43: return scope(side, oracle, &random)
        case 4, 5, 44, 45:
            guard let mapping = oracle.mappings.first else { return nil }
            return change(mapping, side, oracle, &random)
        default:
            guard let mapping = oracle.mappings.last else { return nil }
            return change(mapping, side, oracle, &random)
        }
    }

    /// An edit of a record and a field that a request of a side is about; nil where it is about none.
    static func aimed(
        at body: [UInt8],
        _ side: Side,
        _ oracle: Oracle,
        _ random: inout SimulationGenerator
    ) -> UserEdit? {
        guard let mapping = oracle.mappings.last else { return nil }
        let named = present(mapping, side, oracle).filter { body.has($0.id.description) }
        let fields = mapping.fields.filter { field in
            field.field(side).name != mapping.table(side).keyField && body.has("\"\(field.field(side).name)\"")
        }
        guard let name = random.pick(named), let field = random.pick(fields) else { return nil }
        let isName = field.field(side).name == mapping.table(side).nameField
        return .put(
            side,
            name.table,
            .object([
                SandboxJSON.Member(name: mapping.table(side).idField, value: .string(name.id.description)),
                SandboxJSON.Member(name: field.field(side).name, value: value(field, side, isName: isName, &random)),
            ])
        )
    }

    /// The records of a mapping's table that are there.
    static func present(_ mapping: TableMapping, _ side: Side, _ oracle: Oracle) -> [RecordName] {
        let table = mapping.table(side).table
        return oracle.records.filter { $0.key.side == side && $0.key.table == table && $0.value.isPresent }.keys
            .sorted()
    }

    private static func create(_ side: Side, _ oracle: Oracle, _ random: inout SimulationGenerator) -> UserEdit? {
        let number = "N\(oracle.event)"
        switch side {
        case .erp: return .put(.erp, "customers", Vocabulary.customer(random.id(), number, &random))
        case .crm:
            let mapping = oracle.mappings.last
            let customers = mapping.map { present($0, .erp, oracle) } ?? []
            let known = random.pick(customers).flatMap { oracle.records[$0]?.value("number") }
            let taken = random.oneIn(3) ? known ?? "" : ""
            return .put(.crm, "accounts", Vocabulary.account(random.id(), taken, &random))
        }
    }

    /// Merges an account into another one, as the CRM does: it is deactivated, and names the one that stays.
    private static func merge(_ oracle: Oracle, _ random: inout SimulationGenerator) -> UserEdit? {
        guard let mapping = oracle.mappings.last, let loser = random.pick(present(mapping, .crm, oracle)),
            let winner = random.pick(present(mapping, .crm, oracle)), loser != winner
        else { return nil }
        return .put(
            .crm,
            loser.table,
            .members([
                "accountid": .string(loser.id.description), "statecode": .number("1"), "statuscode": .number("2"),
                "merged": .boolean(true), "_masterid_value": .string(winner.id.description),
            ])
        )
    }

    /// Blocks or unblocks a customer, deactivates or reactivates an account.
    private static func scope(_ side: Side, _ oracle: Oracle, _ random: inout SimulationGenerator) -> UserEdit? {
        guard let mapping = oracle.mappings.last, let name = random.pick(present(mapping, side, oracle)) else {
            return nil
        }
        let isIn = oracle.isInScope(name)
        let id = SandboxJSON.string(name.id.description)
        return switch side {
        case .erp: .put(.erp, name.table, .members(["id": id, "blocked": .string(isIn ? "All" : "_x0020_")]))
        case .crm:
            .put(
                .crm,
                name.table,
                .members([
                    "accountid": id, "statecode": .number(isIn ? "1" : "0"), "statuscode": .number(isIn ? "2" : "1"),
                    "customertypecode": .number("3"),
                ])
            )
        }
    }

    private static func change(
        _ mapping: TableMapping,
        _ side: Side,
        _ oracle: Oracle,
        _ random: inout SimulationGenerator
    ) -> UserEdit? {
        guard let name = random.pick(present(mapping, side, oracle)) else { return nil }
        var members = [SandboxJSON.Member(name: mapping.table(side).idField, value: .string(name.id.description))]
        for _ in 0..<(random.oneIn(3) ? 2 : 1) {
            if let plain = random.pick((Vocabulary.plainFields[side][name.table] ?? []).sorted()), random.oneIn(5) {
                members.append(SandboxJSON.Member(name: plain, value: .string("note \(oracle.event)")))
                continue
            }
            guard let field = random.pick(mapping.fields) else { continue }
            let isKey = field.field(side).name == mapping.table(side).keyField
            if isKey, side == .erp {
                members.append(SandboxJSON.Member(name: field.erp.name, value: .string("R\(oracle.event)")))
            } else {
                let value = value(field, side, isName: field.field(side).name == mapping.table(side).nameField, &random)
                members.append(SandboxJSON.Member(name: field.field(side).name, value: value))
            }
        }
        return .put(side, name.table, .object(members))
    }

    /// A value that a user could type; few of them, so that both sides meet in the same ones.
    private static func value(
        _ field: FieldMapping,
        _ side: Side,
        isName: Bool,
        _ random: inout SimulationGenerator
    ) -> SandboxJSON {
        let blank: SandboxJSON = side == .erp ? .string("") : .null
        if field.reference != nil {
            guard side == .erp else { return .string(Vocabulary.id(6, random.below(3)).description) }
            return .string(random.pick(Vocabulary.salespeople + [""]) ?? "")
        }
        if !isName, random.oneIn(8) { return blank }
        let word = random.pick(isName ? Vocabulary.names : Vocabulary.cities) ?? ""
        switch (field.erp.type, field.crm.type) {
        case (.code, _):
            let code = random.pick(Vocabulary.codes) ?? ""
            return .string(side == .crm && random.oneIn(3) ? code.lowercased() : code)
        case (.text(let erp), .text(let crm)):
            let (here, there) = side == .crm ? (crm, erp) : (erp, crm)
            if here > there, random.oneIn(20) {
                return .string(String(repeating: "x", count: there + 1 + random.below(here - there)))
            }
            return .string(random.oneIn(2) ? word : "\(word) \(random.below(30))")
        default: return .string(word)
        }
    }
}
