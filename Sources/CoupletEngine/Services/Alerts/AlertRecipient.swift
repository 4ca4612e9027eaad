import CoupletCore
import CoupletPorts
import Foundation

/// Somebody, or something, that wants to be told what needs a person.
struct AlertRecipient: Codable, Sendable, Hashable {
    /// The name people use.
    var name: String
    /// How they are reached.
    var way: AlertWay
    /// The address as it may be shown: of a webhook no more than the host, because what follows may be a secret.
    var shownAddress: String
    /// The whole address, sealed.
    var sealedAddress: [UInt8]
    /// What messages are signed with, sealed; nil for mail.
    var sealedSecret: [UInt8]?
    /// The mail address that messages come from; nil for the one that the machine gives.
    var sender: String?
    /// What is told, and when.
    var terms: AlertTerms
    /// When it was set last.
    var changedAt: Instant

    /// Where messages go.
    func address(_ sealer: any SecretSealer) throws -> AlertAddress {
        AlertAddress(
            way: way,
            address: try sealer.open(sealedAddress),
            secret: try sealedSecret.map { try sealer.open($0) },
            sender: sender
        )
    }

    /// The settings as text, by name, as the audit log keeps them.
    var settings: [String: String] {
        var settings = [
            "way": way.rawValue, "address": shownAddress, "grouping": String(terms.groupingSeconds),
            "urgentWaits": String(terms.urgentWaits), "urgentOnly": String(terms.urgentOnly),
        ]
        settings["sender"] = sender
        settings["quiet"] = terms.quiet?.text
        return settings
    }
}

/// How alerts are kept: small documents that are only ever used whole.
enum AlertDocuments {
    private static let recipients = "alertRecipient"
    private static let ledgers = "alertLedger"
    private static let watches = "alertWatch"
    private static let watch = "open"
    /// The setting's name in the store.
    static let lagSetting = "alert.lag"
    /// How many seconds a mapping may lag where nobody has said otherwise.
    static let usualLagSeconds = 3600

    /// The recipients by name.
    static func recipients(_ transaction: any StoreReading) throws -> [AlertRecipient] {
        try transaction.documents(kind: recipients).map { try decoded($0.body, recipients, $0.key) }
    }

    /// A recipient; nil when there is none of the name.
    static func recipient(_ name: String, _ transaction: any StoreReading) throws -> AlertRecipient? {
        try transaction.document(kind: recipients, key: name).map { try decoded($0, recipients, name) }
    }

    static func save(_ recipient: AlertRecipient, _ transaction: any StoreWriting) throws {
        try transaction.saveDocument(encoded(recipient), kind: recipients, key: recipient.name)
    }

    /// Removes a recipient with what they were told.
    static func remove(_ name: String, _ transaction: any StoreWriting) throws {
        try transaction.removeDocument(kind: recipients, key: name)
        try transaction.removeDocument(kind: ledgers, key: name)
    }

    /// What recipients were told, by their names.
    static func ledgers(_ transaction: any StoreReading) throws -> [String: AlertLedger] {
        try transaction.documents(kind: ledgers).reduce(into: [:]) { all, document in
            all[document.key] = try decoded(document.body, ledgers, document.key)
        }
    }

    static func save(_ ledger: AlertLedger, of name: String, _ transaction: any StoreWriting) throws {
        try transaction.saveDocument(encoded(ledger), kind: ledgers, key: name)
    }

    /// What was found at the last look.
    static func watch(_ transaction: any StoreReading) throws -> AlertWatch {
        try transaction.document(kind: watches, key: watch).map { try decoded($0, watches, watch) } ?? AlertWatch()
    }

    static func save(_ found: AlertWatch, _ transaction: any StoreWriting) throws {
        try transaction.saveDocument(encoded(found), kind: watches, key: watch)
    }

    /// How many seconds a mapping may lag before that is an alert.
    static func lagSeconds(_ transaction: any StoreReading) throws -> Int {
        try transaction.setting(lagSetting).flatMap { Int($0) } ?? usualLagSeconds
    }

    private static func decoded<Document: Decodable>(_ body: [UInt8], _ kind: String, _ key: String) throws -> Document
    {
        do {
            return try JSONDecoder().decode(Document.self, from: Data(body))
        } catch {
            throw StoreError.damaged(detail: "the \(kind) \(key) cannot be read")
        }
    }

    private static func encoded(_ document: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return [UInt8](try encoder.encode(document))
    }
}
