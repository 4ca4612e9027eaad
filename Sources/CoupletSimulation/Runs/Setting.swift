import CoupletCore
import CoupletSandbox

/// What a history begins with: a company, options, and what is wrong with the systems throughout.
struct Setting: Sendable {
    /// The two systems' records.
    var company: SeedSource
    /// How the world is set up.
    var options = World.Options()
    /// What the systems change by themselves.
    var serverChanges: [(Side, FieldChange)] = []
    /// The same changes for the oracle, by field.
    var changers: [FieldName: ServerChange] = [:]
    /// The faults that last as long as the history.
    var faults: [FaultKind] = []
    /// Limits beyond which plans wait for approval; nil for Couplet's own, which so small a company never reaches.
    var limits: SafetyLimits?
    /// Whether the history begins with two worlds of the same edits, worked in different orders.
    var hasTwins: Bool

    /// The mappings at the beginning.
    var mappings: [TableMapping] { options.mappings(of: World.connections) }

    /// The filter that customers have at the beginning.
    var filter: RecordFilter { mappings.last?.erp.filter ?? .everything }

    init(_ history: History) {
        var random = SimulationGenerator(seed: history.beginning)
        options.randomSeed = random.next()
        options.pageSize = random.oneIn(2) ? 3 : nil
        company = Vocabulary.seed(&random)
        let hasTwins = random.below(24) < History.seedsPerBeginning
        // The same twins again would show nothing more.
        self.hasTwins = hasTwins && history.seed == history.beginning
        if history.focus.strikes(.clockSkew, oneIn: 5, &random) {
            faults.append(.clockSkew)
            options.skewSeconds = BySide(
                erp: Double(random.below(500)) - 250,
                crm: Double(random.below(500)) - 250
            )
        }
        for kind in [FaultKind.serverChange, .truncation] where history.focus.strikes(kind, oneIn: 12, &random) {
            add(kind, &random)
        }
        if random.oneIn(10) { limits = SafetyLimits(smallNumber: 2, shareChanged: 0.3, shareCreated: 0.3) }
        let lateField = Self.lateField(history.beginning)
        let variant = random.oneIn(4) ? MappingVariants.any(&random) : nil
        let unkept = history.unkept
        options.changes = [
            "CUSTOMER": { mapping in
                // So many fields of one kind say nothing more than a few.
                mapping.fields.removeAll { Vocabulary.fieldsLeftOut.contains($0.erp.name) }
                variant?(&mapping)
                if let lateField { mapping.change(lateField) { $0.enabled = false } }
                for field in unkept { mapping.change(field) { $0.isUnkept = true } }
            }
        ]
    }

    /// The field that the mapping of customers does not use at first, so that it was never compared; nil for most beginnings.
    static func lateField(_ beginning: UInt64) -> String? {
        // From a sequence of its own, so that everything else in the history stays the same.
        var own = SimulationGenerator(seed: beginning ^ 0xF1E1D)
        return own.oneIn(8) ? own.pick(Vocabulary.lateFields) : nil
    }

    private mutating func add(_ kind: FaultKind, _ random: inout SimulationGenerator) {
        faults.append(kind)
        let side: Side = random.oneIn(2) ? .erp : .crm
        let (table, field) =
            side == .erp
            ? ("customers", random.oneIn(2) ? "addressLine1" : "email")
            : ("accounts", random.oneIn(2) ? "address1_line1" : "emailaddress1")
        let change: ServerChange = kind == .truncation ? .shorten(6) : random.oneIn(2) ? .upperCase : .lowerCase
        guard let rules = try? change.json(table, field).map({ try FieldChange(json: $0) }) else { return }
        serverChanges += rules.map { (side, $0) }
        let name = FieldName(side: side, table: table, field: field)
        changers[name] = changers[name].map { .both($0, change) } ?? change
    }
}

/// A field of a system.
struct FieldName: Hashable, Sendable {
    var side: Side
    var table: String
    var field: String
}

/// What a system makes of a value that is written to it.
indirect enum ServerChange: Sendable {
    case upperCase
    case lowerCase
    case shorten(Int)
    /// One after the other.
    case both(ServerChange, ServerChange)

    /// What becomes of a value.
    func changed(_ value: String) -> String {
        switch self {
        case .upperCase: value.uppercased()
        case .lowerCase: value.lowercased()
        case .shorten(let length): String(value.prefix(length))
        case .both(let first, let second): second.changed(first.changed(value))
        }
    }

    /// The change as a system is told of it, one rule after the other.
    func json(_ table: String, _ field: String) -> [SandboxJSON] {
        let kind: [SandboxJSON.Member]
        switch self {
        case .upperCase: kind = [SandboxJSON.Member(name: "change", value: .string("upperCase"))]
        case .lowerCase: kind = [SandboxJSON.Member(name: "change", value: .string("lowerCase"))]
        case .shorten(let length):
            kind = [
                SandboxJSON.Member(name: "change", value: .string("truncate")),
                SandboxJSON.Member(name: "length", value: .number(String(length))),
            ]
        case .both(let first, let second): return first.json(table, field) + second.json(table, field)
        }
        let place = [
            SandboxJSON.Member(name: "entitySet", value: .string(table)),
            SandboxJSON.Member(name: "field", value: .string(field)),
        ]
        return [.object(place + kind)]
    }
}

/// Forms of a mapping besides the default one.
enum MappingVariants {
    /// One of the forms.
    static func any(_ random: inout SimulationGenerator) -> @Sendable (inout TableMapping) -> Void {
        switch random.below(4) {
        case 0: return { mapping in mapping.change("city") { $0.allowTruncation = true } }
        case 1: return { mapping in mapping.change("phoneNumber") { $0.direction = .fromIntegrationTable } }
        case 2: return { mapping in mapping.change("salespersonCode") { $0.reference?.required = false } }
        default: return { mapping in mapping.change("website") { $0.direction = .toIntegrationTable } }
        }
    }
}

extension TableMapping {
    /// Changes the field of that name in the ERP.
    fileprivate mutating func change(_ field: String, _ body: (inout FieldMapping) -> Void) {
        for index in fields.indices where fields[index].erp.name == field { body(&fields[index]) }
    }
}
