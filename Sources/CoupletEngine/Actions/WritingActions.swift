package import CoupletCore
package import CoupletPorts

/// Shows whether writing to the systems is stopped, and why.
package struct ShowWriting: Action {
    package static let name = "writing.show"

    /// Creates the action.
    package init() {}

    package func perform(in context: ActionContext) async throws -> WritingView {
        WritingView(stops: try await context.engine.store.read { try $0.writeStops(includingConfirmed: true) })
    }
}

/// Lets writing begin again after an administrator has looked; everything is read anew first.
package struct ConfirmWriting: Action {
    package static let name = "writing.confirm"

    /// Creates the action.
    package init() {}

    package func perform(in context: ActionContext) async throws -> WritingView {
        try await context.engine.confirmWriting(context.author)
    }
}

/// Why writing was stopped, and who let it begin again.
package struct WritingView: Codable, Sendable {
    /// The stops, oldest first.
    package var stops: [WriteStop]

    /// Whether nothing is written now.
    package var isStopped: Bool { stops.contains { $0.confirmedAt == nil } }
}

extension WriteStop {
    /// The reason in words.
    package var message: Message { WritingStopped.error(self).message }
}
