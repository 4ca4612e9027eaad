package import CoupletCore
package import CoupletPorts
import Foundation

extension DataverseConnector {
    /// The organization's id: a copy of an environment has another one.
    package func environment() async throws(ConnectorError) -> String? {
        try await client.document("WhoAmI", fields: ["OrganizationId"]).first??.text
    }

    /// Looks for Business Central's own integration: its tables, its marks on records, and what it has written.
    package func traces(in tables: [String], since: Instant) async throws(ConnectorError) -> IntegrationTraces {
        typealias BuiltIn = BuiltInIntegration
        var traces = IntegrationTraces()
        let tables = tables.filter { ChoiceColumn($0) == nil }
        if try await first(of: BuiltIn.webClients, nil, []) != nil {
            traces.found.append(Message("trace.webClient", ["table": BuiltIn.webClients]))
        }
        if try await first(of: BuiltIn.companies, nil, []) != nil {
            traces.found.append(Message("trace.companies", ["table": BuiltIn.companies]))
            for table in tables {
                guard try await first(of: table, "\(BuiltIn.stamp) ne null", []) != nil else { continue }
                traces.found.append(Message("trace.stamped", ["table": table, "field": BuiltIn.stamp]))
            }
        }
        let user = try await first(of: "systemusers", "applicationid eq \(BuiltIn.application)", ["systemuserid"])
        guard let user = user?.first??.text else { return traces }
        for table in tables {
            let filter = "_modifiedby_value eq \(user) and modifiedon ge \(since)"
            let found = try await first(of: table, filter, ["modifiedon"], orderedBy: "modifiedon desc")
            guard let text = found?.first??.text else { continue }
            traces.found.append(Message("trace.wrote", ["table": table, "time": text]))
            if let time = Instant(iso8601: text) { traces.wroteAt = max(traces.wroteAt ?? time, time) }
        }
        return traces
    }

    /// Some fields of the first record of a table that passes a filter; nil where there is none, or no such table or
    /// column, or where its records may not be read.
    private func first(
        of table: String,
        _ filter: String?,
        _ fields: [String],
        orderedBy order: String? = nil
    ) async throws(ConnectorError) -> [Value?]? {
        var options = [(name: "$top", value: "1")]
        if let filter { options.append(("$filter", filter)) }
        if !fields.isEmpty { options.append(("$select", fields.joined(separator: ","))) }
        if let order { options.append(("$orderby", order)) }
        let url = client.address.root + "/" + RemoteAddress.query(table, options)
        let answer = try await client.read(ODataRequest(url: url, headers: DataverseConnector.headers), table: table)
        guard answer.status == 200 else {
            let failure = client.failure(answer, table: table)
            guard failure.kind == .notFound || failure.kind == .forbidden else { throw failure }
            return nil
        }
        // A small document, whose rows may have no id of a name that is known here.
        guard let rows = try? OutsideJSON.decode(TextRows.self, from: answer.body) else {
            throw client.failure(DecodeError.unexpectedShape, answer, table: table)
        }
        guard let row = rows.value.first else { return nil }
        return fields.map { field in row[field].flatMap { $0.text.map(Value.text) } }
    }
}

/// Rows of which only texts are wanted.
private struct TextRows: Decodable {
    /// A member: its text where it is one.
    struct Member: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws { text = try? decoder.singleValueContainer().decode(String.self) }
    }

    let value: [[String: Member]]
}
