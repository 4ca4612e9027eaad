import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletTexts
import Foundation
import Hummingbird

/// The first page: how everything stands, and what to do next.
extension Desk {
    func home(_ visit: Visit) async throws -> Response {
        let status = try await ask(ShowStatus(), visit)
        let connections = try await ask(ListConnections(), visit).connections
        let jobs = try await ask(ListJobs(limit: 30), visit).jobs
        let content: [String: Any] = [
            "cues": Self.cues(status, visit),
            "next": Self.next(status, connections, visit),
            "mappings": status.mappings.map { Self.line($0, status.cues, visit) },
            "hasMappings": !status.mappings.isEmpty,
            "jobs": jobs.prefix(8).map { Self.line($0, visit) }, "hasJobs": !jobs.isEmpty,
            "chart": Charts.jobs(Array(jobs.prefix(30).reversed()), visit),
            "isReading": connections.contains { !$0.connection.isEnabled },
        ]
        let page = Page(title: visit.words.text("nav.home"), section: "home", template: "home", content: content)
        return try await response(page, visit)
    }

    private static func cues(_ status: StatusView, _ visit: Visit) -> [[String: Any]] {
        func count(_ kinds: StatusView.Cue.Kind...) -> Int {
            status.cues.filter { kinds.contains($0.kind) }.reduce(0) { $0 + $1.count }
        }
        let coupled = status.mappings.reduce(0) { $0 + $1.coupled }
        func cue(_ name: String, _ count: Int, _ path: String, _ tone: String) -> [String: Any] {
            [
                "name": visit.words.text("desk.cue.\(name)"), "count": visit.format.number(count), "path": path,
                "tone": count == 0 && name != "coupled" ? "good" : tone,
            ]
        }
        return [
            cue("coupled", coupled, "/records", "info"),
            cue("conflicts", count(.conflicts), "/conflicts", "bad"),
            cue("questions", count(.questions, .unconfirmed), "/conflicts", "warn"),
            cue("parked", count(.parked), "/errors", "bad"),
            cue("deleted", count(.deleted), "/errors", "bad"),
            cue("waiting", count(.waiting, .retrying), "/errors", "warn"),
            cue("held", count(.held), "/plans", "warn"),
            cue("failedJobs", count(.failedJobs), "/jobs", "bad"),
        ]
    }

    /// What to do next, the most urgent first.
    private static func next(
        _ status: StatusView,
        _ connections: [ConnectionsView.Item],
        _ visit: Visit
    ) -> [[String: Any]] {
        func step(_ name: String, _ path: String, _ count: Int = 0) -> [String: Any] {
            ["text": visit.words.text("desk.next.\(name)", ["count": visit.format.number(count)]), "path": path]
        }
        func count(_ kind: StatusView.Cue.Kind) -> Int {
            status.cues.filter { $0.kind == kind }.reduce(0) { $0 + $1.count }
        }
        var steps: [[String: Any]] = []
        let sides = Set(connections.map(\.connection.side))
        if sides.count < 2 { steps.append(step("connect", "/connections")) }
        if sides.count == 2, connections.contains(where: { !$0.connection.isEnabled }) {
            steps.append(step("enable", "/connections"))
        }
        if count(.held) > 0 { steps.append(step("held", "/plans", count(.held))) }
        if count(.conflicts) > 0 { steps.append(step("conflicts", "/conflicts", count(.conflicts))) }
        let questions = count(.questions) + count(.unconfirmed)
        if questions > 0 { steps.append(step("questions", "/conflicts", questions)) }
        if count(.deleted) > 0 { steps.append(step("deleted", "/errors", count(.deleted))) }
        if count(.parked) > 0 { steps.append(step("parked", "/errors", count(.parked))) }
        if sides.count == 2, status.mappings.allSatisfy({ $0.coupled == 0 }) { steps.append(step("match", "/match")) }
        return steps
    }

