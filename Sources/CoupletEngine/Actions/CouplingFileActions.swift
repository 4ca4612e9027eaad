package import CoupletCore

/// A coupling as a file has it.
package struct CouplingRow: Codable, Sendable, Hashable {
    /// The mapping's name, in any case.
    package var mapping: String
    /// The ERP record's number or id.
    package var erp: String
    /// The CRM record's id.
    package var crm: String
    /// The line of the file it stands on, the first being 1.
    package var line: Int

    /// Creates a row.
    package init(mapping: String, erp: String, crm: String, line: Int = 0) {
        self.mapping = mapping
        self.erp = erp
        self.crm = crm
        self.line = line
    }
}

/// Lists the couplings of mappings, to be kept as a file.
package struct ExportCouplings: Action {
    package static let name = "coupling.export"
    /// The mapping's name, in any case; nil for all.
    package var mapping: String?

    /// Creates the action.
    package init(mapping: String? = nil) { self.mapping = mapping }

    package func perform(in context: ActionContext) async throws -> CouplingRowsView {
        try await context.engine.exportCouplings(self)
    }
}

/// Couplings as rows of a file.
package struct CouplingRowsView: Codable, Sendable {
    /// The rows, by mapping, and within one in the order in which they were coupled.
    package var rows: [CouplingRow]

    /// Creates a view.
    package init(rows: [CouplingRow]) { self.rows = rows }
}

/// Couples the records that a file names, all or none; couplings that are there already stay.
///
/// Nothing is written to either system: the records stay uncompared until a person synchronizes them.
package struct ImportCouplings: Action {
    package static let name = "coupling.import"
    /// The rows.
    package var rows: [CouplingRow]
    /// Whether the plan is only shown.
    package var isPreview: Bool

    /// Creates the action.
    package init(rows: [CouplingRow], isPreview: Bool = false) {
        self.rows = rows
        self.isPreview = isPreview
    }

    package func perform(in context: ActionContext) async throws -> CouplingImportView {
        try await context.engine.importCouplings(self, context)
    }
}

/// What importing couplings did, or why it did nothing.
package struct CouplingImportView: Codable, Sendable {
    /// Something wrong with one row.
    package struct Problem: Codable, Sendable {
        /// The row's line.
        package var line: Int
        /// What is wrong.
        package var message: Message

        /// Creates a problem.
        package init(line: Int, message: Message) {
            self.line = line
            self.message = message
        }
    }

    /// How many rows name couplings that are there already.
    package var present: Int
    /// What is wrong, one problem a row; as long as anything is, nothing was coupled.
    package var problems: [Problem]
    /// The run or the plan.
    package var result: RunOrPlan

    /// Creates a view.
    package init(present: Int, problems: [Problem], result: RunOrPlan) {
        self.present = present
        self.problems = problems
        self.result = result
    }
}
