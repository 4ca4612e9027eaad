import CoupletCore
import CoupletPorts
import Foundation

/// Brings alerts to their recipients: by webhook, or by the machine's own mail program.
struct PostOffice: AlertCourier {
    /// How many seconds a delivery may take.
    static let patience = 30.0

    let words: AlertLetter.Words
    let mail: MailProgram
    let webhooks: WebhookSender

    init(settings: Settings, transport: any HTTPTransport, clock: any EngineClock) {
        words = AlertLetter.Words(settings.language, host: ProcessInfo.processInfo.hostName)
        mail = MailProgram(path: settings.sendmail)
        webhooks = WebhookSender(transport: transport, clock: clock)
    }

    func obstacle(to way: AlertWay) -> Message? {
        switch way {
        case .webhook: nil
        case .mail: mail.obstacle
        }
    }

    func objection(toSecret secret: String) -> Message? {
        WebhookSender.key(secret) == nil
            ? Message("alert.weakSecret", ["bytes": String(WebhookSender.leastBytes)]) : nil
    }

    func deliver(_ message: AlertMessage, to address: AlertAddress) async throws(AlertUndelivered) {
        let letter = AlertLetter(message, words)
        let (mail, webhooks) = (mail, webhooks)
        let failure = await Self.inTime { () async -> AlertUndelivered? in
            do throws(AlertUndelivered) {
                switch address.way {
                case .webhook: try await webhooks.send(letter, to: address)
                case .mail: try await mail.send(letter, to: address)
                }
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    /// What a delivery came to; one that takes too long is cut off.
    private static func inTime(
        _ delivery: @escaping @Sendable () async -> AlertUndelivered?
    ) async -> AlertUndelivered? {
        await withTaskGroup(of: AlertUndelivered?.self) { group in
            group.addTask { await delivery() }
            group.addTask {
                try? await Task.sleep(for: .seconds(patience))
                return AlertUndelivered(Message("alert.tooSlow", ["seconds": String(Int(patience))]))
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }
}
