import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox

/// The world that is explored: one coupled pair of records and two fields, and a mapping that creates counterparts.
enum SmallWorld {
    /// The fields that users edit, by side.
    static let fields = BySide(erp: ["city", "phoneNumber"], crm: ["address1_city", "telephone1"])
    /// The coupled records.
    static let pair = BySide(erp: Vocabulary.id(9, 0), crm: Vocabulary.id(7, 0))
    /// Records that users may create.
    static let news = BySide(erp: Vocabulary.id(9, 1), crm: Vocabulary.id(7, 1))
    static let tables = BySide(erp: "customers", crm: "accounts")
    static let idFields = BySide(erp: "id", crm: "accountid")

    /// How the world is set up.
    static var setting: Setting {
        var setting = Setting(History(seed: 0, focus: FaultFocus([.delay])))
        setting.hasTwins = false
        setting.company = SeedSource(
            businessCentral: [
                SeedTable(entitySet: "customers", rows: [customer(pair.erp, "1000", "Ekholm AB", "Lund")])
            ],
            dataverse: [SeedTable(entitySet: "accounts", rows: [account(pair.crm, "1000", "Ekholm AB", "Lund")])]
        )
        var options = World.Options()
        options.mappings = ["CUSTOMER"]
        options.changes = [
            "CUSTOMER": { mapping in
                mapping.onlyCoupled = false
                let kept: Set<String> = ["displayName", "city", "phoneNumber", "number"]
                mapping.fields.removeAll { !kept.contains($0.erp.name) }
            }
        ]
        setting.options = options
        return setting
    }

    static func customer(_ id: RecordID, _ number: String, _ name: String, _ city: String) -> SandboxJSON {
        .members([
            "id": .string(id.description), "number": .string(number), "displayName": .string(name),
            "city": .string(city), "phoneNumber": .string("1"), "blocked": .string("_x0020_"),
        ])
    }

    static func account(_ id: RecordID, _ number: String?, _ name: String, _ city: String) -> SandboxJSON {
        .members([
            "accountid": .string(id.description), "name": .string(name), "address1_city": .string(city),
            "accountnumber": number.map { .string($0) } ?? .null, "telephone1": .string("1"),
            "customertypecode": .number("3"), "statecode": .number("0"), "statuscode": .number("1"),
        ])
    }

    /// The row of a record; nil where it is gone.
    static func row(_ world: World, _ side: Side, _ id: RecordID) -> SandboxJSON? {
        world.row(side, tables[side], where: idFields[side], is: id.description)
    }
}
