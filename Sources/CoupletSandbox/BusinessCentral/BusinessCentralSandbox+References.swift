extension BusinessCentralEntity {
    /// The column that holds the code of a record of another table.
    func codeColumn(referringTo entitySet: String) -> Int? {
        for reference in references {
            switch reference {
            case .pair(_, let code, let target, _) where target == entitySet: return schema.index(of: code)
            case .code(let code, let target) where target == entitySet: return schema.index(of: code)
            case .pair, .id, .code: continue
            }
        }
        return nil
    }
}

extension BusinessCentralSandbox {
    /// Checks the references that were sent and fills in their other halves.
    /// - Throws: `BusinessCentralError` where one points nowhere or two contradict each other.
    func resolveReferences(
        _ texts: inout [String],
        _ sent: Set<String>,
        _ route: Route
    ) throws(BusinessCentralError) {
        let company = route.company ?? .zero
        for reference in route.entity.references {
            switch reference {
            case .pair(let id, let code, let set, let caption):
                guard sent.contains(id) || sent.contains(code) else { continue }
                guard let idIndex = route.entity.schema.index(of: id),
                    let codeIndex = route.entity.schema.index(of: code)
                else { continue }
                let pair = PairValues(
                    id: sent.contains(id) ? texts[idIndex] : nil,
                    code: sent.contains(code) ? texts[codeIndex] : nil
                )
                let found = try resolve(pair, names: (id, code), related(set, company), caption)
                texts[idIndex] = found?.id.description ?? ""
                texts[codeIndex] = found?.key ?? ""
            case .id(let id, let set, let caption):
                guard sent.contains(id), let index = route.entity.schema.index(of: id), !texts[index].isEmpty else {
                    continue
                }
                guard let guid = SandboxGUID(texts[index]), related(set, company)?[guid] != nil else {
                    throw .dialog("The \"\(id)\" does not match to a \(caption).")
                }
            case .code(let code, let set):
                guard sent.contains(code), let index = route.entity.schema.index(of: code), !texts[index].isEmpty else {
                    continue
                }
                guard related(set, company)?.row(naturalKey: texts[index]) == nil else { continue }
                let caption = route.entity.schema.columns[index].caption
                throw .noRelation(caption, route.entity.table, texts[index], entities[set]?.table ?? set)
            }
        }
    }

    private struct PairValues {
        let id: String?
        let code: String?
    }

    private func resolve(
        _ pair: PairValues,
        names: (id: String, code: String),
        _ table: SandboxTable?,
        _ caption: String
    ) throws(BusinessCentralError) -> (id: SandboxGUID, key: String)? {
        if let id = pair.id, !id.isEmpty {
            guard let guid = SandboxGUID(id), let table, let row = table[guid], let key = table.schema.naturalKey else {
                throw .dialog("The \"\(names.id)\" does not match to a \(caption).")
            }
            let code = row.fields.text(at: key)
            if let sent = pair.code, !sent.utf8.elementsEqual(code.utf8) {
                throw .dialog("The \(caption.lowercased()) values do not match to a specific \(caption).")
            }
            return (guid, code)
        }
        guard let code = pair.code, !code.isEmpty else { return nil }
        guard let row = table?.row(naturalKey: code) else {
            throw .dialog("The \"\(names.code)\" does not match to a \(caption).")
        }
        return (row.id, code)
    }

    /// Fills in the missing half of each pair where the other half is known; state is not refused.
    func completePairs(_ texts: inout [String], _ entity: BusinessCentralEntity, _ company: SandboxGUID) {
        for reference in entity.references {
            guard case .pair(let id, let code, let set, _) = reference, let idIndex = entity.schema.index(of: id),
                let codeIndex = entity.schema.index(of: code), let table = related(set, company),
                let key = table.schema.naturalKey
            else { continue }
            if texts[idIndex].isEmpty, let row = table.row(naturalKey: texts[codeIndex]) {
                texts[idIndex] = row.id.description
            } else if texts[codeIndex].isEmpty, let guid = SandboxGUID(texts[idIndex]), let row = table[guid] {
                texts[codeIndex] = row.fields.text(at: key)
            }
        }
    }

    private func related(_ entitySet: String, _ company: SandboxGUID) -> SandboxTable? {
        places[TableKey(company: company, entitySet: entitySet)].map { tables[$0] }
    }
}
