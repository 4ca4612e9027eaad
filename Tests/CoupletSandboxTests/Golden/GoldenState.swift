import CoupletSandbox

/// The state that an example of reading Dataverse assumes, taken from the answer that the document shows.
struct GoldenState {
    /// A navigation property of the records shown: the set of the records behind it and the lookup between them, which
    /// belongs to the record shown or, for a collection, to the records behind it.
    struct Way {
        let set: String
        let lookup: String

        init(_ set: String, _ lookup: String) { (self.set, self.lookup) = (set, lookup) }
    }

    private(set) var tables: [String: [SandboxJSON]] = [:]
    private let ways: [String: Way]
    /// The sets of the records that lookups name, by lookup, and the column with the record's name.
    private let names: [String: (set: String, key: String, column: String)]
    private var known: Set<String> = []

    /// Takes records from the documented answer of an exchange.
    init(
        _ id: String,
        set: String,
        ways: [String: Way] = [:],
        names: [String: (set: String, key: String, column: String)] = [:]
    ) {
        self.ways = ways
        self.names = names
        guard let body = GoldenLibrary.exchange(id)?.answer.body else { return }
        for record in body["value"]?.array ?? [body] { take(record, set) }
    }

    /// Adds records of a set.
    func adding(_ set: String, _ rows: [String]) -> GoldenState {
        var state = self
        for row in rows {
            if let json = try? SandboxJSON(bytes: Array(row.utf8)) { state.tables[set, default: []].append(json) }
        }
        return state
    }

    /// Adds definitions of tables.
    func defining(_ definitions: [String]...) -> GoldenState {
        var state = self
        for lines in definitions {
            let row = SandboxJSON.members(["Definition": .array(lines.map { .string($0) })])
            state.tables["EntityDefinitions", default: []].append(row)
        }
        return state
    }

    /// Sets a column of all records of a set.
    func setting(_ set: String, _ column: String, _ value: String) -> GoldenState {
        var state = self
        state.tables[set] = state.tables[set]?.map { record in
            .object((record.object ?? []) + [.init(name: column, value: .string(value))])
        }
        return state
    }

    /// The environment with these records.
    var bench: GoldenBench { .dataverse(tables) }

    private mutating func take(_ record: SandboxJSON, _ set: String, extra: [SandboxJSON.Member] = []) {
        var members: [SandboxJSON.Member] = []
        for member in record.object ?? [] where !member.name.contains("@") {
            guard let way = ways[member.name] else {
                if member.name == "_transactioncurrencyid_value" { addCurrency(member.value) }
                members.append(member)
                continue
            }
            if let many = member.value.array {
                let key = record.object?.first { $0.name.hasSuffix("id") && !$0.name.hasPrefix("_") }?.value ?? .null
                for child in many { take(child, way.set, extra: [.init(name: way.lookup, value: key)]) }
            } else if let id = member.value.object?.first(where: { $0.name.hasSuffix("id") && !$0.name.hasPrefix("_") })
            {
                take(member.value, way.set)
                members.append(.init(name: way.lookup, value: id.value))
            }
        }
        for (lookup, place) in names {
            guard let name = record["\(lookup)@OData.Community.Display.V1.FormattedValue"], let id = record[lookup],
                known.insert(id.string ?? "").inserted
            else { continue }
            let row = SandboxJSON.object([.init(name: place.key, value: id), .init(name: place.column, value: name)])
            tables[place.set, default: []].append(row)
        }
        tables[set, default: []].append(.object(members + extra))
    }

    private mutating func addCurrency(_ id: SandboxJSON) {
        guard known.insert(id.string ?? "").inserted else { return }
        tables["transactioncurrencies", default: []].append(
            .members([
                "transactioncurrencyid": id, "isocurrencycode": .string("USD"), "currencyname": .string("US Dollar"),
                "currencysymbol": .string("$"),
            ])
        )
    }
}

extension GoldenState {
    /// Activities that are tasks.
    static let task = [
        "table task tasks Task name=subject stamped owned", "activityid guid create", "subject text(200)",
        "description memo(2000)", "scheduledstart datetime", "scheduledend datetime", "actualdurationminutes integer",
        """
        regardingobjectid lookup: account/regardingobjectid_account_task/Account_Tasks; \
        contact/regardingobjectid_contact_task/Contact_Tasks; \
        incident/regardingobjectid_incident_task/Incident_Tasks
        """,
        "statecode state update =0: 0=Open; 1=Completed; 2=Canceled",
        "statuscode status =2: 2=Not Started/0; 3=In Progress/0; 5=Completed/1; 6=Canceled/2",
    ]

    /// Cases.
    static let incident = [
        "table incident incidents Incident name=title stamped owned", "incidentid guid create", "title text(200)",
        """
        customerid lookup: account/customerid_account/incident_customer_accounts; \
        contact/customerid_contact/incident_customer_contacts
        """,
        "statecode state update =0: 0=Active; 1=Resolved; 2=Canceled",
        "statuscode status =1: 1=In Progress/0; 5=Problem Solved/1; 6=Canceled/2",
    ]

    /// Competitors of opportunities.
    static let competitor = [
        "table competitor competitors Competitor stamped", "competitorid guid create", "name text(100)",
        "strengths memo(2000)",
        "many opportunitycompetitors_association opportunitycompetitors opportunity",
    ]
}
