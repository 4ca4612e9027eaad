/// Names of remote tables and fields, which live in mapping data only.
enum RemoteNames {
    /// The targets that know no remote system.
    static let targets: Set<String> = ["CoupletCore", "CoupletPorts", "CoupletStore", "CoupletEngine"]

    /// Tables and fields of the two systems that mappings use.
    static let names: Set<String> = [
        "accounts", "customers", "systemusers", "salespeoplePurchasers", "salesperson", "salespersonCode",
        "accountid", "accountnumber", "customertypecode", "systemuserid", "ownerid", "_ownerid_value", "fullname",
        "emailaddress1", "internalemailaddress", "telephone1", "websiteurl", "address1_line1", "address1_city",
        "modifiedon", "createdon", "statecode", "versionnumber",
        "displayName", "addressLine1", "addressLine2", "postalCode", "phoneNumber", "lastModifiedDateTime",
        "taxRegistrationNumber",
    ]

    /// Remote names in a target that may know none.
    static func findings(in file: SourceFile) -> [Finding] {
        guard file.isSwift, file.isIn("Sources"), let target = file.target, targets.contains(target) else { return [] }
        return Token.tokens(of: Array(file.text.utf8)).filter { names.contains($0.text) }.map {
            Finding(
                path: file.path,
                line: $0.line,
                message: "\($0.text) is a remote name: it belongs into mapping data"
            )
        }
    }
}
