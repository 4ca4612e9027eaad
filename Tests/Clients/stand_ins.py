"""Starts `couplet sandbox`, looks into it, and ends it."""

import contextlib
import json
import subprocess
import tempfile
import threading

import requests

TENANT = "sandbox"


class StandIn:
    """One of the two stand-ins: its address, its credentials, and what it holds."""

    def __init__(self, system):
        self.base = system["baseURL"]
        self.token_url = system["tokenURL"]
        self.client_id = system["clientId"]
        self.client_secret = system["clientSecret"]
        self.company = system.get("companyId")

    def rows(self, entity_set):
        """All records of a table as the stand-in holds them."""
        answer = requests.get(f"{self.base}/_sandbox/records/{entity_set}", timeout=30)
        answer.raise_for_status()
        return answer.json()

    def row(self, entity_set, key, value):
        """The only record whose property has that value; None where there is none."""
        found = [row for row in self.rows(entity_set) if str(row.get(key)).lower() == str(value).lower()]
        if len(found) > 1:
            raise AssertionError(f"{len(found)} records of {entity_set} with {key} {value}")
        return found[0] if found else None

    def statistics(self):
        """What was asked so far."""
        return requests.get(f"{self.base}/_sandbox/stats", timeout=30).json()

    @contextlib.contextmanager
    def fault(self, **rule):
        """Lets something go wrong while the body runs."""
        requests.post(f"{self.base}/_sandbox/faults", json=rule, timeout=30).raise_for_status()
        try:
            yield
        finally:
            requests.delete(f"{self.base}/_sandbox/faults", timeout=30).raise_for_status()


@contextlib.contextmanager
def stand_ins(program, certificate, key):
    """Both stand-ins on free ports of this machine, with that certificate, for as long as the body runs."""
    with tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(
            [program, "sandbox", "--json", "--tls-cert", certificate, "--tls-key", key],
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )
        # A program that neither starts nor ends is ended, which ends the line below too.
        patience = threading.Timer(60, process.kill)
        patience.start()
        try:
            line = process.stdout.readline()
            patience.cancel()
            if not line.strip():
                complaints.seek(0)
                raise RuntimeError("the stand-ins did not start: " + complaints.read())
            systems = json.loads(line)
            yield StandIn(systems["erp"]), StandIn(systems["crm"])
        finally:
            patience.cancel()
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
