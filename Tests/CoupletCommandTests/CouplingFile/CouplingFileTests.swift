import CoupletCore
import CoupletEngine
import Testing

@testable import couplet

@Suite("Coupling files")
struct CouplingFileTests {
    @Test("what is written comes back with its lines")
    func roundTrip() {
        let rows = [
            CouplingRow(mapping: "CUSTOMER", erp: "10000", crm: "a"),
            CouplingRow(mapping: "UNIT OF MEASURE", erp: "a, \"b\"", crm: "c"),
        ]
        let file = CouplingFile(CouplingFile.text(rows))
        #expect(file.problems == [])
        #expect(file.rows.map(\.line) == [2, 3])
        #expect(file.rows.map { [$0.mapping, $0.erp, $0.crm] } == rows.map { [$0.mapping, $0.erp, $0.crm] })
    }

    @Test("columns may stand in any order, with semicolons, blank lines and other line ends")
    func forms() {
        let file = CouplingFile("CRM; Mapping ;erp\r\nx;CUSTOMER;1\r\n\r\n\"y;z\";VENDOR;2")
        #expect(file.problems == [])
        #expect(file.rows.map(\.crm) == ["x", "y;z"])
        #expect(file.rows.map(\.erp) == ["1", "2"])
        #expect(file.rows.map(\.line) == [2, 4])
    }

    @Test("cells with line ends keep the count of lines right")
    func lines() {
        let rows = CSVRows("a,\"b\nc\"\n\"d\"\"e\",\"\"\nf").rows
        #expect(rows.map(\.cells) == [["a", "b\nc"], ["d\"e", ""], ["f"]])
        #expect(rows.map(\.line) == [1, 3, 4])
    }

    @Test("every line is looked at, and a quote that is not closed hides no other line")
    func allProblems() {
        let file = CouplingFile("mapping,erp,crm\nA,\"1,x\nA,2\nA,3,\nA,4,y\nA,\"5,z")
        #expect(file.problems.compactMap(\.line).sorted() == [2, 3, 4, 6])
        #expect(file.rows.map(\.erp) == ["4"])
    }

    @Test(
        "every bad row is told with its line",
        arguments: [
            ("", "coupling.emptyFile", nil), ("a,b\n", "coupling.wrongHead", 1),
            ("mapping,erp,crm\nA,1\n", "coupling.wrongCells", 2),
            ("mapping,erp,crm\nA,1,x\nA, ,x\n", "coupling.blankCell", 3),
            ("mapping,erp,crm\nA,\"1,x\n", "coupling.openQuote", 2),
        ] as [(String, String, Int?)]
    )
    func problems(text: String, code: String, line: Int?) throws {
        let problem = try #require(CouplingFile(text).problems.first)
        #expect(problem.message.code == code)
        #expect(problem.line == line)
    }
}
