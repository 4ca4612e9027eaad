import CoupletCore
import CoupletPorts

extension MappingService {
    /// Mappings with the values of their companies' stamps.
    struct Stamped {
        var mappings: [TableMapping]
        /// What is wrong with those whose value could not be found.
        var problems: [CoupletError] = []
    }

    /// Looks up the values of stamps that have none: once, when a mapping is stored, so that runs ask nobody.
    /// - Parameter mappings: The mappings as they shall be.
    /// - Returns: The mappings with values, and a problem for each without.
    /// - Throws: `CoupletError` where the CRM does not answer; `CancellationError`.
    func stamped(_ mappings: [TableMapping]) async throws -> Stamped {
        var result = Stamped(mappings: mappings)
        let stored = try await store.read { try $0.connections() }
        for (index, mapping) in mappings.enumerated() {
            guard let stamp = mapping.companyStamp, stamp.value == nil else { continue }
            let company = stored.first { $0.name == mapping.erp.connection }?.company ?? ""
            guard !company.isEmpty else {
                result.problems.append(
                    problem("mapping.companyUnnamed", mapping, ["connection": mapping.erp.connection])
                )
                continue
            }
            guard let companies = stamp.companies else {
                result.mappings[index].companyStamp?.value = .text(company)
                continue
            }
            // An unknown connection is told with the mapping's other problems.
            guard stored.contains(where: { $0.name == mapping.crm.connection && $0.side == .crm }) else { continue }
            let found = try await id(of: company, in: companies, connection: mapping.crm.connection)
            result.mappings[index].companyStamp?.value = found.map { .text($0.description) }
            guard found == nil else { continue }
            let arguments = [
                "table": companies.table, "connection": mapping.crm.connection, "field": companies.keyField,
                "company": company,
            ]
            result.problems.append(problem("mapping.companyUnknown", mapping, arguments))
        }
        return result
    }

    private func problem(_ code: String, _ mapping: TableMapping, _ arguments: [String: String]) -> CoupletError {
        let all = arguments.merging(["mapping": mapping.name]) { given, _ in given }
        return CoupletError(code, all, status: .wrongConfiguration)
    }

    /// The id of the CRM's record that stands for a company; nil where there is none.
    private func id(
        of company: String,
        in companies: ReferencePath.KeyTable,
        connection: String
    ) async throws -> RecordID? {
        let connector = try await connections.connector(for: connection)
        let layout = RowLayout(number: -1, fields: companies.fields)
        let shape = TableShape(table: companies.table, idField: companies.idField, modifiedField: nil, layout: layout)
        let own = RecordFilter.compare(field: companies.keyField, .equal, .text(company))
        let filter = RecordFilter.all([own, companies.filter.resolved(at: clock.now)])
        var request = ReadRequest.matching(filter)
        while true {
            let page: ReadPage
            do throws(ConnectorError) {
                page = try await connector.read(request, of: shape)
            } catch {
                throw CoupletError(error)
            }
            for index in 0..<page.rows.count where page.rows.kind(at: index) == .present {
                if page.rows.withRow(at: index, { filter.matches($0, layout: layout) }) { return page.rows.ids[index] }
            }
            guard let next = page.next else { return nil }
            request = .more(next: next)
            try Task.checkCancellation()
        }
    }
}
