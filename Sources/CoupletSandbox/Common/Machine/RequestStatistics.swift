/// How often each method and path was asked, and how many bytes of bodies went both ways.
package struct RequestStatistics: Sendable {
    private struct Line: Hashable {
        let method: String
        let path: String
    }

    private struct Totals {
        var count = 0
        var bytes = 0
    }

    private var totals: [Line: Totals] = [:]

    /// Makes empty statistics.
    package init() {}

    /// Counts one request and its answer.
    package mutating func note(_ request: SandboxRequest, _ response: SandboxResponse) {
        let sent = response.delivery == .answer ? response.body.count : 0
        var line = totals[Line(method: request.method, path: request.path)] ?? Totals()
        line.count += 1
        line.bytes += request.body.count + sent
        totals[Line(method: request.method, path: request.path)] = line
    }

    /// The number of requests.
    package var count: Int { totals.values.reduce(0) { $0 + $1.count } }

    /// `{"requests":[{"method","path","count","bytes"}]}` ordered by path and method.
    package var json: SandboxJSON {
        let lines = totals.sorted { ($0.key.path, $0.key.method) < ($1.key.path, $1.key.method) }
        let requests = lines.map { line, totals in
            SandboxJSON.members([
                "method": .string(line.method), "path": .string(line.path), "count": .number("\(totals.count)"),
                "bytes": .number("\(totals.bytes)"),
            ])
        }
        return .members(["requests": .array(requests)])
    }
}
