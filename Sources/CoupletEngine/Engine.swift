package import CoupletCore
package import CoupletPorts

/// The services behind every action, over the ports that a composition root gives.
package struct Engine: Sendable {
    /// Keeps what Couplet knows.
    package let store: any StateStore
    /// The present time and waiting.
    package let clock: any EngineClock
    /// New ids.
    package let ids: any IDSource
    /// The core's decisions.
    package let decisions: any Decisions
    /// Keeps a mark of the store outside of it; nil where nothing can be put back unseen.
    package let witness: (any StoreWitness)?
    /// Lets one run at a time plan and write.
    let gate = RunGate()
    /// Takes word of changes for whoever synchronizes by schedule.
    package let wakeups = Wakeups()
    /// Knows whether whoever synchronizes by schedule gets on.
    package let pulse = SchedulerPulse()
    /// Adds up what runs have done.
    package let meter = RunMeter()
    /// When this engine was made.
    let startedAt: Instant
    /// Knows whether the store can be used.
    let probe = StoreProbe()
    /// Reads and changes connections.
    package let connections: ConnectionService
    /// Shows mappings.
    package let mappings: MappingService
    /// Lists and explains records.
    package let records: RecordService
    /// Lists, shows and rejects plans.
    package let plans: PlanService
    /// Groups what keeps records from going through.
    package let errors: ErrorService
    /// Shows questions, conflicts and jobs.
    package let openItems: OpenItemService
    /// Counts what is open.
    package let status: StatusService
    /// Users, sessions and tokens.
    package let access: AccessService
    /// Signing in with a provider.
    package let signIn: SignInService
    /// Shows and removes subscriptions to changes.
    package let subscriptions: SubscriptionService
    /// Takes what remote systems send to tell of changes.
    package let notifications: NotificationService
    /// Shows and sets who is told what needs a person.
    package let alerting: AlertService

    /// Makes an engine.
    /// - Parameters:
    ///   - store: Keeps what Couplet knows.
    ///   - factory: Makes connectors.
    ///   - sealer: Seals secrets.
    ///   - clock: The present time and waiting.
    ///   - ids: New ids.
    ///   - hasher: Hashes passwords; nil where nobody signs in.
    ///   - decisions: The core's decisions.
    ///   - witness: Keeps a mark of the store outside of it.
    ///   - courier: Brings alerts to those who want to be told; nil where nobody can be.
    ///   - identityProvider: Asks a provider who somebody is; nil where nobody signs in so.
    ///   - defaultMappings: The mappings that a pair of connections starts with, by the connections' names.
    package init(
        store: any StateStore,
        factory: any ConnectorFactory,
        sealer: any SecretSealer,
        clock: any EngineClock,
        ids: any IDSource,
        hasher: (any PasswordHasher)? = nil,
        decisions: any Decisions = CoreDecisions(),
        witness: (any StoreWitness)? = nil,
        courier: (any AlertCourier)? = nil,
        identityProvider: (any IdentityProvider)? = nil,
        defaultMappings: @escaping @Sendable (BySide<String>) -> [TableMapping]
    ) {
        self.store = store
        self.clock = clock
        startedAt = clock.now
        self.ids = ids
        self.decisions = decisions
        self.witness = witness
        let connections = ConnectionService(
            store: store,
            factory: factory,
            sealer: sealer,
            defaultMappings: defaultMappings
        )
        self.connections = connections
        mappings = MappingService(store: store, clock: clock, connections: connections, gate: gate)
        records = RecordService(
            store: store,
            clock: clock,
            connections: connections,
            gate: gate,
            wakeups: wakeups
        )
        plans = PlanService(store: store, clock: clock)
        errors = ErrorService(store: store)
        openItems = OpenItemService(store: store, gate: gate)
        status = StatusService(store: store)
        let access = AccessService(store: store, clock: clock, ids: ids, hasher: hasher)
        self.access = access
        signIn = SignInService(access: access, sealer: sealer, provider: identityProvider)
        let book = SubscriptionBook()
        subscriptions = SubscriptionService(store: store, clock: clock, connections: connections, book: book)
        notifications = NotificationService(
            store: store,
            factory: factory,
            sealer: sealer,
            clock: clock,
            wakeups: wakeups,
            book: book
        )
        alerting = AlertService(store: store, clock: clock, ids: ids, sealer: sealer, courier: courier)
    }
}
