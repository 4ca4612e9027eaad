/// What a connector says by itself about a failure, as a code that the catalogues know.
///
/// It looks like `detail.tokenWrongAddress(VALUE|VALUE)`; whoever shows it to a person turns it into text. What a service
/// says stays as it said it.
enum Detail {
    /// Words a detail.
    /// - Parameters:
    ///   - code: The catalogue's code.
    ///   - values: The values of its placeholders `a`, `b` and so on, in order.
    /// - Returns: The detail.
    static func text(_ code: String, _ values: String...) -> String {
        values.isEmpty ? code : "\(code)(\(values.joined(separator: "|")))"
    }
}
