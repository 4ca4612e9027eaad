extension String {
    /// Whether a field is what a service says about another field's value: `field@Name.Of.Annotation`.
    package var isAnnotation: Bool { contains("@") }

    /// The name of the annotation alone; empty for a field.
    package var annotationName: String { firstIndex(of: "@").map { String(self[index(after: $0)...]) } ?? "" }
}
