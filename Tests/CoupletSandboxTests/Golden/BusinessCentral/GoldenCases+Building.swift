import CoupletSandbox

/// What Business Central's examples have in common.
extension GoldenCase {
    /// Said of every change and deletion.
    static let ifMatch = "with the If-Match header that the document's table requires and its example leaves out"
    /// Said of addresses of the former version.
    static let version = "v2.0 instead of v1.0 in the address: the entity is the same"
    /// Said of names with blanks.
    static let encoded = "names are encoded as in current versions"

    /// The record that a document shows, as state.
    static func documented(
        _ id: String,
        _ changed: [String: SandboxJSON] = [:],
        without left: Set<String> = []
    ) -> SandboxJSON {
        let body = GoldenLibrary.exchange(id)?.answer.body
        let object = body?["value"]?.array?.first ?? body
        var members = (object?.object ?? []).filter { member in
            !member.name.contains("@") && !left.contains(member.name) && changed[member.name] == nil
        }
        for (name, value) in changed.sorted(by: { $0.key < $1.key }) { members.append(.init(name: name, value: value)) }
        return .object(members)
    }

    /// The id of the record that a document shows.
    static func recordID(_ id: String) -> String {
        GoldenLibrary.exchange(id)?.answer.body?["id"]?.string ?? SandboxGUID.zero.description
    }

    /// Reads a record that is as documented.
    static func reading(
        _ id: String,
        _ set: String,
        also tables: [String: [SandboxJSON]] = [:],
        differences: [String: String] = [:]
    ) -> GoldenCase {
        GoldenCase(
            id: id,
            bench: { .businessCentral(tables.merging([set: [documented(id)]]) { $1 }) },
            values: ["id": [GoldenBench.companyID, recordID(id)]],
            differences: differences
        )
    }

    /// Changes a record that is as documented but for what is changed.
    static func changing(
        _ id: String,
        _ set: String,
        before: [String: SandboxJSON],
        also tables: [String: [SandboxJSON]] = [:],
        without left: Set<String> = [],
        differences: [String: String] = [:]
    ) -> GoldenCase {
        GoldenCase(
            id: id,
            bench: { .businessCentral(tables.merging([set: [documented(id, before)]]) { $1 + $0 }) },
            values: ["id": [GoldenBench.companyID, recordID(id)]],
            adjust: { request, _ in
                request.headers["If-Match"] = "*"
                request.leaveOut(left)
            },
            notes: [ifMatch] + leftOut(left),
            differences: differences
        )
    }

    /// Deletes a record and sees that it is gone.
    static func deleting(_ id: String, _ set: String, _ record: [String: String]) -> GoldenCase {
        let key = "11111111-2222-4333-8444-555555555555"
        let members = (["id": key].merging(record) { $1 }).sorted { $0.key < $1.key }
        let json = SandboxJSON.object(members.map { .init(name: $0.key, value: .string($0.value)) })
        return GoldenCase(
            id: id,
            bench: { .businessCentral([set: [json]]) },
            values: ["id": [GoldenBench.companyID, key]],
            adjust: { request, _ in request.headers["If-Match"] = "*" },
            notes: [ifMatch],
            check: { _, bench in
                let status = bench.send("GET", GoldenBench.path("\(set)(\(key))")).status
                return status == 404 ? [] : ["the record is still there: \(status)"]
            }
        )
    }

    /// Creates a record.
    static func creating(
        _ id: String,
        also tables: [String: [SandboxJSON]] = [:],
        without left: Set<String> = [],
        onSet: Bool = false,
        differences: [String: String] = [:]
    ) -> GoldenCase {
        GoldenCase(
            id: id,
            bench: { .businessCentral(tables) },
            values: ["id": [GoldenBench.companyID, ""]],
            adjust: { request, _ in
                if onSet { request.target = request.target.replacing("()", with: "") }
                request.leaveOut(left)
            },
            notes: (onSet ? ["on the list: a record is not created under the id of another"] : []) + leftOut(left),
            differences: differences
        )
    }

    /// The case with v2.0 in its address.
    func inCurrentVersion() -> GoldenCase {
        var changed = self
        changed.notes.append(Self.version)
        let adjust = adjust
        changed.adjust = { request, bench in
            request.target = request.target.replacing("/api/v1.0/", with: "/api/v2.0/")
            try adjust(&request, &bench)
        }
        return changed
    }

    private static func leftOut(_ names: Set<String>) -> [String] {
        guard !names.isEmpty else { return [] }
        return ["without \(names.sorted().joined(separator: ", ")), which the service does not take"]
    }
}

extension GoldenRequest {
    /// Takes members out of the body.
    mutating func leaveOut(_ names: Set<String>) {
        guard let members = (try? SandboxJSON(bytes: body))?.object else { return }
        body = SandboxJSON.object(members.filter { !names.contains($0.name) }).bytes
    }

    /// Gives a member of the body another value.
    mutating func set(_ name: String, _ value: String) {
        guard let members = (try? SandboxJSON(bytes: body))?.object else { return }
        body =
            SandboxJSON.object(
                members.map { $0.name == name ? .init(name: name, value: .string(value)) : $0 }
            ).bytes
    }
}

extension SandboxJSON {
    /// A record of text.
    static func record(_ members: KeyValuePairs<String, String>) -> SandboxJSON {
        .object(members.map { .init(name: $0.key, value: .string($0.value)) })
    }
}
