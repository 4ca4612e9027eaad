import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

/// A world with all default mappings, in which everything of the demonstration company is coupled.
struct WholeWorld {
    let world: World

    init() async throws {
        var options = World.Options()
        options.mappings = nil
        world = try await World(options: options)
        try await NorthwindMappingTests.setUp(world)
    }

    func mapping(_ name: String) async throws -> TableMapping {
        try #require(try await world.perform(ShowMapping(mapping: name)).mappings.first?.mapping)
    }

    /// The coupled records of a mapping, as the ERP's.
    func coupled(_ name: String) async throws -> [RecordView] {
        try await world.perform(ListRecords(mapping: name, side: .erp, isCoupled: true)).records
    }

    /// A field of plain text that flows from a side.
    func field(of mapping: TableMapping, from side: Side) throws -> FieldMapping {
        let found = mapping.enabledFields.first { field in
            guard field.reference == nil, field.rules == nil, field.constant == nil, !field.field(side).name.isEmpty,
                field.erp.name != mapping.erp.keyField, mapping.direction(of: field)?.writes(to: side.other) == true
            else { return false }
            return [field.erp.type, field.crm.type].allSatisfy { type in
                if case .text = type { return true }
                return false
            }
        }
        return try #require(found)
    }

    /// Changes a plain text of a coupled record on one side, as a user would.
    func edit(_ record: RecordView, _ mapping: TableMapping, _ side: Side, _ text: String) throws {
        let id = side == .erp ? record.id : try #require(record.coupledTo)
        let table = mapping.table(side)
        let field = try field(of: mapping, from: side)
        let problems = world.edit(
            side,
            table.table,
            [table.idField: .string(id.description), field.field(side).name: .string(text)]
        )
        #expect(problems.isEmpty)
    }

    /// What a side holds in the plain text of a coupled record.
    func text(_ record: RecordView, _ mapping: TableMapping, _ side: Side, from source: Side) throws -> String {
        let id = side == .erp ? record.id : try #require(record.coupledTo)
        let table = mapping.table(side)
        let row = world.rows(side, table.table).first { RecordID($0.text(table.idField)) == id }
        return try #require(row).text(try field(of: mapping, from: source).field(side).name)
    }

    /// Lets the next so many writes of a side be refused, with a message of their own each.
    func refuseWrites(of side: Side) {
        var rule = FaultRule(.status(403, retryAfter: nil))
        (rule.part, rule.times) = (0, 1)
        world.addFault(rule, to: side)
    }
}
