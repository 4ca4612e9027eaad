import CoupletCore
import Yams

/// Reads how a reference reaches its record, where a field mapping says it.
enum ReferencePathReader {
    /// The path of a node; nil with a problem when it is none.
    static func path(_ node: Node, _ place: String, _ problems: inout [FileProblem]) -> ReferencePath? {
        let place = place + ".path"
        let keys = ["others", "erpKeys", "crmKeys", "sharedKeys", "blankKey", "targets"]
        guard let object = FileObject(node, path: place, keys: keys, &problems) else { return nil }
        return ReferencePath(
            others: object.list("others", &problems).compactMap { $0.scalar?.string.uppercased() },
            erpKeys: table("erpKeys", of: object, &problems),
            crmKeys: table("crmKeys", of: object, &problems),
            sharedKeys: table("sharedKeys", of: object, &problems),
            blankKey: object.text("blankKey", &problems),
            targets: targets(object, &problems)
        )
    }

    private static func targets(_ path: FileObject, _ problems: inout [FileProblem]) -> [ReferencePath.Target]? {
        guard path.node("targets") != nil else { return nil }
        var targets: [ReferencePath.Target] = []
        for (index, node) in path.requiredList("targets", &problems).enumerated() {
            let place = "\(path.path).targets[\(index + 1)]"
            let keys = ["mapping", "table", "property"]
            guard let object = FileObject(node, path: place, keys: keys, &problems) else { continue }
            let target = ReferencePath.Target(
                mapping: object.requiredText("mapping", &problems).uppercased(),
                table: object.requiredText("table", &problems),
                property: object.requiredText("property", &problems)
            )
            targets.append(target)
        }
        return targets
    }

    /// A table that says what others call its records; nil where there is none.
    static func table(
        _ key: String,
        of path: FileObject,
        _ problems: inout [FileProblem]
    ) -> ReferencePath.KeyTable? {
        guard let node = path.node(key) else { return nil }
        let place = "\(path.path).\(key)"
        guard let object = FileObject(node, path: place, keys: ["table", "id", "key", "filter"], &problems) else {
            return nil
        }
        return ReferencePath.KeyTable(
            table: object.requiredText("table", &problems),
            idField: object.requiredText("id", &problems),
            keyField: object.requiredText("key", &problems),
            filter: filter(object, &problems)
        )
    }

    private static func filter(_ object: FileObject, _ problems: inout [FileProblem]) -> RecordFilter {
        guard let text = object.text("filter", &problems) else { return .everything }
        do {
            return try RecordFilter(parsing: text, in: FilterContext(side: .erp))
        } catch {
            problems.append(FileProblem(object.line(of: "filter"), error.message))
            return .everything
        }
    }
}
