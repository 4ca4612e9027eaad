"""Lets the program work by itself while people edit, networks fail and the process is killed; then everything must be equal.

    soak.py PROGRAM [MINUTES] [--quiet MINUTES] [--customers N] [--seed S]

Both stand-ins have N customers (400), coupled and synchronized. For so many MINUTES (30) users of both systems change phone
numbers and addresses, the ERP gets new customers and a person lets accounts be created for them; both systems throttle,
answer 429 and 503, are slow, lose requests before and after they are done; and `couplet serve` is killed once a minute and
started again. For some minutes more (5) all goes on but the killing, to see whether memory grows. Then everything is calm,
conflicts are settled for the ERP, and it ends with 1 unless
  - every customer has exactly one account, and no account is a second one,
  - their mapped fields are equal on both sides, and nothing is left to do or failed,
  - what was changed on one side only is, as it was typed last, on both sides,
  - memory at the end is less than a quarter and 20 MB above what it was when the last process had settled.
"""

import argparse
import collections
import contextlib
import random
import statistics
import subprocess
import sys
import threading
import time

from served import Served, company

FIELDS = (("phoneNumber", "telephone1"), ("addressLine1", "address1_line1"), ("city", "address1_city"))
DISTURBANCES = [
    {"fault": "status", "status": 429, "retryAfter": 1, "probability": 0.02, "seed": 1, "times": 0},
    {"fault": "status", "status": 503, "retryAfter": 1, "probability": 0.01, "seed": 2, "times": 0},
    {"fault": "statusAfter", "status": 503, "probability": 0.01, "seed": 3, "times": 0},
    {"fault": "dropBefore", "probability": 0.01, "seed": 4, "times": 0},
    {"fault": "dropAfter", "probability": 0.02, "seed": 5, "times": 0},
    {"fault": "delay", "milliseconds": 300, "probability": 0.05, "seed": 6, "times": 0},
]
# Tight enough to be reached when a process that was killed begins anew, and wide enough to get on.
THROTTLE = {"requests": 120, "seconds": 20}


class People:
    """Who edits both sides, and what they typed last."""

    def __init__(self, erp, crm, seed):
        self.erp, self.crm = erp, crm
        self.chance = random.Random(seed)
        self.accounts = {row[crm.number]: row[crm.key] for row in crm.rows() if row.get(crm.number)}
        self.customers = {row[erp.number]: row[erp.key] for row in erp.rows()}
        self.numbers = sorted(set(self.accounts) & set(self.customers))
        # By customer's number and field: what each side's users typed last.
        self.typed = collections.defaultdict(dict)
        self.edits = self.creates = 0

    def edit(self):
        number = self.chance.choice(self.numbers)
        index = self.chance.randrange(len(FIELDS))
        side = self.chance.choice(("erp", "crm"))
        self.edits += 1
        value = f"{'E' if side == 'erp' else 'C'} {self.edits:05d}"
        self.typed[(number, index)][side] = value
        if side == "erp":
            self.erp.write([{"id": self.customers[number], FIELDS[index][0]: value}])
        else:
            self.crm.write([{"accountid": self.accounts[number], FIELDS[index][1]: value}])

    def create(self):
        self.creates += 1
        self.erp.write([{"number": f"S{self.creates:05d}", "displayName": f"Soak {self.creates:05d}", "city": "Lund"}])


