import CoupletCore
import CoupletEngine
import CoupletNetwork
import CoupletPorts

/// A round of edits on both sides, a conflict among them, and what a synchronization makes of it.
struct DemoTour: Sendable {
    private let demo: DemoRun
    private let home: HomeDirectory

    init(_ demo: DemoRun, home: HomeDirectory) {
        self.demo = demo
        self.home = home
    }

    /// One edit that a person at one of the systems makes.
    private struct Edit {
        let side: Side
        let record: RecordView
        let field: String
        let value: String
    }

    /// Edits, previews, synchronizes and tells what happened.
    /// - Returns: The jobs of the synchronization.
    func go() async throws -> [JobView] {
        let console = demo.console
        let listed = try await demo.actions.perform(
            ListRecords(mapping: "CUSTOMER", side: .erp, isCoupled: true),
            showingProgressOn: console
        )
        let records = listed.records.filter { $0.state == .inSync }.prefix(4)
        guard records.count == 4 else {
            console.say("tour.tooFew")
            return []
        }
        console.line()
        console.line(console.bold(console.text("tour.edits")))
        try await make(edits(Array(records)))
        console.line()
        console.line(console.bold(console.text("tour.plan")))
        let preview = try await demo.actions.perform(Synchronize(isPreview: true), showingProgressOn: console)
        try await demo.show(preview.plan)
        let jobs = try await demo.step("tour.synchronize", Synchronize())
        for record in records { try await tell(record) }
        let conflicts = try await demo.actions.perform(ListConflicts(), showingProgressOn: console).conflicts
        for conflict in conflicts {
            console.say("tour.resolve", ["conflict": String(conflict.id), "home": home.path])
        }
        return jobs
    }

    private func edits(_ records: [RecordView]) -> [Edit] {
        [
            Edit(side: .erp, record: records[0], field: "phoneNumber", value: "+46 8 555 01 23"),
            Edit(side: .crm, record: records[0], field: "address1_line2", value: "2 tr"),
            Edit(side: .erp, record: records[1], field: "phoneNumber", value: "+46 31 555 04 56"),
            Edit(side: .crm, record: records[1], field: "telephone1", value: "+44 20 5550 0789"),
            Edit(side: .crm, record: records[2], field: "emailaddress1", value: "order@nordhamn.example"),
            Edit(side: .erp, record: records[3], field: "displayName", value: records[3].name + " Group"),
        ]
    }

    private func make(_ edits: [Edit]) async throws {
        try await withHTTPTransport { transport in
            for edit in edits {
                demo.console.say(
                    "tour.edit",
                    [
                        "side": demo.console.text("side.\(edit.side.rawValue)"), "key": edit.record.key ?? "",
                        "name": edit.record.name, "field": edit.field, "value": edit.value,
                    ]
                )
                try await send(edit, over: transport)
            }
        }
    }

    /// Writes as a user of the system would, not through the API that Couplet uses.
    private func send(_ edit: Edit, over transport: AsyncHTTPTransport) async throws {
        let isERP = edit.side == .erp
        let system = isERP ? demo.sandboxes.erp : demo.sandboxes.crm
        let id = isERP ? edit.record.id : edit.record.coupledTo ?? edit.record.id
        let row = JSONDocument.object([
            .init(name: isERP ? "id" : "accountid", value: .string(id.description)),
            .init(name: edit.field, value: .string(edit.value)),
        ])
        let answer = try await transport.send(
            HTTPRequestMessage(
                method: "POST",
                url: system.baseURL + "/_sandbox/records/" + (isERP ? "customers" : "accounts"),
                headers: [HTTPHeader("Content-Type", "application/json")],
                body: Array(row.text.utf8)
            )
        )
        guard answer.status == 200 else {
            let detail = String(decoding: answer.body.prefix(200), as: UTF8.self)
            throw CoupletError("sandbox.failed", ["detail": detail], status: .defect)
        }
    }

    private func tell(_ record: RecordView) async throws {
        let console = demo.console
        let view = try await demo.actions.perform(
            ExplainRecord(mapping: "CUSTOMER", key: record.key ?? record.id.description),
            showingProgressOn: console
        )
        console.say(
            "explain.head",
            [
                "side": console.text("side.erp"), "key": record.key ?? "", "name": view.record.name,
                "state": console.text("state.\(view.state.rawValue)"),
            ]
        )
    }
}
