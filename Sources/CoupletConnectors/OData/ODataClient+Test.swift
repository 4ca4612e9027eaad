package import CoupletCore
package import CoupletPorts

extension ODataClient {
    /// Reads one row of a table, to see that it and its fields can be read.
    /// - Parameters:
    ///   - url: The address with the fields.
    ///   - shape: The table.
    ///   - rowShape: The table's fields as the decoder takes them.
    /// - Throws: What is wrong.
    package func probe(_ url: String, _ shape: TableShape, _ rowShape: RowShape) async throws(ConnectorError) {
        let headers = [HTTPHeader("Accept", "application/json"), HTTPHeader("Prefer", "odata.maxpagesize=1")]
        let answer = try await read(ODataRequest(url: url, headers: headers), table: shape.table)
        guard answer.status == 200 else { throw failure(answer, table: shape.table) }
        do throws(DecodeError) {
            _ = try decoder.page(answer.body, shape: rowShape)
        } catch {
            throw failure(error, answer, table: shape.table)
        }
    }

    /// Reads one small document.
    /// - Parameters:
    ///   - path: The path below the API's root.
    ///   - fields: The wanted fields.
    /// - Returns: The values of the fields.
    /// - Throws: What is wrong.
    package func document(_ path: String, fields: [String]) async throws(ConnectorError) -> [Value?] {
        let headers = [HTTPHeader("Accept", "application/json")]
        let answer = try await read(ODataRequest(url: address.root + "/" + path, headers: headers), table: nil)
        guard answer.status == 200 else { throw failure(answer, table: nil) }
        let shape = RowShape(layout: RowLayout(number: 0, fields: fields))
        do throws(DecodeError) {
            return try decoder.object(answer.body, shape: shape).row?.values(fieldCount: fields.count) ?? []
        } catch {
            throw failure(error, answer, table: nil)
        }
    }
}
