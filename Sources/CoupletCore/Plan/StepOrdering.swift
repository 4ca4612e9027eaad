/// The order in which mappings and steps are worked: what is referenced comes first.
public enum StepOrdering {
    /// The order of mappings: each after those whose couplings its references need and those that it depends on by name,
    /// else as given.
    ///
    /// Optional references are followed too where they make no cycle; a mapping may refer to itself.
    /// - Parameter mappings: The mappings of a run.
    /// - Returns: The same mappings in order.
    /// - Throws: `mapping.requiredCycle` when required references lead round, with the status `wrongConfiguration`.
    public static func ordered(_ mappings: [TableMapping]) throws(CoupletError) -> [TableMapping] {
        var rest = mappings
        var result: [TableMapping] = []
        while !rest.isEmpty {
            let names = Set(rest.map(\.name))
            let next =
                rest.firstIndex { references(of: $0, onlyRequired: false).isDisjoint(with: names) }
                ?? rest.firstIndex { references(of: $0, onlyRequired: true).isDisjoint(with: names) }
            guard let next else {
                let cycle = cycle(in: rest).joined(separator: ", ")
                throw CoupletError("mapping.requiredCycle", ["mappings": cycle], status: .wrongConfiguration)
            }
            result.append(rest.remove(at: next))
        }
        return result
    }

    /// The order of steps: by the order of their mappings, couplings and uncouplings before creates before changes within
    /// one, else as given.
    ///
    /// A step refers only to records that are coupled already, so the order of mappings is what puts a referenced
    /// record's own step first.
    /// - Parameters:
    ///   - steps: The steps of a job or a batch.
    ///   - mappings: Mapping names in the order of `ordered(_:)`; unknown ones come last.
    /// - Returns: The same steps in order.
    public static func ordered(_ steps: [Step], mappings: [String]) -> [Step] {
        let ranks = Dictionary(mappings.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let keyed = steps.enumerated().map { index, step in
            (rank: ranks[step.mapping] ?? mappings.count, action: order(of: step.action), index: index, step: step)
        }
        return keyed.sorted { ($0.rank, $0.action, $0.index) < ($1.rank, $1.action, $1.index) }.map(\.step)
    }

    /// The names of mappings whose required references lead round, in the order of their references; empty when none do.
    static func cycle(in mappings: [TableMapping]) -> [String] {
        var open = mappings
        // Taking away, in turn, what nothing holds up leaves the cycles and what refers to them.
        while let free = open.firstIndex(where: { mapping in
            references(of: mapping, onlyRequired: true).isDisjoint(with: open.map(\.name))
        }) {
            open.remove(at: free)
        }
        guard var mapping = open.first else { return [] }
        var path: [String] = []
        while true {
            if let start = path.firstIndex(of: mapping.name) { return Array(path[start...]) }
            path.append(mapping.name)
            let wanted = references(of: mapping, onlyRequired: true)
            guard let next = open.first(where: { wanted.contains($0.name) }) else { return path }
            mapping = next
        }
    }

    /// The names of the mappings that are worked before a mapping, in alphabetical order.
    /// - Parameter mapping: The mapping.
    /// - Returns: The names, the mapping's own left out.
    public static func predecessors(of mapping: TableMapping) -> [String] {
        references(of: mapping, onlyRequired: false).sorted()
    }

    static func references(of mapping: TableMapping, onlyRequired: Bool) -> Set<String> {
        let references = mapping.enabledFields.compactMap(\.reference).filter { $0.required || !onlyRequired }
        return Set(references.flatMap(\.mappings) + mapping.dependsOn).subtracting([mapping.name])
    }

    private static func order(of action: Step.Action) -> Int {
        switch action {
        case .couple, .uncouple: 0
        case .create: 1
        case .update: 2
        case .delete: 3
        }
    }
}
