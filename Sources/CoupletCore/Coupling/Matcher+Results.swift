extension Matcher {
    /// Matches what was added.
    ///
    /// The rules are tried in order, each by itself. An ERP record that a rule settles or puts in question is left out
    /// by later rules; a CRM record that an earlier rule used is no free candidate any more. One free candidate that is
    /// claimed by one ERP record only makes a couple. Several candidates, several claimants, and candidates of which
    /// none is free make a question.
    /// - Returns: Couples, questions and the ERP records that no rule found anything for, each in the order of ERP ids.
    public func results() -> (couples: [Couple], questions: [Ambiguity], unmatched: [RecordID]) {
        var couples: [Couple] = []
        var questions: [Ambiguity] = []
        var isDone = Array(repeating: false, count: records.erp.ids.count)
        var isFree = records.crm.isCoupled.map { !$0 }
        for slot in rules.indices {
            var used: [Int] = []
            for group in groups(slot, isDone: isDone) where !group.crm.isEmpty {
                let free = group.crm.filter { isFree[$0] }
                for claimant in group.erp { isDone[claimant] = true }
                used += free
                if free.count == 1, group.erp.count == 1 {
                    couples.append(couple(group.erp[0], free[0], slot))
                } else {
                    for claimant in group.erp {
                        questions.append(ambiguity(claimant, group, slot, isFree: isFree))
                    }
                }
            }
            for candidate in used { isFree[candidate] = false }
        }
        let unmatched = records.erp.ids.indices.filter { !isDone[$0] }.map { records.erp.ids[$0] }
        return (couples.sorted { $0.erp < $1.erp }, questions.sorted { $0.erp < $1.erp }, unmatched.sorted())
    }

    /// Records of both sides with the same key.
    private struct Group {
        var erp: [Int] = []
        var crm: [Int] = []
    }

    private func groups(_ slot: Int, isDone: [Bool]) -> [Group] {
        let (erpKeys, crmKeys) = (records.erp.keys[slot], records.crm.keys[slot])
        let keyCount = Int(max(erpKeys.max() ?? -1, crmKeys.max() ?? -1)) + 1
        var places = Array(repeating: -1, count: keyCount)
        var groups: [Group] = []
        for index in erpKeys.indices where erpKeys[index] >= 0 && !isDone[index] {
            let key = Int(erpKeys[index])
            if places[key] < 0 {
                places[key] = groups.count
                groups.append(Group())
            }
            groups[places[key]].erp.append(index)
        }
        for index in crmKeys.indices where crmKeys[index] >= 0 && places[Int(crmKeys[index])] >= 0 {
            groups[places[Int(crmKeys[index])]].crm.append(index)
        }
        return groups
    }

    private func couple(_ erp: Int, _ crm: Int, _ slot: Int) -> Couple {
        Couple(
            erp: records.erp.ids[erp],
            crm: records.crm.ids[crm],
            rule: rules[slot].index,
            score: certainty(slot),
            reasons: reasons(erp, crm)
        )
    }

    private func ambiguity(_ erp: Int, _ group: Group, _ slot: Int, isFree: [Bool]) -> Ambiguity {
        let weights = group.crm.map { candidate in
            Double(agreeing(erp, candidate).count) * (isFree[candidate] ? 1 : 0.5)
        }
        let total = weights.reduce(0, +) * Double(max(group.erp.count, 1))
        let candidates = zip(group.crm, weights).map { candidate, weight in
            var why = reasons(erp, candidate)
            if records.crm.isCoupled[candidate] {
                why.append(Message("match.taken"))
            } else if !isFree[candidate] {
                why.append(Message("match.usedByEarlierRule"))
            }
            if group.crm.count > 1 {
                why.append(Message("match.severalCandidates", ["count": String(group.crm.count)]))
            }
            if group.erp.count > 1 {
                why.append(Message("match.severalClaimants", ["count": String(group.erp.count)]))
            }
            return Candidate(
                id: records.crm.ids[candidate],
                score: min(0.99, certainty(slot) * weight / max(total, 1)),
                reasons: why,
                isCoupled: records.crm.isCoupled[candidate]
            )
        }
        let ordered = candidates.sorted { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
        return Ambiguity(erp: records.erp.ids[erp], candidates: ordered)
    }

    private func certainty(_ slot: Int) -> Double { Double(max(3, 10 - slot)) / 10 }

    /// The rules by which two records are equal.
    private func agreeing(_ erp: Int, _ crm: Int) -> [Int] {
        rules.indices.filter { slot in
            let key = records.erp.keys[slot][erp]
            return key >= 0 && key == records.crm.keys[slot][crm]
        }
    }

    private func reasons(_ erp: Int, _ crm: Int) -> [Message] {
        agreeing(erp, crm).flatMap { slot in
            rules[slot].rule.pairs.map { Message("match.equal", ["erpField": $0.erp, "crmField": $0.crm]) }
        }
    }
}
