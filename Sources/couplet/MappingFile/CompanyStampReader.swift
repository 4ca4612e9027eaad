import CoupletCore

/// Reads how a mapping marks records as one company's.
enum CompanyStampReader {
    /// The stamp of a mapping; nil where it has none.
    static func stamp(_ mapping: FileObject, _ problems: inout [FileProblem]) -> CompanyStamp? {
        guard let node = mapping.node("companyStamp") else { return nil }
        let path = mapping.path + ".companyStamp"
        let keys = ["field", "type", "value", "admits", "companies"]
        guard let object = FileObject(node, path: path, keys: keys, &problems) else { return nil }
        let field = FieldMapping.Field(
            object.requiredText("field", &problems),
            FieldSettingReader.type("type", object, &problems)
        )
        return CompanyStamp(
            field: field,
            value: FieldSettingReader.value("value", object, &problems),
            admits: object.word("admits", CompanyStamp.Admission.self, &problems) ?? .ownOrBlank,
            companies: ReferencePathReader.table("companies", of: object, &problems)
        )
    }
}
