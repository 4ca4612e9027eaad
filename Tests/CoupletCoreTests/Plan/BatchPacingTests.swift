import CoupletCore
import Testing

@Suite("Batch sizes")
struct BatchPacingTests {
    @Test(arguments: [(1000, 100), (100, 25), (3, 1), (1, 1)])
    func `begin small, by what the remote takes`(maximum: Int, first: Int) {
        #expect(BatchPacing(learned: 0, maximum: maximum).size == first)
    }

    @Test func `grow fourfold after a very quick batch, twofold after a quick one, and stay after another`() {
        var pacing = BatchPacing(learned: 0, maximum: 1000)
        pacing.learn(count: 100, seconds: 1)
        #expect(pacing.size == 400)
        #expect(pacing.isTrying)
        var quick = pacing
        quick.learn(count: 400, seconds: 3)
        #expect(quick.size == 800)
        quick.learn(count: 800, seconds: 0.5)
        #expect(quick.size == 1000)
        #expect(!quick.isTrying)
        pacing.learn(count: 400, seconds: 20)
        #expect(pacing.size == 400)
        #expect(!pacing.isTrying)
    }

    @Test func `halve after a batch that was slow or too large`() {
        var pacing = BatchPacing(learned: 400, maximum: 1000)
        pacing.learn(count: 400, seconds: 61)
        #expect(pacing.size == 200)
        pacing.learn(count: 150, seconds: 1, wasTooLarge: true)
        #expect(pacing.size == 75)
        #expect(!pacing.isTrying)
    }

    @Test func `learn nothing from a batch that was not full`() {
        var pacing = BatchPacing(learned: 0, maximum: 1000)
        pacing.learn(count: 7, seconds: 0.1)
        #expect(pacing.size == 100)
        #expect(pacing.isTrying)
    }

    @Test(arguments: [(0, 10_000, 12), (1000, 10_000, 10), (0, 1000, 3), (0, 0, 0)])
    func `cost at most two requests more than full ones`(learned: Int, writes: Int, batches: Int) {
        #expect(BatchPacing(learned: learned, maximum: 1000).batches(for: writes) == batches)
    }
}
