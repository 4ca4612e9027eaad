import CoupletCore
import CoupletPorts
import Testing

extension ConnectorConformance {
    static let readingChecks: [Check] = [
        Check("everything is read once, page by page", records: 5) { world in
            let whole = try await world.readAll(.everything)
            #expect(whole.rows == 5)
            #expect(whole.pages >= 3)
            #expect(whole.names == world.names())
            #expect(whole.versions.values.allSatisfy { !$0.isEmpty })
            #expect(whole.checkpoint != nil)
        },
        Check("an empty table has one page and a checkpoint", records: 0) { world in
            let whole = try await world.readAll(.everything)
            #expect(whole.rows == 0)
            #expect(whole.pages == 1)
            #expect(whole.checkpoint != nil)
        },
        Check("a filter gives the records that pass, without a checkpoint", records: 5) { world in
            let filter = RecordFilter.any([
                .compare(field: world.name.name, .equal, .text(ConnectorWorld.name(2))),
                .compare(field: world.name.name, .equal, .text(ConnectorWorld.name(4))),
            ])
            let whole = try await world.readAll(.matching(filter))
            #expect(Set(whole.names.keys) == [ConnectorWorld.id(2), ConnectorWorld.id(4)])
            #expect(whole.checkpoint == nil)
        },
        Check("a filter's text may hold every character") { world in
            let name = "O'Neil & Söner + 100% #1; (a/b)?"
            world.put(ConnectorWorld.id(1), name)
            let whole = try await world.readAll(.matching(.compare(field: world.name.name, .equal, .text(name))))
            #expect(whole.names == [ConnectorWorld.id(1): name])
        },
        Check("records read by id come in order, and those that are not there are missing", records: 5) { world in
            let ids = [4, 9, 1, 1, 8].map { ConnectorWorld.id($0) }
            let fetched = try await world.connector.fetch(ids, of: world.shape)
            let all = try await world.readAll(.everything)
            #expect(fetched.count == 5)
            for (id, record) in zip(ids, fetched) {
                switch record {
                case .present(let observed):
                    #expect(world.name(of: observed.row) == all.names[id])
                    #expect(observed.version == all.versions[id])
                case .missing: #expect(all.names[id] == nil)
                case .unknown(let detail), .putOff(let detail): Issue.record("unknown: \(detail)")
                }
            }
        },
        Check("any number of records can be read by id", records: 2) { world in
            let count = world.connector.capabilities.maximumBatch + 1
            let before = world.connector.requestCount
            let ids = (0..<count).map { ConnectorWorld.id($0 + 1) }
            let fetched = try await world.connector.fetch(ids, of: world.shape)
            #expect(fetched.count == count)
            #expect(fetched[2...].allSatisfy { $0 == .missing })
            #expect(world.connector.requestCount - before == 2)
            #expect(try await world.connector.fetch([], of: world.shape).isEmpty)
        },
        Check("records are found by their values and the time of their last change", records: 3) { world in
            world.clock.advance(bySeconds: 600)
            let since = world.clock.now
            world.clock.advance(bySeconds: 10)
            world.put(ConnectorWorld.id(7), ConnectorWorld.name(2))
            let all = try await world.connector.find(
                [world.field(ConnectorWorld.name(2))],
                changedSince: nil,
                of: world.shape
            )
            #expect(Set(all.ids) == [ConnectorWorld.id(2), ConnectorWorld.id(7)])
            let recent = try await world.connector.find(
                [world.field(ConnectorWorld.name(2))],
                changedSince: since,
                of: world.shape
            )
            #expect(recent.ids == [ConnectorWorld.id(7)])
        },
        Check("a connection test reads its tables, and names a field that is not there") { world in
            let report = try await world.connector.test(tables: [world.shape])
            #expect(report.readableTables == [world.shape.table])
            #expect(!report.name.isEmpty)
            var wrong = world.shape
            wrong.layout = RowLayout(number: 99, fields: [world.name.name, "noSuchField"])
            let tables = [wrong]
            let error = await #expect(throws: ConnectorError.self) { try await world.connector.test(tables: tables) }
            #expect(error?.kind == .notFound)
            #expect(error?.table == world.shape.table)
            #expect(error?.detail.contains("noSuchField") == true)
        },
        Check("a table that is not there is said to be none") { world in
            var wrong = world.shape
            wrong.table = "nosuchtables"
            let shape = wrong
            let error = await #expect(throws: ConnectorError.self) {
                try await world.connector.read(.everything, of: shape)
            }
            #expect(error?.kind == .notFound)
            let fetched = try? await world.connector.fetch([ConnectorWorld.id(1)], of: shape)
            #expect(fetched?.contains(.missing) != true, "a wrong table must not look like a deletion")
        },
    ]

    static let changeChecks: [Check] = [
        Check("what changed after a pass is told by the next one") { world in
            let first = try await world.readAll(.everything)
            world.clock.advance(bySeconds: world.overlapSeconds + 5)
            world.put(ConnectorWorld.id(2), "Renamed")
            world.put(ConnectorWorld.id(8), "New")
            let changes = try await world.readAll(.changes(since: try #require(first.checkpoint)))
            #expect(changes.names[ConnectorWorld.id(2)] == "Renamed")
            #expect(changes.names[ConnectorWorld.id(8)] == "New")
            #expect(changes.names[ConnectorWorld.id(1)] == nil)
            #expect(changes.versions[ConnectorWorld.id(2)] != first.versions[ConnectorWorld.id(2)])
        },
        Check("a change in the same moment as a pass is told by the next one") { world in
            let first = try await world.readAll(.everything)
            world.put(ConnectorWorld.id(2), "Renamed")
            let second = try await world.readAll(.changes(since: try #require(first.checkpoint)))
            #expect(second.names[ConnectorWorld.id(2)] == "Renamed")
        },
        Check("a change that was made before a pass and became visible after it is told by the next one") { world in
            world.clock.advance(bySeconds: 3600)
            let first = try await world.readAll(.everything)
            world.putLate(ConnectorWorld.id(2), "Renamed", 30)
            let second = try await world.readAll(.changes(since: try #require(first.checkpoint)))
            #expect(second.names[ConnectorWorld.id(2)] == "Renamed")
        },
        Check("when nothing changed, one request says so") { world in
            let first = try await world.readAll(.everything)
            world.clock.advance(bySeconds: world.overlapSeconds + 5)
            let before = world.connector.requestCount
            let second = try await world.readAll(.changes(since: try #require(first.checkpoint)))
            #expect(second.rows == 0)
            #expect(second.checkpoint != nil)
            #expect(world.connector.requestCount - before == 1)
        },
        Check("what changes while the pages are read is not lost", records: 6) { world in
            var changed = 0
            let first = try await world.readAll(.everything) {
                world.clock.advance(bySeconds: world.overlapSeconds + 2)
                changed += 1
                world.put(ConnectorWorld.id(changed), "Changed \(changed)")
                world.put(ConnectorWorld.id(100 + changed), "Added \(changed)")
                world.clock.advance(bySeconds: world.overlapSeconds + 2)
            }
            #expect(changed >= 2)
            let second = try await world.readAll(.changes(since: try #require(first.checkpoint)))
            #expect(first.names.merging(second.names) { $1 } == world.names())
        },
        Check("changes of many pages lead to a checkpoint too", records: 7) { world in
            let first = try await world.readAll(.everything)
            world.clock.advance(bySeconds: world.overlapSeconds + 5)
            for number in 1...5 { world.put(ConnectorWorld.id(number), "Changed \(number)") }
            world.clock.advance(bySeconds: world.overlapSeconds + 5)
            let second = try await world.readAll(.changes(since: try #require(first.checkpoint)))
            #expect(second.rows == 5)
            #expect(second.pages >= 3)
            world.clock.advance(bySeconds: world.overlapSeconds + 5)
            let third = try await world.readAll(.changes(since: try #require(second.checkpoint)))
            #expect(third.rows == 0)
        },
        Check("a deletion is told where the remote tells deletions") { world in
            let first = try await world.readAll(.everything)
            world.clock.advance(bySeconds: world.overlapSeconds + 5)
            world.delete(ConnectorWorld.id(2))
            let second = try await world.readAll(.changes(since: try #require(first.checkpoint)))
            let told: Set<RecordID> = world.connector.capabilities.reportsDeletions ? [ConnectorWorld.id(2)] : []
            #expect(second.deleted == told)
            #expect(second.names.isEmpty)
            #expect(try await world.connector.fetch([ConnectorWorld.id(2)], of: world.shape) == [.missing])
        },
        Check("a checkpoint that cannot be used any more means reading anew") { world in
            let whole = try await world.readAll(.everything)
            let checkpoint = try #require(whole.checkpoint)
            let error = await #expect(throws: ConnectorError.self) {
                try await world.connector.read(.changes(since: "nonsense"), of: world.shape)
            }
            #expect(error?.kind == .checkpointExpired)
            guard world.connector.capabilities.reportsDeletions else { return }
            world.fail(.forgetsCheckpoint)
            let expired = await #expect(throws: ConnectorError.self) {
                try await world.connector.read(.changes(since: checkpoint), of: world.shape)
            }
            #expect(expired?.kind == .checkpointExpired)
        },
        Check("our own write is among the next changes with the version it gave") { world in
            let first = try await world.readAll(.everything)
            world.clock.advance(bySeconds: world.overlapSeconds + 5)
            let outcomes = try await world.write([try await world.update(ConnectorWorld.id(1), "Ours")])
            let written = try #require(outcomes[0].written)
            let second = try await world.readAll(.changes(since: try #require(first.checkpoint)))
            #expect(second.versions == [ConnectorWorld.id(1): written.version])
        },
    ]
}
