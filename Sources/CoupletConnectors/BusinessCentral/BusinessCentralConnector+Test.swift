import CoupletCore
package import CoupletPorts

extension BusinessCentralConnector {
    /// Signs in, looks for the company and reads one row of each table.
    package func test(tables: [TableShape]) async throws(ConnectorError) -> ConnectionReport {
        try await client.signIn()
        let name = try await companyName()
        for shape in tables {
            let query = RemoteAddress.query(
                try path(of: shape.table),
                [("$select", BusinessCentralConnector.select(shape))]
            )
            try await client.probe(root(of: shape.table) + "/" + query, shape, rowShape(shape))
        }
        return ConnectionReport(
            name: name,
            readableTables: tables.map(\.table),
            clockAheadSeconds: client.clockAheadSeconds
        )
    }

    /// The company's name, out of the list of all: so a wrong one can be answered with the right ones.
    private func companyName() async throws(ConnectorError) -> String {
        let shape = TableShape(
            table: "companies",
            idField: "id",
            modifiedField: nil,
            layout: RowLayout(number: 0, fields: ["name", "displayName"])
        )
        let request = ODataRequest(url: client.address.root + "/companies", headers: pageHeaders(settings.pageSize))
        let answer = try await client.read(request, table: nil)
        guard answer.status == 200 else { throw client.failure(answer, table: nil) }
        let rows: RowPage
        do throws(DecodeError) {
            rows = try client.decoder.page(answer.body, shape: RowShape(shape)).rows
        } catch {
            throw client.failure(error, answer, table: nil)
        }
        let names = (0..<rows.count).map { index in
            let values = rows.row(at: index).values(fieldCount: 2).map { $0?.text ?? "" }
            return values[1].isEmpty ? values[0] : values[1]
        }
        if let company, let index = rows.ids.firstIndex(of: company) { return names[index] }
        let choices = zip(rows.ids, names).map { "\($1) (\($0))" }.joined(separator: ", ")
        let found = choices.isEmpty ? Detail.text("detail.noCompanies") : Detail.text("detail.companies", choices)
        throw client.wrong(.notFound, nil, found)
    }
}
