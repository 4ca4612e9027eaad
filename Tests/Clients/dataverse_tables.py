"""The official Python client of Dataverse: what it reads and writes of tables themselves."""

from enum import IntEnum

from PowerPlatform.Dataverse.core.errors import HttpError, MetadataError


class Grade(IntEnum):
    """A choice with numbers of its own."""

    FINE = 100000
    ROUGH = 100001


def tables_are_described(checks, client, system):
    account = client.tables.get("account")
    checks.equal("a table's names", (account.logical_name, account.entity_set_name, account.primary_id_attribute,
                                     account.primary_name_attribute), ("account", "accounts", "accountid", "name"))
    checks.equal("an unknown table is none", client.tables.get("nosuchtable"), None)
    listed = {table["LogicalName"] for table in client.tables.list(select=["LogicalName"])}
    wanted = {"account", "contact", "systemuser", "transactioncurrency", "product", "opportunity", "salesorder",
              "quote", "invoice", "team", "businessunit", "pricelevel", "productpricelevel", "uom", "uomschedule"}
    checks.equal("every table is listed", wanted - listed, set())


def columns_are_described(checks, client, system):
    columns = client.tables.list_columns("account", select=["LogicalName", "AttributeType"])
    kinds = {column["LogicalName"]: column["AttributeType"] for column in columns}
    wanted = {"name": "String", "creditlimit": "Money", "customertypecode": "Picklist", "statecode": "State",
              "primarycontactid": "Lookup", "numberofemployees": "Integer", "donotemail": "Boolean",
              "createdon": "DateTime", "accountid": "Uniqueidentifier", "description": "Memo"}
    checks.equal("columns and their kinds", {name: kinds.get(name) for name in wanted}, wanted)
    name = client.tables.get_column("account", "name")
    checks.equal("one column", (name or {}).get("LogicalName"), "name")
    checks.equal("an unknown column is none", client.tables.get_column("account", "nosuchcolumn"), None)
    typed = client.tables.get_column("account", "name", typed=True)
    checks.equal("one column with its length", (typed or {}).get("MaxLength"), 160)
    texts = client.tables.list_columns("account", select=["LogicalName"], filter="AttributeType eq 'Memo'")
    checks.true("columns of one kind", "description" in [column["LogicalName"] for column in texts])


def relationships_are_described(checks, client, system):
    listed = client.tables.list_table_relationships("account")
    names = {relation["SchemaName"] for relation in listed}
    checks.true("a table's relationships", "account_primary_contact" in names, sorted(names)[:20])
    one = client.tables.get_relationship("account_primary_contact")
    checks.equal("one relationship", (one.referenced_entity, one.referencing_entity) if one else None,
                 ("contact", "account"))


def a_table_is_made_and_used(checks, client, system):
    made = client.tables.create("new_Crane", {
        "new_Title": "string", "new_Load": "decimal", "new_Count": "int", "new_Built": "datetime",
        "new_Active": "bool", "new_Grade": Grade, "new_Remarks": "memo",
    }, display_name="Crane")
    checks.equal("a table is made", (made.logical_name, made.primary_id_attribute, made.primary_name_attribute),
                 ("new_crane", "new_craneid", "new_name"))
    checks.raises("a second of its name is refused", MetadataError,
                  lambda: client.tables.create("new_Crane", {"new_Title": "string"}))
    values = {"new_name": "C-1", "new_title": "Big", "new_load": 12.5, "new_count": 3,
              "new_built": "2024-05-01T00:00:00Z", "new_active": True, "new_grade": 100001, "new_remarks": "None"}
    key = client.records.create("new_Crane", values)
    read = client.records.retrieve("new_Crane", key)
    checks.equal("its records hold what was sent", {name: read[name] for name in values}, values)
    held = system.row(made.entity_set_name, "new_craneid", key) or {}
    checks.equal("and the stand-in holds them", {name: held.get(name) for name in values}, values)
    labelled = client.records.create("new_Crane", {"new_name": "C-2", "new_grade": "Fine"})
    checks.equal("labels of its choice are understood",
                 client.records.retrieve("new_Crane", labelled)["new_grade"], 100000)
    found = client.records.list("new_Crane", filter="new_count eq 3", select=["new_name"])
    checks.equal("its records are found", [record["new_name"] for record in found], ["C-1"])


def columns_are_added_and_removed(checks, client, system):
    added = client.tables.add_columns("new_Crane", {"new_Colour": "string", "new_Height": "float"})
    checks.equal("columns are added", sorted(added), ["new_Colour", "new_Height"])
    key = client.records.create("new_Crane", {"new_name": "C-3", "new_colour": "Red", "new_height": 2.5})
    read = client.records.retrieve("new_Crane", key, select=["new_colour", "new_height"])
    checks.equal("and hold values", (read["new_colour"], read["new_height"]), ("Red", 2.5))
    client.tables.update_column("new_Crane", "new_Colour", {"max_length": 20})
    checks.raises("a column made shorter refuses longer texts", HttpError,
                  lambda: client.records.create("new_Crane", {"new_colour": "x" * 21}), status_code=400)
    removed = client.tables.remove_columns("new_Crane", ["new_Height"])
    checks.equal("columns are removed", removed, ["new_Height"])
    checks.equal("and are gone", client.tables.get_column("new_Crane", "new_Height"), None)


def a_lookup_is_added(checks, client, system):
    made = client.tables.create_lookup_field("new_crane", "new_AccountId", "account", display_name="Owner account")
    checks.equal("a lookup is added", (made.referenced_entity, made.referencing_entity), ("account", "new_crane"))
    account = client.records.create("account", {"name": "Crane yard"})
    key = client.records.create("new_Crane", {
        "new_name": "C-4", "new_AccountId@odata.bind": f"/accounts({account})"})
    read = client.records.retrieve("new_Crane", key, expand=["new_AccountId($select=name)"])
    checks.equal("and refers to a record", read["new_AccountId"]["name"], "Crane yard")
    relation = client.tables.get_relationship(made.relationship_schema_name)
    checks.true("its relationship is described", relation)
    client.tables.delete_relationship(made.relationship_id)
    checks.equal("and gone after its deletion", client.tables.get_relationship(made.relationship_schema_name), None)


def a_table_is_deleted(checks, client, system):
    client.tables.delete("new_Crane")
    checks.equal("a table is deleted", client.tables.get("new_Crane"), None)
    checks.raises("and its records with it", HttpError,
                  lambda: client.records.list("new_Crane", top=1), status_code=404)


SCENARIOS = [
    tables_are_described,
    columns_are_described,
    relationships_are_described,
    a_table_is_made_and_used,
    columns_are_added_and_removed,
    a_lookup_is_added,
    a_table_is_deleted,
]
