/// What a person is offered when one coupled record is synchronized now: the directions to choose from, the recommended
/// one, and what is asked.
public struct DirectionOffer: Codable, Sendable, Hashable {
    /// How two coupled records stand to each other.
    public struct Situation: Sendable, Hashable {
        /// Where the mapping lets values flow.
        public var direction: Direction
        /// Whether each side has changed since the records were last settled, in a field that the mapping reads there.
        public var isChanged: BySide<Bool>
        /// Whether a two-way field was changed on both sides, differently.
        public var isContested: Bool
        /// Whether the records differ in a field that the direction could write.
        public var isDifferent: Bool

        /// Creates a situation.
        public init(direction: Direction, isChanged: BySide<Bool>, isContested: Bool, isDifferent: Bool) {
            self.direction = direction
            self.isChanged = isChanged
            self.isContested = isContested
            self.isDifferent = isDifferent
        }
    }

    /// The directions to choose from; both ways is shown as Merge.
    public var choices: [Direction]
    /// The direction that loses nothing; nil where each would, and the answer is no unless a person says otherwise.
    public var recommended: Direction?
    /// What is asked; nil where there is nothing to ask.
    public var question: Message?

    /// The offer for one record.
    ///
    /// Merging is not offered where a field was changed on both sides: it would leave that field as it is.
    /// - Parameter situation: How the records stand.
    public init(_ situation: Situation) {
        switch situation.direction {
        case .bidirectional: self.init(twoWay: situation)
        case .toIntegrationTable: self.init(from: .erp, situation)
        case .fromIntegrationTable: self.init(from: .crm, situation)
        }
    }

    /// The offer for several records at once: a direction for all, without merging.
    /// - Parameter direction: Where the mapping lets values flow.
    public init(several direction: Direction) {
        switch direction {
        case .bidirectional:
            choices = [.toIntegrationTable, .fromIntegrationTable]
            question = Message("offer.several")
        case .toIntegrationTable, .fromIntegrationTable:
            choices = [direction]
            question = Message("offer.oneWay")
        }
        recommended = choices.first
    }

    private init(twoWay situation: Situation) {
        let all: [Direction] = [.toIntegrationTable, .fromIntegrationTable, .bidirectional]
        if situation.isContested {
            choices = Array(all.prefix(2))
            recommended = .toIntegrationTable
            question = Message("offer.contested")
            return
        }
        choices = all
        switch (situation.isChanged.erp, situation.isChanged.crm) {
        case (true, true): (recommended, question) = (.bidirectional, Message("offer.bothChanged"))
        case (true, false): (recommended, question) = (.toIntegrationTable, Message("offer.erpChanged"))
        case (false, true): (recommended, question) = (.fromIntegrationTable, Message("offer.crmChanged"))
        case (false, false): (recommended, question) = (.bidirectional, Message("offer.unchanged"))
        }
    }

    private init(from source: Side, _ situation: Situation) {
        choices = [situation.direction]
        let target = ["side": source.other.rawValue]
        switch (situation.isChanged[source], situation.isChanged[source.other], situation.isDifferent) {
        case (true, true, true): (recommended, question) = (nil, Message("offer.overwrites", target))
        case (true, true, false): (recommended, question) = (situation.direction, nil)
        case (false, true, _): (recommended, question) = (nil, Message("offer.targetNewer", target))
        case (_, false, _): (recommended, question) = (situation.direction, Message("offer.oneWay"))
        }
    }
}
