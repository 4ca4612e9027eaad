import CoupletCore
import CoupletEngine
import CoupletNetwork
import CoupletPorts
import CoupletSandbox

/// Makes the edits of one bad week at the demonstration company, as users of both systems would.
struct DemoWeek: Sendable {
    private let demo: DemoRun

    init(_ demo: DemoRun) { self.demo = demo }

    /// Makes the edits, synchronizes everything, and makes those that come after it.
    /// - Returns: The jobs of the synchronizations.
    func pass() async throws -> [JobView] {
        let console = demo.console
        console.line()
        console.line(console.bold(console.text("demo.troubles")))
        try await make(DemoTroubles.edits)
        for (trouble, number) in DemoTroubles.customers {
            let text = console.text("trouble.\(trouble)")
            console.line("  " + console.text("demo.trouble", ["key": number, "trouble": text]))
        }
        var jobs = try await demo.step("demo.synchronizeAgain", Synchronize(isFull: true))
        try await make(DemoTroubles.lateEdits)
        jobs += try await demo.actions.perform(Synchronize(), showingProgressOn: console).jobs ?? []
        return jobs + (try await createWithoutAnswer())
    }

    /// Asks for a customer whose creation the ERP does not confirm.
    private func createWithoutAnswer() async throws -> [JobView] {
        let faults = HTTPRequestMessage(
            method: "POST",
            url: "\(demo.sandboxes.erp.baseURL)/_sandbox/faults",
            headers: [HTTPHeader("Content-Type", "application/json")],
            body: DemoTroubles.lostAnswer.bytes
        )
        try await withHTTPTransport { try await send(faults, over: $0) }
        let create = Synchronize(mapping: "CUSTOMER", keys: ["crm:\(DemoTroubles.unanswered)"], creates: true)
        return try await demo.actions.perform(create, showingProgressOn: demo.console).jobs ?? []
    }

    private func make(_ edits: [DemoTroubles.Edit]) async throws {
        try await withHTTPTransport { transport in
            for edit in edits { try await make(edit, over: transport) }
        }
    }

    private func make(_ edit: DemoTroubles.Edit, over transport: AsyncHTTPTransport) async throws {
        let system = edit.isERP ? demo.sandboxes.erp : demo.sandboxes.crm
        let address = "\(system.baseURL)/_sandbox/records/\(edit.entitySet)"
        var members = edit.members
        if let found = edit.found {
            let answer = try await transport.send(HTTPRequestMessage(method: "GET", url: address))
            let rows = try SandboxJSON(bytes: answer.body).array ?? []
            let row = rows.first { $0[found.property]?.string == found.text }
            let name = edit.isERP ? "id" : "accountid"
            // A seed of one's own has other records.
            guard let row, let id = row[name]?.string else { return }
            guard edit.members != nil else {
                return try await send(HTTPRequestMessage(method: "DELETE", url: address + "?id=\(id)"), over: transport)
            }
            members?.append(SandboxJSON.Member(name: name, value: .string(id)))
        }
        try await send(
            HTTPRequestMessage(
                method: "POST",
                url: address,
                headers: [HTTPHeader("Content-Type", "application/json")],
                body: SandboxJSON.object(members ?? []).bytes
            ),
            over: transport
        )
    }

    private func send(_ request: HTTPRequestMessage, over transport: AsyncHTTPTransport) async throws {
        let answer = try await transport.send(request)
        guard answer.status / 100 == 2 else {
            let detail = String(decoding: answer.body.prefix(200), as: UTF8.self)
            throw CoupletError("sandbox.failed", ["detail": detail], status: .defect)
        }
    }
}
