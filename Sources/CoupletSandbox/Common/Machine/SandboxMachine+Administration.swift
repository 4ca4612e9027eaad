/// The addresses under `/_sandbox`; they need no token and are not counted.
extension SandboxMachine {
    /// Answers an administrative request.
    ///
    /// * `GET stats` gives `{"requests":[{"method","path","count","bytes"}]}`.
    /// * `POST reset` forgets statistics, faults, limits, latency and changes; with `{"data":true}` the tables are as at the beginning too.
    /// * `POST faults` adds rules (see `FaultRule.rules`), alone or as `faults` beside `throttle` (true, or other limits
    ///   than the documented ones), `latency` and `changes`; `DELETE faults` drops all of it.
    /// * `GET records/<entitySet>` gives the whole table.
    /// * `POST records/<entitySet>` writes rows as a user of the system would: an object or a list, by id; new ones get
    ///   an id where they have none. With `?late=milliseconds` they carry the time of a transaction that began so long
    ///   ago and only now becomes visible.
    /// * `DELETE records/<entitySet>?id=a,b` deletes.
    mutating func administer(_ request: SandboxRequest, at now: SandboxInstant) -> SandboxResponse {
        let parts = request.path.split(separator: "/").dropFirst().map(String.init)
        switch (request.method, parts.first, parts.count) {
        case ("GET", "stats", 1): return SandboxResponse(status: 200, json: desk.statistics.json)
        case ("POST", "reset", 1): return reset(request, at: now)
        case ("POST", "faults", 1): return addFaults(request)
        case ("DELETE", "faults", 1):
            desk.settle(limits: Self.documentedLimits)
            return SandboxResponse(status: 204)
        case ("GET", "records", 2):
            guard let body = records(entitySet: parts[1]) else { return unknownTable(parts[1]) }
            return SandboxResponse(
                status: 200,
                headers: ["Content-Type": "application/json; charset=utf-8"],
                body: body
            )
        case ("POST", "records", 2): return edit(request, parts[1], at: now)
        case ("DELETE", "records", 2): return remove(request, parts[1], at: now)
        default: return failure(404, "There is no \(request.method) \(request.path).")
        }
    }

    private mutating func reset(_ request: SandboxRequest, at now: SandboxInstant) -> SandboxResponse {
        let options = try? SandboxJSON(bytes: request.body)
        guard request.body.isEmpty || options != nil else { return failure(400, "The body is not JSON.") }
        desk.statistics = RequestStatistics()
        desk.settle(limits: Self.documentedLimits)
        if options?["data"]?.boolean == true { reseed(at: now) }
        return SandboxResponse(status: 204)
    }

    private mutating func addFaults(_ request: SandboxRequest) -> SandboxResponse {
        do {
            let json = try SandboxJSON(bytes: request.body)
            let others = [json["throttle"], json["latency"], json["changes"]].compactMap(\.self)
            let rules = others.isEmpty || json["faults"] != nil ? try FaultRule.rules(json) : []
            let latency = try json["latency"].map { json throws(QueryError) in try Latency(json: json) }
            let changes = try (json["changes"]?.array ?? []).map { json throws(QueryError) in
                try FieldChange(json: json)
            }
            if let throttle = json["throttle"] { try use(throttle) }
            desk.faults.add(rules)
            desk.changes.add(changes)
            if let latency { desk.latency = latency }
            return SandboxResponse(status: 204)
        } catch let error as QueryError {
            return failure(400, error.message)
        } catch {
            return failure(400, "The body is not JSON: \(error).")
        }
    }

    private mutating func use(_ throttle: SandboxJSON) throws(QueryError) {
        if let isOn = throttle.boolean {
            desk.throttle.use(Self.documentedLimits, isOn: isOn)
        } else {
            desk.throttle.use(try Self.documentedLimits.changed(by: throttle), isOn: true)
        }
    }

    private mutating func edit(_ request: SandboxRequest, _ set: String, at now: SandboxInstant) -> SandboxResponse {
        do {
            let body = try SandboxJSON(bytes: request.body)
            let late = FormDecoding.pairs(request.query).first { $0.name == "late" }.flatMap { Int64($0.value) } ?? 0
            let stamp = now.advanced(byMilliseconds: -late)
            guard let warnings = edit(entitySet: set, rows: body.array ?? [body], at: stamp) else {
                return unknownTable(set)
            }
            return SandboxResponse(status: 200, json: .members(["warnings": .array(warnings.map { .string($0) })]))
        } catch {
            return failure(400, "The body is not JSON: \(error).")
        }
    }

    private mutating func remove(_ request: SandboxRequest, _ set: String, at now: SandboxInstant) -> SandboxResponse {
        let values = FormDecoding.pairs(request.query).filter { $0.name == "id" }.map(\.value)
        let ids = values.flatMap { $0.split(separator: ",") }.compactMap { SandboxGUID($0) }
        guard let count = remove(entitySet: set, ids: ids, at: now) else { return unknownTable(set) }
        return SandboxResponse(status: 200, json: .members(["deleted": .number("\(count)")]))
    }

    private func unknownTable(_ name: String) -> SandboxResponse { failure(404, "There is no table '\(name)'.") }

    private func failure(_ status: Int, _ message: String) -> SandboxResponse {
        SandboxResponse(status: status, json: .members(["error": .members(["message": .string(message)])]))
    }
}
