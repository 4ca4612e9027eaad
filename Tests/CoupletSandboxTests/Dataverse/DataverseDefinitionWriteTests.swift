import Testing

@testable import CoupletSandbox

@Suite("Dataverse: making tables and columns")
struct DataverseDefinitionWriteTests {
    private var client = DataverseClient()

    private static func label(_ text: String) -> String {
        #"{"LocalizedLabels": [{"Label": "\#(text)", "LanguageCode": 1033}]}"#
    }

    private static func text(_ name: String, isPrimary: Bool = false) -> String {
        """
        {"@odata.type": "Microsoft.Dynamics.CRM.ComplexStringAttributeMetadata", "SchemaName": "\(name)",
         "DisplayName": \(label(name)), "MaxLength": 20, "IsPrimaryName": \(isPrimary)}
        """
    }

    private static let crane = """
        {"Entities": [{"@odata.type": "Microsoft.Dynamics.CRM.ComplexEntityMetadata", "SchemaName": "new_Crane",
          "DisplayName": \(label("Crane")), "DisplayCollectionName": \(label("Cranes")), "OwnershipType": "UserOwned",
          "Attributes": [\(text("new_Name", isPrimary: true)),
            {"@odata.type": "Microsoft.Dynamics.CRM.ComplexIntegerAttributeMetadata", "SchemaName": "new_Count",
             "MinValue": 0, "MaxValue": 9},
            {"@odata.type": "Microsoft.Dynamics.CRM.ComplexMoneyAttributeMetadata", "SchemaName": "new_Price"},
            {"@odata.type": "Microsoft.Dynamics.CRM.ComplexPicklistAttributeMetadata", "SchemaName": "new_Grade",
             "OptionSet": {"Options": [{"Value": 5, "Label": \(label("Fine"))}, {"Label": \(label("Rough"))}]}}]}]}
        """

    private mutating func makeCrane() -> String {
        #expect(client.send("POST", "CreateEntities", Self.crane).status == 200)
        return client.send("GET", "EntityDefinitions(LogicalName='new_crane')").json["MetadataId"]?.string ?? ""
    }

    @Test
    mutating func `a table that was made is there at once, with what every table has`() throws {
        let id = makeCrane()
        let definition = client.send("GET", "EntityDefinitions(\(id))").json
        #expect(definition["EntitySetName"]?.string == "new_cranes")
        #expect(definition["PrimaryNameAttribute"]?.string == "new_name")
        let body = #"{"new_name": "C-1", "new_count": 3, "new_price": 2.5, "new_grade": 5}"#
        let record = client.send("POST", "new_cranes", body, headers: [DataverseClient.representation]).json
        #expect(record["new_price_base"]?.number == "2.5")
        #expect(record["statecode"]?.integer == 0)
        #expect(record["_ownerid_value"]?.string != nil)
        #expect(client.send("POST", "new_cranes", #"{"new_count": 10}"#).code == "0x80044330")
        #expect(
            client.send("POST", "new_cranes", #"{"new_name": "\#(String(repeating: "x", count: 21))"}"#).status == 400
        )
        #expect(client.send("POST", "CreateEntities", Self.crane).code == "0x80044363")
        let tracked = client.send("GET", "new_cranes?$select=new_name", headers: [("Prefer", "odata.track-changes")])
        #expect(tracked.deltaLink != nil)
    }

    @Test
    mutating func `columns are added, changed and taken away, and values stay where they belong`() throws {
        let id = makeCrane()
        let key = client.send("POST", "new_cranes", #"{"new_name": "C-1", "new_grade": 5, "new_price": 7}"#)
            .headers["OData-EntityId"]?.suffix(37).dropLast()
        let record = try #require(key.map { "new_cranes(\($0))" })
        let added = client.send("POST", "EntityDefinitions(\(id))/Attributes", Self.text("new_Colour"))
        let column = try #require(added.headers["OData-EntityId"]?.suffix(37).dropLast())
        #expect(client.send("PATCH", record, #"{"new_colour": "Red"}"#).status == 204)
        let address = "EntityDefinitions(\(id))/Attributes(\(column))"
        let shorter = #"{"@odata.type": "Microsoft.Dynamics.CRM.StringAttributeMetadata", "MaxLength": 3}"#
        #expect(client.send("PUT", address, shorter).status == 204)
        #expect(client.send("PATCH", record, #"{"new_colour": "Blue"}"#).code == "0x80044331")
        #expect(client.send("DELETE", "EntityDefinitions(\(id))/Attributes(LogicalName='new_price')").status == 204)
        let read = client.send("GET", record).json
        #expect(read["new_price"] == nil)
        #expect(read["new_price_base"] == nil)
        #expect(read["new_colour"]?.string == "Red")
        #expect(read["new_grade"]?.integer == 5)
        #expect(client.send("DELETE", "EntityDefinitions(\(id))/Attributes(LogicalName='new_name')").status == 400)
        #expect(
            client.send("DELETE", "EntityDefinitions(LogicalName='account')/Attributes(LogicalName='name')").status
                == 400
        )
    }

