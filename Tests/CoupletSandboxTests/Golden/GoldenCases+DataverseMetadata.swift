import CoupletSandbox

extension GoldenCase {
    /// Definitions of Dataverse, as far as they are read.
    static let dataverseReadDefinitions: [GoldenCase] = [
        GoldenCase(
            id: "dv-037",
            bench: { .dataverse() },
            differences: [
                "@odata.context": "the document shows a list where one definition is asked for",
                "value": "the document shows a list where one definition is asked for",
            ],
            check: { response, _ in
                guard let documented = GoldenLibrary.exchange("dv-037")?.answer.body?["value"]?.array?.first else {
                    return ["no definition is documented"]
                }
                var comparison = GoldenComparison(differences: [:])
                comparison.compare(documented, try SandboxJSON(bytes: response.body), "definition")
                return comparison.problems
            }
        ),
        GoldenCase(
            id: "dv-038",
            bench: { .dataverse() },
            differences: ["": "the document leaves options out, so that its text is no JSON; members are compared"],
            check: { response, _ in
                let json = try SandboxJSON(bytes: response.body)
                let options = json["OptionSet"]?["Options"]?.array ?? []
                let labels = options.compactMap { $0["Label"]?["UserLocalizedLabel"]?["Label"]?.string }
                let name = json["OptionSet"]?["Name"]?.string
                var problems: [String] = []
                if options.first?["Value"]?.integer != 0 || labels.first != "Sunday" { problems.append("\(labels)") }
                if name != "account_preferredappointmentdaycode" { problems.append("the name is \(name ?? "missing")") }
                if json["LogicalName"]?.string != "preferredappointmentdaycode" { problems.append("the name is wrong") }
                if json["OptionSet"]?["IsGlobal"]?.boolean != false { problems.append("the options are global") }
                return problems
            }
        ),
        GoldenCase(id: "dv-049", bench: { .dataverse() }),
        GoldenCase(id: "dv-051", bench: { .dataverse() }),
        GoldenCase(id: "dv-052", bench: { .dataverse() }),
    ]
}
