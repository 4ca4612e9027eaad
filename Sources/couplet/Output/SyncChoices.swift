import CoupletCore
import CoupletEngine
import CoupletPorts

/// Lets a person choose the direction in which coupled records are synchronized now.
struct SyncChoices {
    private let offer: SynchronizationOffer
    private let console: Console

    init(_ offer: SynchronizationOffer, _ console: Console) {
        self.offer = offer
        self.console = console
    }

    /// Shows the directions with what each would do, and what takes no part.
    func show() -> ExitStatus {
        if console.isJSON {
            console.print(document)
            return .done
        }
        for choice in offer.choices {
            let arguments = ["direction": console.text("direction.short.\(choice.direction.rawValue)")]
            let code = choice.direction == offer.recommended ? "offer.choiceRecommended" : "offer.choice"
            console.line(console.bold(console.text(code, arguments)))
            for step in choice.steps.prefix(40) { PlanReport.show(step, on: console) }
            if choice.steps.count > 40 { console.say("plan.more", ["count": String(choice.steps.count - 40)]) }
            if choice.steps.isEmpty { console.line("    " + console.text("plan.empty")) }
            if !choice.open.isEmpty {
                console.line("    " + console.text("offer.open", ["count": String(choice.open.count)]))
            }
            for record in choice.leftOut { line(record) }
        }
        for record in offer.leftOut { line(record) }
        return .done
    }

    /// Asks which direction it shall be.
    /// - Returns: The choice; nil where the person wants none.
    func ask() -> SynchronizationOffer.Choice? {
        guard let question = offer.question else { return offer.choices.first }
        let known = offer.recommended.map(Self.word)
        let words = offer.choices.map { Self.word($0.direction) }
        let answer = console.answer(
            "offer.prompt",
            [
                "question": console.text(question), "choices": (words + ["no"]).joined(separator: "/"),
                "usual": known ?? "no",
            ]
        )
        guard let answer, !answer.isEmpty || known != nil else { return nil }
        let word = answer.isEmpty ? known : answer
        if let chosen = offer.choices.first(where: { Self.word($0.direction) == word }) { return chosen }
        // One direction needs no name.
        let says = console.text("confirm.yes").split(separator: " ").contains { $0 == answer }
        return says && offer.choices.count == 1 ? offer.choices.first : nil
    }

    private static func word(_ direction: Direction) -> String {
        switch direction {
        case .bidirectional: "both"
        case .toIntegrationTable: "to"
        case .fromIntegrationTable: "from"
        }
    }

    private func line(_ record: SynchronizationOffer.LeftOut) {
        console.line(Table.harmless("! \(record.key) \(record.name): \(console.text(record.reason))"))
    }

    private var document: JSONDocument {
        func left(_ records: [SynchronizationOffer.LeftOut]) -> JSONDocument {
            .array(
                records.map { record in
                    .object([
                        "key": .string(record.key), "name": .string(record.name),
                        "reason": Document.reason(record.reason, console),
                    ])
                }
            )
        }
        return .object([
            "mapping": .string(offer.mapping),
            "question": offer.question.map { Document.reason($0, console) } ?? .null,
            "recommended": .optional(offer.recommended?.rawValue),
            "choices": .array(
                offer.choices.map { choice in
                    .object([
                        "direction": .string(choice.direction.rawValue),
                        "overwrites": .boolean(choice.putsBack),
                        "steps": .array(choice.steps.map { Document.step($0, console) }),
                        "open": .array(choice.open.map { .string($0.field) }),
                        "leftOut": left(choice.leftOut),
                    ])
                }
            ),
            "leftOut": left(offer.leftOut),
        ])
    }
}
