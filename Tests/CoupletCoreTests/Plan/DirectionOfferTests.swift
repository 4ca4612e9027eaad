import CoupletCore
import Testing

@Suite("The directions a person chooses from")
struct DirectionOfferTests {
    private typealias Situation = DirectionOffer.Situation

    private static func offer(
        _ direction: Direction,
        erp: Bool = false,
        crm: Bool = false,
        contested: Bool = false,
        different: Bool = false
    ) -> DirectionOffer {
        DirectionOffer(
            Situation(
                direction: direction,
                isChanged: BySide(erp: erp, crm: crm),
                isContested: contested,
                isDifferent: different
            )
        )
    }

    @Test func `merging is not offered where a field was changed on both sides`() {
        let offer = Self.offer(.bidirectional, erp: true, crm: true, contested: true, different: true)
        #expect(offer.choices == [.toIntegrationTable, .fromIntegrationTable])
        #expect(offer.recommended == .toIntegrationTable)
        #expect(offer.question?.code == "offer.contested")
    }

    @Test(arguments: [
        (true, true, Direction.bidirectional, "offer.bothChanged"),
        (true, false, .toIntegrationTable, "offer.erpChanged"),
        (false, true, .fromIntegrationTable, "offer.crmChanged"),
        (false, false, .bidirectional, "offer.unchanged"),
    ])
    func `otherwise all three are offered, and what loses nothing is recommended`(
        erp: Bool,
        crm: Bool,
        recommended: Direction,
        code: String
    ) {
        let offer = Self.offer(.bidirectional, erp: erp, crm: crm, different: erp || crm)
        #expect(offer.choices == [.toIntegrationTable, .fromIntegrationTable, .bidirectional])
        #expect(offer.recommended == recommended)
        #expect(offer.question?.code == code)
    }

    @Test(arguments: [(Direction.toIntegrationTable, Side.erp), (.fromIntegrationTable, .crm)])
    func `a one-way mapping has its direction, and asks before it writes over what is newer`(
        direction: Direction,
        source: Side
    ) {
        func offer(source isSource: Bool, target isTarget: Bool, different: Bool) -> DirectionOffer {
            Self.offer(
                direction,
                erp: source == .erp ? isSource : isTarget,
                crm: source == .crm ? isSource : isTarget,
                different: different
            )
        }
        let both = offer(source: true, target: true, different: true)
        #expect(both.choices == [direction])
        #expect(both.recommended == nil)
        #expect(both.question?.code == "offer.overwrites")
        #expect(both.question?.arguments["side"] == source.other.rawValue)
        let same = offer(source: true, target: true, different: false)
        #expect(same.recommended == direction)
        #expect(same.question == nil)
        let newer = offer(source: false, target: true, different: true)
        #expect(newer.recommended == nil)
        #expect(newer.question?.code == "offer.targetNewer")
        for isSource in [true, false] {
            let usual = offer(source: isSource, target: false, different: isSource)
            #expect(usual.recommended == direction)
            #expect(usual.question?.code == "offer.oneWay")
        }
    }

    @Test func `several records get one direction, without merging`() {
        #expect(DirectionOffer(several: .bidirectional).choices == [.toIntegrationTable, .fromIntegrationTable])
        #expect(DirectionOffer(several: .fromIntegrationTable).choices == [.fromIntegrationTable])
    }

    @Test(arguments: [
        (0, 0, 0, FullSynchronizationAdvice.none), (0, 3, 0, .full), (0, 0, 3, .full), (5, 0, 0, .full),
        (5, 2, 0, .full), (0, 3, 3, .couple), (5, 1, 1, .couple),
    ])
    func `everything is synchronized where at most one side has uncoupled records, else they are coupled first`(
        coupled: Int,
        erp: Int,
        crm: Int,
        advice: FullSynchronizationAdvice
    ) {
        #expect(FullSynchronizationAdvice(coupled: coupled, uncoupled: BySide(erp: erp, crm: crm)) == advice)
    }
}
