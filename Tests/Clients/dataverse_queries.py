"""The official Python client of Dataverse: its query builder, SQL and FetchXML."""

from PowerPlatform.Dataverse.models.filters import col
from PowerPlatform.Dataverse.models.query_builder import ExpandOption

PREFIX = "Query "


def prepared(client, system):
    """Ten accounts to ask about, made once."""
    found = [row for row in system.rows("accounts") if (row["name"] or "").startswith(PREFIX)]
    if not found:
        cities = ["Ribe", "Aarhus", None]
        client.records.create("account", [
            {"name": f"{PREFIX}{n}", "accountnumber": f"Q-{n}", "revenue": 100 * n, "address1_city": cities[n % 3],
             "numberofemployees": n}
            for n in range(10)
        ])
        found = [row for row in system.rows("accounts") if (row["name"] or "").startswith(PREFIX)]
    return sorted(found, key=lambda row: row["name"])


def names(records):
    return [record["name"] for record in records]


def conditions_are_built(checks, client, system):
    rows = prepared(client, system)

    def ask(condition):
        query = client.query.builder("account").select("name").order_by("name")
        return names(query.where((col("name").startswith(PREFIX)) & condition).execute())

    def held(test):
        return [row["name"] for row in rows if test(row)]

    checks.equal("builder: equal", ask(col("accountnumber") == "Q-3"), held(lambda r: r["accountnumber"] == "Q-3"))
    checks.equal("builder: greater", ask(col("revenue") > 500), held(lambda r: r["revenue"] > 500))
    checks.equal("builder: between", ask(col("revenue").between(200, 400)),
                 held(lambda r: 200 <= r["revenue"] <= 400))
    checks.equal("builder: one of", ask(col("address1_city").in_(["Ribe", "Odense"])),
                 held(lambda r: r["address1_city"] == "Ribe"))
    checks.equal("builder: none of", ask(col("accountnumber").not_in(["Q-1", "Q-2"])),
                 held(lambda r: r["accountnumber"] not in ("Q-1", "Q-2")))
    checks.equal("builder: blank", ask(col("address1_city").is_null()), held(lambda r: r["address1_city"] is None))
    checks.equal("builder: contains, whatever the case", ask(col("address1_city").contains("ARH")),
                 held(lambda r: r["address1_city"] == "Aarhus"))
    checks.equal("builder: or, not", ask((col("revenue") < 200) | ~(col("revenue") < 800)),
                 held(lambda r: r["revenue"] < 200 or r["revenue"] >= 800))


def pages_are_built(checks, client, system):
    rows = prepared(client, system)
    query = client.query.builder("account").select("name", "revenue").where(col("name").startswith(PREFIX))
    pages = list(query.order_by("revenue", descending=True).page_size(4).execute_pages())
    checks.equal("builder: pages", [len(page) for page in pages], [4, 4, 2])
    checks.equal("builder: descending", [record["revenue"] for page in pages for record in page],
                 sorted((row["revenue"] for row in rows), reverse=True))
    top = client.query.builder("account").select("name").where(col("name").startswith(PREFIX)).top(2).execute()
    checks.equal("builder: top", len(top), 2)
    labels = client.query.builder("account").select("statecode").where(col("name") == PREFIX + "1")
    record = labels.include_formatted_values().execute().first()
    checks.equal("builder: labels", record["statecode@OData.Community.Display.V1.FormattedValue"], "Active")


def records_are_expanded(checks, client, system):
    account = prepared(client, system)[0]["accountid"]
    for name in ("Berg", "Dahl"):
        client.records.create("contact", {
            "lastname": name, "parentcustomerid_account@odata.bind": f"/accounts({account})",
        })
    option = ExpandOption("contact_customer_accounts").select("lastname").order_by("lastname", descending=True)
    query = client.query.builder("account").select("name").where(col("accountid") == account)
    record = query.expand(option).execute().first()
    checks.equal("builder: the records below", [row["lastname"] for row in record["contact_customer_accounts"]],
                 ["Dahl", "Berg"])


