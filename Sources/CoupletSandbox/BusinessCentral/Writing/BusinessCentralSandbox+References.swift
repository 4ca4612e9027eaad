extension BusinessCentralSandbox {
    /// Checks the references that were sent and fills in what follows from them.
    /// - Throws: `BusinessCentralError` where one points nowhere or two contradict each other.
    func resolveReferences(_ draft: inout BusinessCentralDraft, _ route: Route) throws(BusinessCentralError) {
        for reference in route.entity.references {
            let isSent = [reference.id, reference.code].contains { $0.map(draft.sent.contains) ?? false }
            guard isSent else { continue }
            try resolve(reference, &draft, stored(reference.entitySet, route.company ?? .zero))
        }
    }

    private func resolve(
        _ reference: BusinessCentralReference,
        _ draft: inout BusinessCentralDraft,
        _ table: SandboxTable?
    ) throws(BusinessCentralError) {
        if reference.isFreeWhileEmpty, table?.count ?? 0 == 0 { return }
        let id = reference.id.flatMap { draft.sent.contains($0) ? draft[$0] : nil }
        let code = reference.code.flatMap { draft.sent.contains($0) ? draft[$0] : nil }
        var found: SandboxRow?
        if let id, !id.isEmpty {
            found = try row(id, reference, table)
            if let code, let row = found, let key = table?.schema.naturalKey, row.fields.text(at: key) != code {
                let caption = reference.caption
                throw .dialog("The \(caption.lowercased()) values do not match to a specific \(caption).")
            }
        } else if let code, !code.isEmpty {
            found = table?.row(naturalKey: code)
            if found == nil, !isItself(code, reference, draft), !isShownForBlank(code, reference, draft) {
                throw missing(code, reference, draft)
            }
        }
        guard found != nil || reference.id != nil || code?.isEmpty ?? true else { return }
        copy(found, reference, to: &draft, table)
    }

    private func row(
        _ id: String,
        _ reference: BusinessCentralReference,
        _ table: SandboxTable?
    ) throws(BusinessCentralError) -> SandboxRow {
        guard let row = SandboxGUID(id).flatMap({ table?[$0] }) else {
            throw .dialog("The \"\(reference.id ?? "")\" does not match to a \(reference.caption).")
        }
        return row
    }

    /// Whether a code is the one that a blank shows: the company's own currency, which has no record.
    private func isShownForBlank(
        _ code: String,
        _ reference: BusinessCentralReference,
        _ draft: BusinessCentralDraft
    ) -> Bool {
        guard let column = reference.code.flatMap({ draft.entity.schema.index(of: $0) }) else { return false }
        return draft.entity.schema.columns[column].blank.elementsEqual("\"\(code)\"".utf8)
    }

    /// Whether a record points to itself.
    private func isItself(
        _ code: String,
        _ reference: BusinessCentralReference,
        _ draft: BusinessCentralDraft
    ) -> Bool {
        guard reference.entitySet == draft.entity.place, let key = draft.entity.schema.naturalKey else {
            return false
        }
        return draft.texts[key] == code
    }

    private func missing(
        _ code: String,
        _ reference: BusinessCentralReference,
        _ draft: BusinessCentralDraft
    ) -> BusinessCentralError {
        let name = reference.code ?? ""
        guard reference.id == nil else {
            return .dialog("The \"\(name)\" does not match to a \(reference.caption).")
        }
        let caption = draft.entity.schema.index(of: name).map { draft.entity.schema.columns[$0].caption } ?? name
        let related = entities[reference.entitySet]?.table ?? reference.entitySet
        return .noRelation(caption, draft.entity.table, code, related)
    }

    private func copy(
        _ row: SandboxRow?,
        _ reference: BusinessCentralReference,
        to draft: inout BusinessCentralDraft,
        _ table: SandboxTable?
    ) {
        if let id = reference.id { draft[id] = row?.id.description ?? "" }
        if let code = reference.code, let key = table?.schema.naturalKey {
            draft[code] = row?.fields.text(at: key) ?? ""
        }
        for fill in reference.fills {
            let source = table?.schema.index(of: fill.theirs)
            draft[fill.own] = row.flatMap { row in source.map { row.fields.text(at: $0) } } ?? ""
        }
    }

    /// Fills in what is missing and follows from references that are known; state is not refused.
    func completeReferences(_ draft: inout BusinessCentralDraft, _ company: SandboxGUID) {
        for reference in draft.entity.references {
            guard let table = stored(reference.entitySet, company) else { continue }
            var found = reference.id.flatMap { SandboxGUID(draft[$0]) }.flatMap { table[$0] }
            if found == nil, let code = reference.code, !draft[code].isEmpty {
                found = table.row(naturalKey: draft[code])
            }
            guard let found else { continue }
            let before = draft
            copy(found, reference, to: &draft, table)
            for fill in reference.fills where !before[fill.own].isEmpty { draft[fill.own] = before[fill.own] }
        }
    }
}
