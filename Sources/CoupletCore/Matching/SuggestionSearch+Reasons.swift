extension SuggestionSearch {
    /// Why a candidate is suggested, and what speaks against it, in the order of the fields.
    func reasons(_ erp: Int, _ crm: Int, _ fields: [ComparedField], _ candidates: [Scored]) -> [Message] {
        var reasons: [Message] = []
        for trait in traits {
            let level = trait.compare((.erp, erp), (.crm, crm))
            guard let likeness = Likeness(rawValue: level) else { continue }
            let field = fields[trait.field]
            let names = ["erpField": field.erp, "crmField": field.crm]
            if let code = code(trait, likeness, erp) { reasons.append(Message(code, names)) }
        }
        let others = candidates.filter { $0.crm != crm && $0.score >= 0.02 }.count
        if others > 0 { reasons.append(Message("match.severalCandidates", ["count": String(others + 1)])) }
        return reasons
    }

    private func code(_ trait: Trait, _ likeness: Likeness, _ erp: Int) -> String? {
        switch (trait.part, likeness) {
        case (.legalForm, .different): "match.otherLegalForm"
        case (.numbers, .different): "match.otherNumbers"
        case (.legalForm, _), (.numbers, _): nil
        case (_, .same): isRare(trait, erp) ? "match.sameAndRare" : "match.same"
        case (.words, .near): "match.nearWords"
        case (.words, .close): "match.mostlySameWords"
        case (.code, .near), (.date, .near), (.address, .near), (.code, .close), (.date, .close), (.address, .close):
            "match.nearCode"
        case (.words, .partial): "match.partlySameWords"
        case (.address, .partial): "match.partlySameAddress"
        case (.date, .partial): "match.sameYear"
        case (.code, .partial): "match.sameBeginning"
        case (_, .different): "match.different"
        }
    }

    /// Whether no other records share the value.
    private func isRare(_ trait: Trait, _ erp: Int) -> Bool {
        let value = trait.columns.erp.values[erp]
        return trait.values.counts[Int(value)] <= 2 && trait.count > 20
    }
}
