extension FaultRule {
    /// Reads the body of `POST /_sandbox/faults`: one rule or a list of rules.
    ///
    /// A rule is an object. `fault` is `status` or `statusAfter` (with `status`, and `retryAfter` in seconds),
    /// `dropBefore`, `dropAfter`, `delay` (with `milliseconds`), `expiredToken`, `staleDeltaToken` or `stopBatch` (with `after`, the
    /// number of parts that are done). `method`, `pathPrefix`, `path` (contained in the path) and `part` (place in a
    /// batch from 0, or `any`) say which requests; `nth` (1), `probability` (1), `seed` (0) and `times` (1; 0 without
    /// limit) say how often.
    /// - Throws: `QueryError` naming the mistake.
    package static func rules(_ json: SandboxJSON) throws(QueryError) -> [FaultRule] {
        var rules: [FaultRule] = []
        for element in json.array ?? json["faults"]?.array ?? [json] { rules.append(try rule(element)) }
        return rules
    }

    private static func rule(_ json: SandboxJSON) throws(QueryError) -> FaultRule {
        var rule = FaultRule(try fault(json))
        rule.method = json["method"]?.string?.uppercased()
        rule.pathPrefix = json["pathPrefix"]?.string
        rule.pathContains = json["path"]?.string
        if let part = json["part"] { rule.part = part.integer ?? -1 }
        rule.nth = json["nth"]?.integer ?? 1
        rule.probability = json["probability"]?.number.flatMap { Double($0) } ?? 1
        rule.seed = json["seed"]?.number.flatMap { UInt64($0) } ?? 0
        rule.times = json["times"]?.integer.map { $0 == 0 ? nil : $0 } ?? 1
        return rule
    }

    private static func fault(_ json: SandboxJSON) throws(QueryError) -> SandboxFault {
        switch json["fault"]?.string {
        case "status": return .status(try status(json), retryAfter: json["retryAfter"]?.integer)
        case "statusAfter": return .statusAfter(try status(json), retryAfter: json["retryAfter"]?.integer)
        case "dropBefore": return .dropBefore
        case "dropAfter": return .dropAfter
        case "delay": return .delay(milliseconds: json["milliseconds"]?.integer ?? 1_000)
        case "expiredToken": return .expiredToken
        case "staleDeltaToken": return .staleDeltaToken
        case "stopBatch": return .stopBatch(part: json["after"]?.integer ?? 0)
        case .some(let name): throw QueryError(.syntax, "There is no fault '\(name)'.")
        case nil: throw QueryError(.syntax, "A rule needs a 'fault'.")
        }
    }

    private static func status(_ json: SandboxJSON) throws(QueryError) -> Int {
        guard let status = json["status"]?.integer, (100...599).contains(status) else {
            throw QueryError(.syntax, "This fault needs a 'status' from 100 to 599.")
        }
        return status
    }
}
