/// A word in the languages that the forms speak.
struct FormWord: Sendable {
    let english: String
    let swedish: String

    init(_ english: String, _ swedish: String) {
        self.english = english
        self.swedish = swedish
    }

    /// The word in a language.
    func text(isSwedish: Bool) -> String { isSwedish ? swedish : english }
}

/// A table whose records people see in forms.
struct FormTable: Sendable {
    /// A property with what it is called.
    struct Field: Sendable {
        let property: String
        let label: FormWord

        init(_ property: String, _ english: String, _ swedish: String) {
            self.property = property
            label = FormWord(english, swedish)
        }
    }

    /// The table's address.
    let entitySet: String
    /// What the system's own links call it.
    let name: String
    /// What one record is called.
    let one: FormWord
    /// What all of them are called.
    let all: FormWord
    /// The property with the id.
    let id: String
    /// The property with the number or code by which people know a record; nil where they know it by its id.
    let number: String?
    /// The property with the name.
    let heading: String
    /// What a form shows besides.
    let fields: [Field]
}

/// What a request for a page of forms means.
struct FormRequest: Sendable {
    /// The table.
    let table: FormTable
    /// The records of the page, each with all its properties: those of a list, or the one that was asked for.
    let records: [SandboxJSON]
    /// How many there are of a list; nil for a single record.
    let count: Int?
    /// What addresses of other pages end with.
    var context = ""
}

/// Where the real system's own pages are, and what they show.
protocol FormSource {
    /// What a request means; nil where it asks for no page.
    func formRequest(_ request: SandboxRequest) -> FormRequest?

    /// The address of a list of all records, below the stand-in's own.
    static func listAddress(of table: FormTable) -> String

    /// The address of a record's form.
    static func address(of record: SandboxJSON, in table: FormTable) -> String

    /// What the desk's addresses call the system.
    static var formSystem: String { get }

    /// The tables that have forms.
    static var formTables: [FormTable] { get }
}

extension FormSource {
    /// The most records that a list shows.
    static var formListLength: Int { 200 }
}
