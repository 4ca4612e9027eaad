/// A query of another language than OData's: tables with conditions, joined, grouped, ordered.
struct DataverseFetch {
    /// How values of a group become one.
    enum Aggregate: String {
        case count
        case countcolumn
        case sum
        case avg
        case min
        case max
    }

    /// A column of the answer.
    struct Attribute {
        /// The column's logical name; `*` where rows are counted.
        var name: String
        /// What the answer calls it.
        var alias: String?
        /// What is made of its values.
        var aggregate: Aggregate?
        /// Whether only different values count.
        var isDistinct = false
        /// Whether rows are grouped by it.
        var isGroup = false
        /// The part of a moment that rows are grouped by: `year`, `quarter`, `month`, `week` or `day`.
        var dateGrouping: String?
    }

    /// A condition on a column.
    struct Condition {
        /// The alias of the table; nil for the table that the condition stands in.
        var table: String?
        /// The column's logical name.
        var attribute: String
        /// The operator as FetchXML calls it.
        var name: String
        /// What it compares with.
        var values: [String] = []
        /// The column that it compares with.
        var valueOf: String?
    }

    /// Conditions together.
    indirect enum Filter {
        case condition(Condition)
        case and([Filter])
        case or([Filter])
        case not(Filter)
    }

    /// What rows are ordered by.
    struct Order {
        /// The alias of the table; nil for the table that the order stands in.
        var table: String?
        /// A column's logical name, or the alias of a column of the answer.
        var name: String
        /// Whether the greatest comes first.
        var isDescending = false
    }

    /// How a table is joined.
    enum Kind: String {
        case inner
        case outer
        case exists
        case any
        case notAny = "not any"
    }

    /// A table and those joined to it.
    struct Node {
        /// The table's logical name.
        var table: String
        /// What conditions and columns call it.
        var alias: String?
        /// For a joined table: its own column, that of the other table, and how they are joined.
        var join: (from: String, to: String, kind: Kind)?
        /// The columns asked for.
        var attributes: [Attribute] = []
        /// Whether all columns are.
        var hasAll = false
        /// The conditions.
        var filter: Filter?
        /// The order.
        var orders: [Order] = []
        /// The tables joined to it.
        var links: [Node] = []
    }

    /// The table that the query is about.
    var root: Node
    /// Whether rows are grouped.
    var isAggregate = false
    /// Whether equal rows count once.
    var isDistinct = false
    /// At most that many rows.
    var top: Int?
    /// How many rows a page has.
    var count: Int?
    /// Which page is asked for, beginning with 1.
    var page = 1
    /// How many rows to pass over, where no page is asked for.
    var offset: Int?
    /// Whether the number of all rows is asked for.
    var hasTotal = false
    /// Whether columns of joined tables are called by their own names alone.
    var hasPlainNames = false
}
