import CoupletCore

/// What a command's manual has besides its texts: examples to type, and the exit statuses that it can end with.
struct ManualEntry {
    /// Commands to type.
    var examples: [String]
    /// The exit statuses beyond 0 and 2, which every command can end with.
    var statuses: [ExitStatus]

    /// Statuses of a command that works with the store alone.
    private static let local: [ExitStatus] = [.tryLater, .wrongConfiguration]
    /// Statuses of a command that reads the remote systems.
    private static let reading: [ExitStatus] = [.remoteDown, .tryLater, .notAllowed, .wrongConfiguration, .interrupted]
    /// Statuses of a command that writes to the remote systems.
    private static let writing: [ExitStatus] = [
        .doneWithOpenItems, .remoteDown, .tryLater, .notAllowed, .wrongConfiguration, .interrupted,
    ]

    private init(_ statuses: [ExitStatus], _ examples: String...) {
        self.statuses = statuses
        self.examples = examples
    }

    /// The entry of a command, by the code of its texts without `command.`; nil for a group of commands.
    static func entry(_ code: String) -> ManualEntry? {
        connections[code] ?? mappings[code] ?? records[code] ?? users[code] ?? rest[code]
    }

    private static let connections: [String: ManualEntry] = [
        "connection.list": ManualEntry(local, "couplet connection list"),
        "connection.set": ManualEntry(
            local,
            "couplet connection set erp --side erp --kind businessCentral --url URL --company ID --token-url URL "
                + "--client-id ID --client-secret-file FILE",
            "couplet connection set crm --side crm --kind dataverse --url URL --token-url URL --client-id ID "
                + "--client-secret-file -"
        ),
        "connection.test": ManualEntry(reading, "couplet connection test", "couplet connection test erp"),
        "connection.enable": ManualEntry(
            [.waitsForApproval] + reading,
            "couplet connection enable",
            "couplet connection enable erp --yes"
        ),
        "connection.confirm": ManualEntry(reading, "couplet connection confirm crm"),
        "connection.disable": ManualEntry(local, "couplet connection disable"),
        "subscription.list": ManualEntry(local, "couplet subscription list"),
        "subscription.remove": ManualEntry(
            [.waitsForApproval] + reading,
            "couplet subscription remove erp"
        ),
        "subscription.add": ManualEntry(local, "couplet subscription add erp"),
        "alert.list": ManualEntry([.doneWithOpenItems] + local, "couplet alert list"),
        "alert.set": ManualEntry(
            local,
            "couplet alert set office --mail it@example.com --quiet \"between 17:00 and 07:00 in Europe/Stockholm\"",
            "couplet alert set duty --webhook https://alerts.example.com/couplet --secret-file FILE --only-urgent"
        ),
        "alert.test": ManualEntry([.remoteDown] + local, "couplet alert test office"),
        "alert.remove": ManualEntry(local, "couplet alert remove office"),
        "alert.lag": ManualEntry(local, "couplet alert lag 7200"),
    ]

    private static let mappings: [String: ManualEntry] = [
        "mapping.list": ManualEntry(local, "couplet mapping list"),
        "mapping.show": ManualEntry(local, "couplet mapping show CUSTOMER"),
        "mapping.defaults": ManualEntry(
            local,
            "couplet mapping defaults --erp north --crm crm",
            "couplet mapping defaults CUSTOMER VENDOR --erp north --crm crm"
        ),
        "mapping.new": ManualEntry(
            reading,
            "couplet mapping new PROJECT --erp projects --crm new_projects --output project.yaml"
        ),
        "mapping.export": ManualEntry(
            local,
            "couplet mapping export --output mappings.yaml",
            "couplet mapping export CUSTOMER VENDOR"
        ),
        "mapping.apply": ManualEntry(
            local,
            "couplet mapping apply mappings.yaml --preview",
            "couplet mapping apply mappings.yaml"
        ),
        "mapping.try": ManualEntry(
            local,
            "couplet mapping try CUSTOMER country se",
            "couplet mapping try CUSTOMER country Sweden --from crm --rules \"translate 'SE' = 'Sweden'\""
        ),
        "mapping.reset": ManualEntry(local, "couplet mapping reset CUSTOMER --preview"),
        "mapping.pause": ManualEntry(local, "couplet mapping pause CUSTOMER"),
        "mapping.resume": ManualEntry(local, "couplet mapping resume CUSTOMER"),
        "coupling.export": ManualEntry(local, "couplet coupling export --output couplings.csv"),
        "coupling.import": ManualEntry(
            reading,
            "couplet coupling import couplings.csv --preview",
            "couplet coupling import couplings.csv"
        ),
    ]

