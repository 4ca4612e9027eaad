package import CoupletCore
package import CoupletPorts
import Foundation

/// Who does something and when, as the audit log says it.
package struct Author: Sendable {
    /// Who: the operating system's user, or the one who is signed in.
    package var who: String
    /// When.
    package var at: Instant

    /// Creates an author.
    package init(who: String, at: Instant) {
        self.who = who
        self.at = at
    }
}

extension ActionContext {
    /// Who asks, at this moment.
    package var author: Author { Author(who: startedBy, at: engine.clock.now) }
}

extension StoreWriting {
    /// Writes into the audit log, in the transaction of what it tells of.
    /// - Parameters:
    ///   - event: What is done.
    ///   - subject: What it is done to.
    ///   - author: Who does it.
    ///   - run: The run that it belongs to.
    ///   - details: More about it; neither secrets nor values of records.
    /// - Throws: `StoreError`.
    package func audit(
        _ event: AuditEntry.Event,
        _ subject: AuditEntry.Subject,
        by author: Author,
        run: Int64? = nil,
        _ details: [String: String] = [:]
    ) throws {
        try append(
            AuditEntry(at: author.at, who: author.who, event: event, subject: subject, run: run, details: details)
        )
    }

    /// Writes into the audit log that a mapping was added or changed; nothing where it stayed as it was.
    func audit(_ mapping: TableMapping, was before: TableMapping?, by author: Author) throws {
        guard mapping != before else { return }
        var details = ["after": try mapping.document]
        details["before"] = try before?.document
        let event: AuditEntry.Event = before == nil ? .mappingAdded : .mappingChanged
        try audit(event, AuditEntry.Subject(.mapping, mapping.name), by: author, details)
    }

    /// Writes into the audit log that a connection was made or changed.
    func audit(_ connection: StoredConnection, was before: StoredConnection?, newSecret: Bool, by author: Author) throws
    {
        var details = ["secret": newSecret ? "set" : "kept"]
        let (old, new) = (before?.settings ?? [:], connection.settings)
        // What was taken away is known by its value before alone.
        for name in Set(old.keys).union(new.keys) where old[name] != new[name] {
            details[name] = new[name]
            details[name + ".before"] = old[name]
        }
        try audit(.connectionSet, AuditEntry.Subject(.connection, connection.name), by: author, details)
    }
}

extension StoredConnection {
    /// The settings as text, by name.
    fileprivate var settings: [String: String] {
        var settings = [
            "side": side.rawValue, "kind": kind, "url": url, "tokenURL": tokenURL, "clientID": clientID,
            "operationLimitSeconds": String(operationLimitSeconds), "isEnabled": String(isEnabled),
        ]
        settings["company"] = company
        settings["recordURL"] = recordURL
        return settings
    }
}

extension TableMapping {
    /// The mapping as text that is the same whenever the mapping is.
    fileprivate var document: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
