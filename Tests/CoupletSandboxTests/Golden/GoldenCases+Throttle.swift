import CoupletSandbox

extension GoldenCase {
    /// What Dataverse answers beyond its limits.
    static let throttle: [GoldenCase] = [
        GoldenCase(
            id: "dv-h-throttle-1",
            bench: { .dataverse() },
            adjust: { _, bench in
                try bench.prepare("POST", "/_sandbox/faults", #"{"throttle":true}"#)
                for _ in 0..<6_000 { try bench.prepare("GET", "/api/data/v9.2/WhoAmI") }
            },
            differences: ["header Retry-After": "the document shows a placeholder"],
            check: waits
        ),
        GoldenCase(
            id: "dv-h-throttle-2",
            bench: { .dataverse() },
            adjust: { _, bench in
                let limits = #"{"throttle":{"milliseconds":600000,"concurrent":9}}"#
                try bench.prepare("POST", "/_sandbox/faults", limits)
                for _ in 0..<2 { try bench.prepare("GET", "/api/data/v9.2/WhoAmI") }
            },
            differences: ["header Retry-After": "the document shows a placeholder"],
            check: waits
        ),
        GoldenCase(
            id: "dv-h-throttle-3",
            bench: { .dataverse() },
            adjust: { _, bench in
                try bench.prepare("POST", "/_sandbox/faults", #"{"throttle":{"milliseconds":20000}}"#)
                for _ in 0..<52 { try bench.prepare("GET", "/api/data/v9.2/WhoAmI") }
            },
            differences: ["header Retry-After": "the document shows a placeholder"],
            check: waits
        ),
    ]

    /// The answer says when to come again.
    private static let waits: @Sendable (SandboxResponse, inout GoldenBench) -> [String] = { response, _ in
        (response.headers["retry-after"].flatMap { Int($0) } ?? 0) > 0 ? [] : ["Retry-After is no number of seconds"]
    }
}
