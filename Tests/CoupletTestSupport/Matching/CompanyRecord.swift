/// A made-up customer as one system knows it.
public struct CompanyRecord: Sendable, Hashable {
    /// Which company or person it is; records of the same have the same number.
    public var truth: Int
    /// The name.
    public var name: String
    /// Street and number.
    public var street: String
    /// The postal code.
    public var postalCode: String
    /// The city.
    public var city: String
    /// The phone number.
    public var phone: String
    /// The e-mail address.
    public var email: String
    /// The web address.
    public var web: String
    /// The registration or VAT number.
    public var registration: String

    /// The names of the fields, in the order of `values`.
    public static let fields = ["name", "street", "postalCode", "city", "phone", "email", "web", "registration"]
    /// The values in the order of `fields`; blank ones are empty.
    public var values: [String] { [name, street, postalCode, city, phone, email, web, registration] }
}
