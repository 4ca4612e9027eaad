import Foundation
import Testing

@testable import CoupletServer

/// A headless Chromium with one page, driven over the pipe of its DevTools protocol.
actor Browser {
    /// The browser's program; nil where there is none.
    static let program: String? = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// What the browser refused, or what its page does not have.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private let process: Process
    private let input: FileHandle
    private var messages: AsyncStream<JSON>.Iterator
    private let profile: TemporaryFolder
    private var number = 0
    private var session: String?
    private var events: [JSON] = []

    /// Starts a browser whose user reads a language.
    init(language: String) async throws {
        let program = try #require(Browser.program)
        profile = try TemporaryFolder()
        let (toBrowser, fromBrowser) = (Pipe(), Pipe())
        process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        // The protocol speaks on descriptors 3 and 4; a shell puts ours there.
        let options = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions",
            "--disable-background-networking", "--remote-debugging-pipe", "--lang=\(language)",
            "--user-data-dir=\(profile.path)", "about:blank",
        ]
        process.arguments =
            [
                "-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1", program,
            ] + options
        process.standardInput = toBrowser.fileHandleForReading
        process.standardOutput = fromBrowser.fileHandleForWriting
        input = toBrowser.fileHandleForWriting
        messages = Browser.messages(fromBrowser.fileHandleForReading).makeAsyncIterator()
        try process.run()
        try toBrowser.fileHandleForReading.close()
        try fromBrowser.fileHandleForWriting.close()
        let targets = try await send("Target.getTargets")["targetInfos"].elements
        let page = try #require(targets.first { $0["type"].text == "page" }?["targetId"].text)
        session = try await send(
            "Target.attachToTarget",
            ["targetId": .string(page), "flatten": .boolean(true)]
        )["sessionId"].text
        _ = try await send("Page.enable")
        _ = try await send("Runtime.enable")
        _ = try await send("Network.enable")
        _ = try await send(
            "Network.setExtraHTTPHeaders",
            ["headers": .object(["Accept-Language": .string(language)])]
        )
    }

    deinit { process.terminate() }

    private static func messages(_ output: FileHandle) -> AsyncStream<JSON> {
        let (stream, source) = AsyncStream<JSON>.makeStream()
        let rest = Box<[UInt8]>([])
        output.readabilityHandler = { handle in
            let data = handle.availableData
            guard !data.isEmpty else {
                handle.readabilityHandler = nil
                return source.finish()
            }
            rest.value.append(contentsOf: data)
            while let end = rest.value.firstIndex(of: 0) {
                let message = try? JSONDecoder().decode(JSON.self, from: Data(rest.value[..<end]))
                rest.value.removeSubrange(...end)
                if let message { source.yield(message) }
            }
        }
        return stream
    }

    private func next() async throws -> JSON {
        var iterator = messages
        let message = await iterator.next(isolation: self)
        messages = iterator
        guard let message else { throw Failure(description: "the browser has ended") }
        return message
    }

    @discardableResult
    private func send(_ method: String, _ parameters: [String: JSONTree] = [:]) async throws -> JSON {
        number += 1
        let id = number
        var message: [String: JSONTree] = [
            "id": .integer(Int64(id)), "method": .string(method), "params": .object(parameters),
        ]
        if let session { message["sessionId"] = .string(session) }
        try input.write(contentsOf: JSONTree.object(message).data + [0])
        while true {
            let answer = try await next()
            if answer["id"].integer == id {
                if let text = answer["error"]["message"].text { throw Failure(description: "\(method): \(text)") }
                return answer["result"]
            }
            events.append(answer)
        }
    }

    private func waitForLoad() async throws {
        while !events.contains(where: { $0["method"].text == "Page.loadEventFired" }) {
            events.append(try await next())
        }
        events.removeAll()
    }

    /// Opens a page.
    func open(_ address: String) async throws {
        events.removeAll()
        try await send("Page.navigate", ["url": .string(address)])
        try await waitForLoad()
    }

    /// The value of a script.
    @discardableResult
    func run(_ script: String) async throws -> JSON {
        let result = try await send(
            "Runtime.evaluate",
            ["expression": .string(script), "returnByValue": .boolean(true), "awaitPromise": .boolean(true)]
        )
        if let text = result["exceptionDetails"]["exception"]["description"].text { throw Failure(description: text) }
        return result["result"]["value"]
    }

    /// What the page says.
    func text() async throws -> String { try await run("document.querySelector('main').innerText").text ?? "" }

    /// The page's path.
    func path() async throws -> String { try await run("location.pathname").text ?? "" }

    /// Presses a button or follows a link by what stands on it, and waits for the next page.
    func press(_ label: String, in selector: String = "main") async throws {
        events.removeAll()
        let script = """
            (() => {
              const wanted = \(Browser.literal(label));
              const all = [...document.querySelectorAll(\(Browser.literal(selector + " button, " + selector + " a")))];
              const found = all.find(e => e.innerText.trim() === wanted) || all.find(e => e.innerText.includes(wanted));
              if (found) found.click();
              return Boolean(found);
            })()
            """
        guard try await run(script) == .boolean(true) else {
            throw Failure(description: "nothing on \(try await path()) says \(label): \(try await text())")
        }
        try await waitForLoad()
    }

    /// Ticks, chooses or fills something in.
    func set(_ selector: String, _ value: String? = nil) async throws {
        let script = """
            (() => {
              const e = document.querySelector(\(Browser.literal(selector)));
              if (!e) return false;
              if (\(value == nil)) e.checked = true; else e.value = \(Browser.literal(value ?? ""));
              return true;
            })()
            """
        guard try await run(script) == .boolean(true) else {
            throw Failure(description: "\(try await path()) has no \(selector): \(try await text())")
        }
    }

    private static func literal(_ text: String) -> String {
        String(decoding: JSONTree.string(text).data, as: UTF8.self)
    }
}

/// Something that one thread at a time changes: the handler of a file is called by one queue.
private final class Box<Value>: @unchecked Sendable {
    // Sendable because the reading queue calls its handler one at a time.
    var value: Value
    init(_ value: Value) { self.value = value }
}
