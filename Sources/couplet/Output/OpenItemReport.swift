import CoupletCore
import CoupletEngine
import CoupletPorts

/// Shows what waits for a person: questions and conflicts.
enum OpenItemReport {
    /// Shows open questions with their candidates and how to answer.
    static func show(_ view: QuestionsView, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(.object(["questions": .array(view.questions.map { Document.question($0, console) })]))
            return .done
        }
        for question in view.questions { line(question, console) }
        console.say("questions.count", ["count": String(view.questions.count)])
        if !view.questions.isEmpty { console.say("questions.how") }
        return .done
    }

    /// Shows open conflicts.
    static func show(_ view: ConflictsView, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(.object(["conflicts": .array(view.conflicts.map(Document.conflict))]))
            return .done
        }
        for conflict in view.conflicts { line(conflict, console) }
        console.say("conflicts.count", ["count": String(view.conflicts.count)])
        if !view.conflicts.isEmpty { console.say("conflicts.how", ["id": "ID"]) }
        return .done
    }

    /// Shows one conflict.
    static func show(_ conflict: ConflictRecord, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(.object(["conflict": Document.conflict(conflict)]))
            return .done
        }
        line(conflict, console)
        console.say("conflicts.how", ["id": String(conflict.id)])
        return .done
    }

    /// A score in words: only what is certain is 100 %.
    static func percent(_ score: Double) -> String {
        "\(score < 1 ? min(99, Int((score * 100).rounded())) : 100) %"
    }

    /// A question with its candidates or differing fields.
    static func line(_ question: QuestionRecord, _ console: Console) {
        console.line(
            console.bold(
                Table.harmless(
                    console.text(
                        "question.\(question.kind.rawValue)",
                        [
                            "id": question.id > 0 ? String(question.id) : "", "mapping": question.mapping,
                            "side": console.text("side.\(question.side.rawValue)"), "record": question.label,
                        ]
                    )
                )
            )
        )
        for candidate in question.candidates {
            let reasons = candidate.reasons.map { console.text($0) }.joined(separator: "; ")
            let key = candidate.key.map { "\($0)  " } ?? ""
            let typed = candidate.id.typed(on: question.side.other)
            let score = percent(candidate.score)
            console.line(Table.harmless("    \(typed)  \(key)\(candidate.name)  \(score)  \(reasons)"))
        }
        for field in question.fields { line(field, console) }
    }

    /// A conflict with its fields: the settled value, and what each side has now.
    static func line(_ conflict: ConflictRecord, _ console: Console) {
        console.line(
            console.bold(
                Table.harmless(
                    console.text(
                        "conflict.head",
                        [
                            "id": conflict.id > 0 ? String(conflict.id) : "", "mapping": conflict.mapping,
                            "record": conflict.label,
                        ]
                    )
                )
            )
        )
        for field in conflict.fields { line(field, console) }
    }

    private static func line(_ difference: FieldDifference, _ console: Console) {
        func shown(_ value: Value) -> String { console.text(value) }
        let names = difference.field.split(separator: "|").map(String.init)
        let text = console.text(
            "difference",
            [
                "erpField": names.first ?? "", "crmField": names.last ?? "",
                "erp": shown(difference.present.erp), "crm": shown(difference.present.crm),
                "base": difference.base.map { shown($0.erp) } ?? "",
            ]
        )
        console.line(Table.harmless("    " + text))
    }
}
