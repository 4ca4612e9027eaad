extension EnglishTexts {
    /// Working with a server on another machine.
    static let server: [String: String] = [
        "request.tooLarge": "The request is larger than what is taken at a time.",
        "request.tooLarge.remedy": "Send less at a time.",
        "help.server":
            "The address of a couplet serve on another machine, which does the work; also COUPLET_SERVER. Needs a token.",
        "help.tokenFile":
            "A file with the token for the server, which nobody else may read; also COUPLET_TOKEN_FILE. COUPLET_TOKEN holds the token itself.",
        "settings.badServer":
            "server cannot be \"{value}\": give the address of its desk, such as https://couplet.example.com",
        "settings.homeAndServer": "either a home of this machine is meant or the server {server}, not both",
        "server.onlyHere": "{command} works on this machine, and {server} is another one.",
        "server.onlyHere.remedy":
            "Run it on the machine that is meant, without --server and with COUPLET_SERVER blank; --home names a home of this machine.",
        "server.noToken": "{server} is asked with a token, and none was given.",
        "server.noToken.remedy":
            "Make one on the account page of its desk, or there with couplet user token add NAME. Put it into COUPLET_TOKEN, or into a file for --token-file.",
        "server.badToken": "The token holds signs that no token has.",
        "server.badToken.remedy": "Give the token's text alone, as it was shown when it was made.",
        "server.tokenFileOpen": "Others may read the file with the token: {file}",
        "server.tokenFileOpen.remedy":
            "Take that right away (chmod 600), and make another token where somebody may have read this one.",
        "server.wrongAddress": "{server} cannot be asked: {detail}",
        "server.wrongAddress.remedy":
            "Correct --server, COUPLET_SERVER or server in the settings file: the address of the desk, such as https://couplet.example.com",
        "server.unreachable": "{server} cannot be reached: {detail}",
        "server.unreachable.remedy":
            "Nothing was sent. Check that couplet serve runs there with --listen, and the way to it; then try again.",
        "server.untrusted": "There is no secure connection to {server}: {detail}",
        "server.untrusted.remedy":
            "Nothing was sent. Use the name in the certificate; name the PEM file of a signer of your own in COUPLET_TRUSTED_CERTIFICATES.",
        "server.answerLost": "The connection to {server} was lost before \"{action}\" was answered[[: {detail}]]",
        "server.answerLost.remedy":
            "It was not sent again. What was begun there is settled there. Look before you repeat it: couplet job list shows what was written, and couplet audit list what else was changed.",
        "server.elsewhere": "{server} leads elsewhere[[: {address}]]",
        "server.elsewhere.remedy": "If you trust that address, give it as the server; tokens follow no redirection.",
        "server.busy": "{server} is asked too often.",
        "server.busy.remedy": "Wait [[{seconds} {seconds|second|seconds} ]]and try again.",
        "server.notCouplet": "Nothing at {server} takes commands (HTTP {status}).",
        "server.notCouplet.remedy":
            "Check the address: it is that of the desk, with the path that a proxy may have put before it. A couplet serve that is older takes no commands from other machines.",
        "access.wrongToken": "The token is not accepted.",
        "access.wrongToken.remedy":
            "A token ends after its days, and with its user. Make another on the account page of the desk or with couplet user token add NAME, and give it in COUPLET_TOKEN or --token-file.",
        "access.onTheMachine": "\"{action}\" is not asked for from other machines.",
        "access.onTheMachine.remedy": "Run the command on the machine where couplet serve runs.",
        "action.unknown":
            "Couplet {server}, which does the work, does not know \"{action}\"[[, which Couplet {client} asks for]].",
        "action.unknown.remedy":
            "Use one version on both sides: couplet version tells this one. A running couplet serve has its version until it is started again.",
        "action.unknownProperty":
            "Couplet {server}, which does the work, does not know {property} of \"{action}\"[[, which Couplet {client} sends]].",
        "action.unknownProperty.remedy":
            "Nothing was done. Use one version on both sides: couplet version tells this one. A running couplet serve has its version until it is started again.",
        "action.malformed":
            "Couplet {server}, which does the work, cannot read [[{property} of ]]\"{action}\"[[ as Couplet {client} sends it]].",
        "action.malformed.remedy":
            "Nothing was done. Use one version on both sides: couplet version tells this one. A running couplet serve has its version until it is started again.",
        "action.otherAnswer":
            "This is Couplet {client} and cannot read [[{property} in ]]the answer to \"{action}\"[[ of Couplet {server}]].",
        "action.otherAnswer.remedy":
            "What was asked for may be done: couplet job list shows what was written. Use one version on both sides.",
        "action.tooLarge": "This is more than {megabytes} MB at once.",
        "action.tooLarge.remedy": "Do it in several parts.",
    ]
}