    @Test
    mutating func `options are added and renamed`() {
        _ = makeCrane()
        let column = #""EntityLogicalName": "new_crane", "AttributeLogicalName": "new_grade""#
        let added = client.send("POST", "InsertOptionValue", #"{\#(column), "Label": \#(Self.label("Worn"))}"#)
        #expect(added.json["NewOptionValue"]?.integer == 100_000_001)
        let renamed = client.send(
            "POST",
            "UpdateOptionValue",
            #"{\#(column), "Value": 5, "Label": \#(Self.label("Good"))}"#
        )
        #expect(renamed.status == 204)
        let cast = "Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet"
        let grade = client.send("GET", "EntityDefinitions(LogicalName='new_crane')/\(cast)").records.first
        let options = grade?["OptionSet"]?["Options"]?.array ?? []
        #expect(options.compactMap { $0["Value"]?.integer } == [5, 100_000_000, 100_000_001])
        #expect(options.first?["Label"]?["UserLocalizedLabel"]?["Label"]?.string == "Good")
        #expect(client.send("POST", "InsertOptionValue", #"{\#(column), "Value": 5}"#).status == 400)
    }

    @Test
    mutating func `options can be shared by several choices`() {
        let id = makeCrane()
        let set = #"{"Name": "new_Wear", "Options": [{"Value": 1, "Label": \#(Self.label("New"))}]}"#
        #expect(client.send("POST", "GlobalOptionSetDefinitions", set).status == 204)
        #expect(client.send("POST", "GlobalOptionSetDefinitions", set).status == 400)
        let key = client.send("GET", "GlobalOptionSetDefinitions(Name='new_wear')").json["MetadataId"]?.string ?? ""
        for name in ["new_Hook", "new_Rope"] {
            let body = """
                {"@odata.type": "Microsoft.Dynamics.CRM.PicklistAttributeMetadata", "SchemaName": "\(name)",
                 "GlobalOptionSet@odata.bind": "/GlobalOptionSetDefinitions(\(key))"}
                """
            #expect(client.send("POST", "EntityDefinitions(\(id))/Attributes", body).status == 204)
        }
        let old = #"{"OptionSetName": "new_wear", "Value": 2, "Label": \#(Self.label("Old"))}"#
        #expect(client.send("POST", "InsertOptionValue", old).json["NewOptionValue"]?.integer == 2)
        #expect(client.send("POST", "new_cranes", #"{"new_hook": 2, "new_rope": 2}"#).status == 204)
        #expect(client.send("POST", "new_cranes", #"{"new_hook": 3}"#).status == 400)
        let cast = "Attributes(LogicalName='new_rope')/Microsoft.Dynamics.CRM.PicklistAttributeMetadata"
        let rope = client.send("GET", "EntityDefinitions(\(id))/\(cast)?$expand=OptionSet,GlobalOptionSet").json
        #expect(rope["GlobalOptionSet"]?["Options"]?.array?.count == 2)
        #expect(client.send("DELETE", "GlobalOptionSetDefinitions(\(key))").status == 400)
        #expect(client.send("DELETE", "EntityDefinitions(\(id))").status == 204)
        #expect(client.send("DELETE", "GlobalOptionSetDefinitions(\(key))").status == 204)
    }

    @Test
    mutating func `a lookup comes with its relationship and goes with it`() throws {
        _ = makeCrane()
        let body = """
            {"@odata.type": "Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata", "SchemaName": "new_account_crane",
             "ReferencedEntity": "account", "ReferencingEntity": "new_crane",
             "CascadeConfiguration": {"Delete": "Restrict"}, "Lookup": {"SchemaName": "new_AccountId"}}
            """
        #expect(client.send("POST", "RelationshipDefinitions", body).status == 204)
        #expect(client.send("POST", "RelationshipDefinitions", body).status == 400)
        let account = client.createAccount(#""name": "A""#)
        let made = client.send("POST", "new_cranes", #"{"new_AccountId@odata.bind": "accounts(\#(account))"}"#)
        #expect(made.status == 204)
        #expect(client.send("DELETE", "accounts(\(account))").code == "0x80040227")
        let found = client.send("GET", "RelationshipDefinitions?$filter=SchemaName eq 'new_account_crane'").records
        #expect(found.first?["ReferencingAttribute"]?.string == "new_accountid")
        let id = found.first?["MetadataId"]?.string ?? ""
        #expect(client.send("DELETE", "RelationshipDefinitions(\(id))").status == 204)
        #expect(client.send("GET", "new_cranes").records.first?["_new_accountid_value"] == nil)
        #expect(client.send("DELETE", "accounts(\(account))").status == 204)
    }

    @Test
    mutating func `pairs of many to many can be made for any two tables`() throws {
        _ = makeCrane()
        let body = """
            {"@odata.type": "Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata", "SchemaName": "new_crane_contacts",
             "Entity1LogicalName": "new_crane", "Entity2LogicalName": "contact", "IntersectEntityName": "new_crane_contact"}
            """
        let id = client.send("POST", "RelationshipDefinitions", body).headers["OData-EntityId"]?.suffix(37).dropLast()
        let contact = client.send("POST", "contacts", #"{"lastname": "B"}"#).headers["OData-EntityId"] ?? ""
        let crane = client.send("POST", "new_cranes", #"{"new_name": "C"}"#).headers["OData-EntityId"] ?? ""
        let here = "\(crane.dropFirst("https://crm.example/api/data/v9.2/".count))/new_crane_contacts/$ref"
        #expect(client.send("POST", here, #"{"@odata.id": "\#(contact)"}"#).status == 204)
        #expect(client.send("DELETE", "RelationshipDefinitions(\(try #require(id)))").status == 204)
        #expect(client.send("POST", here, #"{"@odata.id": "\#(contact)"}"#).status == 404)
    }

    @Test
    mutating func `a customer is an account or a contact`() throws {
        _ = makeCrane()
        let body = """
            {"OneToManyRelationships": [
               {"SchemaName": "new_crane_account", "ReferencedEntity": "account", "ReferencingEntity": "new_crane"},
               {"SchemaName": "new_crane_contact", "ReferencedEntity": "contact", "ReferencingEntity": "new_crane"}],
             "Lookup": {"SchemaName": "new_CustomerId"}}
            """
        let answer = client.send("POST", "CreateCustomerRelationships", body)
        #expect(answer.json["RelationshipIds"]?.array?.count == 2)
        let account = client.createAccount(#""name": "A""#)
        let crane = #"{"new_CustomerId_account@odata.bind": "accounts(\#(account))"}"#
        #expect(client.send("POST", "new_cranes", crane).status == 204)
        #expect(client.send("POST", "new_cranes", #"{"new_customerid_account@odata.bind": null}"#).code == "0x80048d19")
    }

    @Test
    mutating func `an alternate key can be made where values are unique, and is usable at once`() throws {
        let first = client.createAccount(#""name": "A", "accountnumber": "1""#)
        let keys = "EntityDefinitions(LogicalName='account')/Keys"
        let body = #"{"SchemaName": "new_number", "KeyAttributes": ["accountnumber"]}"#
        #expect(client.send("POST", keys, body).status == 204)
        #expect(client.send("GET", "accounts(accountnumber='1')").json["accountid"]?.string == first)
        #expect(client.send("GET", keys).records.first?["EntityKeyIndexStatus"]?.string == "Active")
        #expect(client.send("POST", keys, body).status == 400)
        let id = client.send("GET", keys).records.first?["MetadataId"]?.string ?? ""
        #expect(client.send("DELETE", "\(keys)(\(id))").status == 204)
        #expect(client.send("GET", "accounts(accountnumber='1')").status == 400)
        _ = client.createAccount(#""accountnumber": "1""#)
        #expect(client.send("POST", keys, body).status == 412)
    }

    @Test
    mutating func `a table is deleted with its records`() {
        let id = makeCrane()
        #expect(client.send("POST", "new_cranes", "{}").status == 204)
        #expect(client.send("DELETE", "EntityDefinitions(\(id))", headers: [("If-Match", "*")]).status == 204)
        #expect(client.send("GET", "new_cranes").status == 404)
        #expect(client.send("GET", "EntityDefinitions(\(id))").status == 404)
        _ = makeCrane()
        #expect(client.send("GET", "new_cranes").records.isEmpty)
        #expect(client.send("DELETE", "EntityDefinitions(LogicalName='account')").status == 400)
    }

    @Test(arguments: ["Crane", "n_Crane", "new_", "new_Crane Two"])
    mutating func `a name without a prefix is refused`(name: String) {
        let body = #"{"SchemaName": "\#(name)", "Attributes": [\#(Self.text("new_Name", isPrimary: true))]}"#
        #expect(client.send("POST", "EntityDefinitions", body).code == "0x8004701d")
    }

    @Test(arguments: [
        ("new_crane", "new_cranes"), ("new_city", "new_cities"), ("new_day", "new_days"), ("new_box", "new_boxes"),
    ])
    func `a set is called by the plural`(name: String, set: String) {
        #expect(DataverseSandbox.plural(name) == set)
    }

    @Test
    mutating func `definitions come in one answer, reduced to what is wanted`() {
        let query = """
            {"Properties":{"PropertyNames":["LogicalName","Attributes"]},"Criteria":{"Conditions":[{"PropertyName":\
            "LogicalName","ConditionOperator":"Equals","Value":{"Type":"System.String","Value":"account"}}]},\
            "AttributeQuery":{"Properties":{"PropertyNames":["LogicalName","MaxLength"]},"Criteria":{"Conditions":[{\
            "PropertyName":"LogicalName","ConditionOperator":"Equals","Value":{"Type":"System.String","Value":"name"}}]}}}
            """
        let address = "RetrieveMetadataChanges(Query=@p1)?@p1=\(FormDecoding.encode(query))"
        let tables = client.send("GET", address).json["EntityMetadata"]?.array ?? []
        #expect(tables.count == 1)
        #expect(tables.first?["SchemaName"] == nil)
        let columns = tables.first?["Attributes"]?.array ?? []
        #expect(columns.map { $0["MaxLength"]?.integer } == [160])
    }
}
