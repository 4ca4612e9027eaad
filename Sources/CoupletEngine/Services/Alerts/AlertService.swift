import CoupletCore
import CoupletPorts

/// Sets, tries and removes the recipients of alerts.
package struct AlertService: Sendable {
    let store: any StateStore
    let clock: any EngineClock
    let ids: any IDSource
    let sealer: any SecretSealer
    let courier: (any AlertCourier)?

    /// The most seconds that one alert waits for others.
    private static let longestGrouping = 3600
    /// The least and the most seconds that a mapping may lag.
    private static let lags = 60...604_800

    /// Makes a recipient, or changes one; see `SetAlertRecipient`.
    func set(_ action: SetAlertRecipient, by author: Author) async throws {
        let terms = try Self.terms(action)
        let address = try action.address.map { try AlertPlace(action.way, $0, action.recipient) }
        if let sender = action.sender, !AlertPlace.isMailbox(sender) {
            throw CoupletError("alert.badMail", ["address": sender], status: .wrongUse)
        }
        if action.way == .webhook, let secret = action.secret, let objection = courier?.objection(toSecret: secret) {
            throw CoupletError(objection.code, objection.arguments, status: .wrongUse)
        }
        let sealedAddress = try address.map { try sealer.seal($0.text) }
        let sealedSecret = try action.way == .mail ? nil : action.secret.map { try sealer.seal($0) }
        try await store.write { transaction in
            let known = try AlertDocuments.recipient(action.recipient, transaction)
            // Another way leads elsewhere: nothing of what is known holds for it.
            let same = known?.way == action.way ? known : nil
            guard let shown = address?.shown ?? same?.shownAddress, let sealed = sealedAddress ?? same?.sealedAddress
            else { throw CoupletError("alert.noAddress", ["recipient": action.recipient], status: .wrongUse) }
            let secret = sealedSecret ?? same?.sealedSecret
            if action.way == .webhook, secret == nil {
                throw CoupletError("alert.noSecret", ["recipient": action.recipient], status: .wrongUse)
            }
            let recipient = AlertRecipient(
                name: action.recipient,
                way: action.way,
                shownAddress: shown,
                sealedAddress: sealed,
                sealedSecret: secret,
                sender: action.way == .mail ? action.sender : nil,
                terms: terms,
                changedAt: author.at
            )
            try AlertDocuments.save(recipient, transaction)
            var details = recipient.settings
            if action.way == .webhook { details["secret"] = sealedSecret == nil ? "kept" : "set" }
            try transaction.audit(.alertSet, AuditEntry.Subject(.recipient, recipient.name), by: author, details)
        }
    }

    private static func terms(_ action: SetAlertRecipient) throws -> AlertTerms {
        let isName = action.recipient.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
            default: false
            }
        }
        guard isName, (1...64).contains(action.recipient.utf8.count) else {
            throw CoupletError("alert.badName", ["recipient": action.recipient], status: .wrongUse)
        }
        let grouping = action.groupingSeconds ?? AlertTerms().groupingSeconds
        guard (0...longestGrouping).contains(grouping) else {
            throw CoupletError("alert.badGrouping", ["seconds": String(grouping)], status: .wrongUse)
        }
        return AlertTerms(
            groupingSeconds: grouping,
            quiet: try action.quiet.map { try QuietHours(parsing: $0) },
            urgentWaits: action.urgentWaits,
            urgentOnly: action.urgentOnly
        )
    }

    /// Sends a recipient a message that only tries whether it arrives; see `TestAlertRecipient`.
    func test(_ name: String) async throws {
        guard let recipient = try await store.read({ try AlertDocuments.recipient(name, $0) }) else {
            throw Self.unknown(name)
        }
        let message = AlertMessage(id: ids.next().description, madeAt: clock.now, isTest: true, items: [])
        do throws(AlertUndelivered) {
            try await deliver(message, to: recipient)
        } catch {
            try Task.checkCancellation()
            throw CoupletError(error.reason.code, error.reason.arguments, status: .remoteDown)
        }
    }

    /// Brings a message to a recipient, once.
    func deliver(_ message: AlertMessage, to recipient: AlertRecipient) async throws(AlertUndelivered) {
        guard let courier else { throw AlertUndelivered(Message("alert.noCourier")) }
        let address: AlertAddress
        do {
            address = try recipient.address(sealer)
        } catch {
            throw AlertUndelivered(Message(of: error))
        }
        try await courier.deliver(message, to: address)
    }

    /// Removes a recipient; see `RemoveAlertRecipient`.
    func remove(_ name: String, by author: Author) async throws {
        try await store.write { transaction in
            guard try AlertDocuments.recipient(name, transaction) != nil else { throw Self.unknown(name) }
            try AlertDocuments.remove(name, transaction)
            try transaction.audit(.alertRemoved, AuditEntry.Subject(.recipient, name), by: author)
        }
    }

    /// Sets for how long a mapping may lag; see `SetAlertLag`.
    func setLag(_ action: SetAlertLag, by author: Author) async throws {
        guard Self.lags.contains(action.seconds) else {
            throw CoupletError("alert.badLag", ["seconds": String(action.seconds)], status: .wrongUse)
        }
        try await store.write { transaction in
            let before = try AlertDocuments.lagSeconds(transaction)
            guard before != action.seconds else { return }
            try transaction.save(setting: AlertDocuments.lagSetting, String(action.seconds))
            try transaction.audit(
                .settingChanged,
                AuditEntry.Subject(.store, AlertDocuments.lagSetting),
                by: author,
                ["before": String(before), "after": String(action.seconds)]
            )
        }
    }

    /// What keeps recipients from being told.
    func findings() async throws -> [FindingsView.Finding] {
        let (recipients, ledgers) = try await store.read {
            (try AlertDocuments.recipients($0), try AlertDocuments.ledgers($0))
        }
        return recipients.map { recipient in
            if let obstacle = courier?.obstacle(to: recipient.way) {
                return FindingsView.Finding(.alert, recipient.name, .bad, obstacle)
            }
            guard let ledger = ledgers[recipient.name] else {
                return FindingsView.Finding(.alert, recipient.name, .good, Message("doctor.alertsNotYet"))
            }
            if let problem = ledger.delivery?.problem {
                return FindingsView.Finding(.alert, recipient.name, .bad, problem)
            }
            let message =
                ledger.deliveredAt.map { Message("doctor.alertsArrive", ["at": $0.description]) }
                ?? Message("doctor.alertsNotYet")
            return FindingsView.Finding(.alert, recipient.name, .good, message)
        }
    }

    private static func unknown(_ name: String) -> CoupletError {
        CoupletError("alert.unknown", ["recipient": name], status: .wrongUse)
    }
}

