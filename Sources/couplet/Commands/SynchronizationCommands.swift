import ArgumentParser
import CoupletCore
import CoupletEngine

/// `couplet couple`.
struct CoupleCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("couple") }

    @Argument(help: help("mapping"))
    var mapping: String
    @Argument(help: help("key"))
    var key: String
    @Option(help: help("couple.with"))
    var with: String?
    @Flag(help: help("couple.create"))
    var create = false
    @Option(help: help("couple.sync"))
    var sync: CouplingSyncArgument = .none
    @Flag(help: help("couple.move"))
    var move = false
    @Flag(help: help("couple.choices"))
    var choices = false
    @Option(help: help("couple.search"))
    var search: String?
    @Flag(help: help("preview"))
    var preview = false
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        if choices {
            let action = OfferCoupling(mapping: mapping, key: key, with: with, containing: search)
            return CoupleChoices(try await session.perform(action), console).show()
        }
        if search != nil { throw CoupletError("couple.searchNeedsChoices", status: .wrongUse) }
        if move, with == nil { throw CoupletError("couple.moveNeedsWith", ["key": key], status: .wrongUse) }
        guard (with != nil) != create else {
            throw CoupletError("couple.withOrCreate", status: .wrongUse)
        }
        let action = CoupleRecords(
            mapping: mapping,
            key: key,
            with: with,
            choice: sync.choice,
            moves: move,
            isPreview: preview
        )
        return try await session.withActions { actions in
            let status = try await Confirmation(console).perform(action, after: nil, on: actions)
            if with != nil, sync == .none, !preview {
                console.say("coupled.uncompared", ["mapping": mapping.uppercased(), "key": console.typed(key)])
            }
            return status
        }
    }
}

/// `couplet match`.
struct MatchCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("match") }

    @Argument(help: help("mapping"))
    var mapping: String
    @Argument(help: help("keys"))
    var keys: [String] = []
    @Option(name: .customLong("on"), parsing: .singleValue, help: help("match.on"))
    var fields: [MatchFieldArgument] = []
    @Flag(help: help("match.suggest"))
    var suggest = false
    @Option(name: .customLong("accept-from"), help: help("match.acceptFrom"))
    var acceptFrom: Double?
    @Flag(name: .customLong("create-unmatched"), help: help("match.createUnmatched"))
    var createUnmatched = false
    @Option(help: help("match.sync"))
    var sync: MatchSyncArgument = .none
    @Flag(help: help("preview"))
    var preview = false
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        return try await session.withActions { actions in
            var action = MatchRecords(
                mapping: mapping,
                keys: keys,
                suggests: suggest,
                acceptsFrom: acceptFrom,
                createUnmatched: createUnmatched,
                synchronization: sync.synchronization,
                isPreview: preview
            )
            if !fields.isEmpty {
                let shown = try await actions.perform(ShowMapping(mapping: mapping), showingProgressOn: console)
                guard let item = shown.mappings.first else { return .wrongUse }
                action.rules = try MatchFieldArgument.rules(fields, in: item.mapping)
            }
            var shown: MatchRecords?
            if !preview, createUnmatched || sync != .none {
                shown = action
                shown?.isPreview = true
            }
            return try await Confirmation(console).perform(action, after: shown, on: actions)
        }
    }
}

/// `couplet sync`.
struct SyncCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("sync") }

    @Argument(help: help("sync.mapping"))
    var mapping: String?
    @Argument(help: help("keys"))
    var keys: [String] = []
    @Option(help: help("sync.direction"))
    var direction: DirectionArgument?
    @Flag(help: help("sync.full"))
    var full = false
    @Flag(help: help("sync.create"))
    var create = false
    @Flag(help: help("sync.choices"))
    var choices = false
    @Flag(help: help("sync.overwrite"))
    var overwrite = false
    @Flag(help: help("sync.review"))
    var review = false
    @Flag(name: .customLong("continue"), help: help("sync.continue"))
    var continues = false
    @Flag(help: help("preview"))
    var preview = false
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        if review {
            return ReviewReport.show(try await session.perform(ReviewFullSynchronization()), on: console)
        }
        if let mapping, choices || (!keys.isEmpty && direction == nil && !full && !create && !preview && console.asks) {
            return try await choose(mapping, session)
        }
        let action = Synchronize(
            mapping: mapping,
            keys: keys,
            direction: (direction ?? .both).direction,
            isFull: full,
            creates: create,
            putsBack: overwrite,
            continues: continues,
            isPreview: preview
        )
        var shown = action
        shown.isPreview = true
        let asked = preview ? nil : shown
        return try await session.withActions { actions in
            try await Confirmation(console).perform(action, after: asked, on: actions)
        }
    }

    /// Shows the directions there are for named records, and synchronizes them in the one that a person chooses.
    private func choose(_ mapping: String, _ session: Session) async throws -> ExitStatus {
        let console = session.console
        return try await session.withActions { actions in
            let offer = try await actions.perform(
                OfferSynchronization(mapping: mapping, keys: keys),
                showingProgressOn: console
            )
            let view = SyncChoices(offer, console)
            let status = view.show()
            if choices || offer.choices.isEmpty { return status }
            guard let choice = view.ask() else {
                console.say("confirm.declined")
                return .done
            }
            let left = Set((choice.leftOut + offer.leftOut).map(\.key))
            let action = Synchronize(
                mapping: mapping,
                keys: keys.filter { !left.contains($0) },
                direction: choice.direction,
                putsBack: choice.putsBack
            )
            return try await Confirmation(console).perform(action, after: nil, on: actions)
        }
    }
}
