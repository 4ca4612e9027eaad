import Testing

@Suite("Repository: what holds everywhere")
struct RepositoryTests {
    private let tree = SourceTree.shared

    private func expectNone(_ findings: [Finding]) {
        for finding in findings { Issue.record("\(finding)") }
    }

    @Test func `the repository is found and read`() {
        #expect(tree.file("Package.swift") != nil)
        #expect(tree.swift.count > 50)
    }

    @Test func `targets import only what the import table allows`() {
        expectNone(tree.swift.flatMap(ImportTable.findings))
    }

    @Test func `every target of the sources is in the import table`() {
        let targets = Set(tree.files.filter { $0.isIn("Sources") }.compactMap(\.target))
        #expect(targets == Set(ImportTable.ours.keys).subtracting(["CoupletTestSupport"]))
    }

    @Test func `functions fit a screen and files hold one idea`() {
        expectNone(tree.swift.flatMap(FunctionLength.findings))
    }

    @Test func `every exception from the lengths is still needed`() {
        for exception in FunctionLength.exceptions.keys {
            let path = String(exception.prefix { $0 != " " })
            let file = tree.file(path)
            #expect(file != nil, "\(path) is gone")
        }
    }

    @Test func `tasks, clocks, randomness and printing stay where they belong`() {
        expectNone(tree.swift.flatMap(PlacementRules.findings))
    }

    @Test func `nobody uses the words that the glossary rules out`() throws {
        let glossary = try #require(tree.file(BannedWords.glossary))
        let words = BannedWords(glossary: glossary.text)
        #expect(words.entries.count >= 5)
        expectNone(tree.files.filter { $0.isSwift || $0.isProse }.flatMap(words.findings))
    }

    @Test func `core, ports, store and engine know no remote names`() {
        expectNone(tree.swift.flatMap(RemoteNames.findings))
    }

    @Test func `files are clean text and name no machine`() {
        expectNone(tree.files.flatMap(FileRules.findings))
    }

    @Test func `whoever turns off the check of Sendable says why`() {
        expectNone(tree.swift.flatMap(FileRules.uncheckedFindings))
    }

    @Test func `packages are pinned to one version, and no resolution is kept`() throws {
        let manifest = try #require(tree.file("Package.swift"))
        expectNone(FileRules.pinFindings(in: manifest))
        let ignored = try #require(tree.file(".gitignore"))
        #expect(ignored.text.split(separator: "\n").contains("Package.resolved"))
    }

    @Test func `links between documents lead somewhere`() {
        let links = Links(tree.files, pictures: tree.pictures)
        expectNone(tree.files.flatMap(links.findings))
    }

    @Test func `every decision has a number of its own`() {
        let names = tree.files.filter { $0.isIn("docs/decisions") }.map { $0.path.dropFirst("docs/decisions/".count) }
        #expect(names.allSatisfy { $0.prefix(4).allSatisfy(\.isNumber) && $0.dropFirst(4).hasPrefix("-") })
        #expect(Set(names.map { $0.prefix(4) }).count == names.count)
    }
}