/// An address as somebody gave it, and as it may be shown.
private struct AlertPlace {
    /// The address.
    let text: String
    /// As much of it as may be shown.
    let shown: String

    /// - Throws: `CoupletError` where it is none; it does not say a web address again.
    init(_ way: AlertWay, _ text: String, _ recipient: String) throws {
        switch way {
        case .webhook:
            guard let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) }),
                text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
            else { throw CoupletError("alert.badURL", ["recipient": recipient], status: .wrongUse) }
            let rest = text.dropFirst(scheme.count)
            let host = rest.prefix { !"/?#".contains($0) }
            // A name and password before the host would stand in every log on the way.
            guard !host.isEmpty, !host.contains("@") else {
                throw CoupletError("alert.badURL", ["recipient": recipient], status: .wrongUse)
            }
            self.text = text
            shown = scheme + host + (rest.count > host.count + 1 ? "/…" : "")
        case .mail:
            let boxes = text.split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }
                .map { String($0.reversed().trimmingPrefix { $0 == " " }.reversed()) }
            guard !boxes.isEmpty, boxes.count <= 20 else {
                throw CoupletError("alert.badMail", ["address": text], status: .wrongUse)
            }
            for box in boxes where !Self.isMailbox(box) {
                throw CoupletError("alert.badMail", ["address": box], status: .wrongUse)
            }
            self.text = boxes.joined(separator: ",")
            shown = boxes.joined(separator: ", ")
        }
    }

    /// Whether a text is a mail address without anything around it that could say more to a mail program.
    static func isMailbox(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.count <= 64, (1...253).contains(parts[1].utf8.count),
            text.utf8.first != UInt8(ascii: "-")
        else { return false }
        func consists(_ part: Substring, of more: String) -> Bool {
            part.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9": true
                default: more.unicodeScalars.contains(scalar)
                }
            }
        }
        return consists(parts[0], of: ".!#$%&'*+/=?^_`{|}~-") && consists(parts[1], of: ".-")
    }
}
