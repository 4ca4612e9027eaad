import CoupletConnectors
import CoupletCore
import Foundation
import Testing

@Suite("Default mappings")
struct DefaultMappingTests {
    private let mappings = DefaultMappings.all(erp: "erp", crm: "crm")

    private func mapping(_ name: String) throws -> TableMapping { try #require(mappings.first { $0.name == name }) }

    @Test
    func `the mappings are valid together, and what is referred to comes first`() throws {
        #expect(MappingValidator.problems(in: mappings).isEmpty)
        let names = [
            "SALESPEOPLE", "CURRENCY", "PAYMENT TERMS", "SHIPMENT METHOD", "UNIT OF MEASURE", "CUSTOMER", "VENDOR",
            "CONTACT", "ITEM-PRODUCT",
        ]
        #expect(mappings.map(\.name) == names)
        #expect(try StepOrdering.ordered(mappings.reversed()).map(\.name).sorted() == names.sorted())
        for (position, mapping) in try StepOrdering.ordered(mappings.reversed()).enumerated() {
            let before = Set(try StepOrdering.ordered(mappings.reversed())[..<position].map(\.name))
            #expect(before.isSuperset(of: mapping.enabledFields.flatMap { $0.reference?.mappings ?? [] }))
        }
        #expect(mappings.allSatisfy { $0.erp.connection == "erp" && $0.crm.connection == "crm" && $0.onlyCoupled })
    }

    @Test(
        arguments: [
            ([Value.boolean(false), .boolean(true), .boolean(false)], true),
            ([nil, .boolean(true), nil], true), ([.null, .boolean(true), .null], true),
            ([nil, nil, nil], false), ([nil, .boolean(false), nil], false),
            ([.boolean(true), .boolean(true), nil], false), ([nil, .boolean(true), .boolean(true)], false),
        ] as [([Value?], Bool)]
    )
    func `only licensed people are salespeople, and what is not stated is no`(values: [Value?], passes: Bool) throws {
        let layout = RowLayout(number: 1, fields: ["isdisabled", "islicensed", "isintegrationuser"])
        let filter = try mapping("SALESPEOPLE").crm.filter
        let result = EncodedRow(values).withView(fieldCount: 3) { filter.matches($0, layout: layout) }
        #expect(result == passes)
        #expect(ODataFilter(filter, .dataverse).isComplete)
    }

    @Test(arguments: [("CUSTOMER", "3"), ("VENDOR", "11")])
    func `customers and vendors are matched by number and then by name and city`(name: String, type: String) throws {
        let account = try mapping(name)
        #expect(account.matchRules.map(\.priority) == [0, 1])
        #expect(account.erp.keyField == "number")
        #expect(account.crm.template.map(\.value) == [.number(type)])
        let filter = ODataFilter(account.crm.filter, .dataverse)
        #expect(filter.text == "statecode eq 0 and customertypecode eq \(type)")
        #expect(!account.isShared)
        #expect(try mapping("SALESPEOPLE").erp.keyPattern?.key(1) == "SP-00001")
    }

    @Test
    func `what one company's contact or product is belongs to no other, and people and units are everybody's`() {
        let own = mappings.filter { !$0.isShared }.map(\.name)
        #expect(own == ["CUSTOMER", "VENDOR", "CONTACT", "ITEM-PRODUCT"])
    }

    /// The rows of the field table in each section of the page.
    private func documented() throws -> [String: [String]] {
        let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/MAPPINGS.md")
        var section = ""
        var fields: [String: [String]] = [:]
        for line in try String(contentsOf: page, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
            guard let row = line.firstMatch(of: /^\| `([^`]+)` \| (↔|→|←) \| `([^`]+)` \| (.*)\|$/) else { continue }
            let ending = row.4.contains("disabled") ? " disabled" : ""
            fields[section, default: []].append("\(row.1) \(row.2) \(row.3)\(ending)")
        }
        return fields
    }

    @Test
    func `the page about mappings says of every field what is mapped`() throws {
        let documented = try documented()
        #expect(Set(documented.keys) == Set(mappings.map(\.name)))
        for mapping in mappings {
            let fields = mapping.fields.map { field in
                let arrow =
                    switch mapping.direction(of: field) {
                    case .bidirectional: "↔"
                    case .toIntegrationTable: "→"
                    case .fromIntegrationTable: "←"
                    case nil: "?"
                    }
                return "\(field.erp.name) \(arrow) \(field.crm.name)\(field.enabled ? "" : " disabled")"
            }
            #expect(Set(fields) == Set(documented[mapping.name] ?? []), "\(mapping.name)")
            #expect(fields.count == documented[mapping.name]?.count, "\(mapping.name)")
        }
    }
}
