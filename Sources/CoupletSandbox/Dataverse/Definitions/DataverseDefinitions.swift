/// The tables that every environment has, as ``DataverseDefinition`` reads them.
///
/// A lookup may name a table that comes later. Columns keep their order: rows are kept by the positions of columns.
enum DataverseDefinitions {
    /// One text for each table.
    static let all: [String] =
        [organization, businessUnit, systemUser, team, transactionCurrency]
        + [account, contact]
        + [unitGroup, unit, priceList, product, priceListItem]
        + [opportunity, opportunityProduct, quote, quoteProduct, order, orderProduct, invoice, invoiceProduct]
        + [savedQuery, userQuery, message, messageFilter, duplicateRule, asyncOperation]
}
