import CoupletCore
import CoupletEngine
import CoupletPorts

/// Shows the counterparts that a person can choose for a record, and what each choice would write.
struct CoupleChoices {
    private let offer: CouplingOffer
    private let console: Console

    init(_ offer: CouplingOffer, _ console: Console) {
        self.offer = offer
        self.console = console
    }

    /// Shows all of it.
    func show() -> ExitStatus {
        if console.isJSON {
            console.print(document)
            return .done
        }
        let record = offer.record
        console.line(
            console.bold(
                Table.harmless(
                    console.text(
                        "couple.offer.head",
                        [
                            "mapping": offer.mapping, "name": record.name, "key": record.typedKey,
                            "side": console.text("side.\(record.side.rawValue)"),
                            "state": console.text("state.\(record.state.rawValue)"),
                        ]
                    )
                )
            )
        )
        if let obstacle = offer.obstacle { show(obstacle) }
        if offer.counterparts.isEmpty {
            console.say("couple.offer.none", ["side": console.text("side.\(record.side.other.rawValue)")])
        }
        for counterpart in offer.counterparts { show(counterpart) }
        console.line(console.bold(console.text("couple.offer.creates")))
        show(offer.creation)
        if let side = offer.recommended {
            console.say("couple.offer.recommended", ["sync": side == .erp ? "to" : "from"])
        }
        return .done
    }

    private func show(_ counterpart: CouplingOffer.Counterpart) {
        let arguments = [
            "key": counterpart.key, "name": counterpart.name,
            "number": counterpart.number == counterpart.key ? "" : counterpart.number ?? "",
            "score": counterpart.score.map { OpenItemReport.percent($0) } ?? "",
        ]
        console.line(console.bold(Table.harmless(console.text("couple.offer.counterpart", arguments))))
        if counterpart.isPresent { line(console.text("couple.offer.present")) }
        let why = (counterpart.reasons + counterpart.notices).map { console.text($0) }
        if !why.isEmpty { line(why.joined(separator: "; ")) }
        if let obstacle = counterpart.obstacle { show(obstacle) }
        let same = counterpart.fields.filter { $0.isSame && !$0.values.erp.isBlank }
        if !same.isEmpty {
            line(console.text("couple.offer.same", ["fields": same.map(name).joined(separator: ", ")]))
        }
        for field in counterpart.fields where !field.isSame {
            let values = ["field": name(field), "erp": text(field.values.erp), "crm": text(field.values.crm)]
            line(console.text("couple.offer.differs", values))
        }
        guard counterpart.obstacle == nil, offer.obstacle == nil else { return }
        for way in counterpart.ways {
            guard let values = way.values, way.obstacle == nil else { continue }
            line(console.text("couple.offer.way.\(values.rawValue)"))
            show(way)
        }
    }

    private func show(_ way: CouplingOffer.Way) {
        if let obstacle = way.obstacle { return show(obstacle) }
        for step in way.steps { PlanReport.show(step, on: console) }
        for problem in way.problems { line("! " + console.text(problem)) }
        if !way.open.isEmpty { line(console.text("offer.open", ["count": String(way.open.count)])) }
        if way.steps.isEmpty, way.problems.isEmpty { line(console.text("couple.offer.nothing")) }
    }

    private func show(_ obstacle: CoupletError) {
        line("! " + console.text(obstacle.message))
        if let remedy = console.remedy(obstacle.message) { line("  " + remedy) }
    }

    private func line(_ text: String) { console.line("    " + Table.harmless(text)) }

    private func name(_ field: CouplingOffer.Field) -> String { field.field.replacing("|", with: " / ") }

    private func text(_ value: Value) -> String { console.text(value) }

    // MARK: For programs

    private var document: JSONDocument {
        .object([
            "mapping": .string(offer.mapping),
            "record": Document.record(offer.record),
            "obstacle": reason(offer.obstacle),
            "counterparts": .array(offer.counterparts.map(document)),
            "create": document(offer.creation),
            "recommended": .optional(offer.recommended?.rawValue),
        ])
    }

    private func document(_ counterpart: CouplingOffer.Counterpart) -> JSONDocument {
        .object([
            "key": .string(counterpart.key),
            "number": .optional(counterpart.number),
            "id": .string(counterpart.id.description),
            "name": .string(counterpart.name),
            "score": counterpart.score.map { .decimal($0) } ?? .null,
            "reasons": .array(counterpart.reasons.map { .string(console.text($0)) }),
            "coupled": .boolean(counterpart.isPresent),
            "obstacle": reason(counterpart.obstacle),
            "notices": .array(counterpart.notices.map { Document.reason($0, console) }),
            "fields": .object(
                counterpart.fields.map { field in
                    .init(
                        name: field.field,
                        value: .object([
                            "direction": .string(field.direction.rawValue),
                            "erp": Document.value(field.values.erp),
                            "crm": Document.value(field.values.crm),
                            "same": .boolean(field.isSame),
                        ])
                    )
                }
            ),
            "ways": .array(counterpart.ways.map(document)),
        ])
    }

    private func document(_ way: CouplingOffer.Way) -> JSONDocument {
        .object([
            "values": .optional(way.values?.rawValue),
            "obstacle": reason(way.obstacle),
            "steps": .array(way.steps.map { Document.step($0, console) }),
            "open": .array(way.open.map { .string($0.field) }),
            "problems": .array(way.problems.map { Document.reason($0, console) }),
        ])
    }

    private func reason(_ error: CoupletError?) -> JSONDocument {
        error.map { Document.reason($0.message, console) } ?? .null
    }
}
