import CoupletCore
import CoupletEngine
import CoupletPorts

/// Shows jobs and their counters.
struct JobReport {
    private let jobs: [JobView]
    private let console: Console

    init(_ jobs: [JobView], _ console: Console) {
        self.jobs = jobs
        self.console = console
    }

    /// Shows jobs, newest first, one a line.
    func showList() {
        if console.isJSON {
            console.print(.object(["jobs": .array(jobs.map(Document.job))]))
        } else if jobs.isEmpty {
            console.say("jobs.none")
        } else {
            console.show(table(leading: true))
        }
    }

    /// Shows one job with everything that is known of it.
    func showDetails() {
        guard let job = jobs.first else { return }
        if console.isJSON {
            console.print(.object(["job": Document.job(job)]))
            return
        }
        console.show(table(leading: true))
        console.say("job.startedAt", ["time": job.startedAt.description])
        showSkips()
        if job.ratio != nil { console.say("job.costs") }
    }

    /// Shows the jobs of a run as a table for people; those that found nothing to do are only counted.
    func showRun() {
        let busy = jobs.filter { job in CountColumn.allCases.contains { $0.value(in: job.counts) > 0 } }
        let shown = JobReport(busy.isEmpty ? Array(jobs.prefix(1)) : busy, console)
        console.show(shown.table(leading: false))
        shown.showSkips()
        let idle = jobs.count - shown.jobs.count
        if idle > 0 { console.say("jobs.idle", ["count": String(idle)]) }
    }

    /// Says why records were left out.
    private func showSkips() {
        func total(_ reason: KeyPath<JobCounts, Int>) -> Int { jobs.reduce(0) { $0 + $1.counts[keyPath: reason] } }
        let parts = [
            ("skipped.outOfScope", total(\.skippedOutOfScope)), ("skipped.deleted", total(\.skippedDeleted)),
            ("skipped.uncompared", total(\.skippedUncompared)), ("skipped.moved", total(\.skippedMoved)),
        ]
        let said = parts.filter { $0.1 > 0 }.map { console.text($0.0, ["count": String($0.1)]) }
        if !said.isEmpty { console.say("job.skips", ["parts": said.joined(separator: ", ")]) }
    }

    private func table(leading: Bool) -> Table {
        var columns: [Table.Column] = []
        if leading {
            columns.append(.init(title: console.text("column.job"), isNumeric: true))
            columns.append(.init(title: console.text("column.run"), isNumeric: true))
        }
        columns += [
            .init(title: console.text("column.mapping"), isFlexible: true),
            .init(title: console.text("column.direction")),
            .init(title: console.text("column.status"), isFlexible: true),
        ]
        let first = columns.count
        columns += CountColumn.allCases.map { .init(title: console.text("count.\($0.rawValue)"), isNumeric: true) }
        columns += [
            .init(title: console.text("column.requestsERP"), isNumeric: true, isOptional: true),
            .init(title: console.text("column.requestsCRM"), isNumeric: true, isOptional: true),
            .init(title: console.text("column.floor"), isNumeric: true, isOptional: true),
            .init(title: console.text("column.ratio"), isNumeric: true, isOptional: true),
            .init(title: console.text("column.seconds"), isNumeric: true, isOptional: true),
        ]
        var table = Table(columns)
        for job in jobs { table.add(cells(job, leading: leading)) }
        return table.withoutEmptyColumns(first..<(first + CountColumn.allCases.count))
    }

    private func cells(_ job: JobView, leading: Bool) -> [String] {
        var cells = leading ? [String(job.id), String(job.run)] : []
        cells += [
            job.mapping, console.text("direction.short.\(job.direction.rawValue)"),
            console.text("job.status.\(job.status.rawValue)"),
        ]
        cells += CountColumn.allCases.map { String($0.value(in: job.counts)) }
        let tenths = Int((job.seconds * 10).rounded())
        return cells + [
            String(job.requests.erp), String(job.requests.crm), String(job.floor.erp + job.floor.crm),
            job.ratio.map { hundredths in
                let text = String(Int((hundredths * 100).rounded()))
                let padded = String(repeating: "0", count: max(0, 3 - text.count)) + text
                return "\(padded.dropLast(2)).\(padded.suffix(2))"
            } ?? "",
            "\(tenths / 10).\(tenths % 10)",
        ]
    }
}

/// Shows what an action that writes has done, or would do.
enum RunReport {
    /// Shows a finished run.
    /// - Returns: How the command ends.
    static func show(_ result: RunOrPlan, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(Document.result(result, console))
            return result.status
        }
        let jobs = result.jobs ?? []
        showPaused(result, console)
        if jobs.isEmpty {
            console.say("run.nothing")
        } else {
            JobReport(jobs, console).showRun()
        }
        for settled in result.settledEarlier ?? [] {
            console.say("run.settledEarlier", ["job": String(settled.job), "count": String(settled.count)])
        }
        showNotices(result, console)
        if let leftOut = result.leftOut { PlanReport.showLeftOut(leftOut, on: console) }
        if result.status == .doneWithOpenItems { showOpenItems(jobs, console) }
        return result.status
    }

    /// Says what was noticed about the mappings' tables.
    static func showNotices(_ result: RunOrPlan, _ console: Console) {
        for notice in result.notices ?? [] {
            console.line(Table.harmless(notice.subject + ": " + console.text(notice.message)))
            if let remedy = console.remedy(notice.message) { console.line("  " + Table.harmless(remedy)) }
        }
    }

    private static func showPaused(_ result: RunOrPlan, _ console: Console) {
        for name in result.paused ?? [] { console.say("mapping.leftOut", ["mapping": name]) }
    }

    /// Says what is open and which command shows it.
    static func showOpenItems(_ jobs: [JobView], _ console: Console) {
        func total(_ column: CountColumn) -> Int { jobs.reduce(0) { $0 + column.value(in: $1.counts) } }
        let open: [(String, Int)] = [
            ("open.conflicts", total(.conflicts)), ("open.questions", total(.questions)),
            ("open.failures", total(.failed) + total(.parked) + total(.waiting)),
        ]
        for (code, count) in open where count > 0 { console.say(code, ["count": String(count)]) }
    }
}