def sql_is_answered(checks, client, system):
    rows = prepared(client, system)
    asked = client.query.sql(
        f"SELECT name, revenue FROM account WHERE name LIKE '{PREFIX}%' AND revenue >= 300 ORDER BY revenue DESC")
    checks.equal("SQL: selected and ordered", [(row["name"], row["revenue"]) for row in asked],
                 [(row["name"], row["revenue"]) for row in sorted(rows, key=lambda r: -r["revenue"])
                  if row["revenue"] >= 300])
    top = client.query.sql(f"SELECT TOP 3 accountnumber FROM account WHERE name LIKE '{PREFIX}%' ORDER BY name")
    checks.equal("SQL: top", [row["accountnumber"] for row in top], ["Q-0", "Q-1", "Q-2"])
    total = client.query.sql(f"SELECT COUNT(*) AS number FROM account WHERE name LIKE '{PREFIX}%'")
    checks.equal("SQL: a count", [row["number"] for row in total], [10])
    groups = client.query.sql(
        "SELECT address1_city, COUNT(*) AS number, SUM(revenue) AS total FROM account "
        f"WHERE name LIKE '{PREFIX}%' AND address1_city IS NOT NULL GROUP BY address1_city ORDER BY address1_city")
    checks.equal("SQL: groups", [(row["address1_city"], row["number"], row["total"]) for row in groups],
                 [("Aarhus", 3, 1200), ("Ribe", 4, 1800)])
    joined = client.query.sql(
        "SELECT a.name, c.lastname FROM account a INNER JOIN contact c ON c.parentcustomerid = a.accountid "
        f"WHERE a.name = '{PREFIX}0' ORDER BY c.lastname")
    checks.equal("SQL: a join", [row["lastname"] for row in joined], ["Berg", "Dahl"])


def fetch_xml_is_answered(checks, client, system):
    rows = prepared(client, system)
    simple = client.query.fetchxml(f"""
        <fetch><entity name="account"><attribute name="name"/><attribute name="revenue"/>
          <filter type="and">
            <condition attribute="name" operator="like" value="{PREFIX}%"/>
            <condition attribute="revenue" operator="ge" value="300"/>
          </filter><order attribute="revenue" descending="true"/></entity></fetch>""").execute()
    checks.equal("FetchXML: filtered and ordered", names(simple),
                 [row["name"] for row in sorted(rows, key=lambda r: -r["revenue"]) if row["revenue"] >= 300])
    pages = list(client.query.fetchxml(f"""
        <fetch count="4"><entity name="account"><attribute name="name"/>
          <filter><condition attribute="name" operator="like" value="{PREFIX}%"/></filter>
          <order attribute="name"/></entity></fetch>""").execute_pages())
    checks.equal("FetchXML: pages", [len(page) for page in pages], [4, 4, 2])
    checks.equal("FetchXML: nothing twice", [record["name"] for page in pages for record in page],
                 [row["name"] for row in rows])
    linked = client.query.fetchxml(f"""
        <fetch><entity name="account"><attribute name="name"/>
          <filter><condition attribute="name" operator="eq" value="{PREFIX}0"/></filter>
          <link-entity name="contact" from="parentcustomerid" to="accountid" alias="c" link-type="inner">
            <attribute name="lastname"/><order attribute="lastname"/></link-entity></entity></fetch>""").execute()
    checks.equal("FetchXML: a joined table", [record["c.lastname"] for record in linked], ["Berg", "Dahl"])
    total = client.query.fetchxml(f"""
        <fetch aggregate="true"><entity name="account">
          <attribute name="accountid" alias="number" aggregate="count"/>
          <attribute name="revenue" alias="total" aggregate="sum"/>
          <filter><condition attribute="name" operator="like" value="{PREFIX}%"/></filter></entity></fetch>""").execute()
    checks.equal("FetchXML: an aggregate", [(record["number"], record["total"]) for record in total], [(10, 4500)])


SCENARIOS = [
    conditions_are_built,
    pages_are_built,
    records_are_expanded,
    sql_is_answered,
    fetch_xml_is_answered,
]
