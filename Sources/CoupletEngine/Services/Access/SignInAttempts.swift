import CoupletCore
import CoupletPorts
import Synchronization

/// The sign-ins that were sent to a provider and have not come back.
///
/// They live in memory: whoever has not come back when the process ends begins again. Each is taken once, whatever comes of
/// it.
final class SignInAttempts: Sendable {
    /// One of them.
    struct Attempt: Sendable {
        var challenge: ProviderChallenge
        /// The digest of what the browser holds.
        var browser: String
        /// Whom it was sent to.
        var issuer: String
        var clientID: String
        /// The page that is shown afterwards.
        var back: String
        var endsAt: Instant
    }

    /// More than people could begin in the time that one lasts: further ones push out the oldest.
    private static let most = 10_000

    private let attempts = Mutex<[String: Attempt]>([:])

    /// Remembers one.
    func add(_ attempt: Attempt, at now: Instant) {
        attempts.withLock { attempts in
            if attempts.count >= Self.most {
                attempts = attempts.filter { $0.value.endsAt > now }
                if attempts.count >= Self.most, let oldest = attempts.min(by: { $0.value.endsAt < $1.value.endsAt }) {
                    attempts[oldest.key] = nil
                }
            }
            attempts[attempt.challenge.state] = attempt
        }
    }

    /// Takes the one with a state, which is worth nothing afterwards; nil where the browser is another, or it is too late.
    func take(_ state: String, browser: String, at now: Instant) -> Attempt? {
        let attempt = attempts.withLock { $0.removeValue(forKey: state) }
        guard let attempt, attempt.browser == browser, attempt.endsAt > now else { return nil }
        return attempt
    }
}
