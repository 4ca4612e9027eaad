extension EnglishTexts {
    /// Signing in with a provider.
    static let signIn: [String: String] = [
        "command.signIn": "Manages how users sign in at the desk with an OpenID Connect provider.",
        "command.signIn.show": "Shows the provider that users sign in with.",
        "command.signIn.show.remedy":
            "Use it to see the address that the provider must know as one to send browsers back to.",
        "command.signIn.set": "Sets the provider that users sign in with, or changes how it is used.",
        "command.signIn.set.remedy": """
        What is not given stays as it is; roles are given all together, and another issuer needs the secret \
        again. Try it with couplet sign-in test.
        """,
        "command.signIn.test": "Asks the provider for what it says of itself and for its keys.",
        "command.signIn.test.remedy": """
        Use it after setting the provider up. It signs nobody in, so that a wrong secret shows only when somebody \
        signs in.
        """,
        "command.signIn.remove": "Lets nobody sign in with the provider any more.",
        "command.signIn.remove.remedy": """
        The sessions of whoever signed in with it end. Give them a way in again with: couplet user set NAME \
        --local
        """,
        "help.signIn.issuer": """
        The provider's address as its ID tokens name it, for example \
        https://login.microsoftonline.com/TENANT/v2.0.
        """,
        "help.signIn.client": "What the provider calls Couplet: the id of the registered application.",
        "help.signIn.secretFile": "A file with the application's secret; - reads standard input.",
        "help.signIn.address":
            "The address by which browsers reach the desk, for example https://couplet.example.org.",
        "help.signIn.role": """
        What a value of the claim means, VALUE=ROLE with viewer, auditor, operator or administrator; give it \
        again for more.
        """,
        "help.signIn.roleClaim": "The claim that tells roles. (default: roles)",
        "help.signIn.nameClaim": "The claim that a new user's name is made of. (default: preferred_username)",
        "help.signIn.newUsers": "What becomes of somebody who has a role and is no user. (default: refuse)",
        "help.user.subject":
            "Let the user sign in with the provider, who calls them so, and no longer with a password.",
        "help.user.local":
            "Let the user sign in with a password again; give one with couplet user reset NAME.",
        "user.state.provided": "signs in with the provider",
        "signIn.none": "Users sign in with passwords only.",
        "signIn.tested": "{issuer} answers as it should, and its keys can be read.",
        "signIn.setting.issuer": "Issuer",
        "signIn.setting.client": "Application",
        "signIn.setting.return": "Sends browsers back to",
        "signIn.setting.roleClaim": "Claim with roles",
        "signIn.setting.nameClaim": "Claim with the name",
        "signIn.setting.role": "Role",
        "signIn.setting.newUsers": "New users",
        "signIn.newUsers.add": "are added when they sign in",
        "signIn.newUsers.refuse": "are refused",
        "column.setting": "Setting",
        "column.value": "Value",
        "signIn.notSet": "No provider to sign in with is set.",
        "signIn.notSet.remedy": "Set one with: couplet sign-in set",
        "signIn.incomplete": "Something that is needed to sign in with a provider is missing.",
        "signIn.incomplete.remedy":
            "Give issuer, client id, client secret and the desk's address the first time.",
        "signIn.noSecret": "The application's secret is missing.",
        "signIn.noSecret.remedy": "Give it; with another issuer it must be given again.",
        "signIn.noRoles": "No value of the claim means a role, so that nobody could sign in.",
        "signIn.noRoles.remedy": "Give at least one role, for example Couplet.Operator=operator.",
        "signIn.badIssuer": "{issuer} cannot be an issuer.",
        "signIn.badIssuer.remedy":
            "Give an https address without question mark; http leads to this machine only.",
        "signIn.noTenant":
            "This address, {tenant}, stands for all tenants of Entra ID, and each of them signs as another issuer.",
        "signIn.noTenant.remedy": "Give the id of your tenant: https://login.microsoftonline.com/TENANT/v2.0",
        "signIn.badAddress": "{address} cannot be the desk's address.",
        "signIn.badAddress.remedy":
            "Give https, host and port and nothing else; http leads to this machine only.",
        "signIn.badText": "One of the texts is empty, too long, or has control characters.",
        "signIn.badText.remedy": "Look at client id, client secret and the names of the claims.",
        "signIn.badRole": "{rule} does not say what a value of the claim means.",
        "signIn.badRole.remedy":
            "Write VALUE=ROLE, where the role is viewer, auditor, operator or administrator.",
        "signIn.notBegun": """
        This sign-in was not begun by this browser at {address}, was used already, or took longer than ten \
        minutes.
        """,
        "signIn.notBegun.remedy": "Open the desk at {address} and begin again.",
        "signIn.denied": "The provider let nobody in: the sign-in was cancelled or not allowed.",
        "signIn.denied.remedy": "Begin again, or ask whoever administers the accounts of your organization.",
        "signIn.providerRefused": "The provider answered with an error: {error}",
        "signIn.providerRefused.remedy":
            "Begin again. An administrator finds more about it in the provider's own log.",
        "signIn.noCode": "The provider sent the browser back without saying anything.",
        "signIn.noCode.remedy": "Begin again.",
        "signIn.secretLost": "The stored secret of the application cannot be read.",
        "signIn.secretLost.remedy": "Set it anew with: couplet sign-in set --client-secret-file FILE",
        "signIn.secretRefused": "The provider does not accept the application's id and secret.",
        "signIn.secretRefused.remedy":
            "Secrets expire: make a new one there, and set it with: couplet sign-in set --client-secret-file FILE",
        "signIn.codeRefused":
            "The provider does not accept what the browser brought back, since it is used or too old.",
        "signIn.codeRefused.remedy": "Begin again.",
        "signIn.noToken": "{provider} did not say who it is, and answered with status {status}.",
        "signIn.noToken.remedy": "Begin again in a while, or sign in with a password where you have one.",
        "signIn.notReached": "{provider} does not answer[[: {detail}]].",
        "signIn.notReached.remedy": "Try again in a while, or sign in with a password where you have one.",
        "signIn.noDescription":
            "{issuer} does not say how people sign in with it, or names addresses that are not safe.",
        "signIn.noDescription.remedy": "See whether the issuer is right with: couplet sign-in show",
        "signIn.saysOther": "The provider at {issuer} calls itself {said}.",
        "signIn.saysOther.remedy":
            "Set the issuer exactly as the provider says it, {said}, with: couplet sign-in set --issuer URL",
        "signIn.badKeys": "The keys of {issuer} cannot be read.",
        "signIn.badKeys.remedy": "Try again in a while, or see more with: couplet sign-in test",
        "signIn.unknownKey": "The provider signed with a key that it does not publish.",
        "signIn.unknownKey.remedy": "Its keys are read anew at most once a minute: begin again in a minute.",
        "signIn.badToken": "What the provider says cannot be read.",
        "signIn.badToken.remedy":
            "An administrator should compare the provider's settings with docs/sign-in.md.",
        "signIn.badAlgorithm": "The provider signs in a way that is not accepted.",
        "signIn.badAlgorithm.remedy": "Let it sign ID tokens with RS256 or ES256.",
        "signIn.badSignature": "The signature of what the provider says is wrong.",
        "signIn.badSignature.remedy": """
        Begin again; where that does not help, an administrator should look at who answers in the provider's \
        place.
        """,
        "signIn.otherIssuer": "What came back was not said by {issuer}.",
        "signIn.otherIssuer.remedy": "See whether the issuer is right with: couplet sign-in show",
        "signIn.otherAudience": "What the provider says is meant for another application than {client}.",
        "signIn.otherAudience.remedy": "See whether the client id is right with: couplet sign-in show",
        "signIn.expired": "What the provider says is too old.",
        "signIn.expired.remedy": "Begin again; the clocks of provider and desk may differ by two minutes.",
        "signIn.notYet": "What the provider says is not true yet.",
        "signIn.notYet.remedy":
            "The clocks of provider and desk may differ by two minutes: set the clock of this machine.",
        "signIn.otherNonce": "What the provider says belongs to another sign-in.",
        "signIn.otherNonce.remedy": "Begin again.",
        "signIn.noRole": "The provider gives you no role in Couplet in the claim {claim}.",
        "signIn.noRole.remedy": "Ask whoever administers the accounts of your organization to give you one.",
        "signIn.disabled": "An administrator of Couplet keeps you out for now.",
        "signIn.disabled.remedy": "An administrator lets you in again with: couplet user set NAME --enable",
        "signIn.unknownUser": "You are not a user of Couplet. The provider calls you {subject}.",
        "signIn.unknownUser.remedy":
            "Tell an administrator, who lets you in with: couplet user set NAME --subject={subject}",
        "signIn.noName": "The provider says no name in the claim {claim}.",
        "signIn.noName.remedy":
            "An administrator can name another claim with: couplet sign-in set --name-claim CLAIM",
        "signIn.nameTaken": "Another user is called {name}. The provider calls you {subject}.",
        "signIn.nameTaken.remedy":
            "Where that is you, an administrator says so with: couplet user set {name} --subject={subject}",
        "signIn.subjectTaken": "The provider calls {name} so already.",
        "signIn.subjectTaken.remedy": "See the users with: couplet user list",
        "signIn.noPassword": "{name} signs in with the provider and has no password here.",
        "signIn.noPassword.remedy":
            "Where they shall have one, an administrator says so with: couplet user set {name} --local",
        "signIn.roleIsProvided": "The provider says which role {name} has.",
        "signIn.roleIsProvided.remedy": "Change it there; it counts from the next sign-in on.",
        "audit.event.user.signedIn": "signed in with the provider",
        "audit.event.user.refused": "was not let in",
        "audit.event.signIn.set": "set",
        "audit.event.signIn.removed": "removed",
        "audit.subject.provider": "provider to sign in with",
        "desk.signInWithProvider": "Sign in with your organization's account",
    ]
}
