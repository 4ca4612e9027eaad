package import CoupletCore

/// The mappings that a new set-up begins with; people change them as they like.
///
/// `docs/MAPPINGS.md` says field by field what they hold, and what the ERP's standard API has no field for.
package enum DefaultMappings {
    /// All of them.
    /// - Parameters:
    ///   - erp: The name of the connection to Business Central.
    ///   - crm: The name of the connection to Dataverse.
    /// - Returns: The mappings, those that others refer to first.
    package static func all(erp: String, crm: String) -> [TableMapping] {
        [
            salespeople(erp: erp, crm: crm), currency(erp: erp, crm: crm), paymentTerms(erp: erp, crm: crm),
            shipmentMethod(erp: erp, crm: crm), unitOfMeasure(erp: erp, crm: crm), customer(erp: erp, crm: crm),
            vendor(erp: erp, crm: crm), contact(erp: erp, crm: crm), item(erp: erp, crm: crm),
        ]
    }

    /// Text against text, limited on both sides.
    static func text(
        _ erp: String,
        _ erpMaximum: Int,
        _ crm: String,
        _ crmMaximum: Int,
        _ direction: Direction = .bidirectional
    ) -> FieldMapping {
        FieldMapping(
            erp: FieldMapping.Field(erp, .text(maximum: erpMaximum)),
            crm: FieldMapping.Field(crm, .text(maximum: crmMaximum)),
            direction: direction
        )
    }

    /// A code of the ERP against text.
    static func code(
        _ erp: String,
        _ erpMaximum: Int,
        _ crm: String,
        _ crmMaximum: Int,
        _ direction: Direction = .bidirectional
    ) -> FieldMapping {
        FieldMapping(
            erp: FieldMapping.Field(erp, .code(maximum: erpMaximum)),
            crm: FieldMapping.Field(crm, .text(maximum: crmMaximum)),
            direction: direction
        )
    }

    /// A number of the ERP that the CRM shows.
    static func amount(_ erp: String, _ crm: String) -> FieldMapping {
        FieldMapping(
            erp: FieldMapping.Field(erp, .decimal),
            crm: FieldMapping.Field(crm, .decimal),
            direction: .toIntegrationTable
        )
    }

    /// A match rule.
    static func rule(_ priority: Int, _ pairs: (erp: String, crm: String)...) -> MatchRule {
        MatchRule(pairs: pairs.map { MatchRule.Pair(erp: $0.erp, crm: $0.crm) }, priority: priority)
    }

    /// A filter's comparison for equality.
    static func equal(_ field: String, _ value: Value) -> RecordFilter { .compare(field: field, .equal, value) }

    /// Records of the CRM that are in use.
    static let active = equal("statecode", .number("0"))

    /// Records of the ERP that nothing is blocked for: the member of the choice that is one blank.
    static let notBlocked = equal("blocked", .text("_x0020_"))
}
