/// Who may import what: the shape of the system as data.
enum ImportTable {
    /// Every target with the targets of this package that it may import.
    static let ours: [String: Set<String>] = [
        "CSimdjson": [],
        "CoupletCore": [],
        "CoupletPorts": ["CoupletCore"],
        "CoupletConnectors": ["CoupletCore", "CoupletPorts", "CSimdjson"],
        "CoupletStore": ["CoupletCore", "CoupletPorts"],
        "CoupletEngine": ["CoupletCore", "CoupletPorts"],
        "CoupletTexts": [],
        "CoupletServer": ["CoupletCore", "CoupletPorts", "CoupletEngine", "CoupletTexts"],
        "CoupletSandbox": [],
        "CoupletNetwork": ["CoupletPorts", "CoupletSandbox"],
        "CoupletSimulation": [
            "CoupletCore", "CoupletPorts", "CoupletConnectors", "CoupletStore", "CoupletEngine", "CoupletSandbox",
        ],
        "couplet": [
            "CoupletCore", "CoupletPorts", "CoupletConnectors", "CoupletStore", "CoupletEngine", "CoupletTexts",
            "CoupletServer", "CoupletSandbox", "CoupletNetwork",
        ],
        "couplet-sim": [
            "CoupletCore", "CoupletPorts", "CoupletConnectors", "CoupletStore", "CoupletEngine", "CoupletTexts",
            "CoupletSandbox", "CoupletSimulation",
        ],
        "CoupletTestSupport": ["CoupletCore", "CoupletPorts"],
    ]

    /// What comes with the compiler and the system and may be imported anywhere.
    static let everywhere: Set<String> = ["Swift", "Foundation", "FoundationEssentials", "Synchronization"]

    /// Modules of packages and of the system, with the targets that may import them.
    static let theirs: [String: Set<String>] = [
        "ArgumentParser": ["couplet", "couplet-sim"],
        "AsyncHTTPClient": ["CoupletNetwork", "couplet"],
        "Configuration": ["couplet"],
        "Crypto": ["CoupletServer", "CoupletStore", "couplet"],
        "CryptoExtras": ["couplet"],
        "Dispatch": ["CoupletStore", "CoupletNetwork", "CoupletSimulation", "couplet"],
        "GRDB": ["CoupletStore"],
        "Glibc": ["CoupletNetwork", "CoupletStore", "couplet", "couplet-sim"],
        "HTTPTypes": ["CoupletServer", "CoupletNetwork"],
        "Hummingbird": ["CoupletServer", "CoupletNetwork"],
        "HummingbirdCore": ["CoupletServer", "CoupletNetwork"],
        "HummingbirdTLS": ["CoupletServer", "CoupletNetwork"],
        "JWTKit": ["couplet"],
        "Logging": ["CoupletServer", "CoupletNetwork", "couplet"],
        "Mustache": ["CoupletServer"],
        "NIOCore": ["CoupletServer", "CoupletNetwork", "couplet"],
        "NIOHTTP1": ["CoupletNetwork", "couplet"],
        "NIOHTTPCompression": ["CoupletNetwork"],
        "NIOPosix": ["CoupletNetwork"],
        "NIOSSL": ["CoupletServer", "CoupletNetwork"],
        "ServiceLifecycle": ["CoupletServer", "CoupletNetwork", "couplet"],
        "SystemPackage": ["couplet"],
        "Testing": ["CoupletTestSupport"],
        "UnixSignals": ["couplet"],
        "Yams": ["couplet"],
    ]

    /// Imports that the tables do not allow.
    static func findings(in file: SourceFile) -> [Finding] {
        guard file.isSwift, let target = file.target else { return [] }
        let isTest = file.isIn("Tests") && target != "CoupletTestSupport"
        return imports(in: file).compactMap { line, module in
            isTest || allows(module, in: target)
                ? nil : Finding(path: file.path, line: line, message: "\(target) may not import \(module)")
        }
    }

    /// Whether a target may import a module.
    static func allows(_ module: String, in target: String) -> Bool {
        if everywhere.contains(module) { return true }
        if ours[module] != nil { return ours[target]?.contains(module) ?? false }
        return theirs[module]?.contains(target) ?? false
    }

    /// The modules that a file imports, with their lines.
    static func imports(in file: SourceFile) -> [(line: Int, module: String)] {
        let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        let tokens = file.tokens
        return tokens.indices.compactMap { index in
            guard tokens[index].text == "import", index + 1 < tokens.count else { return nil }
            if index > 0, tokens[index - 1].text == "." { return nil }
            let next = tokens[index + 1]
            let name = kinds.contains(next.text) && index + 2 < tokens.count ? tokens[index + 2] : next
            return name.line == tokens[index].line ? (name.line, name.text) : nil
        }
    }
}
