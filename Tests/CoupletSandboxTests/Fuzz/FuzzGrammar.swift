import CoupletSandbox

/// Makes up requests that are nearly right: the right words in any arrangement.
struct FuzzGrammar {
    /// The words of one service.
    struct Words {
        let sets: [String]
        let properties: [String]
        let navigations: [String]
        let tables: [String]
        let functions: [String]
    }

    let words: Words
    var random: SandboxGenerator

    /// One of several.
    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[number(choices.count)] }

    /// A number below a limit.
    mutating func number(_ limit: Int) -> Int { Int(random.next() % UInt64(max(1, limit))) }

    /// True once in so many times.
    mutating func chance(_ times: Int) -> Bool { number(times) == 0 }

    /// Constants, right ones and ones at the edge.
    mutating func literal() -> String {
        pick([
            "'A'", "''", "'O''Neil'", "'%25'", "'ǻ'", "null", "true", "false", "0", "-1", "1.5", "1e400", "-0",
            "9223372036854775808", "2026-03-04", "2026-03-04T05:06:07Z", "9999-12-31T23:59:59.9999999Z",
            "0000-00-00T00:00:00Z", "2026-02-31", "f2a5738a-44e3-4a11-bb43-000d3a2feca1",
            "00000000-0000-0000-0000-000000000000", "'\u{0}'", "@p1", "P1D", "INF", "NaN", "'_x0020_'",
            "'" + text(300) + "'",
        ])
    }

    /// Text of about so many letters.
    mutating func text(_ length: Int) -> String {
        let letters = Array("aZ0 _-'\"%&/?=()[]{},;:$@+<>\\éß漢🇸🇪\t")
        return String((0..<number(length + 1)).map { _ in letters[number(letters.count)] })
    }

    mutating func operand(_ depth: Int) -> String {
        switch number(depth > 3 ? 2 : 6) {
        case 0: return pick(words.properties)
        case 1: return literal()
        case 2:
            return
                "\(pick(["tolower", "toupper", "trim", "substring", "concat", "year", "length"]))(\(operand(depth + 1)))"
        case 3: return "substring(\(operand(depth + 1)),\(pick(["0", "-1", "1", "99999999999999999999"])))"
        case 4: return "\(pick(words.navigations))/\(pick(words.properties))"
        default: return pick(words.properties)
        }
    }

    /// A filter.
    mutating func filter(_ depth: Int = 0) -> String {
        switch number(depth > 6 ? 2 : 10) {
        case 0, 1, 2:
            let operators = ["eq", "ne", "gt", "ge", "lt", "le", "in", "has", "is", ""]
            return "\(operand(depth)) \(pick(operators)) \(operand(depth))"
        case 3: return "\(pick(["contains", "startswith", "endswith", "any"]))(\(operand(depth)),\(operand(depth)))"
        case 4: return "(\(filter(depth + 1))) \(pick(["and", "or"])) \(filter(depth + 1))"
        case 5: return "not \(pick(["", "("]))\(filter(depth + 1))\(pick(["", ")"]))"
        case 6: return "\(pick(words.properties)) in (\(literal()),\(literal()))"
        case 7: return "\(pick(words.navigations))/\(pick(["any", "all"]))(o:o/\(filter(depth + 1)))"
        case 8: return call()
        default: return String(repeating: "(", count: number(200)) + filter(depth + 1)
        }
    }

    /// A query function.
    mutating func call() -> String {
        let name = pick(words.functions)
        let values = (0..<number(4)).map { _ in literal() }.joined(separator: ",")
        return
            "Microsoft.Dynamics.CRM.\(name)(PropertyName='\(pick(words.properties))',PropertyValue\(pick(["", "s"]))=\(pick(["", "["]))\(values)\(pick(["", "]"])))"
    }

    /// What is expanded.
    mutating func expand(_ depth: Int = 0) -> String {
        var text = pick(words.navigations)
        if !chance(3), depth < 5 {
            text +=
                "(\((0..<number(3) + 1).map { _ in option(depth + 1) }.joined(separator: ";"))\(chance(20) ? "" : ")")"
        }
        return chance(3) ? text + "," + pick(words.navigations) : text
    }

    /// One option of a query.
    mutating func option(_ depth: Int = 0) -> String {
        switch number(12) {
        case 0, 1, 2: return "$filter=\(filter(depth))"
        case 3: return "$select=\(pick(words.properties)),\(pick(words.properties + ["*", ""]))"
        case 4: return "$expand=\(expand(depth))"
        case 5: return "$orderby=\(pick(words.properties)) \(pick(["asc", "desc", "up", ""])),\(pick(words.properties))"
        case 6: return "$top=\(edge())"
        case 7: return "\(pick(["$skip", "$skiptoken", "$deltatoken"]))=\(pick([edge(), cookie(), text(30)]))"
        case 8: return "$count=\(pick(["true", "false", "", "1"]))"
        case 9: return "$apply=\(apply())"
        case 10: return "\(pick(["fetchXml", "sql", "savedQuery"]))=\(pick([fetch(), sql(), text(40)]))"
        default:
            return "\(pick(["@p1", "$format", "$search", "company", "$schemaversion", "api-version"]))=\(literal())"
        }
    }

    private mutating func edge() -> String {
        pick(["0", "1", "-1", "5000", "20000", "9223372036854775807", "9223372036854775808", "1.5", "", "x"])
    }

    private mutating func cookie() -> String {
        let page = edge()
        return pick([
            "<cookie pagenumber=\"\(page)\" pagingcookie=\"%253ccookie%2520page%253d%2522\(page)%2522%253e\" istracking=\"False\" />",
            "<cookie pagenumber=\"2\" pagingcookie=\"%3Ccookie page=%22\(page)%22 position=%22\(edge())%22%3E\" istracking=\"True\"/>",
            "\(edge())!03/04/2026 05:06:07", "-7400", "\(edge())-zz", "-",
        ])
    }

    private mutating func apply() -> String {
        pick([
            "groupby((\(pick(words.properties))),aggregate($count as n))",
            "filter(\(filter(4)))/aggregate(\(pick(words.properties)) with \(pick(["sum", "max", "average", "x"])) as t)",
            "aggregate(\(text(20)))", "groupby((\(text(10))", "identity",
        ])
    }

    /// A query in FetchXML.
    mutating func fetch() -> String {
        var inner =
            "<attribute name='\(pick(words.properties))' \(pick(["", "aggregate='sum' alias='a'", "groupby='true' alias='g'"]))/>"
        if chance(2) {
            let operators = ["eq", "ne", "like", "in", "between", "null", "last-x-days", "on", "eq-userid", "zz"]
            inner +=
                "<filter type='\(pick(["and", "or", "x"]))'><condition attribute='\(pick(words.properties))' operator='\(pick(operators))' value='\(text(8).filter { $0 != "'" })'/>\(pick(["<value>1</value>", ""]))</filter>"
        }
        if chance(3) {
            inner +=
                "<link-entity name='\(pick(words.tables))' from='\(pick(words.properties))' to='\(pick(words.properties))' link-type='\(pick(["inner", "outer", "exists", "any", "zz"]))' alias='l'>\(inner)</link-entity>"
        }
        if chance(3) { inner += "<order attribute='\(pick(words.properties))' descending='true'/>" }
        return
            "<fetch \(pick(["", "top='\(edge())'", "count='\(edge())' page='\(edge())'", "aggregate='true'", "distinct='true'"]))><entity name='\(pick(words.tables))'>\(inner)</entity>\(chance(20) ? "" : "</fetch>")"
    }

    /// A query in SQL.
    mutating func sql() -> String {
        var text =
            "SELECT \(pick(["*", "TOP \(edge()) name", pick(words.properties), "COUNT(*)", "DISTINCT name"])) FROM \(pick(words.tables)) \(pick(["", "a"]))"
        if chance(2) {
            text += " JOIN \(pick(words.tables)) b ON a.\(pick(words.properties)) = b.\(pick(words.properties))"
        }
        if chance(2) {
            text +=
                " WHERE \(pick(words.properties)) \(pick(["=", "<>", "LIKE", "IN", "IS NULL", "BETWEEN"])) \(pick(["(1,2)", "'a%'", "1 AND 2", ""]))"
        }
        if chance(3) { text += " \(pick(["ORDER BY name DESC", "GROUP BY name", "OFFSET 5 ROWS", "HAVING 1"]))" }
        return text
    }

    /// A body in JSON, often of members that the tables have.
    mutating func json(_ depth: Int = 0) -> String {
        switch number(depth > 4 ? 5 : 9) {
        case 0: return pick(["null", "true", "0", "-1", "1e999", "0.1", "123456789012345678901234567890"])
        case 1: return "\"\(text(20).filter { $0 != "\\" && $0 != "\"" })\""
        case 2:
            return "\"\(pick(["\\u0000", "\\ud800", "\\n", "2026-03-04", "f2a5738a-44e3-4a11-bb43-000d3a2feca1"]))\""
        case 3: return literal()
        case 4: return "[]"
        case 5: return "[\((0..<number(4)).map { _ in json(depth + 1) }.joined(separator: ","))]"
        default:
            let members = (0..<number(5)).map { _ in
                let name = pick(words.properties + words.navigations + ["@odata.type", "Targets", "value", "requests"])
                return "\"\(name)\(pick(["", "", "", "@odata.bind", "@odata.id"]))\":\(json(depth + 1))"
            }
            return "{\(members.joined(separator: ","))\(chance(30) ? "" : "}")"
        }
    }
}
