/// What a refusal says besides its code and its message, to callers that ask for annotations.
struct DataverseErrorAnnotations {
    private let patterns: [String]

    /// Reads the value of `odata.include-annotations`: names with `*` at the end, joined by commas.
    init(_ preference: String) {
        patterns = preference.split(separator: ",").map { MultipartReader.trimmed($0) }
    }

    /// The members that are wanted.
    func members(of error: DataverseError) -> [SandboxJSON.Member] {
        let code = error.code.hasPrefix("0x") ? String(error.code.dropFirst(2)) : error.code
        var all = error.details.sorted { $0.key < $1.key }.map { key, value in
            ("Microsoft.PowerApps.CDS.ErrorDetails.\(key)", value)
        }
        all.append(
            (
                "Microsoft.PowerApps.CDS.HelpLink",
                "http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a\(code)&client=platform"
            )
        )
        all.append(("Microsoft.PowerApps.CDS.InnerError.Message", error.message))
        return all.filter { wants($0.0) }.map { .init(name: "@\($0.0)", value: .string($0.1)) }
    }

    private func wants(_ name: String) -> Bool {
        patterns.contains { $0.hasSuffix("*") ? name.hasPrefix($0.dropLast()) : $0 == name }
    }
}
