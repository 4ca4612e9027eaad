extension EnglishTexts {
    /// Stand-ins and the demonstration.
    static let demo: [String: String] = [
        "demo.desk":
            "The desk is open. This link signs you in once: {link}\nTry: settle the conflict, answer a question, look at Errors, approve a plan, open a customer and press Synchronize Now.",
        "demo.troubles": "A bad week: one record of every kind of trouble",
        "demo.trouble": "{key}: {trouble}",
        "demo.synchronizeAgain": "Synchronize everything again; then see: couplet status",
        "help.demo.troubles":
            "After the first synchronization, give one record of every kind of trouble to practise on.",
        "trouble.conflict": "changed differently in both systems",
        "trouble.tooLong": "a name that is too long for the ERP",
        "trouble.unmappedOption": "payment terms that the ERP does not know",
        "trouble.waiting": "a salesperson who is not coupled",
        "trouble.drift": "a one-way field changed in the CRM",
        "trouble.outOfScope": "blocked, and so outside the filter",
        "trouble.erpDeleted": "deleted in the ERP",
        "trouble.crmDeleted": "deleted in the CRM",
        "trouble.unresolvableReference": "a currency that the CRM does not have",
        "trouble.question": "two accounts that could be its counterpart",
        "trouble.merged": "its account was merged into another one",
        "trouble.unconfirmed": "its creation was not confirmed, and the ERP changed what it was sent",
        "sandbox.running": """
        Stand-ins of both systems are running. They are not the real systems, and forget everything when \
        they end.
        """,
        "sandbox.credentials": "Token URL {token}, client id {client}, client secret {secret}. Connect it with:",
        "sandbox.forms": "Plain forms with actions that lead to the desk: {erp} and {crm}",
        "sandbox.badDesk": "{address} is not the address of a desk.",
        "sandbox.badDesk.remedy": "Give the address that serve shows, for example http://127.0.0.1:8440",
        "sandbox.end": "Ctrl-C ends them.",
        "sandbox.failed": "The stand-ins cannot run: {detail}",
        "sandbox.failed.remedy": "Choose other ports, or leave them out to get free ones; check certificate and key.",
        "sandbox.seedAndRecords": "A seed folder and a number of records exclude each other.",
        "sandbox.seedAndRecords.remedy": "Give either --seed or --records.",
        "sandbox.badSeed": "The seed folder cannot be used: {folder} ({detail})",
        "sandbox.badSeed.remedy":
            "It holds business-central/TABLE.json and dataverse/TABLE.json, each a list of records.",
        "sandbox.badPort": "{port} is no port: it is a number from 0 to 65535.",
        "sandbox.halfCertificate": "A certificate and its key go together: give both --tls-cert and --tls-key.",
        "sandbox.badRecords": "{records} records cannot be made up.",
        "sandbox.badRecords.remedy": "Give a number from 0 to {most}.",
        "demo.start": "A demonstration with stand-ins of an ERP and a CRM; its state is in {home}",
        "demo.homeInUse": "{home} holds something that no demonstration made.",
        "demo.homeInUse.remedy": "Name an empty or a new directory with --home DIR.",
        "demo.sandboxes": "The ERP listens on {erp}, the CRM on {crm}.",
        "demo.connect": "Connecting the ERP and the CRM, and testing both connections",
        "demo.plan": "What coupling salespeople and customers would do now, before anything is written",
        "demo.planWaits": "Customers wait for their salesperson, so salespeople are coupled first.",
        "demo.enable": "Enabling both connections: from here on Couplet may write",
        "demo.matchPeople":
            "Coupling salespeople of the ERP with users of the CRM that have the same e-mail; the CRM's values win",
        "demo.createPeople": "Creating a salesperson in the ERP for every other user of the CRM",
        "demo.matchCodes": """
        Coupling currencies, payment terms and shipment methods of the ERP with those of the CRM that have \
        the same code, and units of measure with unit groups; the CRM gets the unit groups that it lacks
        """,
        "demo.matchCustomers": """
        Coupling customers of the ERP with accounts of the CRM, by number, then by name and city; where \
        they differ, the ERP's values win; for every other customer an account is created in the CRM \
        with the ERP's values
        """,
        "demo.matchVendors":
            "The same for vendors of the ERP, with accounts of the CRM of the relationship type Vendor",
        "demo.matchContacts": """
        Coupling people at customers and vendors with contacts of the CRM, by e-mail, then by name and company; \
        the CRM gets a contact for everyone else
        """,
        "demo.matchItems": "Coupling items of the ERP with products of the CRM by number; the CRM gets those it lacks",
        "demo.synchronize": "Synchronizing what changed, in both directions",
        "demo.next": "The stand-ins stay up. Try in another terminal:",
        "demo.staysUp": "Ctrl-C ends the demonstration.",
        "demo.end": "The demonstration has ended.",
        "tour.tooFew": "Fewer than four customers are in sync: the tour of edits is left out.",
        "tour.edits": "People change records on both sides",
        "tour.edit": "In the {side}, {key} {name}: {field} becomes {value}",
        "tour.plan":
            "What synchronizing would do: different fields merge, the same field changed differently is a conflict",
        "tour.synchronize": "Synchronizing again",
        "tour.resolve":
            "To resolve the conflict: couplet conflict resolve {conflict} --take erp|crm --home {home}",
        "help.sandbox.seed": "A folder with business-central/TABLE.json and dataverse/TABLE.json.",
        "help.sandbox.records":
            "Make up so many customers, with vendors, people and items in proportion, instead of the small company.",
        "help.sandbox.bcPort": "The port of the ERP's stand-in; 0 takes a free one.",
        "help.sandbox.dataversePort": "The port of the CRM's stand-in; 0 takes a free one.",
        "help.sandbox.desk":
            "Also serve plain forms in the place of the systems' own pages, with actions that lead to the desk at this address.",
        "help.sandbox.tlsCert": "A PEM certificate, to serve https.",
        "help.sandbox.tlsKey": "The certificate's PEM key.",
        "help.demo.once": "End after the first synchronization.",
        "help.demo.tour": "Then change records on both sides, a conflict among them, and synchronize again.",
    ]
}
