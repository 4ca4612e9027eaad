import CoupletCore
import CoupletEngine
import CoupletPorts

/// The JSON documents that programs rely on: names are added, never changed.
enum Document {
    /// A failure.
    static func error(_ error: CoupletError, _ console: Console) -> JSONDocument {
        .object([
            "error": .object([
                "code": .string(error.message.code),
                "message": .string(console.text(error.message)),
                "remedy": .optional(console.remedy(error.message)),
            ])
        ])
    }

    /// A finished run.
    static func result(_ result: RunOrPlan, _ console: Console) -> JSONDocument {
        var members: [JSONDocument.Member] = [
            .init(name: "run", value: result.run.map { .integer($0) } ?? .null),
            .init(name: "jobs", value: .array((result.jobs ?? []).map(job))),
            .init(name: "paused", value: .array((result.paused ?? []).map { .string($0) })),
        ]
        if let notices = result.notices {
            members.append(.init(name: "notices", value: Self.notices(notices, console)))
        }
        if let settled = result.settledEarlier {
            let jobs = settled.map { JSONDocument.object(["job": .integer($0.job), "count": .integer($0.count)]) }
            members.append(.init(name: "settledEarlier", value: .array(jobs)))
        }
        if let plan = result.plan { members.append(.init(name: "plan", value: planOverview(plan, console))) }
        if let leftOut = result.leftOut {
            members.append(.init(name: "leftOut", value: .array(leftOut.map { step($0, console) })))
        }
        return .object(members)
    }

    /// What was noticed about mappings.
    static func notices(_ notices: [FindingsView.Finding], _ console: Console) -> JSONDocument {
        .array(
            notices.map { notice in
                .object([
                    "mapping": .string(notice.subject), "code": .string(notice.message.code),
                    "text": .string(console.text(notice.message)), "remedy": .optional(console.remedy(notice.message)),
                ])
            }
        )
    }

    /// A job.
    static func job(_ job: JobView) -> JSONDocument {
        .object([
            "id": .integer(job.id),
            "run": .integer(job.run),
            "mapping": .string(job.mapping),
            "direction": .string(job.direction.rawValue),
            "status": .string(job.status.rawValue),
            "counts": counts(job.counts),
            "skips": .object([
                "outOfScope": .integer(job.counts.skippedOutOfScope), "deleted": .integer(job.counts.skippedDeleted),
                "uncompared": .integer(job.counts.skippedUncompared), "moved": .integer(job.counts.skippedMoved),
            ]),
            "requests": requests(job.requests),
            "floor": requests(job.floor),
            "ratio": job.ratio.map { .decimal($0) } ?? .null,
            "startedAt": .string(job.startedAt.description),
            "seconds": .decimal(job.seconds),
        ])
    }

    /// The counters of a job.
    static func counts(_ counts: JobCounts) -> JSONDocument {
        .object(CountColumn.allCases.map { .init(name: $0.rawValue, value: .integer($0.value(in: counts))) })
    }

    /// Requests by side.
    static func requests(_ requests: BySide<Int>) -> JSONDocument {
        .object(["erp": .integer(requests.erp), "crm": .integer(requests.crm)])
    }

    /// A record in a list.
    static func record(_ record: RecordView) -> JSONDocument {
        .object([
            "side": .string(record.side.rawValue),
            "key": .string(record.typedKey),
            "number": .optional(record.key),
            "id": .string(record.id.description),
            "name": .string(record.name),
            "coupledTo": .optional(record.coupledTo?.description),
            "state": .string(record.state.rawValue),
        ])
    }

    /// A value: numbers as numbers, with the digits they came with.
    static func value(_ value: Value) -> JSONDocument {
        switch value {
        case .null: .null
        case .boolean(let boolean): .boolean(boolean)
        case .number(let digits): isJSONNumber(digits) ? .number(digits) : .string(digits)
        case .text(let text): .string(text)
        case .unkept: .object([.init(name: "kept", value: .boolean(false))])
        }
    }

    private static func isJSONNumber(_ text: String) -> Bool {
        var rest = text.utf8[...]
        func digits() -> Bool {
            let count = rest.prefix { (0x30...0x39).contains($0) }.count
            rest = rest.dropFirst(count)
            return count > 0
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let leadsWithZero = rest.first == UInt8(ascii: "0")
        let before = rest.count
        guard digits(), !leadsWithZero || before - rest.count == 1 else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard digits() else { return false }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard digits() else { return false }
        }
        return rest.isEmpty
    }
}

/// The counters of a job, in the order in which they are shown.
enum CountColumn: String, CaseIterable {
    case inserted
    case modified
    case unchanged
    case skipped
    case failed
    case parked
    case waiting
    case held
    case conflicts
    case questions
    case deleted
    case coupled
    case uncoupled

    /// The counter's value.
    func value(in counts: JobCounts) -> Int {
        switch self {
        case .inserted: counts.inserted
        case .modified: counts.modified
        case .unchanged: counts.unchanged
        case .skipped: counts.skipped
        case .failed: counts.failed
        case .parked: counts.parked
        case .waiting: counts.waiting
        case .held: counts.held
        case .conflicts: counts.conflicts
        case .questions: counts.questions
        case .deleted: counts.deleted
        case .coupled: counts.coupled
        case .uncoupled: counts.uncoupled
        }
    }
}
