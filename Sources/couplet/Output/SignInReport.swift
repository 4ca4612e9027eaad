import CoupletCore
import CoupletEngine

/// Shows the provider that users may sign in with.
enum SignInReport {
    /// Shows it.
    static func show(_ view: SignInView, on console: Console) {
        if console.isJSON {
            console.print(.object(["provider": view.provider.map(document) ?? .null]))
            return
        }
        guard let provider = view.provider else { return console.say("signIn.none") }
        var table = Table([
            .init(title: console.text("column.setting")), .init(title: console.text("column.value"), isFlexible: true),
        ])
        let rows = [
            ("issuer", provider.issuer), ("client", provider.clientID), ("return", provider.returnAddress),
            ("roleClaim", provider.roleClaim), ("nameClaim", provider.nameClaim),
        ]
        for (code, value) in rows { table.add([console.text("signIn.setting.\(code)"), value]) }
        for rule in provider.roles {
            table.add([
                console.text("signIn.setting.role"), rule.value + " = " + console.text("role.\(rule.role.rawValue)"),
            ])
        }
        table.add([
            console.text("signIn.setting.newUsers"),
            console.text(provider.addsUsers ? "signIn.newUsers.add" : "signIn.newUsers.refuse"),
        ])
        console.show(table)
    }

    private static func document(_ provider: SignInView.Provider) -> JSONDocument {
        .object([
            "issuer": .string(provider.issuer), "clientID": .string(provider.clientID),
            "address": .string(provider.address), "returnAddress": .string(provider.returnAddress),
            "roleClaim": .string(provider.roleClaim), "nameClaim": .string(provider.nameClaim),
            "roles": .array(
                provider.roles.map { .object(["value": .string($0.value), "role": .string($0.role.rawValue)]) }
            ),
            "addsUsers": .boolean(provider.addsUsers),
        ])
    }
}
