"""dlt: its REST source reads Business Central page by page."""

import os

from dlt.sources.helpers.rest_client.auth import OAuth2ClientCredentials
from dlt.sources.rest_api import rest_api_source


def source(system, entity_set, page_size=None, parameters=None):
    """A source that reads one table of a company."""
    endpoint = {"path": entity_set, "data_selector": "value", "params": parameters or {}}
    headers = {"Prefer": f"odata.maxpagesize={page_size}"} if page_size else {}
    return rest_api_source({
        "client": {
            "base_url": f"{system.base}/api/v2.0/companies({system.company})/",
            "headers": headers,
            "auth": OAuth2ClientCredentials(
                access_token_url=system.token_url,
                client_id=system.client_id,
                client_secret=system.client_secret,
                access_token_request_data={"scope": "https://api.businesscentral.dynamics.com/.default"},
            ),
            "paginator": {"type": "json_link", "next_url_path": "'@odata.nextLink'"},
        },
        "resources": [{"name": entity_set, "endpoint": endpoint}],
    })


def every_page_is_read(checks, system):
    held = sorted(row["id"] for row in system.rows("customers"))
    before = requests_of(system, "customers")
    read = list(source(system, "customers", page_size=7).resources["customers"])
    checks.equal("every customer is read once", sorted(row["id"] for row in read), held)
    checks.equal("in pages of seven", requests_of(system, "customers") - before, -(-len(held) // 7))
    by_id = {row["id"]: row for row in system.rows("customers")}
    names = ("number", "displayName", "city", "creditLimit", "currencyCode", "lastModifiedDateTime")
    checks.true("and with the values that are held",
                read and all(row[name] == by_id[row["id"]][name] for row in read for name in names))


def a_filter_is_obeyed(checks, system):
    city = system.rows("customers")[0]["city"].replace("'", "''")
    held = sorted(row["id"] for row in system.rows("customers") if row["city"] == city)
    read = list(source(system, "customers", 3, {"$filter": f"city eq '{city}'", "$select": "id,city"})
                .resources["customers"])
    checks.equal("a filter is obeyed on every page", sorted(row["id"] for row in read), held)
    checks.true("and so is the selection", read and all(set(row) <= {"id", "city", "@odata.etag"} for row in read))


def companies_are_read(checks, system):
    wide = source(system, "salespeoplePurchasers")
    read = list(wide.resources["salespeoplePurchasers"])
    checks.equal("a table of one page is read", sorted(row["id"] for row in read),
                 sorted(row["id"] for row in system.rows("salespeoplePurchasers")))


def requests_of(system, entity_set):
    """How often a table was asked for."""
    ending = f"/{entity_set}"
    return sum(line["count"] for line in system.statistics()["requests"]
               if line["method"] == "GET" and line["path"].endswith(ending))


def keep_to_itself(folder):
    """The library writes nothing outside of a folder, and reports to nobody."""
    os.environ["DLT_DATA_DIR"] = folder
    os.environ["DLT_PROJECT_DIR"] = folder
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    os.environ["RUNTIME__LOG_LEVEL"] = "ERROR"


SCENARIOS = [every_page_is_read, a_filter_is_obeyed, companies_are_read]
