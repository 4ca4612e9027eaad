"""The official Python client of Dataverse: batches, with change sets."""

from PowerPlatform.Dataverse.core.errors import HttpError

from dataverse_records import NOWHERE


def a_batch_is_answered(checks, client, system):
    old = client.records.create("account", {"name": "Batch old"})
    batch = client.batch.new()
    batch.records.create("account", {"name": "Batch one"})
    batch.records.create("account", [{"name": "Batch two"}, {"name": "Batch three"}])
    batch.records.update("account", old, {"name": "Batch changed"})
    batch.records.retrieve("account", old, select=["name"])
    batch.records.list("account", filter="name eq 'Batch two'", select=["name"])
    batch.query.sql("SELECT name FROM account WHERE name = 'Batch three'")
    result = batch.execute()
    checks.equal("every part is answered", [part.status_code for part in result.responses],
                 [204, 200, 204, 200, 200, 200])
    checks.equal("a created record's id is given",
                 (system.row("accounts", "accountid", result.responses[0].entity_id) or {}).get("name"), "Batch one")
    checks.equal("many created records' ids are given",
                 [system.row("accounts", "accountid", key)["name"] for key in result.responses[1].data["Ids"]],
                 ["Batch two", "Batch three"])
    checks.equal("a later part sees what an earlier one did", result.responses[3].data["name"], "Batch changed")
    checks.equal("a list in a batch", [row["name"] for row in result.responses[4].data["value"]], ["Batch two"])
    checks.equal("SQL in a batch", [row["name"] for row in result.responses[5].data["value"]], ["Batch three"])


def a_change_set_is_all_or_nothing(checks, client, system):
    batch = client.batch.new()
    with batch.changeset() as changes:
        contact = changes.records.create("contact", {"lastname": "Changeset"})
        account = changes.records.create("account", {"name": "Changeset", "primarycontactid@odata.bind": contact})
        changes.records.update("account", account, {"telephone1": "+45 9"})
    result = batch.execute()
    checks.equal("change set: every request is answered", [part.status_code for part in result.responses],
                 [204, 204, 204])
    held = system.row("accounts", "name", "Changeset") or {}
    person = system.row("contacts", "lastname", "Changeset") or {}
    checks.equal("change set: later requests name earlier ones",
                 (held.get("_primarycontactid_value"), held.get("telephone1")), (person.get("contactid"), "+45 9"))

    batch = client.batch.new()
    with batch.changeset() as changes:
        changes.records.create("account", {"name": "Never kept"})
        changes.records.create("account", {"name": "x" * 161})
    result = batch.execute()
    checks.true("change set: its failure is told", result.has_errors)
    checks.equal("change set: its failure undoes all of it", system.row("accounts", "name", "Never kept"), None)


def a_failure_ends_a_batch(checks, client, system):
    def batch():
        made = client.batch.new()
        made.records.create("account", {"name": "Before the failure"})
        made.records.create("account", {"name": "x" * 161})
        made.records.create("account", {"name": "Behind the failure"})
        return made

    stopped = batch().execute()
    checks.equal("a failure ends the batch", [part.status_code for part in stopped.responses], [204, 400])
    checks.equal("nothing behind it was done", system.row("accounts", "name", "Behind the failure"), None)
    lost = client.batch.new()
    lost.records.delete("account", NOWHERE)
    # The batch has the status of its failure, and the client takes none but 400 for an answer.
    checks.raises("a batch has the status of its failure", HttpError, lost.execute, status_code=404)
    whole = batch().execute(continue_on_error=True)
    checks.equal("unless the rest is wanted", [part.status_code for part in whole.responses], [204, 400, 204])
    checks.equal("the error is told", whole.failed[0].error_code, "0x80044331")
    checks.true("and the rest was done", system.row("accounts", "name", "Behind the failure"))


def a_large_batch_is_answered(checks, client, system):
    batch = client.batch.new()
    for number in range(1000):
        batch.records.create("account", {"name": f"Large {number:04}"})
    result = batch.execute()
    checks.equal("a thousand requests in one batch", len(result.succeeded), 1000)
    held = [row for row in system.rows("accounts") if (row["name"] or "").startswith("Large ")]
    checks.equal("all of them were done", len(held), 1000)
    deletion = client.batch.new()
    for key in result.entity_ids:
        deletion.records.delete("account", key)
    checks.equal("and undone in another", len(deletion.execute().succeeded), 1000)


SCENARIOS = [a_batch_is_answered, a_change_set_is_all_or_nothing, a_failure_ends_a_batch, a_large_batch_is_answered]
