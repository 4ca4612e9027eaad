"""Measures how soon a change is on the other side while the program works by itself.

    latency.py PROGRAM [CUSTOMERS] [--changes N] [--woken N] [--idle SECONDS] [--catch-up N]

Both stand-ins are started with so many customers (6,000), coupled and synchronized, and `couplet serve` follows them.
  a busy day   N changes (100) of one phone number each, one every two seconds or so, on either side in turn
  woken        N changes (10), each after a minute of rest, of which the CRM's address for words of a change is told
  idle         the requests of so many seconds (300) in which nothing happens
  catch-up     N changes (5,000) while nothing ran, half of them on each side, and then the start
The seconds are those between the answer to the user who changed something and the first look that finds it on the
other side; a look takes place every 20 ms.
"""

import argparse
import random
import sys
import time
import urllib.request

from served import Served, company, percentile

PATIENCE = 180


def seen(system, key, value):
    """Waits until a record's phone number is the value; gives when that was."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        # The whole table is asked for, without being counted as a request: what is measured is not disturbed by it.
        if any(row[system.key] == key and row[system.field] == value for row in system.rows()):
            return time.monotonic()
        time.sleep(0.02)
    sys.exit(f"{value} has not arrived after {PATIENCE} seconds")


def change(source, target, pair, value):
    """Changes one record; gives the seconds until the other side has it."""
    source.write([{source.key: pair[source.table], source.field: value}])
    began = time.monotonic()
    return seen(target, pair[target.table], value) - began


def pairs(erp, crm):
    """Which records belong together, by their numbers."""
    accounts = {row[crm.number]: row[crm.key] for row in crm.rows() if row.get(crm.number)}
    return [{erp.table: row[erp.key], crm.table: accounts[row[erp.number]]} for row in erp.rows()
            if row[erp.number] in accounts]


def row(title, seconds):
    cells = [title, str(len(seconds))] + [f"{percentile(seconds, share):.2f}" for share in (0.5, 0.95, 0.99)]
    print("| " + " | ".join(cells) + f" | {max(seconds):.2f} |", flush=True)


def busy_day(erp, crm, known, count, chance):
    found = {erp.table: [], crm.table: []}
    for number in range(count):
        source, target = (erp, crm) if number % 2 == 0 else (crm, erp)
        found[source.table].append(change(source, target, chance.choice(known), f"+46 31 {number:06d}"))
        time.sleep(chance.uniform(0.5, 3.5))
    row("a busy day, ERP to CRM", found[erp.table])
    row("a busy day, CRM to ERP", found[crm.table])


def token(couplet, served):
    """A token of a user who may operate."""
    couplet.run("user", "add", "flow", "--role", "operator")
    return couplet.run("user", "token", "add", "flow", "--label", "words").document["text"]


def woken(crm, erp, known, count, chance, served, secret):
    found = []
    address = f"{served.desk.rstrip('/')}/api/v1/connections/crm/tables/{crm.table}/wake"
    for number in range(count):
        time.sleep(60)
        pair, value = chance.choice(known), f"+46 40 {number:06d}"
        crm.write([{crm.key: pair[crm.table], crm.field: value}])
        began = time.monotonic()
        request = urllib.request.Request(address, data=b"", method="POST", headers={"Authorization": f"Bearer {secret}"})
        urllib.request.urlopen(request, timeout=60).read()
        found.append(seen(erp, pair[erp.table], value) - began)
    row("woken after a minute, CRM to ERP", found)


def idle(erp, crm, seconds):
    # The pace of looks has slowed down by then.
    time.sleep(120)
    before = erp.requests() + crm.requests()
    time.sleep(seconds)
    hourly = (erp.requests() + crm.requests() - before) * 3600 / seconds
    print(f"\nIdle: {hourly:.0f} requests an hour to both systems, measured for {seconds} seconds.", flush=True)


def catch_up(erp, crm, known, count, served):
    took = served.stop()
    half = min(count // 2, len(known) // 2)
    rounds = []
    for source, target, part in ((erp, crm, known[:half]), (crm, erp, known[half:2 * half])):
        values = {pair[target.table]: f"+46 90 {index:06d}" for index, pair in enumerate(part)}
        source.write([{source.key: pair[source.table], source.field: values[pair[target.table]]} for pair in part])
        rounds.append((target, values))
    before = erp.requests() + crm.requests()
    began = time.monotonic()
    served.start()
    for target, values in rounds:
        while any(values.get(row[target.key], row[target.field]) != row[target.field] for row in target.rows()):
            if time.monotonic() - began > PATIENCE * 5:
                sys.exit("the changes of the downtime have not arrived")
            time.sleep(0.2)
    seconds = time.monotonic() - began
    requests = erp.requests() + crm.requests() - before
    print(f"\nCatch-up: {2 * half:,} changes were on the other side {seconds:.1f} seconds after the start, with {requests}"
          f" requests; the stop before took {took:.1f} seconds.", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("customers", nargs="?", type=int, default=6_000)
    parser.add_argument("--changes", type=int, default=100)
    parser.add_argument("--woken", type=int, default=10)
    parser.add_argument("--idle", type=int, default=300)
    parser.add_argument("--catch-up", type=int, default=5_000)
    arguments = parser.parse_args()
    chance = random.Random(7)
    with company(arguments.program, arguments.customers) as (couplet, erp, crm):
        known = pairs(erp, crm)
        with Served(couplet, listens=True) as served:
            secret = token(couplet, served)
            print("| what | changes | p50, s | p95, s | p99, s | most, s |\n|---|---|---|---|---|---|", flush=True)
            busy_day(erp, crm, known, arguments.changes, chance)
            woken(crm, erp, known, arguments.woken, chance, served, secret)
            idle(erp, crm, arguments.idle)
            catch_up(erp, crm, known, arguments.catch_up, served)


if __name__ == "__main__":
    main()
