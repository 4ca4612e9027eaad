import CoupletCore

/// What a run was asked for, as the audit log keeps it: names and numbers, no values.
enum Asked {
    /// The most keys that are named one by one.
    private static let mostKeys = 20

    /// What was asked for about a mapping's records.
    static func about(_ mapping: String?, keys: [String] = [], _ more: [String: String?] = [:]) -> [String: String] {
        var details = more.compactMapValues(\.self)
        details["mapping"] = mapping?.uppercased()
        if !keys.isEmpty {
            let left = keys.count - mostKeys
            details["keys"] = keys.prefix(mostKeys).joined(separator: ", ") + (left > 0 ? " +\(left)" : "")
        }
        return details
    }
}

extension MatchRecords {
    /// What the audit log keeps of it.
    var asked: [String: String] {
        Asked.about(
            mapping,
            keys: keys,
            [
                "sync": synchronization.rawValue, "create": createUnmatched ? "unmatched" : nil,
                "acceptFrom": acceptsFrom.map { String($0) }, "suggest": suggests ? "yes" : nil,
            ]
        )
    }
}

extension Synchronize {
    /// What the audit log keeps of it.
    var asked: [String: String] {
        Asked.about(
            mapping,
            keys: keys,
            ["direction": direction.rawValue, "full": isFull ? "yes" : nil, "create": creates ? "yes" : nil]
        )
    }
}

extension UndoRun {
    /// What the audit log keeps of it.
    var asked: [String: String] {
        var details = deletesCreated ? ["created": "delete"] : [:]
        switch target {
        case .run(let number): details["run"] = String(number)
        case .job(let number): details["job"] = String(number)
        case .entry(let number): details["entry"] = String(number)
        }
        return details
    }
}

extension Resolution {
    /// How it settles a conflict, without the value that a person typed.
    var kind: String {
        switch self {
        case .take(let side): side.rawValue
        case .value: "value"
        }
    }
}
