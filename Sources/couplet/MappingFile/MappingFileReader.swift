import CoupletCore
import Yams

/// Reads mappings from a file that people wrote, and finds everything that is wrong with it.
struct MappingFileReader {
    /// The mappings, as far as they could be read.
    private(set) var mappings: [TableMapping] = []
    /// What is wrong, each with its line.
    private(set) var problems: [FileProblem] = []
    /// Where each mapping begins, by its name.
    private var mappingLines: [String: Int] = [:]
    /// Where each field mapping stands, by the mapping's name and the fields' names.
    private var fieldLines: [String: Int] = [:]

    /// Reads a file's text.
    init(_ text: String) {
        let root: Node?
        do {
            root = try compose(yaml: text)
        } catch let error as YamlError {
            problems = [Self.problem(error)]
            return
        } catch {
            problems = [FileProblem(nil, "file.notYAML", ["detail": String(describing: error)])]
            return
        }
        guard let root, let file = FileObject(root, path: "", keys: ["mappings"], &problems) else {
            if problems.isEmpty { problems = [FileProblem(nil, "file.empty")] }
            return
        }
        let nodes = file.list("mappings", &problems)
        if nodes.isEmpty, problems.isEmpty { problems = [FileProblem(file.line, "file.empty")] }
        for (index, node) in nodes.enumerated() { readMapping(node, path: "mappings[\(index + 1)]") }
    }

    /// Where something is about a mapping and perhaps a field of it; nil when nobody knows.
    func line(ofMapping name: String, field: String?) -> Int? {
        if let field {
            if let line = fieldLines[name + " " + field] { return line }
            let names = fieldLines.filter { key, _ in
                key.hasPrefix(name + " ")
                    && key.dropFirst(name.count + 1).split(separator: "|").contains { $0 == field }
            }
            if let line = names.values.min() { return line }
        }
        return mappingLines[name]
    }

