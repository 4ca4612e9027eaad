"""The official Python client of Dataverse: records one by one and many at once."""

import contextlib

from PowerPlatform.Dataverse.client import DataverseClient
from PowerPlatform.Dataverse.core.errors import HttpError
from PowerPlatform.Dataverse.models import UpsertItem

from azure_scenarios import credential

NOWHERE = "11111111-2222-3333-4444-555555555555"


@contextlib.contextmanager
def connected(system):
    """The client, signed in."""
    with DataverseClient(system.base, credential(system)) as client:
        yield client


def one_account_is_created(checks, client, system):
    key = client.records.create("account", {
        "name": "Aalborg Tools", "accountnumber": "T-1", "creditlimit": 1250.5, "numberofemployees": 40,
        "customertypecode": "Customer", "donotemail": True, "description": "Zoë's + 50 % \"quoted\"",
    })
    held = system.row("accounts", "accountid", key) or {}
    wanted = {"name": "Aalborg Tools", "accountnumber": "T-1", "creditlimit": 1250.5, "numberofemployees": 40,
              "donotemail": True, "description": "Zoë's + 50 % \"quoted\""}
    checks.equal("create: the stand-in holds what was sent", {name: held.get(name) for name in wanted}, wanted)
    checks.equal("create: a label became its number", held.get("customertypecode"), 3)


def many_accounts_are_created(checks, client, system):
    keys = client.records.create("account", [{"name": f"Bulk {n}", "accountnumber": f"B-{n}"} for n in range(25)])
    held = {row["accountid"]: row["name"] for row in system.rows("accounts") if row["accountid"] in keys}
    checks.equal("create many: an id for each, in order", [held.get(key) for key in keys],
                 [f"Bulk {n}" for n in range(25)])


def a_record_is_read(checks, client, system):
    key = client.records.create("account", {"name": "Read me", "telephone1": "+45 1", "revenue": 10})
    whole = client.records.retrieve("account", key)
    held = system.row("accounts", "accountid", key)
    names = ("accountid", "name", "telephone1", "revenue", "statecode", "createdon", "versionnumber", "_ownerid_value")
    checks.equal("read: every value is the one that is held", {name: whole[name] for name in names},
                 {name: held[name] for name in names})
    some = client.records.retrieve("account", key, select=["name", "telephone1"])
    shown = {name for name in some.keys() if "@" not in name}
    checks.equal("read: a selection has its properties and the key", shown, {"name", "telephone1", "accountid"})
    checks.equal("read: an unknown record is none", client.records.retrieve("account", NOWHERE), None)
    rich = client.records.retrieve("account", key, select=["statecode"], include_annotations="*")
    checks.equal("read: labels come on request",
                 rich["statecode@OData.Community.Display.V1.FormattedValue"], "Active")


def a_set_is_read_page_by_page(checks, client, system):
    client.records.create("account", [{"name": f"Page {n:02}", "accountnumber": f"P-{n:02}"} for n in range(11)])
    pages = list(client.records.list_pages("account", filter="startswith(name,'Page ')", select=["name"],
                                           orderby=["name desc"], page_size=4))
    checks.equal("pages: of the size asked for", [len(page) for page in pages], [4, 4, 3])
    names = [record["name"] for page in pages for record in page]
    checks.equal("pages: in the order asked for, nothing twice", names, [f"Page {n:02}" for n in range(10, -1, -1)])
    top = client.records.list("account", filter="startswith(name,'Page ')", orderby=["name"], top=3)
    checks.equal("list: no more than asked for", [record["name"] for record in top], ["Page 00", "Page 01", "Page 02"])
    every = client.records.list("account", select=["accountid"], page_size=9)
    checks.equal("list: everything that is held", sorted(record["accountid"] for record in every),
                 sorted(row["accountid"] for row in system.rows("accounts")))


def records_are_updated(checks, client, system):
    keys = client.records.create("account", [{"name": f"Change {n}"} for n in range(4)])
    client.records.update("account", keys[0], {"name": "Changed", "fax": "1", "industrycode": None})
    held = system.row("accounts", "accountid", keys[0])
    checks.equal("update: the stand-in holds the change", (held["name"], held["fax"]), ("Changed", "1"))
    client.records.update("account", keys[1:], {"address1_city": "Ribe"})
    cities = [system.row("accounts", "accountid", key)["address1_city"] for key in keys]
    checks.equal("update many: the same for all", cities, [None, "Ribe", "Ribe", "Ribe"])
    client.records.update("account", keys[:2], [{"name": "First"}, {"name": "Second"}])
    names = [system.row("accounts", "accountid", key)["name"] for key in keys[:2]]
    checks.equal("update many: each its own", names, ["First", "Second"])
    checks.raises("update: an unknown record is refused", HttpError,
                  lambda: client.records.update("account", NOWHERE, {"name": "x"}), status_code=404)
    checks.raises("update many: one unknown record refuses all", HttpError,
                  lambda: client.records.update("account", [keys[0], NOWHERE], {"name": "x"}), status_code=404)
    checks.equal("update many: and nothing was done", system.row("accounts", "accountid", keys[0])["name"], "First")


