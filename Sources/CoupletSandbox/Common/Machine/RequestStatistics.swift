/// How often each method and path was asked, and how many bytes of bodies went both ways; and what was asked for that
/// the sandbox does not know.
package struct RequestStatistics: Sendable {
    private struct Line: Hashable {
        let method: String
        let path: String
    }

    private struct Totals {
        var count = 0
        var bytes = 0
    }

    /// With so many paths, keys are left out of further ones.
    static let mostPaths = 10_000
    /// So many kinds of unknown requests are listed; those beyond are only counted.
    static let mostUnknown = 200

    private var totals: [Line: Totals] = [:]
    private var unknown: [Line: Int] = [:]
    private var unlisted = 0

    /// Makes empty statistics.
    package init() {}

    /// Counts one request and its answer.
    package mutating func note(_ request: SandboxRequest, _ response: SandboxResponse) {
        let sent = response.delivery == .answer ? response.body.count : 0
        var line = Line(method: request.method, path: request.path)
        if totals[line] == nil, totals.count >= Self.mostPaths {
            line = Line(method: line.method, path: Self.pattern(line.path))
        }
        totals[line, default: Totals()].count += 1
        totals[line, default: Totals()].bytes += request.body.count + sent
        if response.isUnknownRequest { noteUnknown(request.method, request.path) }
    }

    /// Counts a request, or a part of a batch, for something that the sandbox does not know.
    package mutating func noteUnknown(_ method: String, _ path: String) {
        let line = Line(method: method, path: Self.pattern(path))
        if unknown[line] == nil, unknown.count >= Self.mostUnknown {
            unlisted += 1
        } else {
            unknown[line, default: 0] += 1
        }
    }

    /// The number of requests.
    package var count: Int { totals.values.reduce(0) { $0 + $1.count } }

    /// `{"requests":[{"method","path","count","bytes"}],"unknown":[{"method","path","count"}],"unknownUnlisted"}`,
    /// ordered by path and method; paths of unknown requests are without what stands in parentheses.
    package var json: SandboxJSON {
        let requests = totals.sorted { Self.isBefore($0.key, $1.key) }.map { line, totals in
            SandboxJSON.members([
                "method": .string(line.method), "path": .string(line.path), "count": .number("\(totals.count)"),
                "bytes": .number("\(totals.bytes)"),
            ])
        }
        let gaps = unknown.sorted { Self.isBefore($0.key, $1.key) }.map { line, count in
            SandboxJSON.members([
                "method": .string(line.method), "path": .string(line.path), "count": .number("\(count)"),
            ])
        }
        return .members([
            "requests": .array(requests), "unknown": .array(gaps), "unknownUnlisted": .number("\(unlisted)"),
        ])
    }

    private static func isBefore(_ left: Line, _ right: Line) -> Bool {
        (left.path, left.method) < (right.path, right.method)
    }

    /// A path without what stands in parentheses, so that all records of a table are one.
    static func pattern(_ path: String) -> String {
        var (pattern, depth, isQuoted): (String, Int, Bool) = ("", 0, false)
        for character in path {
            if character == "'", depth > 0 { isQuoted.toggle() }
            if character == ")", !isQuoted { depth -= 1 }
            if depth <= 0 { pattern.append(character) }
            if character == "(", !isQuoted { depth += 1 }
        }
        return pattern
    }
}
