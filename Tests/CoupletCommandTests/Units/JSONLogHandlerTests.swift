import CoupletCore
import CoupletPorts
import Foundation
import Logging
import Synchronization
import Testing

@testable import couplet

@Suite("Logs for programs")
struct JSONLogHandlerTests {
    private final class Lines: Sendable {
        let lines = Mutex<[String]>([])
    }

    private struct StoppedClock: EngineClock {
        var now: Instant { Instant(milliseconds: 1_000) }
        func sleep(until instant: Instant) async throws {}
    }

    private static func log(_ body: (inout Logger) -> Void) -> [String] {
        let lines = Lines()
        var logger = Logger(label: "test") { _ in
            var handler = JSONLogHandler(clock: StoppedClock()) { line in lines.lines.withLock { $0.append(line) } }
            handler.metadataProvider = Logger.MetadataProvider { ["request": "r-1"] }
            return handler
        }
        body(&logger)
        return lines.lines.withLock { $0 }
    }

    @Test func `every message is one object on one line, whatever stands in it`() throws {
        let lines = Self.log { logger in
            logger[metadataKey: "home"] = "/x"
            logger.warning("He said \"no\"\nand left", metadata: ["level": "mine", "list": ["a", "b"]])
            logger.debug("not asked for")
        }
        #expect(
            lines == [
                #"{"time":"1970-01-01T00:00:01.000Z","level":"warning","message":"He said \"no\"\nand left","#
                    + #""home":"/x","metadata.level":"mine","list":["a","b"],"request":"r-1"}"# + "\n"
            ]
        )
        let line = try #require(lines.first)
        let document = try JSONDecoder().decode(JSON.self, from: Data(line.utf8))
        #expect(document["message"].text == "He said \"no\"\nand left")
        #expect(document["level"].text == "warning")
    }
}
