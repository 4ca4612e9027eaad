import Benchmark
import CoupletConnectors
import CoupletCore

let bytesPerRecord = BenchmarkMetric.custom("bytes a record", polarity: .prefersSmaller, useScalingFactor: false)

func addScan(_ name: String, side: Side, oneChangedIn: Int) {
    Benchmark(name, configuration: .init(metrics: [.wallClock, .throughput, bytesPerRecord])) { benchmark, work in
        let scan = ChangeScan(program: work.program, side: side)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            let hits = scan.scan(work.page, against: work.bases)
            guard hits.count == work.changed else { fatalError("\(hits.count) hits instead of \(work.changed)") }
        }
        benchmark.stopMeasurement()
        benchmark.measurement(bytesPerRecord, work.page.byteCount / work.page.count)
    } setup: {
        try Workload(side: side, oneChangedIn: oneChangedIn)
    }
}

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .throughput],
        warmupIterations: 3,
        scalingFactor: .one,
        maxDuration: .seconds(3)
    )
    addScan("Scan 100,000 ERP records, none changed", side: .erp, oneChangedIn: 0)
    addScan("Scan 100,000 CRM records, none changed", side: .crm, oneChangedIn: 0)
    addScan("Scan 100,000 ERP records, 1% changed", side: .erp, oneChangedIn: 100)
    addScan("Scan 100,000 CRM records, 1% changed", side: .crm, oneChangedIn: 100)
    addDecide()
    addMatch()
    addDecode()
}

/// Decides the records that a scan has found: what 1% changed costs after the scan.
func addDecide() {
    Benchmark("Decide and plan 1,000 changed records") { benchmark, inputs in
        let reconciler = Reconciler(program: inputs.program, direction: .bidirectional, isFull: false)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            for input in inputs.pairs {
                let decision = reconciler.decide(input, references: ReferenceTable())
                blackHole(reconciler.steps(for: decision, input: input, label: ""))
            }
        }
    } setup: {
        try DecideWorkload()
    }
}

/// Streams records of both sides in and matches them by two rules.
func addMatch() {
    Benchmark("Match 50,000 records of each side", configuration: .init(metrics: [.wallClock])) { benchmark, work in
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            var matcher = Matcher(program: work.program)
            for (side, rows) in [(Side.erp, work.erp), (.crm, work.crm)] {
                for row in rows { matcher.add(side: side, id: row.id, row: row.row, isCoupled: false) }
            }
            guard matcher.results().couples.count == work.couples else { fatalError("not every couple was found") }
        }
    } setup: {
        try MatchWorkload()
    }
}

func addDecode() {
    Benchmark("Decode a page of 1,000 records with 12 fields") { benchmark, work in
        let decoder = PageDecoder()
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            let page = try decoder.decode(work.body, shape: work.shape)
            guard page.rows.count == DecodeWorkload.recordCount else { fatalError("\(page.rows.count) rows") }
        }
    } setup: {
        DecodeWorkload()
    }
}
