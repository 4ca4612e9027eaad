import CoupletCore
import CoupletPorts
import Testing

extension StateStoreConformance {
    /// A store with one mapping, its feeds, a layout and a run: what most checks start from.
    struct World: Sendable {
        let mapping: TableMapping
        let feeds: BySide<Int64>
        let layout: RowLayout
        let run: Int64

        init(_ store: any StateStore) async throws {
            let mapping = StateStoreConformance.mapping("CUSTOMER")
            self.mapping = mapping
            (feeds, layout, run) = try await store.write { writing throws in
                try writing.save(mapping)
                let feeds = BySide(
                    erp: try writing.openFeed(connection: "bc", table: "customers").id,
                    crm: try writing.openFeed(connection: "dv", table: "accounts").id
                )
                let run = try writing.insert(
                    RunRecord(action: "sync", startedBy: "anna", startedAt: StateStoreConformance.at(1))
                )
                return (feeds, try writing.layout(fields: ["name", "city"]), run)
            }
        }

        /// A known record, called by its number.
        func record(_ number: Int, key: String? = nil, isDeleted: Bool = false) -> RemoteRecord {
            RemoteRecord(
                id: StateStoreConformance.id(number),
                version: "v\(number)",
                key: key,
                name: "Record \(number)",
                isDeleted: isDeleted,
                readSequence: Int64(number),
                writeSequence: Int64(number) * 2
            )
        }

        /// An observation with a readable row.
        func observation(_ number: Int, city: Value? = .text("Visby")) -> StagedObservation {
            StagedObservation(
                id: StateStoreConformance.id(number),
                version: "o\(number)",
                layout: layout.number,
                row: EncodedRow([.text("Record \(number)"), city])
            )
        }

        /// A coupling of two records called by their numbers.
        func coupling(_ erp: Int, _ crm: Int, choice: Side? = nil) -> Coupling {
            Coupling(
                mapping: mapping.name,
                ids: BySide(erp: StateStoreConformance.id(erp), crm: StateStoreConformance.id(crm)),
                choice: choice,
                run: run
            )
        }

        /// A base of this world's layout whose CRM half repeats the ERP's name.
        func base(_ name: String) -> Base {
            var crm = RowBuilder(fieldCount: 2)
            crm.append(tag: .same)
            crm.append(.null)
            return Base(
                layout: layout,
                erp: EncodedRow([.text(name), .number("12.50")]),
                crm: EncodedRow(bytes: crm.finish())
            )
        }

        /// A failure to write to a side from a record of the other one.
        func failure(
            toward target: Side,
            source: Int,
            _ disposition: FailureRecord.Disposition,
            nextAt: Instant? = nil,
            coupling: Int64? = nil
        ) -> FailureRecord {
            FailureRecord(
                mapping: mapping.name,
                target: target,
                source: StateStoreConformance.id(source),
                coupling: coupling,
                label: "K\(source)",
                messages: [Message("write.rejected", ["field": "city", "why": "\"too\" long"])],
                disposition: disposition,
                attempts: 3,
                sourceVersion: "s",
                targetVersion: "",
                firstAt: StateStoreConformance.at(10),
                lastAt: StateStoreConformance.at(20),
                nextAt: nextAt
            )
        }

        /// The states of a scope, read in pages so small that paging is always at work.
        func states(
            _ store: any StateStore,
            _ scope: CouplingScope,
            now: Instant = StateStoreConformance.at(0),
            pageSize: Int = 2
        ) async throws -> [CouplingState] {
            let (mapping, feeds) = (mapping.name, feeds)
            return try await store.read { reading throws in
                var states: [CouplingState] = []
                while true {
                    let page = try reading.couplingStates(
                        mapping: mapping,
                        feeds: feeds,
                        scope: scope,
                        now: now,
                        after: states.last?.coupling.id ?? 0,
                        limit: pageSize
                    )
                    states += page
                    guard page.count < pageSize else { continue }
                    if scope == .pending {
                        #expect(try reading.pendingCount(mapping: mapping, now: now) == states.count)
                    }
                    return states
                }
            }
        }
    }

    /// A mapping that uses every part a mapping can have.
    static func mapping(_ name: String, erpTable: String = "customers", crmTable: String = "accounts") -> TableMapping {
        TableMapping(
            name: name,
            erp: TableMapping.Table(
                connection: "bc",
                table: erpTable,
                idField: "id",
                keyField: "number",
                nameField: "displayName",
                modifiedField: "changed",
                filter: .all([
                    .compare(field: "blocked", .equal, .text(" ")), .not(.blank(field: "number")), .everything,
                    .any([
                        .compare(field: "balance", .greaterOrEqual, .number("10.0")),
                        .compare(field: "tax", .notEqual, .boolean(true)),
                        .compare(field: "city", .equal, .null),
                    ]),
                ]),
                keyPattern: TableMapping.KeyPattern(prefix: "C-", digits: 5)
            ),
            crm: TableMapping.Table(
                connection: "dv",
                table: crmTable,
                idField: "accountid",
                keyField: nil,
                nameField: "name",
                template: [
                    TableMapping.TemplateValue(
                        field: FieldMapping.Field("kind", .option),
                        value: .number("3")
                    )
                ]
            ),
            direction: .bidirectional,
            fields: [
                FieldMapping(
                    erp: FieldMapping.Field("displayName", .text(maximum: 100)),
                    crm: FieldMapping.Field("name", .text(maximum: 160)),
                    direction: .bidirectional
                ),
                FieldMapping(
                    erp: FieldMapping.Field("salesperson", .code(maximum: 20)),
                    crm: FieldMapping.Field("_owner", .reference(table: "users", property: "owner")),
                    direction: .fromIntegrationTable,
                    enabled: false,
                    reference: FieldMapping.Reference(mapping: "SALESPEOPLE", erpHoldsKey: true, required: true),
                    keepTargetWhenBlank: true,
                    allowTruncation: true
                ),
            ],
            matchRules: [
                MatchRule(
                    pairs: [MatchRule.Pair(erp: "number", crm: "accountnumber")],
                    caseSensitive: true,
                    priority: 2
                )
            ],
            onlyCoupled: false
        )
    }
}