    private static let records: [String: ManualEntry] = [
        "list": ManualEntry(
            reading,
            "couplet list CUSTOMER",
            "couplet list CUSTOMER --coupled no --side erp",
            "couplet list CUSTOMER --state conflict --state parked",
            "couplet list CUSTOMER --filter adatum"
        ),
        "explain": ManualEntry(reading, "couplet explain CUSTOMER 10000"),
        "open": ManualEntry(
            writing,
            "couplet open CUSTOMER 10000",
            "couplet open account crm:ID",
            "couplet open account crm:ID --mapping VENDOR --create"
        ),
        "couple": ManualEntry(
            writing,
            "couplet couple CUSTOMER 10000 --with crm:ID --sync to",
            "couplet couple CUSTOMER 10000 --create",
            "couplet couple CUSTOMER 10000 --choices",
            "couplet couple CUSTOMER 10000 --with crm:ID --move --preview"
        ),
        "match": ManualEntry(
            writing,
            "couplet match CUSTOMER --preview",
            "couplet match CUSTOMER --create-unmatched --sync to",
            "couplet match CUSTOMER --on email:1 --on displayName:2 --on city:2",
            "couplet match CUSTOMER --suggest --preview"
        ),
        "sync": ManualEntry(
            writing + [.waitsForApproval],
            "couplet sync",
            "couplet sync CUSTOMER 10000 20000 --direction to",
            "couplet sync CUSTOMER 10000 --choices",
            "couplet sync --review",
            "couplet sync CUSTOMER --full --preview"
        ),
        "uncouple": ManualEntry(
            reading,
            "couplet uncouple CUSTOMER 10000",
            "couplet uncouple CUSTOMER --all --preview"
        ),
        "plan.list": ManualEntry(local, "couplet plan list"),
        "plan.show": ManualEntry(local, "couplet plan show 7"),
        "plan.apply": ManualEntry(writing, "couplet plan apply 7"),
        "plan.reject": ManualEntry(local, "couplet plan reject 7"),
        "error.list": ManualEntry(local, "couplet error list CUSTOMER"),
        "error.show": ManualEntry(local, "couplet error show 8dc673fa"),
        "error.retry": ManualEntry(writing, "couplet error retry", "couplet error retry 8dc673fa 10000"),
        "error.restore": ManualEntry(
            writing + [.waitsForApproval],
            "couplet error restore 8dc673fa --preview",
            "couplet error restore 8dc673fa 10000"
        ),
        "error.delete": ManualEntry(
            writing + [.waitsForApproval],
            "couplet error delete 8dc673fa --preview",
            "couplet error delete 8dc673fa crm:ID"
        ),
        "error.uncouple": ManualEntry(reading, "couplet error uncouple 8dc673fa 10000"),
        "history": ManualEntry(local, "couplet history CUSTOMER 10000"),
        "undo": ManualEntry(writing, "couplet undo 12 --preview", "couplet undo --job 31"),
        "question.list": ManualEntry(local, "couplet question list CUSTOMER"),
        "question.answer": ManualEntry(
            writing,
            "couplet question answer 3 --candidate crm:ID --sync to",
            "couplet question answer 4 --take erp"
        ),
        "conflict.list": ManualEntry(local, "couplet conflict list"),
        "conflict.show": ManualEntry(local, "couplet conflict show 2"),
        "conflict.resolve": ManualEntry(
            writing,
            "couplet conflict resolve 2 --take crm",
            "couplet conflict resolve 2 --field city --value Lund",
            "couplet conflict resolve --all CUSTOMER --field city --take crm --always"
        ),
        "job.list": ManualEntry(
            local,
            "couplet job list --limit 10",
            "couplet job list CUSTOMER --record 10000"
        ),
        "retention.show": ManualEntry(local, "couplet retention show"),
        "retention.set": ManualEntry(local, "couplet retention set 365", "couplet retention set forever"),
        "retention.apply": ManualEntry(
            local,
            "couplet retention apply --preview",
            "couplet retention apply --days 90"
        ),
        "erase": ManualEntry(local, "couplet erase CONTACT 10000", "couplet erase CONTACT crm:ID"),
        "status": ManualEntry(local, "couplet status", "couplet status CUSTOMER"),
        "job.show": ManualEntry(local, "couplet job show 12"),
        "audit.list": ManualEntry(
            local,
            "couplet audit list --who anna --from 2026-01-01",
            "couplet audit list --event plan"
        ),
        "audit.export": ManualEntry(local, "couplet audit export > audit.ndjson"),
        "writing.show": ManualEntry([.waitsForApproval] + local, "couplet writing show"),
        "writing.confirm": ManualEntry(local, "couplet writing confirm"),
        "audit.verify": ManualEntry([.doneWithOpenItems] + local, "couplet audit verify"),
    ]

