import CoupletCore
import Testing

@Suite("Proposing mappings")
struct MappingProposalTests {
    private static func table(_ name: String, _ fields: [(String, FieldType?, Bool)]) -> TableDescription {
        TableDescription(
            table: name,
            idField: "id",
            keyField: "number",
            nameField: "displayName",
            fields: fields.map { TableDescription.Field($0.0, $0.1, remoteType: "T", isWritable: $0.2) }
        )
    }

    private static func proposal(
        _ erp: [(String, FieldType?, Bool)],
        _ crm: [(String, FieldType?, Bool)]
    ) -> MappingProposal {
        MappingProposal(
            name: "X",
            connections: BySide(erp: "a", crm: "b"),
            tables: BySide(erp: table("customers", erp), crm: table("accounts", crm))
        )
    }

    @Test(
        "names that are the same, mean the same or hold one another are paired, each with its reason",
        arguments: [
            ("city", "city", "propose.sameName"), ("city", "address1_city", "propose.sameName"),
            ("phoneNumber", "telephone1", "propose.sameMeaning"), ("email", "emailaddress1", "propose.sameMeaning"),
            ("addressLine1", "address1_line1", "propose.sameMeaning"), ("website", "websiteurl", "propose.sameMeaning"),
            ("description", "longDescription", "propose.partOfName"),
        ]
    )
    func pairs(erp: String, crm: String, code: String) throws {
        let proposal = Self.proposal([(erp, .text(maximum: 10), true)], [(crm, .text(maximum: 20), true)])
        let field = try #require(proposal.mapping.fields.first)
        #expect(field.erp.name == erp && field.crm.name == crm)
        #expect(field.direction == .bidirectional)
        #expect(proposal.reasons[field.id]?.code == code)
        #expect(proposal.unmapped.isEmpty)
    }

    @Test("the surest pair comes first, and no field is used twice")
    func surest() {
        let proposal = Self.proposal(
            [("city", .text(maximum: 0), true), ("billToCity", .text(maximum: 0), true)],
            [("address2_city", .text(maximum: 0), true), ("address1_city", .text(maximum: 0), true)]
        )
        #expect(proposal.mapping.fields.map(\.id).first == "city|address1_city")
        #expect(Set(proposal.mapping.fields.map(\.crm.name)).count == proposal.mapping.fields.count)
    }

    @Test(
        "what cannot be mapped says why",
        arguments: [
            (("a", .text(maximum: 0), true), ("b", .text(maximum: 0), true), "propose.nothingAlike"),
            (("a", .text(maximum: 0), true), ("a", .decimal, true), "propose.otherType"),
            (("a", .text(maximum: 0), false), ("a", .text(maximum: 0), false), "propose.readOnly"),
            (("a", nil, true), ("a", .text(maximum: 0), true), "propose.noType"),
            (("a", .option, true), ("a", .option, true), "propose.option"),
            (("a", .guid, true), ("a", .guid, true), "propose.guid"),
            (
                ("a", .reference(table: "t", property: "p"), true), ("a", .text(maximum: 0), true),
                "propose.reference"
            ),
        ] as [((String, FieldType?, Bool), (String, FieldType?, Bool), String)]
    )
    func unmapped(erp: (String, FieldType?, Bool), crm: (String, FieldType?, Bool), code: String) {
        let proposal = Self.proposal([erp], [crm])
        #expect(proposal.mapping.fields.isEmpty)
        #expect(proposal.unmapped.first { $0.side == .erp }?.reason.code == code)
    }

    @Test("a field that one side does not let be written flows one way")
    func oneWay() {
        let proposal = Self.proposal([("total", .decimal, false)], [("total", .decimal, true)])
        #expect(proposal.mapping.fields.map(\.direction) == [.toIntegrationTable])
    }

    @Test("the key makes the match rule, else the name")
    func rule() {
        let both = [("displayName", FieldType.text(maximum: 9), true), ("number", .code(maximum: 9), true)]
        let keyed = Self.proposal(
            both,
            [("name", .text(maximum: 9), true), ("accountnumber", .text(maximum: 9), true)]
        )
        #expect(keyed.mapping.matchRules.first?.pairs == [MatchRule.Pair(erp: "number", crm: "accountnumber")])
        let named = Self.proposal([both[0]], [("name", .text(maximum: 9), true)])
        #expect(named.mapping.matchRules.first?.pairs == [MatchRule.Pair(erp: "displayName", crm: "name")])
    }
}
