extension MappingValidator {
    /// Fields whose values cannot be left unkept, because something else keeps what their columns hold, or needs it.
    static func unkeptProblems(of mapping: TableMapping, among all: [TableMapping]) -> [CoupletError] {
        var problems: [CoupletError] = []
        for field in mapping.fields where field.isUnkept == true {
            if field.reference != nil || field.constant != nil || field.rules?.hasLookup == true {
                problems.append(problem("mapping.unkeptReference", mapping, ["field": field.id]))
                continue
            }
            for side in Side.allCases {
                let column = Column(side, mapping, field.field(side))
                if let user = all.first(where: { column.isNeeded(by: $0) }) {
                    let arguments = ["field": column.field.name, "other": user.name]
                    problems.append(problem("mapping.unkeptUsed", mapping, arguments))
                } else if let keeper = all.first(where: { column.isKept(by: $0) }) {
                    let arguments = ["field": column.field.name, "other": keeper.name]
                    problems.append(problem("mapping.unkeptElsewhere", mapping, arguments))
                }
            }
        }
        return problems
    }

    /// A remote field, whichever mapping it is in.
    private struct Column {
        let side: Side
        let connection: String
        let table: String
        let field: FieldMapping.Field

        init(_ side: Side, _ mapping: TableMapping, _ field: FieldMapping.Field) {
            (self.side, self.field) = (side, field)
            (connection, table) = (mapping.table(side).connection, mapping.table(side).table)
        }

        private func isOf(_ mapping: TableMapping) -> Bool {
            mapping.table(side).connection == connection && mapping.table(side).table == table
        }

        /// Whether a mapping finds, names, chooses or matches records by the field.
        func isNeeded(by mapping: TableMapping) -> Bool {
            if isReadAlone(by: mapping) { return true }
            guard isOf(mapping) else { return false }
            let own = mapping.table(side)
            var names = [own.idField, own.keyField, own.nameField, own.modifiedField, own.absorbedBy].compactMap(\.self)
            names += mapping.scope(side).fields
            names += (mapping.table(side.other).templates ?? []).flatMap(\.filter.fields)
            names += mapping.matchRules.flatMap { $0.pairs.map { side == .erp ? $0.erp : $0.crm } }
            return names.contains(field.name)
        }

        /// Whether a mapping reads the table for keys or texts that it looks up, and keeps what it finds.
        private func isReadAlone(by mapping: TableMapping) -> Bool {
            guard mapping.table(side).connection == connection else { return false }
            let isLookedUp = mapping.lookups.contains {
                $0.side == side && $0.table == table && [$0.keyField, $0.valueField].contains(field.name)
            }
            return isLookedUp
                || mapping.enabledFields.compactMap(\.reference?.path).flatMap(\.tables).contains {
                    $0.side == side && $0.table.table == table && $0.table.fields.contains(field.name)
                }
        }

        /// Whether a mapping has the field and keeps its values, or takes other values of it for the same.
        func isKept(by mapping: TableMapping) -> Bool {
            guard isOf(mapping) else { return false }
            // Also what is not used now may have left values in the history.
            return (mapping.fields + mapping.enabledFields).contains { other in
                let same = other.field(side)
                return same.name == field.name && (other.isUnkept != true || !same.type.comparesLike(field.type))
            }
        }
    }
}

extension FieldType {
    /// Whether values of both types are compared in the same way.
    fileprivate func comparesLike(_ other: FieldType) -> Bool {
        switch (self, other) {
        case (.text, .text), (.text, .personName), (.personName, .text), (.personName, .personName), (.code, .code),
            (.code, .option), (.option, .code), (.option, .option), (.decimal, .decimal), (.decimal, .integer),
            (.integer, .decimal), (.integer, .integer), (.boolean, .boolean), (.date, .date), (.dateTime, .dateTime),
            (.guid, .guid):
            true
        default: false
        }
    }
}