def records_are_put_by_an_alternate_key(checks, client, system):
    client.tables.create_alternate_key("account", "new_accountnumber_key", ["accountnumber"])
    keys = client.tables.get_alternate_keys("account")
    made = next((key for key in keys if key.schema_name.lower() == "new_accountnumber_key"), None)
    checks.equal("alternate key: listed and usable", (made.key_attributes, made.status) if made else None,
                 (["accountnumber"], "Active"))
    client.records.upsert("account", [UpsertItem({"accountnumber": "U-1"}, {"name": "Put once"})])
    first = system.row("accounts", "accountnumber", "U-1")
    checks.equal("upsert: created under its key", (first or {}).get("name"), "Put once")
    client.records.upsert("account", [UpsertItem({"accountnumber": "U-1"}, {"name": "Put twice"})])
    second = system.row("accounts", "accountnumber", "U-1")
    checks.equal("upsert: changed, and still one record",
                 (second["accountid"] == first["accountid"], second["name"]), (True, "Put twice"))
    client.records.upsert("account", [
        UpsertItem({"accountnumber": "U-1"}, {"name": "Put thrice"}),
        UpsertItem({"accountnumber": "U-2"}, {"name": "Put new"}),
    ])
    names = [system.row("accounts", "accountnumber", number)["name"] for number in ("U-1", "U-2")]
    checks.equal("upsert many: one changed, one created", names, ["Put thrice", "Put new"])
    checks.raises("alternate key: a second record with it is refused", HttpError,
                  lambda: client.records.create("account", {"name": "Again", "accountnumber": "U-2"}), status_code=412)
    client.tables.delete_alternate_key("account", made.metadata_id)
    checks.equal("alternate key: gone after its deletion",
                 [key.schema_name for key in client.tables.get_alternate_keys("account")
                  if key.schema_name.lower() == "new_accountnumber_key"], [])


def records_refer_to_each_other(checks, client, system):
    account = client.records.create("account", {"name": "Employer"})
    contact = client.records.create("contact", {
        "firstname": "Ole", "lastname": "Lund", "parentcustomerid_account@odata.bind": f"/accounts({account})",
    })
    held = system.row("contacts", "contactid", contact)
    checks.equal("lookup: the stand-in holds the reference", held["_parentcustomerid_value"], account)
    checks.equal("lookup: a full name was made of the parts", held["fullname"], "Ole Lund")
    client.records.update("account", account, {"primarycontactid@odata.bind": f"/contacts({contact})"})
    read = client.records.retrieve("account", account, select=["name"],
                                   expand=["primarycontactid($select=fullname)"])
    checks.equal("lookup: read with its record", read["primarycontactid"]["fullname"], "Ole Lund")


def records_are_deleted(checks, client, system):
    keys = client.records.create("account", [{"name": f"Delete {n}"} for n in range(4)])
    client.records.delete("account", keys[0])
    checks.equal("delete: the stand-in holds it no more", system.row("accounts", "accountid", keys[0]), None)
    checks.raises("delete: a second time is refused", HttpError,
                  lambda: client.records.delete("account", keys[0]), status_code=404)
    job = client.records.delete("account", keys[1:])
    checks.true("delete many: a job is named", isinstance(job, str) and len(job) == 36, job)
    left = [key for key in keys if system.row("accounts", "accountid", key)]
    checks.equal("delete many: nothing is left", left, [])


def errors_are_told(checks, client, system):
    with system.fault(fault="status", status=429, retryAfter=7, method="GET"):
        checks.raises("too many requests: transient, with a time to wait", HttpError,
                      lambda: client.records.list("account", top=1), status_code=429, is_transient=True)
    checks.raises("a text that is too long is refused", HttpError,
                  lambda: client.records.create("account", {"name": "x" * 161}), status_code=400)
    checks.raises("an unknown property is refused", HttpError,
                  lambda: client.records.create("account", {"nosuchcolumn": 1}), status_code=400)


SCENARIOS = [
    one_account_is_created,
    many_accounts_are_created,
    a_record_is_read,
    a_set_is_read_page_by_page,
    records_are_updated,
    records_are_put_by_an_alternate_key,
    records_refer_to_each_other,
    records_are_deleted,
    errors_are_told,
]
