import CoupletCore

/// What Business Central's own integration leaves in an environment.
enum BuiltInIntegration {
    /// The table of the companies that it serves.
    static let companies = "bcbi_companies"
    /// The column by which it marks records as one company's.
    static let stamp = "_bcbi_companyid_value"
    /// The table in which it keeps where the web client is.
    static let webClients = "nav_connections"
    /// The application under whose name it writes.
    static let application = "996def3d-b36c-4153-8607-a6fd3c01b89f"
}