    private static let users: [String: ManualEntry] = [
        "user.list": ManualEntry(local, "couplet user list"),
        "user.add": ManualEntry(
            local,
            "couplet user add anna --role operator",
            "couplet user add vera --role viewer --mapping VENDOR --mapping ITEM-PRODUCT"
        ),
        "user.set": ManualEntry(
            local,
            "couplet user set anna --role administrator",
            "couplet user set anna --disable"
        ),
        "signIn.show": ManualEntry(local, "couplet sign-in show"),
        "signIn.set": ManualEntry(
            local,
            """
            couplet sign-in set --issuer https://login.microsoftonline.com/TENANT/v2.0 --client-id ID \
            --client-secret-file FILE --address https://couplet.example.org --role Couplet.Operator=operator
            """,
            "couplet sign-in set --new-users add"
        ),
        "signIn.test": ManualEntry([.remoteDown, .notAllowed] + local, "couplet sign-in test"),
        "signIn.remove": ManualEntry(local, "couplet sign-in remove"),
        "user.remove": ManualEntry(local, "couplet user remove anna"),
        "user.reset": ManualEntry(local, "couplet user reset anna"),
        "user.link": ManualEntry(local, "couplet user link anna"),
        "token.list": ManualEntry(local, "couplet user token list anna"),
        "token.add": ManualEntry(local, "couplet user token add anna --label reports --days 30"),
        "token.remove": ManualEntry(local, "couplet user token remove anna 8dc673fa"),
    ]

    private static let rest: [String: ManualEntry] = [
        "demo": ManualEntry(
            [.doneWithOpenItems, .interrupted],
            "couplet demo",
            "couplet demo --once --records 1000",
            "couplet demo --troubles"
        ),
        "sandbox": ManualEntry([.wrongConfiguration], "couplet sandbox --records 100"),
        "serve": ManualEntry(
            local,
            "couplet serve --home /var/lib/couplet",
            "couplet serve --listen 127.0.0.1:8440",
            "COUPLET_NOTIFICATION_ADDRESS=https://couplet.example.com couplet serve --listen 127.0.0.1:8440"
        ),
        "backup": ManualEntry(
            local,
            "couplet backup /var/backups/couplet.sqlite",
            "couplet backup /var/backups/couplet.sqlite --force"
        ),
        "restore": ManualEntry(local, "couplet restore /var/backups/couplet.sqlite --home /var/lib/couplet/home"),
        "doctor": ManualEntry([.doneWithOpenItems, .tryLater, .wrongConfiguration], "couplet doctor"),
        "completion": ManualEntry(
            [],
            "couplet completion bash > ~/.local/share/bash-completion/completions/couplet",
            "couplet completion zsh > ~/.zfunc/_couplet",
            "couplet completion fish > ~/.config/fish/completions/couplet.fish"
        ),
        "version": ManualEntry([], "couplet version"),
    ]
}
