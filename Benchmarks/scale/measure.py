"""Measures whole synchronizations of generated companies against the stand-ins: requests, time, memory.

    measure.py PROGRAM [RECORDS ...] [--client PYTHON CERTIFICATE KEY]

For each number of customers both stand-ins are started, and in one home the program does
  codes        couples salespeople, currencies, payment terms and shipment methods
  first        every table for the first time: units, accounts, contacts and products are created
  echo         reads what it has written itself
  full         reads and compares everything
  changes      a hundred customers changed in the ERP, then a hundred accounts in the CRM; three times, the median
  echo, quiet  their echo, and a cycle without any change
and one table row for each is printed as Markdown. With --client and a Python that has the official client of
Dataverse, that client then creates as many accounts in the same stand-in; it wants https, so all of the run speaks
https, with that certificate.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor

from program import Couplet, asked, stand_ins

CHANGES = 100
ROUNDS = 3
COLUMNS = ("customers", "what", "created", "changed", "open", "requests", "floor", "ratio", "seconds", "of these CPU", "MB")


def row(records, title, result):
    requests, floor = result.sum("requests"), result.sum("floor")
    opened = result.count("failed", "parked", "waiting", "conflicts", "questions")
    cells = [f"{records:,}", title, f"{result.count('inserted'):,}", f"{result.count('modified'):,}", f"{opened:,}",
             f"{requests:,}", f"{floor:,}", f"{requests / floor:.2f}" if floor else "", f"{result.seconds:.1f}",
             f"{result.processor:.1f}", f"{result.megabytes:.0f}"]
    print("| " + " | ".join(cells) + " |", flush=True)


def couple_codes(couplet):
    """What customers refer to, as somebody sets it up; one result with all the jobs."""
    results = [couplet.run("match", "SALESPEOPLE", "--sync", "from"),
               couplet.run("sync", "SALESPEOPLE", "--full", "--create", "--direction", "from")]
    results += [couplet.run("match", name, "--sync", "to") for name in ("CURRENCY", "PAYMENT TERMS", "SHIPMENT METHOD")]
    whole = results[0]
    for result in results[1:]:
        whole.document["jobs"] += result.document["jobs"]
        whole.seconds += result.seconds
        whole.processor += result.processor
        whole.megabytes = max(whole.megabytes, result.megabytes)
    return whole


def some_ids(address, key):
    """Ids from all over a table, not from its first page."""
    rows = asked(address)
    return [rows[index * len(rows) // CHANGES][key] for index in range(CHANGES)]


class Users:
    """People who change records in one of the systems."""

    def __init__(self, system, table, key, field):
        self.address = f"{system['baseURL']}/_sandbox/records/{table}"
        self.key, self.field = key, field
        # In a process of its own: what this one holds would count as memory of the programs that it starts.
        with ProcessPoolExecutor(1) as pool:
            self.ids = pool.submit(some_ids, self.address, key).result()

    def change(self, round_number):
        asked(self.address, [{self.key: key, self.field: f"+46 8 {round_number:02d} {index:04d}"}
                             for index, key in enumerate(self.ids)])


def cycles(couplet, users):
    """A cycle after changes, some times over; gives the one of median time, and the echo and quiet ones after it."""
    found = []
    for number in range(ROUNDS):
        users.change(number)
        found.append((couplet.run("sync"), couplet.run("sync"), couplet.run("sync")))
        if found[-1][0].count("modified") != CHANGES:
            sys.exit(f"{found[-1][0].count('modified')} records were changed, not {CHANGES}")
    median = statistics.median_low([cycle[0].processor for cycle in found])
    return next(cycle for cycle in found if cycle[0].processor == median)


def resident(pid):
    with open(f"/proc/{pid}/status") as status:
        for line in status:
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    return 0


def measure(program, records, client):
    """Prints the rows of one number of customers; gives the cycles with changes."""
    with stand_ins(program, records, client and client[1:]) as (process, systems), tempfile.TemporaryDirectory() as home:
        couplet = Couplet(program, home)
        couplet.connect(systems)
        row(records, "codes", couple_codes(couplet))
        first = couplet.run("sync", "--create")
        row(records, "first", first)
        row(records, "its echo", couplet.run("sync"))
        row(records, "full", couplet.run("sync", "--full"))
        couplet.run("sync")
        erp = cycles(couplet, Users(systems["erp"], "customers", "id", "phoneNumber"))
        row(records, f"{CHANGES} changes in the ERP", erp[0])
        row(records, "their echo", erp[1])
        row(records, "quiet", erp[2])
        crm = cycles(couplet, Users(systems["crm"], "accounts", "accountid", "telephone1"))
        row(records, f"{CHANGES} changes in the CRM", crm[0])
        size = sum(entry.stat().st_size for entry in os.scandir(home) if entry.is_file())
        print(f"<!-- {records:,}: stand-ins {resident(process.pid):.0f} MB resident, store {size / 1e6:.0f} MB -->",
              flush=True)
        if client:
            compare(client, systems["crm"], records, first)
        return erp[0], crm[0]


def compare(client, system, records, first):
    """The official client creates as many accounts in the same stand-in."""
    own = next(job for job in first.document["jobs"] if job["mapping"] == "CUSTOMER" and job["counts"]["inserted"])
    print("\n| accounts | created by | requests to the CRM | seconds | accounts per second |\n|---|---|---|---|---|")
    print(f"| {records:,} | Couplet, the job CUSTOMER: reads customers, creates, couples, keeps what was settled "
          f"| {own['requests']['crm']:,} | {own['seconds']:.1f} | {records / own['seconds']:,.0f} |", flush=True)
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "client.py")
    subprocess.run([client[0], script, system["baseURL"], system["tokenURL"], system["clientId"],
                    system["clientSecret"], str(records)], check=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--client", nargs=3)
    parser.add_argument("records", nargs="*", type=int, default=[10_000, 100_000])
    arguments = parser.parse_args()
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS), flush=True)
    if arguments.client:
        # What trusts the certificate: the program, this script, and the client.
        for name in ("COUPLET_TRUSTED_CERTIFICATES", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
            os.environ[name] = arguments.client[1]
    found = {}
    for records in arguments.records:
        if records < CHANGES:
            sys.exit(f"at least {CHANGES} customers")
        found[records] = measure(arguments.program, records, arguments.client)
    few, many = min(found), max(found)
    if few < many:
        for side, one, other in zip(("ERP", "CRM"), found[few], found[many]):
            print(f"<!-- {CHANGES} changes in the {side}: with {many:,} customers {other.seconds / one.seconds:.2f} "
                  f"times the time, {other.processor / one.processor:.2f} times the CPU time of {few:,} -->")


if __name__ == "__main__":
    main()
