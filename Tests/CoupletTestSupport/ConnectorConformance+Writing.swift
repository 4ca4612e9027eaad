import CoupletCore
import CoupletPorts
import Testing

extension ConnectorConformance {
    static let writingChecks: [Check] = [
        Check("a change of the present version is applied, and answers with the record") { world in
            let part = try await world.update(ConnectorWorld.id(1), "Åsa \"x\" \\ 名前 😀")
            let written = try #require(try await world.write([part])[0].written)
            #expect(written.id == ConnectorWorld.id(1))
            #expect(try world.name(of: #require(written.row)) == "Åsa \"x\" \\ 名前 😀")
            #expect(written.version == (try await world.version(of: ConnectorWorld.id(1))))
            #expect(world.names()[ConnectorWorld.id(1)] == "Åsa \"x\" \\ 名前 😀")
        },
        Check("the version a write gave is good for the next write") { world in
            var version = try await world.version(of: ConnectorWorld.id(1))
            for name in ["First", "Second", "Third"] {
                let part = try await world.update(ConnectorWorld.id(1), name, version: version)
                version = try #require(try await world.write([part])[0].written).version
            }
            #expect(world.names()[ConnectorWorld.id(1)] == "Third")
        },
        Check("a change of an older version does nothing") { world in
            let part = try await world.update(ConnectorWorld.id(1), "Ours")
            world.put(ConnectorWorld.id(1), "Theirs")
            #expect(try await world.write([part]) == [.preconditionFailed])
            #expect(world.names()[ConnectorWorld.id(1)] == "Theirs")
        },
        Check("a change without a version is not sent") { world in
            let before = world.connector.requestCount
            let part = try await world.update(ConnectorWorld.id(1), "Ours", version: "")
            #expect(try await world.write([part]) == [.preconditionFailed])
            #expect(world.connector.requestCount == before)
        },
        Check("a change of a record that is gone finds it missing") { world in
            let part = try await world.update(ConnectorWorld.id(1), "Ours")
            world.delete(ConnectorWorld.id(1))
            #expect(try await world.write([part])[0].problem == .missing)
            #expect(world.names()[ConnectorWorld.id(1)] == nil)
        },
        Check("a deletion of the present version deletes that record alone") { world in
            let version = try await world.version(of: ConnectorWorld.id(1))
            let part = WritePart(operation: .delete(id: ConnectorWorld.id(1), version: version), fields: [])
            let written = try #require(try await world.write([part])[0].written)
            #expect(written.id == ConnectorWorld.id(1))
            #expect(world.names()[ConnectorWorld.id(1)] == nil)
            #expect(world.names().count == 2)
        },
        Check("a deletion of an older version, or of none, does nothing") { world in
            let version = try await world.version(of: ConnectorWorld.id(1))
            world.put(ConnectorWorld.id(1), "Theirs")
            let parts = [version, ""].map { version in
                WritePart(operation: .delete(id: ConnectorWorld.id(1), version: version), fields: [])
            }
            for part in parts { #expect(try await world.write([part]) == [.preconditionFailed]) }
            #expect(world.names()[ConnectorWorld.id(1)] == "Theirs")
        },
        Check("a deletion of a record that is gone finds it missing") { world in
            let version = try await world.version(of: ConnectorWorld.id(1))
            world.delete(ConnectorWorld.id(1))
            let part = WritePart(operation: .delete(id: ConnectorWorld.id(1), version: version), fields: [])
            #expect(try await world.write([part])[0].problem == .missing)
        },
        Check("a create makes one record, under our id where the remote takes one") { world in
            let part = world.create(50, "Created")
            let written = try #require(try await world.write([part])[0].written)
            #expect(world.names()[written.id] == "Created")
            #expect(world.names().count == 4)
            #expect(try world.name(of: #require(written.row)) == "Created")
            #expect(written.version == (try await world.version(of: written.id)))
            if case .create(let id?) = part.operation { #expect(written.id == id) }
        },
        Check("a second create under the same id is a duplicate and changes nothing") { world in
            guard world.connector.capabilities.takesOurIDs else { return }
            _ = try await world.write([world.create(50, "Created")])
            #expect(try await world.write([world.create(50, "Again")])[0].problem == .duplicate)
            #expect(world.names()[ConnectorWorld.id(50)] == "Created")
        },
        Check("one bad part leaves the others") { world in
            let stale = try await world.update(ConnectorWorld.id(2), "Ours")
            world.put(ConnectorWorld.id(2), "Theirs")
            let long = String(repeating: "x", count: world.longestName + 1)
            let outcomes = try await world.write([
                try await world.update(ConnectorWorld.id(1), "One"), stale,
                try await world.update(ConnectorWorld.id(3), long), world.create(50, "Created"),
            ])
            #expect(outcomes[0].written?.id == ConnectorWorld.id(1))
            #expect(outcomes[1] == .preconditionFailed)
            #expect(outcomes[2].problem == .validation)
            #expect(outcomes[3].written != nil)
            #expect(world.names()[ConnectorWorld.id(3)] == ConnectorWorld.name(3))
        },
        Check("a full batch goes out in one request", records: 0) { world in
            let count = world.connector.capabilities.maximumBatch
            let before = world.connector.requestCount
            let outcomes = try await world.write((1...count).map { world.create($0, "Record \($0)") })
            #expect(outcomes.count == count)
            #expect(outcomes.allSatisfy { $0.written != nil })
            #expect(world.names().count == count)
            #expect(world.connector.requestCount - before == 1)
        },
        Check("an empty batch is not sent") { world in
            let before = world.connector.requestCount
            let outcomes = try await world.write([])
            #expect(outcomes.isEmpty)
            #expect(world.connector.requestCount == before)
        },
    ]

    static let failureChecks: [Check] = [
        Check("a read waits as long as the remote asks") { world in
            world.fail(.refuses(status: 429, retryAfter: 7))
            let whole = try await world.readAll(.everything)
            #expect(whole.rows == 3)
            #expect(world.clock.sleeps == [7])
        },
        Check("a read gives up when the remote asks for too long a wait") { world in
            world.fail(.refuses(status: 429, retryAfter: 900))
            let error = await #expect(throws: ConnectorError.self) { try await world.readAll(.everything) }
            #expect(error?.kind == .unavailable(retryAfterSeconds: 900))
            #expect(world.clock.sleeps.isEmpty)
        },
        Check("a batch that is put off is not waited for") { world in
            let part = try await world.update(ConnectorWorld.id(1), "Ours")
            // What the first one asks for holds for what is sent next.
            for (status, waits) in [(429, []), (503, [7.0])] {
                world.fail(.refuses(status: status, retryAfter: 7))
                let outcomes = try await world.write([part, world.create(50, "Created")])
                let putOff: Outcome = status == 429 ? .retryable(afterSeconds: 7) : .unclear(afterSeconds: 7)
                #expect(outcomes == [putOff, putOff])
                #expect(world.clock.sleeps == waits)
            }
            #expect(world.names().count == 3)
        },
        Check("a part that is put off leaves the others") { world in
            let parts = [
                try await world.update(ConnectorWorld.id(1), "One"),
                try await world.update(ConnectorWorld.id(2), "Two"),
            ]
            world.fail(.refusesPart(0, status: 503))
            let outcomes = try await world.write(parts)
            #expect(outcomes[0] == .unclear(afterSeconds: nil))
            #expect(outcomes[1].written != nil)
            #expect(world.names()[ConnectorWorld.id(1)] == ConnectorWorld.name(1))
        },
        Check("a lost answer leaves every part unknown, and nothing is sent again") { world in
            let parts = [try await world.update(ConnectorWorld.id(1), "Ours"), world.create(50, "Created")]
            let before = world.connector.requestCount
            world.fail(.losesAnswer)
            #expect(try await world.write(parts) == [.unknown, .unknown])
            #expect(world.connector.requestCount - before == 1)
            #expect(world.names().values.filter { $0 == "Created" }.count == 1)
            #expect(world.names()[ConnectorWorld.id(1)] == "Ours")
        },
        Check("a connection that breaks leaves every part unknown too") { world in
            let part = try await world.update(ConnectorWorld.id(1), "Ours")
            world.fail(.losesRequest)
            #expect(try await world.write([part]) == [.unknown])
            #expect(world.names()[ConnectorWorld.id(1)] == ConnectorWorld.name(1))
        },
        Check("what a batch did not get to was not attempted") { world in
            let parts = [
                try await world.update(ConnectorWorld.id(1), "One"),
                try await world.update(ConnectorWorld.id(2), "Two"),
                world.create(50, "Created"),
            ]
            world.fail(.stopsBefore(part: 1))
            let outcomes = try await world.write(parts)
            #expect(outcomes[0].written != nil)
            #expect(outcomes[1...].allSatisfy { $0 == .notAttempted })
            #expect(world.names()[ConnectorWorld.id(2)] == ConnectorWorld.name(2))
            #expect(world.names().count == 3)
        },
        Check("a refused token is renewed, for reads and writes") { world in
            world.fail(.refusesToken)
            #expect(try await world.readAll(.everything).rows == 3)
            let part = try await world.update(ConnectorWorld.id(1), "Ours")
            world.fail(.refusesToken)
            #expect(try await world.write([part])[0].written != nil)
        },
        Check("a token that expires is renewed in time") { world in
            #expect(try await world.readAll(.everything).rows == 3)
            world.clock.advance(bySeconds: 7200)
            let before = world.connector.requestCount
            _ = try await world.connector.read(.everything, of: world.shape)
            #expect(world.connector.requestCount - before == 1)
        },
        Check("a lost answer to a read is asked for again") { world in
            world.fail(.losesAnswer)
            let whole = try await world.readAll(.everything)
            #expect(whole.rows == 3)
        },
    ]
}
