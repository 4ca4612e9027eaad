/// The page that says of each documented exchange whether it is replayed.
struct GoldenConformance {
    private static let introduction = """
        # Conformance of the sandboxes

        Both sandboxes are held to exchanges that the vendors' documents show: each request is replayed against a
        sandbox in the state that the example assumes, and status, headers and body are compared with the documented
        answer. Ids, entity tags and times of the service are compared by pattern. The tests write this page with
        `COUPLET_WRITE_CONFORMANCE=1` and fail where it is out of date.
        """

    /// The page.
    var text: String {
        var text = Self.introduction + "\n\n| system | exchanges | replayed | not replayed |\n|---|---|---|---|\n"
        var (total, replayed) = (0, 0)
        for area in GoldenArea.all {
            text += "| \(area.title) | \(area.exchanges.count) | \(area.cases.count) | \(area.exclusions.count) |\n"
            (total, replayed) = (total + area.exchanges.count, replayed + area.cases.count)
        }
        let excluded = GoldenArea.all.reduce(0) { $0 + $1.exclusions.count }
        text += "| both | \(total) | \(replayed) | \(excluded) |\n"
        for area in GoldenArea.all { text += "\n## \(area.title)\n\n" + table(area) }
        return text
    }

    private func table(_ area: GoldenArea) -> String {
        let cases = Dictionary(area.cases.map { ($0.id, $0) }) { first, _ in first }
        let exclusions = Dictionary(area.exclusions.map { ($0.id, $0.reason) }) { first, _ in first }
        var text = "| id | request | replayed, or why not |\n|---|---|---|\n"
        for exchange in area.exchanges {
            var result = "–"
            if let example = cases[exchange.id] {
                let differences = example.differences.sorted { $0.key < $1.key }.map { "`\($0.key)`: \($0.value)" }
                result = (["replayed"] + example.notes + differences).joined(separator: "; ")
            } else if let reason = exclusions[exchange.id] {
                result = "not replayed: \(reason)"
            }
            text += "| \(exchange.id) | \(request(exchange)) | \(escaped(result)) |\n"
        }
        return text
    }

    private func request(_ exchange: GoldenExchange) -> String {
        guard exchange.url != "*" else { return "any" }
        let path = exchange.url.replacing("https://{businesscentralPrefix}", with: "")
            .replacing("[Organization URI]", with: "")
        let short = path.count > 100 ? "\(path.prefix(99))…" : path
        return "`\(exchange.method) \(escaped(short))`"
    }

    private func escaped(_ text: String) -> String { text.replacing("|", with: "\\|").replacing("\n", with: " ") }
}
