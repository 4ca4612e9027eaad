import CoupletSandbox

/// Replays one case and compares.
struct GoldenReplay {
    let example: GoldenCase
    let exchange: GoldenExchange

    /// What differs from the document; nothing where all is well.
    func problems() throws -> [String] {
        var bench = try example.bench()
        var request = request(bench)
        try example.adjust(&request, &bench)
        let response = bench.send(request)
        var comparison = GoldenComparison(differences: example.differences)
        var problems = statusProblems(response)
        problems += headerProblems(response, bench, &comparison)
        if let expected = exchange.answer.body {
            let documented = resolved(repaired(expected), bench)
            if let text = documented.string, let parts = GoldenMultipart(text) {
                comparison.compare(parts, GoldenMultipart(response.text) ?? parts.none, "parts")
            } else {
                comparison.compare(documented, body(of: response, documented), "")
            }
        }
        problems += comparison.problems + comparison.unusedDifferences
        problems += try example.check(response, &bench)
        guard problems.isEmpty else { return problems + ["\(request.method) \(request.target)", response.text] }
        return []
    }

    private func request(_ bench: GoldenBench) -> GoldenRequest {
        var headers = SandboxHeaders()
        for (name, value) in exchange.request.headers { headers[name] = value }
        let body: [UInt8] =
            switch exchange.request.body {
            case nil: []
            case .string(let text): Array(replaced(text, bench).utf8)
            case .some(let json): resolved(json, bench).bytes
            }
        let address = replaced(exchange.url, bench)
        let path = address.ranges(of: "://").first.map { address[$0.upperBound...].drop { $0 != "/" } }
        return GoldenRequest(
            method: exchange.method,
            target: path.map(String.init) ?? address,
            headers: headers,
            body: body
        )
    }

    /// The text with its placeholders filled in.
    private func replaced(_ text: String, _ bench: GoldenBench) -> String {
        var text = text
        for placeholder in bench.origin.placeholders { text = text.replacing(placeholder, with: bench.origin.address) }
        for (name, address) in bench.otherPlaceholders { text = text.replacing(name, with: address) }
        for (name, values) in example.values {
            for (index, value) in values.enumerated() {
                let isLast = index == values.count - 1
                text = text.replacing("{\(name)}", with: value, maxReplacements: isLast ? Int.max : 1)
            }
        }
        return text
    }

    private func resolved(_ json: SandboxJSON, _ bench: GoldenBench) -> SandboxJSON {
        switch json {
        case .string(let text): .string(replaced(text, bench))
        case .array(let elements): .array(elements.map { resolved($0, bench) })
        case .object(let members): .object(members.map { .init(name: $0.name, value: resolved($0.value, bench)) })
        case .null, .boolean, .number: json
        }
    }

    private func repaired(_ expected: SandboxJSON) -> SandboxJSON {
        guard let repair = example.repair, let text = expected.string else { return expected }
        return (try? SandboxJSON(bytes: Array(repair(text).utf8))) ?? expected
    }

    private func body(of response: SandboxResponse, _ expected: SandboxJSON) -> SandboxJSON {
        if expected.string != nil { return .string(response.text) }
        guard let json = try? SandboxJSON(bytes: response.body) else { return .string(response.text) }
        switch example.shape {
        case .whole: return json
        case .oneOfTheList: return json["value"]?.array?.first ?? json
        }
    }

    private func statusProblems(_ response: SandboxResponse) -> [String] {
        if let expected = exchange.status ?? example.status {
            return response.status == expected ? [] : ["status \(response.status) instead of \(expected)"]
        }
        return response.status < 400 ? [] : ["status \(response.status)"]
    }

    private func headerProblems(
        _ response: SandboxResponse,
        _ bench: GoldenBench,
        _ comparison: inout GoldenComparison
    ) -> [String] {
        var problems: [String] = []
        for (name, value) in exchange.answer.headers where name.lowercased() != "content-length" {
            guard let actual = response.headers[name] else {
                problems.append("header \(name) is missing")
                continue
            }
            let expected = replaced(value, bench)
            if name.lowercased() == "content-type" {
                if !Self.holds(actual, mediaType: expected) { problems.append("header \(name) is \(actual)") }
            } else {
                comparison.compareText(expected, actual, "header \(name)")
            }
        }
        return problems
    }

    /// Whether a content type is the documented one, with at least its parameters; boundaries are free.
    private static func holds(_ actual: String, mediaType expected: String) -> Bool {
        func parts(_ text: String) -> [String] {
            text.lowercased().split(separator: ";").map { $0.filter { $0 != " " } }
        }
        let (documented, given) = (parts(expected), parts(actual))
        guard documented.first == given.first else { return false }
        return documented.dropFirst().allSatisfy { given.contains($0) || $0.hasPrefix("boundary=") }
    }
}
