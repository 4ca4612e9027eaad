/// Collects the first elements of an order without keeping all that are seen.
struct Foremost<Element> {
    private let limit: Int
    private let precedes: (Element, Element) -> Bool
    private var elements: [Element] = []
    /// The last of those that are first; nil as long as there may be more.
    private var bound: Element?

    /// Makes a collection of at most so many elements.
    init(_ limit: Int, by precedes: @escaping (Element, Element) -> Bool) {
        self.limit = max(1, limit)
        self.precedes = precedes
    }

    /// Takes an element.
    mutating func insert(_ element: Element) {
        if let bound, !precedes(element, bound) { return }
        elements.append(element)
        if elements.count >= 2 * limit + 1_024 { trim() }
    }

    /// The first elements in their order.
    mutating func sorted() -> [Element] {
        trim()
        return elements
    }

    private mutating func trim() {
        elements.sort(by: precedes)
        guard elements.count >= limit else { return }
        elements.removeLast(elements.count - limit)
        bound = elements.last
    }
}
