import CoupletCore
import CoupletPorts

/// A batch on its way: which parts were sent, and what became of those that were not.
struct BatchDraft {
    private let parts: [WritePart]
    private let takesIDs: Bool
    private var outcomes: [Outcome]
    private var sent: [Int] = []

    init(_ parts: [WritePart], takesIDs: Bool) {
        self.parts = parts
        self.takesIDs = takesIDs
        outcomes = Array(repeating: .notAttempted, count: parts.count)
    }

    /// How many parts were sent.
    var sentCount: Int { sent.count }
    /// Whether nothing is to be sent.
    var isEmpty: Bool { sent.isEmpty }

    /// Hands each part that may be sent to a function with its number among those sent.
    mutating func send(_ each: (Int, WritePart) throws(UnfitValue) -> Void) {
        for (position, part) in parts.enumerated() {
            if let refusal = refusal(of: part) {
                outcomes[position] = refusal
                continue
            }
            do throws(UnfitValue) {
                try each(sent.count, part)
                sent.append(position)
            } catch {
                outcomes[position] = .rejected(error.problem)
            }
        }
    }

    /// An update without a version would overwrite whatever is there; the caller reads the record and plans again.
    private func refusal(of part: WritePart) -> Outcome? {
        switch part.operation {
        case .update(_, let version), .delete(_, let version):
            return version.isEmpty || version == "*" ? .preconditionFailed : nil
        case .create(let id):
            guard (id != nil) != takesIDs else { return nil }
            let message =
                takesIDs ? Detail.text("detail.idNeeded") : Detail.text("detail.idChosenThere")
            return .rejected(RemoteProblem(kind: .validation, code: "idOfCreate", message: message))
        }
    }

    /// The result when nothing was sent.
    func result(seconds: Double) -> BatchResult { BatchResult(outcomes: outcomes, seconds: seconds) }

    /// The result when one thing holds for all that were sent.
    func result(all outcome: Outcome, seconds: Double) -> BatchResult {
        result(BatchResult(outcomes: Array(repeating: outcome, count: sent.count), seconds: seconds))
    }

    /// The result when those that were sent have one.
    func result(_ result: BatchResult) -> BatchResult {
        var all = outcomes
        for (position, outcome) in zip(sent, result.outcomes) { all[position] = outcome }
        return BatchResult(outcomes: all, seconds: result.seconds, wasTooLarge: result.wasTooLarge)
    }

    /// The result from the answers to those that were sent.
    ///
    /// A part without an answer was not attempted, unless the answer was cut off.
    func result(_ answers: [DecodedPart?], isWhole: Bool, seconds: Double, now: Instant) -> BatchResult {
        let outcomes = sent.indices.map { number -> Outcome in
            guard answers.indices.contains(number), let answer = answers[number] else {
                return isWhole ? .notAttempted : .unknown
            }
            return PartOutcome.outcome(of: answer, for: parts[sent[number]], now: now)
        }
        return result(BatchResult(outcomes: outcomes, seconds: seconds))
    }
}

extension FetchedRecord {
    /// What the answer to reading one record says.
    init(_ part: DecodedPart?, id: RecordID, layout: RowLayout) {
        guard let part else {
            self = .putOff(detail: "the batch has no answer for \(id)")
            return
        }
        switch part.status {
        case 200..<300:
            if let row = part.row, part.id == id {
                self = .present(ObservedRow(row: row, layout: layout, version: part.version))
            } else {
                self = .unknown(detail: "the answer for \(id) holds another record")
            }
        case 404 where part.error?.isAboutAddress == false: self = .missing
        case 408, 429, 500..<600: self = .putOff(detail: Self.detail(part))
        default: self = .unknown(detail: Self.detail(part))
        }
    }

    private static func detail(_ part: DecodedPart) -> String {
        "HTTP \(part.status), \(part.error?.text ?? "no message")"
    }
}
