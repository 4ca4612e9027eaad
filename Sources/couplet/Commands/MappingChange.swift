import CoupletCore
import CoupletEngine

/// Shows what applying mappings changes, asks where a person can be asked, and applies them.
struct MappingChange {
    /// Where the command speaks.
    let console: Console
    /// Who performs the actions.
    let actions: any ActionPerformer

    /// Applies mappings, or only shows what that would change.
    /// - Parameters:
    ///   - action: The mappings, and whether this is a preview.
    ///   - problem: Where a problem stands in the file.
    ///   - file: What the mappings came from.
    /// - Returns: How it ended.
    /// - Throws: `CoupletError` with all problems.
    func perform(
        _ action: ApplyMappings,
        problem: (CoupletError) -> FileProblem,
        file: () -> String
    ) async throws -> ExitStatus {
        var first = action
        first.isPreview = action.isPreview || console.asks
        var view = try await actions.perform(first, showingProgressOn: console)
        try check(view, problem, file())
        if !console.isJSON { show(view) }
        if !action.isPreview, !view.isApplied, view.changes.contains(where: \.changes) {
            guard console.confirms("mapping.confirmApply") else {
                console.say("confirm.declined")
                return .done
            }
            view = try await actions.perform(action, showingProgressOn: console)
            try check(view, problem, file())
        }
        if console.isJSON {
            console.print(document(view))
        } else if !view.changes.contains(where: \.changes) {
            console.say("mapping.nothingToApply")
        } else if view.isApplied {
            console.say("mapping.applied", ["count": String(view.changes.count(where: \.changes))])
            for change in view.changes where change.changes && change.couplings > 0 {
                console.say("mapping.compareAll", ["mapping": change.after.name])
            }
        } else {
            console.say("mapping.onlyShown")
        }
        return .done
    }

    private func check(_ view: MappingChangesView, _ problem: (CoupletError) -> FileProblem, _ file: String) throws {
        guard view.problems.isEmpty else { throw console.failure(in: file, view.problems.map(problem)) }
    }

    private func show(_ view: MappingChangesView) {
        for change in view.changes {
            let code =
                change.before == nil ? "mapping.isAdded" : change.changes ? "mapping.isChanged" : "mapping.isUnchanged"
            console.line(console.bold(console.text(code, ["mapping": change.after.name])))
            guard change.changes else { continue }
            for line in MappingDiff(before: change.before, after: change.after).excerpt() {
                switch line {
                case nil: console.line("  …")
                case .same(let text)?: console.line("  " + Table.harmless(text))
                case .removed(let text)?:
                    console.line(console.coloured("- " + Table.harmless(text), isAdded: false))
                case .added(let text)?: console.line(console.coloured("+ " + Table.harmless(text), isAdded: true))
                }
            }
        }
    }

    private func document(_ view: MappingChangesView) -> JSONDocument {
        let changes = view.changes.map { change -> JSONDocument in
            let lines = change.changes ? MappingDiff(before: change.before, after: change.after).lines : []
            let removed = lines.compactMap { if case .removed(let text) = $0 { text } else { nil } }
            let added = lines.compactMap { if case .added(let text) = $0 { text } else { nil } }
            return .object([
                "mapping": .string(change.after.name),
                "change": .string(change.before == nil ? "added" : change.changes ? "changed" : "unchanged"),
                "couplings": .integer(change.couplings),
                "removed": .array(removed.map { .string($0) }),
                "added": .array(added.map { .string($0) }),
            ])
        }
        return .object(["applied": .boolean(view.isApplied), "changes": .array(changes)])
    }
}
