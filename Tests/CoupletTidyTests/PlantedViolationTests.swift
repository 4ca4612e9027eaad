import Testing

@Suite("Tidy checks: each finds a planted violation and passes clean text")
struct PlantedViolationTests {
    /// A file with the lines that a check must object to.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var path: String
        var text: String
        var lines: [Int]

        init(_ name: String, _ path: String, _ text: String, _ lines: [Int]) {
            self.name = name
            self.path = path
            self.text = text
            self.lines = lines
        }

        var testDescription: String { name }
        var file: SourceFile { SourceFile(path, text) }
    }

    @Test(arguments: [
        Case("core imports the store", "Sources/CoupletCore/A.swift", "import CoupletStore\n", [1]),
        Case("access and attributes", "Sources/CoupletEngine/A.swift", "@preconcurrency public import GRDB\n", [1]),
        Case("one symbol", "Sources/CoupletServer/A.swift", "import struct AsyncHTTPClient.HTTPClient\n", [1]),
        Case("the sandbox", "Sources/CoupletSandbox/A.swift", "import Foundation\nimport CoupletCore\n", [2]),
        Case("test support", "Sources/couplet/A.swift", "import CoupletTestSupport\n", [1]),
        Case("an unknown module", "Sources/CoupletCore/A.swift", "import Surprise\n", [1]),
        Case("allowed", "Sources/CoupletStore/A.swift", "import CoupletPorts\nimport GRDB\nimport Foundation\n", []),
        Case("a comment", "Sources/CoupletCore/A.swift", "// import GRDB\nlet a = \"import GRDB\"\n", []),
        Case("a test", "Tests/CoupletCoreTests/A.swift", "@testable import CoupletStore\n", []),
    ])
    func `imports`(_ test: Case) {
        #expect(ImportTable.findings(in: test.file).map(\.line) == test.lines)
    }

    @Test func `a function of 71 lines is found, one of 70 is not`() {
        let long = "func long() {\n" + String(repeating: "    step()\n", count: 69) + "}\n"
        let short = "func short() {\n" + String(repeating: "    step()\n", count: 68) + "}\n"
        let found = FunctionLength.findings(in: SourceFile("Sources/CoupletCore/A.swift", short + long))
        #expect(found.map(\.line) == [71])
    }

    @Test func `a file of 401 lines is found, one of 400 is not`() {
        let text = String(repeating: "let a = 1\n", count: 401)
        #expect(FunctionLength.findings(in: SourceFile("Sources/A/B.swift", text)).count == 1)
        #expect(FunctionLength.findings(in: SourceFile("Sources/A/B.swift", String(text.dropLast(10)))).isEmpty)
    }

    @Test func `braces in strings, comments and names do not confuse the lengths`() {
        let text = #"""
            protocol Port {
                func first(_ work: @escaping (Int) -> Void) async throws
                /// Words { of comment.
                var second: Int { get }
                init?(_ text: String)
            }
            struct A: Port {
                func `a name with { in it`() { print("}", #"\" }"#, "\(b.map { "}\($0)" })") /* { /* { */ */ }
                init<T>(of: T, by: () -> Int = { 1 }) where T: Sendable
                {
                    self.init(of: """
                        } "quoted" \(T.self) {
                        """)
                }
                subscript(side: Int) -> Int { side }
                deinit { }
            }

            """#
        let found = FunctionLength.functions(in: SourceFile("Sources/A/B.swift", text)).map {
            "\($0.name) \($0.line) \($0.length)"
        }
        #expect(found == ["a 8 1", "init 9 6", "subscript 15 1", "deinit 16 1"])
    }

    @Test(arguments: [
        Case("a task", "Sources/CoupletEngine/A.swift", "let a = 1\nTask { await b() }\n", [2]),
        Case("a task with priority", "Sources/CoupletEngine/A.swift", "Task(priority: .low) { }\n", [1]),
        Case("a detached task", "Tests/CoupletEngineTests/A.swift", "Task.detached { }\n", [1]),
        Case("a task at the root", "Sources/couplet/A.swift", "Task { await b() }\nlet now = Date()\nprint(now)\n", []),
        Case("the time", "Sources/CoupletStore/A.swift", "let now = Date()\n", [1]),
        Case("an id", "Sources/CoupletStore/A.swift", "let id = UUID().uuidString\n", [1]),
        Case("a clock", "Sources/CoupletEngine/A.swift", "let a = ContinuousClock.now\n", [1]),
        Case("chance", "Sources/CoupletCore/A.swift", "let a = Int.random(in: 0..<3)\nlet b = c.shuffled()\n", [1, 2]),
        Case(
            "seeded chance",
            "Sources/CoupletCore/A.swift",
            "Int.random(\n    in: 0..<3,\n    using: &generator)\n",
            []
        ),
        Case("printing", "Sources/CoupletServer/A.swift", "print(\"a\")\n", [1]),
        Case(
            "printing to the output",
            "Sources/CoupletServer/A.swift",
            "output.print(\"a\")\nfunc print(_ a: Int) {}\n",
            []
        ),
        Case("a decoder", "Sources/CoupletConnectors/A.swift", "let a = JSONDecoder()\n", [1]),
        Case("sleep", "Tests/CoupletEngineTests/A.swift", "try await Task.sleep(for: .seconds(1))\n", [1]),
        Case("a task's state", "Sources/CoupletEngine/A.swift", "try Task.checkCancellation()\n", []),
        Case("words in text", "Sources/CoupletEngine/A.swift", "let a = \"Task { print(b)\" // Date()\n", []),
    ])
    func `placement`(_ test: Case) {
        #expect(PlacementRules.findings(in: test.file).map(\.line) == test.lines)
    }

    @Test func `banned words are found in prose, names and with endings, and allowed where the glossary says so`() {
        let glossary = """
            # Glossary

            ## Words we do not use

            | not | but |
            |---|---|
            | `frob`, `soft frob` | grind |

            * allowed: `@frob.grind` - a token of others

            ## Other

            | `fine` | not in the list |

            """
        let words = BannedWords(glossary: glossary)
        #expect(words.entries.map(\.words) == [["frob"], ["soft", "frob"]])
        #expect(words.allowances == ["@frob.grind"])
        #expect(words.findings(in: SourceFile(BannedWords.glossary, glossary)).isEmpty)
        let text = "a Frob\nlet softFrobbed = fine\nlet FROBS_A = 1\nlet a = \"@frob.grind\"\nthe frobnicator\n"
        #expect(words.findings(in: SourceFile("Sources/CoupletCore/A.swift", text)).map(\.line) == [1, 3])
        let soft = words.findings(in: SourceFile("README.md", "soft-frobs\n"))
        #expect(soft.count == 2)
    }

    @Test(arguments: [
        Case("a table", "Sources/CoupletEngine/A.swift", "let a = \"accounts\"\n", [1]),
        Case("a field", "Sources/CoupletStore/A.swift", "let a = 1\n// displayName\n", [2]),
        Case("part of a word", "Sources/CoupletStore/A.swift", "let accountsOfUs = 1\n", []),
        Case("the connector", "Sources/CoupletConnectors/A.swift", "let a = \"accounts\"\n", []),
    ])
    func `remote names`(_ test: Case) {
        #expect(RemoteNames.findings(in: test.file).map(\.line) == test.lines)
    }

    @Test(arguments: [
        Case("no line end", "README.md", "a", [0]),
        Case("a tab", "README.md", "a\n\tb\n", [2]),
        Case("blanks at the end", "README.md", "a \n", [1]),
        Case("a machine's path", "scripts/a", "cd /" + "work/main\n", [1]),
        Case("in quotes", "scripts/a", "cd \"/" + "home/me\"\n", [1]),
        Case("part of a path", "README.md", "docs/" + "work/a and https://a.example/" + "work/\n", []),
        Case("added to a path", "Tests/A/B.swift", "let a = folder + \"/" + "home/\"\n", []),
        Case("unfinished", "Sources/A/B.swift", "// TO" + "DO: more\n", [1]),
        Case("clean", "README.md", "a\n\nb\n", []),
    ])
    func `files`(_ test: Case) {
        #expect(FileRules.findings(in: test.file).map(\.line) == test.lines)
    }

    @Test(arguments: [
        Case("no comment", "Sources/A/B.swift", "final class A: @unchecked Sendable {}\n", [1]),
        Case(
            "a comment about other things",
            "Sources/A/B.swift",
            "/// An A.\nfinal class A: @unchecked Sendable {}\n",
            [2]
        ),
        Case(
            "a reason",
            "Sources/A/B.swift",
            "// Only its queue touches it.\nfinal class A: @unchecked Sendable {}\n",
            []
        ),
        Case("only text", "Sources/A/B.swift", "let a = \"@unchecked Sendable\"\n", []),
    ])
    func `unchecked Sendable`(_ test: Case) {
        #expect(FileRules.uncheckedFindings(in: test.file).map(\.line) == test.lines)
    }

    @Test func `a package without an exact version is found`() {
        let text = ".package(url: \"a\", from: \"1.0.0\"),\n.package(url: \"b\", exact: \"1.0.0\"),\n"
        #expect(FileRules.pinFindings(in: SourceFile("Package.swift", text)).map(\.line) == [1])
    }

    @Test func `a link to a missing file or heading is found`() {
        let text =
            "[a](b.md#so-it-is) [c](../README.md) [d](https://example.com) [s](#top)\n[e](gone.md)\n[f](b.md#no)\n"
        let file = SourceFile("docs/a.md", "# Top\n\n" + text)
        let links = Links([file, SourceFile("docs/b.md", "## So it `is`!\n"), SourceFile("README.md", "")])
        #expect(links.findings(in: file).map(\.line) == [4, 5])
    }
}
