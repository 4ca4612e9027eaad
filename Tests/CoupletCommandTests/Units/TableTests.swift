import Testing

@testable import couplet

@Suite("Tables")
struct TableTests {
    private static func table() -> Table {
        var table = Table([
            .init(title: "No."), .init(title: "Name", isFlexible: true), .init(title: "Count", isNumeric: true),
        ])
        table.add(["10000", "Adatum", "7"])
        table.add(["2", "Blåbärsvägen i Åmål", "12345"])
        return table
    }

    @Test("columns are aligned, numbers to the right, and no line ends with blanks")
    func aligned() {
        #expect(
            Self.table().lines(width: nil) == [
                "No.    Name                 Count", "10000  Adatum                   7",
                "2      Blåbärsvägen i Åmål  12345",
            ]
        )
    }

    @Test("a narrow terminal cuts the flexible columns only")
    func narrow() {
        #expect(
            Self.table().lines(width: 26) == [
                "No.    Name          Count", "10000  Adatum            7", "2      Blåbärsväge…  12345",
            ]
        )
    }

    /// A list of records, whose last column is as wide as an id.
    private static func records() -> Table {
        var table = Table([
            .init(title: "No."), .init(title: "Name", isFlexible: true),
            .init(title: "Coupled to", isOptional: true),
        ])
        table.add(["10000", "Adatum Corporation of Great Lakes", "crm:00000000-0000-0000-0000-000000000001"])
        return table
    }

    @Test("a narrow terminal leaves out what is not needed before it cuts names, and says so", arguments: [40, 60])
    func optional(width: Int) {
        let lines = Self.records().lines(width: width)
        #expect(lines[0] == "No.    Name")
        #expect(lines[1].hasPrefix("10000  Adatum Corporation of"))
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
        #expect(Self.records().hiddenTitles(width: width) == ["Coupled to"])
    }

    @Test("where there is no terminal nothing is cut or left out")
    func whole() {
        #expect(Self.records().lines(width: nil)[1].hasSuffix("Great Lakes  crm:00000000-0000-0000-0000-000000000001"))
        #expect(Self.records().hiddenTitles(width: nil).isEmpty)
    }

    @Test("a very narrow terminal gets the cells below each other, whole")
    func stacked() {
        #expect(
            Self.table().lines(width: 20) == [
                "No.    10000", "Name   Adatum", "Count  7", "", "No.    2", "Name   Blåbärsvägen i Åmål",
                "Count  12345",
            ]
        )
    }

    @Test("columns in which nothing happened are left out")
    func withoutEmptyColumns() {
        var table = Table([.init(title: "A"), .init(title: "B", isNumeric: true), .init(title: "C", isNumeric: true)])
        table.add(["x", "0", "1"])
        table.add(["y", "0", "0"])
        #expect(table.withoutEmptyColumns(1..<3).lines(width: nil) == ["A  C", "x  1", "y  0"])
    }

    @Test("a value cannot send control sequences to the terminal")
    func harmless() {
        var table = Table([.init(title: "A")])
        table.add(["\u{1B}[2Jgone\nnext"])
        #expect(table.lines(width: nil) == ["A", " [2Jgone next"])
    }

    @Test(
        "wide characters take two columns, combining ones none",
        arguments: [("abc", 3), ("日本", 4), ("e\u{301}", 1), ("🙂", 2), ("", 0)]
    )
    func widths(text: String, width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }

    @Test(
        "cutting keeps to the columns",
        arguments: [("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("abc", 3, "abc"), ("abc", 1, "…")]
    )
    func cutting(text: String, columns: Int, cut: String) {
        #expect(DisplayWidth.cut(text, to: columns) == cut)
    }
}
