import CoupletCore
import CoupletEngine
import CoupletPorts

/// Shows what synchronizing everything would do, mapping by mapping.
enum ReviewReport {
    /// Shows the review.
    static func show(_ view: ReviewView, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(document(view, console))
            return .done
        }
        var table = Table([
            .init(title: console.text("column.mapping"), isFlexible: true),
            .init(title: console.text("column.direction")),
            .init(title: console.text("column.coupled"), isNumeric: true),
            .init(title: console.text("column.uncoupledERP"), isNumeric: true),
            .init(title: console.text("column.uncoupledCRM"), isNumeric: true),
            .init(title: console.text("column.created"), isNumeric: true),
            .init(title: console.text("column.changed"), isNumeric: true),
            .init(title: console.text("column.advice")),
            .init(title: console.text("column.after"), isOptional: true),
        ])
        for line in view.lines {
            table.add([
                line.mapping, console.text("direction.short.\(line.direction.rawValue)"), String(line.coupled),
                String(line.uncoupled.erp), String(line.uncoupled.crm),
                String(line.created.erp + line.created.crm), String(line.changed.erp + line.changed.crm),
                console.text("advice.\(line.advice.rawValue)"), line.after.joined(separator: ", "),
            ])
        }
        console.show(table)
        for line in view.lines where line.advice == .couple {
            console.say("advice.couple.how", ["mapping": console.typed(line.mapping)])
        }
        if let plan = view.plan, plan.counts.steps > 0 { console.say("plan.apply", ["plan": String(plan.id)]) }
        if view.canContinue { console.say("review.continue") }
        return .done
    }

    private static func document(_ view: ReviewView, _ console: Console) -> JSONDocument {
        .object([
            "mappings": .array(
                view.lines.map { line in
                    .object([
                        "mapping": .string(line.mapping), "direction": .string(line.direction.rawValue),
                        "after": .array(line.after.map { .string($0) }), "coupled": .integer(line.coupled),
                        "uncoupled": Document.requests(line.uncoupled), "advice": .string(line.advice.rawValue),
                        "created": Document.requests(line.created), "changed": Document.requests(line.changed),
                        "lastStatus": .object([
                            "erp": .optional(line.lastStatus.erp?.rawValue),
                            "crm": .optional(line.lastStatus.crm?.rawValue),
                        ]),
                        "isDone": .boolean(line.isDone),
                    ])
                }
            ),
            "plan": view.plan.map { Document.planOverview($0, console) } ?? .null,
            "canContinue": .boolean(view.canContinue),
        ])
    }
}