class Soak:
    def __init__(self, couplet, served, erp, crm, seed):
        self.couplet, self.served, self.erp, self.crm = couplet, served, erp, crm
        self.people = People(erp, crm, seed)
        self.ends = threading.Event()
        self.memory = []

    def work(self):
        """Edits, at an uneven pace, until told to end."""
        chance = random.Random(3)
        while not self.ends.wait(chance.expovariate(2)):
            self.people.edit()

    def command(self, *arguments):
        """Gives a command that may be cut off, as everything may; gives its status."""
        done = subprocess.run([self.couplet.program, *arguments, "--json", "--yes"], stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.couplet.environment,
                              timeout=300)
        return done.returncode

    def creation(self):
        """New customers, and a person who lets accounts be created for them."""
        while not self.ends.wait(20):
            for _ in range(3):
                self.people.create()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.command("match", "CUSTOMER", "--create-unmatched", "--sync", "to")

    def disturb(self):
        for system in (self.erp, self.crm):
            system.disturb({"faults": DISTURBANCES, "throttle": THROTTLE})

    def go(self, minutes, quiet):
        self.disturb()
        workers = [threading.Thread(target=self.work), threading.Thread(target=self.creation)]
        for worker in workers:
            worker.start()
        for minute in range(minutes):
            time.sleep(60)
            self.served.kill()
            self.served.start()
            print(f"minute {minute + 1}: {self.people.edits} edits, {self.people.creates} new customers, "
                  f"{self.served.ended} times killed", flush=True)
        end = time.monotonic() + quiet * 60
        while time.monotonic() < end:
            time.sleep(5)
            self.memory.append(self.served.megabytes)
        self.ends.set()
        for worker in workers:
            worker.join()

    def settle(self):
        """Calm, and everything that people would do to bring it to an end."""
        for system in (self.erp, self.crm):
            system.calm()
        # What a system asked to wait for is waited for.
        time.sleep(25)
        print(f"a person's stop took {self.served.stop():.1f} s", flush=True)
        for _ in range(4):
            self.couplet.run("match", "CUSTOMER", "--create-unmatched", "--sync", "to")
            self.couplet.run("sync")
            self.command("conflict", "resolve", "--all", "CUSTOMER", "--take", "erp")
        return self.couplet.run("sync", "--full"), self.couplet.run("sync")

    def problems(self, last):
        found = []
        customers = self.erp.rows()
        accounts = self.crm.rows()
        by_number = collections.defaultdict(list)
        for account in accounts:
            by_number[account.get("accountnumber") or ""].append(account)
        for customer in customers:
            number = customer["number"]
            if customer.get("blocked", "").strip() not in ("", "_x0020_"):
                continue
            own = by_number[number]
            if len(own) != 1:
                found.append(f"customer {number} has {len(own)} accounts")
                continue
            for index, (erp_field, crm_field) in enumerate(FIELDS):
                here, there = customer.get(erp_field) or "", own[0].get(crm_field) or ""
                if here != there:
                    found.append(f"customer {number}: {erp_field} is '{here}', {crm_field} is '{there}'")
                typed = self.people.typed.get((number, index))
                if typed and here not in typed.values():
                    found.append(f"customer {number}: {erp_field} is '{here}', and users typed {typed} last")
        for name in ("modified", "inserted", "failed", "parked", "waiting", "conflicts", "questions"):
            if last.count(name):
                found.append(f"the last synchronization has {last.count(name)} {name}")
        if len(self.memory) >= 12:
            early, late = statistics.median(self.memory[6:12]), statistics.median(self.memory[-6:])
            print(f"memory: {early:.0f} MB half a minute after the last start, {late:.0f} MB at the end", flush=True)
            if late > early * 1.25 + 20:
                found.append(f"memory grew from {early:.0f} to {late:.0f} MB")
        return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("minutes", nargs="?", type=int, default=30)
    parser.add_argument("--quiet", type=int, default=5)
    parser.add_argument("--customers", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with company(arguments.program, arguments.customers) as (couplet, erp, crm):
        with Served(couplet) as served:
            soak = Soak(couplet, served, erp, crm, arguments.seed)
            soak.go(arguments.minutes, arguments.quiet)
            full, last = soak.settle()
            found = soak.problems(last)
            print(f"{soak.people.edits} edits, {soak.people.creates} new customers, killed {served.ended} times; the full "
                  f"synchronization at the end changed {full.count('modified')} records", flush=True)
    for problem in found[:50]:
        print("PROBLEM: " + problem)
    print(f"{len(found)} problems" if found else "everything is equal, nothing is lost, nothing is twice")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
