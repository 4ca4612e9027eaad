"""D365BCAPI-GEDASB: insert, read, modify and delete of records in Business Central."""

import requests
from D365BCAPI.D365BCv1API import Connect

from azure_scenarios import credential


class Bearer(requests.auth.AuthBase):
    """A token as the client's authorization."""

    def __init__(self, token):
        self.token = token

    def __call__(self, request):
        request.headers["Authorization"] = f"Bearer {self.token}"
        return request


class Company:
    """Connections to the tables of one company."""

    def __init__(self, system):
        self.system = system
        token = credential(system).get_token("https://api.businesscentral.dynamics.com/.default").token
        self.auth = Bearer(token)

    def table(self, entity_set, key=None):
        place = f"({key})" if key else ""
        url = f"{self.system.base}/api/v2.0/companies({self.system.company})/{entity_set}{place}"
        return Connect(url, self.auth, {"Accept-Language": "en-us"})


def a_customer_lives_and_ends(checks, company):
    system = company.system
    table = company.table("customers")
    inserted = table.insert({"displayName": "Fjörd Söner's", "city": "Vilnius", "email": "post@fjord.example"})
    checks.equal("insert answers created", inserted, [201, "Created"])
    held = system.row("customers", "displayName", "Fjörd Söner's")
    checks.equal("the stand-in holds what was inserted", (held or {}).get("city"), "Vilnius")

    found = table.read("displayName eq 'Fjörd Söner''s'")
    checks.equal("read with a filter finds it", [row["id"] for row in found], [held["id"]])
    same = {name: found[0][name] for name in ("number", "displayName", "city", "email", "lastModifiedDateTime")}
    checks.equal("what is read is what is held", same, {name: held[name] for name in same})

    one = company.table("customers", held["id"])
    checks.equal("modify answers done", one.modify({"city": "Kaunas"}), [200, "OK"])
    checks.equal("the stand-in holds the change", system.row("customers", "id", held["id"])["city"], "Kaunas")
    checks.equal("delete answers no content", company.table("customers", held["id"]).delete(), [204, "No Content"])
    checks.equal("the stand-in holds it no more", system.row("customers", "id", held["id"]), None)


def what_is_gone_is_not_found(checks, company):
    gone = company.table("customers", "11111111-2222-3333-4444-555555555555")
    checks.equal("reading an unknown record gives nothing", gone.read(), [])
    checks.equal("the error is not found", gone.except_error, [404, "Not Found"])


def a_stale_tag_is_refused(checks, company):
    table = company.table("customers")
    table.insert({"displayName": "Stale Ltd"})
    key = table.read("displayName eq 'Stale Ltd'")[0]["id"]
    url = f"{company.system.base}/api/v2.0/companies({company.system.company})/customers({key})"
    single = requests.get(url, auth=company.auth, timeout=30)
    tag = single.json()["@odata.etag"]
    checks.equal("a single read carries its tag as a header too", single.headers.get("ETag"), tag)
    company.table("customers", key).modify({"city": "Oslo"})
    late = requests.patch(url, json={"city": "Bergen"}, headers={"If-Match": tag}, auth=company.auth, timeout=30)
    checks.equal("a stale tag is refused", (late.status_code, late.json()["error"]["code"]),
                 (409, "Request_EntityChanged"))
    company.table("customers", key).delete()


def items_and_quotes_work_as_well(checks, company):
    system = company.system
    for entity_set, body, key in [
        ("items", {"displayName": "Anchor chain", "type": "Inventory", "unitPrice": 12.5}, "displayName"),
        ("vendors", {"displayName": "Chain Works", "city": "Turku"}, "displayName"),
        ("contacts", {"displayName": "Ada Storm", "type": "Person", "jobTitle": "Purchaser"}, "displayName"),
        ("paymentTerms", {"code": "9M", "displayName": "Nine months"}, "code"),
    ]:
        table = company.table(entity_set)
        checks.equal(f"{entity_set}: insert answers created", table.insert(body), [201, "Created"])
        found = table.read(f"{key} eq '{body[key]}'")
        held = system.row(entity_set, key, body[key])
        checks.equal(f"{entity_set}: what is read is what is held",
                     [{name: row[name] for name in body} for row in found], [{name: held[name] for name in body}])
        one = company.table(entity_set, held["id"])
        checks.equal(f"{entity_set}: modify answers done", one.modify({"displayName": "Renamed"}), [200, "OK"])
        checks.equal(f"{entity_set}: delete answers no content",
                     company.table(entity_set, held["id"]).delete(), [204, "No Content"])


SCENARIOS = [
    a_customer_lives_and_ends,
    what_is_gone_is_not_found,
    a_stale_tag_is_refused,
    items_and_quotes_work_as_well,
]
