import CoupletCore
package import CoupletPorts

extension ODataClient {
    private static let nothing = RowShape(layout: RowLayout(number: 0, fields: []))

    /// The OData error in an answer, if there is one.
    package func odataError(in answer: HTTPResponseMessage) -> ODataError? {
        guard let part = try? decoder.object(answer.body, shape: ODataClient.nothing) else { return nil }
        return part.error
    }

    /// What an answer that is no success means.
    package func failure(_ answer: HTTPResponseMessage, table: String?) -> ConnectorError {
        let detail = describe(answer)
        switch answer.status {
        case 401: return wrong(.unauthorized, table, detail)
        case 403: return wrong(.forbidden, table, detail)
        case 300..<400, 404, 405, 410: return wrong(.notFound, table, detail)
        case 400:
            // A property or company that the service does not know is a wrong set-up, and no wrong answer.
            let isUnknown = odataError(in: answer).map { ODataClient.saysUnknown($0) } ?? true
            return wrong(isUnknown ? .notFound : .protocolViolation, table, detail)
        case 500..<600: return wrong(.unavailable(retryAfterSeconds: nil), table, detail)
        default: return wrong(.protocolViolation, table, detail)
        }
    }

    /// What a body that cannot be decoded means: something that is not JSON at all comes from another kind of server.
    package func failure(_ error: DecodeError, _ answer: HTTPResponseMessage, table: String?) -> ConnectorError {
        let type = answer.header("Content-Type")?.lowercased() ?? ""
        if error == .damaged, type.contains("html") || answer.body.first == UInt8(ascii: "<") {
            return wrong(.notFound, table, Detail.text("detail.webPage"))
        }
        return wrong(.protocolViolation, table, error.words)
    }

    /// The status and what the service said, in one line.
    package func describe(_ answer: HTTPResponseMessage) -> String {
        if let error = odataError(in: answer), !error.text.isEmpty { return "HTTP \(answer.status), \(error.text)" }
        return Detail.text("detail.onlyStatus", String(answer.status))
    }

    private static func saysUnknown(_ error: ODataError) -> Bool {
        error.message.contains("Could not find a property") || error.code == "Internal_CompanyNotFound"
            || error.code == "BadRequest_NotFound"
    }
}