    private static func line(
        _ mapping: StatusView.Mapping,
        _ cues: [StatusView.Cue],
        _ visit: Visit
    ) -> [String: Any] {
        let open = cues.filter { $0.mapping == mapping.name && $0.needsPerson }.reduce(0) { $0 + $1.count }
        let tone = mapping.isPaused ? "" : open > 0 ? "warn" : mapping.lastJob == nil ? "" : "good"
        let word = mapping.isPaused ? "paused" : open > 0 ? "open" : mapping.lastJob == nil ? "never" : "good"
        return [
            "name": mapping.name, "path": "/records/" + FormValues.encoded(mapping.name),
            "coupled": visit.format.number(mapping.coupled), "tone": tone,
            "state": visit.words.text("desk.health.\(word)", ["count": visit.format.number(open)]),
            "last": mapping.lastJob.map { visit.format.element($0.startedAt) } ?? "",
        ]
    }

    /// A job in a list.
    static func line(_ job: JobView, _ visit: Visit) -> [String: Any] {
        let counts = job.counts
        return [
            "id": String(job.id), "path": "/jobs/\(job.id)", "mapping": job.mapping,
            "direction": visit.words.text("direction.short.\(job.direction.rawValue)"),
            "status": visit.words.text("job.status.\(job.status.rawValue)"), "tone": tone(job),
            "started": visit.format.element(job.startedAt), "run": String(job.run),
            "inserted": visit.format.number(counts.inserted), "modified": visit.format.number(counts.modified),
            "unchanged": visit.format.number(counts.unchanged), "skipped": visit.format.number(counts.skipped),
            "failed": visit.format.number(counts.failed + counts.parked),
            "open": visit.format.number(counts.conflicts + counts.questions + counts.waiting + counts.held),
            "requests": visit.format.number(job.requests.erp + job.requests.crm),
            "seconds": visit.format.decimal(job.seconds),
        ]
    }

    private static func tone(_ job: JobView) -> String {
        switch job.status {
        case .failed: "bad"
        case .inProcess: "info"
        default: job.counts.failed + job.counts.parked + job.counts.conflicts > 0 ? "warn" : "good"
        }
    }
}

extension DeskFormat {
    /// A time as an element that the browser shows in its own zone.
    func element(_ instant: Instant) -> String {
        "<time datetime=\"\(instant.description)\" class=\"nowrap\">\(time(instant))</time>"
    }
}

/// Pictures made of numbers.
enum Charts {
    /// Records written and records that did not go through, by job.
    static func jobs(_ jobs: [JobView], _ visit: Visit) -> String {
        guard jobs.count > 1 else { return "" }
        let (width, height) = (600, 90)
        func good(_ job: JobView) -> Int { job.counts.inserted + job.counts.modified + job.counts.coupled }
        func bad(_ job: JobView) -> Int { job.counts.failed + job.counts.parked + job.counts.conflicts }
        // Square roots, so that a first synchronization does not flatten all that comes after it.
        func size(_ count: Int) -> Double { Double(count).squareRoot() }
        let most = max(1, jobs.map { size(good($0)) + size(bad($0)) }.max() ?? 1)
        let step = Double(width) / Double(jobs.count)
        var bars = ""
        for (index, job) in jobs.enumerated() {
            let x = Int(Double(index) * step) + 1
            let wide = max(2, Int(step) - 2)
            let tall = Int(size(good(job)) / most * Double(height - 4))
            let part = Int(size(bad(job)) / most * Double(height - 4))
            let title = PageTemplates.escaped("\(job.mapping) · \(good(job)) · \(bad(job))")
            bars += "<g><title>\(title)</title>"
            bars += "<rect x='\(x)' y='\(height - tall - part)' width='\(wide)' height='\(max(1, tall))' rx='1'/>"
            if part > 0 {
                bars += "<rect class='part' x='\(x)' y='\(height - part)' width='\(wide)' height='\(part)' rx='1'/>"
            }
            bars += "</g>"
        }
        let name = PageTemplates.escaped(visit.words.text("chart.jobs"))
        return
            "<svg class='bars' viewBox='0 0 \(width) \(height)' preserveAspectRatio='none' role='img' aria-label='\(name)' width='100%'>\(bars)</svg>"
    }
}
