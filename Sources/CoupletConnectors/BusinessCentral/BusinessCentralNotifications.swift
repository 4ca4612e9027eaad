import CoupletCore
package import CoupletPorts

/// What Business Central sends to tell of changes.
package enum BusinessCentralNotifications {
    private static let shape = RowShape(layout: RowLayout(number: 0, fields: ["subscriptionId", "clientState"]))
    private static let decoder = PageDecoder()

    /// Reads a body, whoever has sent it.
    /// - Parameter body: The body.
    /// - Returns: The notifications in their order, with blanks for what is no text; nil where the body is not JSON in
    ///   UTF-8, or of another shape.
    package static func read(_ body: [UInt8]) -> [ChangeNotification]? {
        // Older versions of the service begin with a mark of the encoding.
        let bytes = body.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(body.dropFirst(3)) : body
        guard String(validating: bytes, as: UTF8.self) != nil, let page = try? decoder.page(bytes, shape: shape) else {
            return nil
        }
        return (0..<page.rows.count).map { row in
            let texts = page.rows.row(at: row).values(fieldCount: 2).map { value in
                if case .text(let text) = value { text } else { "" }
            }
            return ChangeNotification(subscription: texts[0], clientState: texts[1])
        }
    }
}