    private static func problem(_ error: YamlError) -> FileProblem {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            FileProblem(mark.line, "file.notYAML", ["detail": problem])
        default: FileProblem(nil, "file.notYAML", ["detail": String(describing: error)])
        }
    }

    private mutating func readMapping(_ node: Node, path: String) {
        let keys = [
            "name", "direction", "onlyCoupled", "shared", "updateConflicts", "conflictScope", "deletionConflicts",
            "dependsOn", "companyStamp", "schedule", "erp", "crm", "fields", "match",
        ]
        guard let object = FileObject(node, path: path, keys: keys, &problems) else { return }
        let name = object.requiredText("name", &problems).uppercased()
        let path = name.isEmpty ? path : name
        mappingLines[name] = object.line
        let known = FileObject(node, path: path, keys: keys, &ignored) ?? object
        let mapping = TableMapping(
            name: name,
            erp: readTable(.erp, of: known),
            crm: readTable(.crm, of: known),
            direction: readDirection(known),
            fields: known.list("fields", &problems).compactMap { readField($0, name) },
            matchRules: known.list("match", &problems).enumerated().compactMap { readRule($1, name, $0) },
            onlyCoupled: known.boolean("onlyCoupled", otherwise: true, &problems),
            isShared: known.boolean("shared", otherwise: false, &problems),
            conflictRules: FieldSettingReader.conflictRules(known, &problems),
            dependsOn: known.list("dependsOn", &problems).compactMap { $0.scalar?.string.uppercased() },
            companyStamp: CompanyStampReader.stamp(known, &problems),
            schedule: FieldSettingReader.schedule(known, &problems)
        )
        if known.node("fields") == nil {
            problems.append(FileProblem(known.line, "file.missingKey", ["path": path, "key": "fields"]))
        }
        mappings.append(mapping)
    }

    /// The problems of an object that is read a second time under its proper name.
    private var ignored: [FileProblem] = []

    private mutating func readTable(_ side: Side, of mapping: FileObject) -> TableMapping.Table {
        let path = "\(mapping.path).\(side.rawValue)"
        let keys = [
            "connection", "table", "id", "name", "key", "modified", "filter", "numberSeries", "create", "templates",
            "creates", "absorbedBy",
        ]
        guard let node = mapping.node(side.rawValue) else {
            let arguments = ["path": mapping.path, "key": side.rawValue]
            problems.append(FileProblem(mapping.line, "file.missingKey", arguments))
            return Self.noTable
        }
        guard let object = FileObject(node, path: path, keys: keys, &problems) else { return Self.noTable }
        return TableMapping.Table(
            connection: object.requiredText("connection", &problems),
            table: object.requiredText("table", &problems),
            idField: object.requiredText("id", &problems),
            keyField: object.text("key", &problems).flatMap { $0.isEmpty ? nil : $0 },
            nameField: object.requiredText("name", &problems),
            modifiedField: object.text("modified", &problems).flatMap { $0.isEmpty ? nil : $0 },
            filter: FieldSettingReader.filter(object, &problems),
            template: FieldSettingReader.values("create", object, &problems),
            keyPattern: object.node("numberSeries").flatMap { readPattern($0, path) },
            templates: FieldSettingReader.templates(object, &problems),
            admitsCreates: object.boolean("creates", otherwise: true, &problems),
            absorbedBy: object.text("absorbedBy", &problems).flatMap { $0.isEmpty ? nil : $0 }
        )
    }

    private static let noTable = TableMapping.Table(
        connection: "",
        table: "",
        idField: "",
        keyField: nil,
        nameField: ""
    )

    private mutating func readPattern(_ node: Node, _ path: String) -> TableMapping.KeyPattern? {
        let path = path + ".numberSeries"
        guard let object = FileObject(node, path: path, keys: ["prefix", "digits"], &problems) else { return nil }
        return TableMapping.KeyPattern(
            prefix: object.requiredText("prefix", &problems),
            digits: object.number("digits", otherwise: 5, &problems)
        )
    }

    private mutating func readField(_ node: Node, _ mapping: String) -> FieldMapping? {
        let keys = [
            "erp", "erpType", "crm", "crmType", "direction", "enabled", "reference", "erpHoldsKey", "required",
            "path", "keepTargetWhenBlank", "allowTruncation", "rules", "constant", "zone", "clearWhenUncoupled",
            "needsValue", "updateConflicts", "parent", "unkept",
        ]
        var early: [FileProblem] = []
        guard let first = FileObject(node, path: "\(mapping).fields", keys: keys, &problems) else { return nil }
        let names = [first.text("erp", &early), first.text("crm", &early)].compactMap(\.self)
        let path = "\(mapping).fields[\(names.joined(separator: "|"))]"
        guard let object = FileObject(node, path: path, keys: keys, &early) else { return nil }
        let reference = object.text("reference", &problems).map { name in
            FieldMapping.Reference(
                mapping: name.uppercased(),
                erpHoldsKey: object.boolean("erpHoldsKey", otherwise: false, &problems),
                required: object.boolean("required", otherwise: true, &problems),
                path: object.node("path").flatMap { ReferencePathReader.path($0, path, &problems) },
                isParent: FieldSettingReader.choice("parent", object, &problems)
            )
        }
        let field = FieldMapping(
            erp: readSide(.erp, object),
            crm: readSide(.crm, object),
            direction: readDirection(object),
            enabled: object.boolean("enabled", otherwise: true, &problems),
            reference: reference,
            keepTargetWhenBlank: object.boolean("keepTargetWhenBlank", otherwise: false, &problems),
            allowTruncation: object.boolean("allowTruncation", otherwise: false, &problems),
            rules: FieldSettingReader.rules(object, &problems),
            constant: FieldSettingReader.constant(object, &problems),
            zone: FieldSettingReader.zone(object, &problems),
            clearsWhenUncoupled: FieldSettingReader.choice("clearWhenUncoupled", object, &problems),
            needsValue: FieldSettingReader.choice("needsValue", object, &problems),
            updateConflicts: object.word("updateConflicts", ConflictRules.Update.self, &problems),
            isUnkept: FieldSettingReader.choice("unkept", object, &problems)
        )
        fieldLines[mapping + " " + field.id] = object.line
        return field
    }

    /// A side's field; where a constant stands for it, it may have no name.
    private mutating func readSide(_ side: Side, _ object: FileObject) -> FieldMapping.Field {
        let key = side.rawValue
        let mayBeUnnamed = object.node("constant") != nil
        let name = mayBeUnnamed ? object.text(key, &problems) ?? "" : object.requiredText(key, &problems)
        guard !name.isEmpty || object.node(key + "Type") != nil || !mayBeUnnamed else {
            return FieldMapping.Field(name, .text(maximum: 0))
        }
        return FieldMapping.Field(name, FieldSettingReader.type(key + "Type", object, &problems))
    }

    private mutating func readDirection(_ object: FileObject) -> Direction {
        let text = object.requiredText("direction", &problems)
        if let direction = DirectionArgument(rawValue: text) { return direction.direction }
        if !text.isEmpty { problems.append(object.wrong("direction", text, "both, to, from")) }
        return .bidirectional
    }

    private mutating func readRule(_ node: Node, _ mapping: String, _ index: Int) -> MatchRule? {
        let path = "\(mapping).match[\(index + 1)]"
        let keys = ["priority", "caseSensitive", "pairs"]
        guard let object = FileObject(node, path: path, keys: keys, &problems) else { return nil }
        let pairs = object.requiredList("pairs", &problems).enumerated().compactMap { index, node -> MatchRule.Pair? in
            let path = "\(path).pairs[\(index + 1)]"
            guard let pair = FileObject(node, path: path, keys: ["erp", "crm"], &problems) else { return nil }
            return MatchRule.Pair(
                erp: pair.requiredText("erp", &problems),
                crm: pair.requiredText("crm", &problems)
            )
        }
        return MatchRule(
            pairs: pairs,
            caseSensitive: object.boolean("caseSensitive", otherwise: false, &problems),
            priority: object.number("priority", otherwise: index, &problems)
        )
    }
}
