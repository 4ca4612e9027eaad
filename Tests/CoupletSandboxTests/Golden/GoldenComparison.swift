import CoupletSandbox

/// Holds an answer to a documented one.
///
/// The answer may have more members. Values must be equal; ids, entity tags and times of the service are free, but an
/// id of the document means the same id of the answer wherever it stands.
struct GoldenComparison {
    /// Paths that differ for a reason.
    let differences: [String: String]
    private(set) var problems: [String] = []
    private var usedDifferences: Set<String> = []
    private var actualByDocumented: [String: String] = [:]

    init(differences: [String: String]) { self.differences = differences }

    /// Differences that were promised and are none.
    var unusedDifferences: [String] {
        differences.keys.filter { !usedDifferences.contains($0) }.sorted().map { "\($0) is no difference" }
    }

    mutating func compare(_ documented: SandboxJSON, _ actual: SandboxJSON?, _ path: String) {
        guard let actual else { return note("is missing", path) }
        switch (documented, actual) {
        case (.object(let members), .object):
            for member in members {
                compare(member.value, actual[member.name], path.isEmpty ? member.name : "\(path)/\(member.name)")
            }
        case (.array(let one), .array(let two)):
            if one.count != two.count { note("has \(two.count) elements instead of \(one.count)", path) }
            for (index, pair) in zip(one, two).enumerated() { compare(pair.0, pair.1, "\(path)/\(index)") }
        case (.string(let one), .string(let two)): compareText(one, two, path)
        case (.number(let one), .number(let two)):
            if Double(one) != Double(two) { note("is \(two) instead of \(one)", path) }
        case (.boolean(let one), .boolean(let two)):
            if one != two { note("is \(two) instead of \(one)", path) }
        case (.null, .null): break
        default: note("is \(text(actual)) instead of \(text(documented))", path)
        }
    }

    mutating func compareText(_ documented: String, _ actual: String, _ path: String) {
        if documented.utf8.elementsEqual(actual.utf8) { return }
        let (one, two) = (GoldenText(documented), GoldenText(actual))
        guard one.pattern.utf8.elementsEqual(two.pattern.utf8), one.ids.count == two.ids.count else {
            return note("is '\(actual)' instead of '\(documented)'", path)
        }
        for (id, other) in zip(one.ids, two.ids) where actualByDocumented[id, default: other] != other {
            note("is '\(actual)', but '\(id)' is '\(actualByDocumented[id] ?? "")' elsewhere", path)
        }
        for (id, other) in zip(one.ids, two.ids) { actualByDocumented[id] = other }
    }

    mutating func note(_ problem: String, _ path: String) {
        if differences[path] != nil {
            usedDifferences.insert(path)
        } else {
            problems.append("\(path.isEmpty ? "body" : path) \(problem)")
        }
    }

    private func text(_ json: SandboxJSON) -> String { String(decoding: json.bytes, as: UTF8.self) }
}
