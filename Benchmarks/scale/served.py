"""The program at work by itself, and people who work in both systems meanwhile."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

from measure import couple_codes
from program import Couplet, asked, stand_ins


class Served:
    """`couplet serve` of a home, which can be ended in any way and started again."""

    def __init__(self, couplet, *, listens=False):
        self.couplet = couplet
        self.listens = listens
        self.log = tempfile.TemporaryFile("w+")
        self.process = None
        self.desk = None
        self.ended = 0

    def start(self):
        """Starts it, and waits until commands and requests reach it."""
        listen = ["--listen", "127.0.0.1:0"] if self.listens else []
        self.process = subprocess.Popen([self.couplet.program, "serve", "--json", *listen], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=self.log, text=True,
                                        env=self.couplet.environment)
        patience = threading.Timer(300, self.process.kill)
        patience.start()
        line = self.process.stdout.readline()
        patience.cancel()
        if not line.strip():
            self.log.seek(0)
            sys.exit("serve did not start: " + self.log.read())
        self.desk = json.loads(line).get("desk")

    def kill(self):
        """Ends it as a machine that fails does."""
        self.process.kill()
        self.process.wait()
        self.ended += 1

    def stop(self):
        """Ends it as a person does; gives the seconds that took."""
        began = time.monotonic()
        self.process.terminate()
        self.process.wait(timeout=60)
        return time.monotonic() - began

    @property
    def megabytes(self):
        """What is resident at present."""
        with open(f"/proc/{self.process.pid}/status") as status:
            for line in status:
                if line.startswith("VmRSS"):
                    return int(line.split()[1]) / 1024
        return 0

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.stop()
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()
        self.log.close()


class System:
    """One of the stand-ins, as its users and its operator see it."""

    def __init__(self, system, table, key, number, field):
        self.base = system["baseURL"]
        self.table, self.key, self.number, self.field = table, key, number, field

    def rows(self):
        """The whole table."""
        return asked(f"{self.base}/_sandbox/records/{self.table}")

    def write(self, rows):
        """Writes as users do."""
        return asked(f"{self.base}/_sandbox/records/{self.table}", rows)

    def delete(self, key):
        """Deletes a record as a user does."""
        address = f"{self.base}/_sandbox/records/{self.table}?id={urllib.parse.quote(key)}"
        urllib.request.urlopen(urllib.request.Request(address, method="DELETE"), timeout=60).read()

    def disturb(self, rules):
        """Lets requests fail, or be slow."""
        asked(f"{self.base}/_sandbox/faults", rules)

    def calm(self):
        """Ends all disturbances."""
        urllib.request.urlopen(urllib.request.Request(f"{self.base}/_sandbox/faults", method="DELETE"), timeout=60).read()

    def requests(self):
        """How many requests it has had so far, besides those for tokens."""
        lines = asked(f"{self.base}/_sandbox/stats")["requests"]
        return sum(line["count"] for line in lines if not line["path"].endswith("/token"))


def both(systems):
    """Both stand-ins with the table of customers."""
    return (System(systems["erp"], "customers", "id", "number", "phoneNumber"),
            System(systems["crm"], "accounts", "accountid", "accountnumber", "telephone1"))


@contextlib.contextmanager
def company(program, customers):
    """A made-up company in both stand-ins, coupled and synchronized: the program, and both systems as their users see them."""
    with stand_ins(program, customers) as (_, systems), tempfile.TemporaryDirectory() as home:
        couplet = Couplet(program, home)
        couplet.connect(systems)
        couple_codes(couplet)
        couplet.run("sync", "--create")
        yield couplet, *both(systems)


def percentile(values, share):
    """The value that a share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
