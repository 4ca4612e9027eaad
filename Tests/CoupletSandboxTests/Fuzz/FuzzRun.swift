import CoupletSandbox
import Foundation

/// Sends requests that are damaged or made up to a stand-in, and looks at what comes back.
struct FuzzRun<Machine: SandboxMachine> {
    /// What went wrong.
    struct Finding: CustomStringConvertible {
        let seed: UInt64
        let request: FuzzRequest
        let reason: String

        var description: String { "\(reason)\nrequest number \(seed):\n\(request.text)" }
    }

    let subject: FuzzSubject<Machine>
    /// Where each request is noted before it is sent, so that one that ends the process is known.
    var note: FileHandle?
    private(set) var findings: [Finding] = []
    private(set) var statuses: [Int: Int] = [:]
    private(set) var longest = 0.0
    private var machine: Machine
    private var token = ""
    private var now = SandboxInstant(milliseconds: 1_700_000_000_000)

    /// No request takes more of the processor's time than that, in seconds.
    private static var mostSeconds: Double { 2 }
    /// After so many requests the stand-in is as at the beginning.
    private static var stretch: UInt64 { 2_000 }

    init(_ subject: FuzzSubject<Machine>) {
        self.subject = subject
        machine = subject.machine
    }

    /// Sends the request of a number; the same number gives the same request.
    mutating func send(_ number: UInt64) {
        if number % Self.stretch == 0 || token.isEmpty { begin() }
        let request = request(number)
        if let note {
            try? note.truncate(atOffset: 0)
            try? note.write(contentsOf: Data("number \(number)\n\(request.text)".utf8))
        }
        now = now.advanced(byMilliseconds: 7)
        let fields = [(name: "Authorization", value: "Bearer \(token)")] + request.headers
        let start = Self.processorSeconds()
        let response = machine.handle(
            SandboxRequest(
                method: request.method,
                target: request.target,
                headers: SandboxHeaders(fields.map { SandboxHeaders.Field(name: $0.name, value: $0.value) }),
                body: Array(request.body.utf8),
                scheme: "https",
                host: "fuzz.example"
            ),
            at: now
        )
        let seconds = Self.processorSeconds() - start
        longest = max(longest, seconds)
        statuses[response.status, default: 0] += 1
        if let reason = Self.problem(response, seconds) {
            findings.append(Finding(seed: number, request: request, reason: reason))
        }
    }

    private func request(_ number: UInt64) -> FuzzRequest {
        var grammar = FuzzGrammar(words: subject.words, random: SandboxGenerator(seed: number))
        var request: FuzzRequest
        switch grammar.number(10) {
        case 0, 1, 2: request = subject.madeUp(&grammar)
        case 3:
            let parts = (0..<grammar.number(5)).map { _ in subject.madeUp(&grammar) }
            request = grammar.chance(2) ? .json(parts, target: subject.batch) : .multipart(parts, target: subject.batch)
        default: request = grammar.pick(subject.requests)
        }
        let pieces =
            subject.words.properties + subject.words.navigations + [
                "'", "(", ")", "\"", "{", "}", "[", "]", ",", ";", "&", "=", "%", "%27", "%00", "%zz", "$", "--b",
                "\r\n",
                "\\u", "<", ">", "&amp;", " and ", " or ", "null", "@", "/", "*", "-1", "99999999999999999999", "\u{0}",
                "é",
            ]
        var mutator = FuzzMutator(random: SandboxGenerator(seed: ~number), pieces: pieces)
        if grammar.chance(2) {
            // Most damage is done to the query, or hardly anything would get beyond the path.
            let start = request.target.firstIndex(of: "?").flatMap { grammar.chance(5) ? nil : $0 }
            let kept = start.map { request.target[...$0] } ?? ""
            if start != nil || grammar.chance(3) {
                request.target = kept + mutator.damaged(String(request.target.dropFirst(kept.count)))
            }
        }
        if grammar.chance(3) { request.body = mutator.damaged(request.body) }
        if grammar.chance(6) { request.headers = request.headers.map { ($0.name, mutator.damaged($0.value)) } }
        if !request.target.hasPrefix("/") { request.target = "/" + request.target }
        // The stand-in's own administration is not a part of the service.
        if request.target.hasPrefix("/_sandbox") { request.target = "/" + request.target }
        return request
    }

    private mutating func begin() {
        machine = subject.machine
        let form = "grant_type=client_credentials&client_id=sandbox-client&client_secret=sandbox-secret"
        let request = SandboxRequest(method: "POST", target: "/t/oauth2/v2.0/token", body: Array(form.utf8))
        let answer = try? SandboxJSON(bytes: machine.handle(request, at: now).body)
        token = answer?["access_token"]?.string ?? ""
    }

    /// What is wrong with an answer.
    private static func problem(_ response: SandboxResponse, _ seconds: Double) -> String? {
        if seconds > mostSeconds { return "took \(seconds) s" }
        let isBatch = response.headers["Content-Type"]?.hasPrefix("multipart/mixed") ?? false
        guard response.status >= 400, !isBatch else {
            let text = String(decoding: response.body.prefix(200_000), as: UTF8.self)
            return text.contains("HTTP/1.1 5") || text.contains("\"status\":5") ? "a part failed with 5xx" : nil
        }
        if response.status == 401 { return nil }
        // What is no address of the service at all, the web server refuses in its own words.
        if response.status == 404, response.body.elementsEqual("Not Found".utf8) { return nil }
        if response.status >= 500, response.status != 501 { return "status \(response.status)" }
        guard let error = (try? SandboxJSON(bytes: response.body))?["error"] else {
            let text = String(decoding: response.body.prefix(500), as: UTF8.self)
            return "status \(response.status) without an error: \(text)"
        }
        if error.string != nil { return nil }
        let isWhole = error["code"]?.string?.isEmpty == false && error["message"]?.string?.isEmpty == false
        return isWhole ? nil : "status \(response.status) with half an error"
    }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
