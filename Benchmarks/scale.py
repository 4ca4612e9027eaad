"""Measures whole synchronizations of generated companies against the sandboxes: time, memory, requests.

    scripts/measure [RECORDS ...]

For each number of customers: both stand-ins are started on free ports, one home is made, and the same program does
  first         every table for the first time, creating accounts
  full          compares everything
  100 changes   a hundred customers changed in the ERP, and the echo of their writes read
  quiet         nothing has changed
Prints one table row for each, as Markdown. Ends what it started.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

CHANGES = 100


def asked(url, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=300) as answer:
        text = answer.read()
    return json.loads(text) if text.strip() else None


@contextlib.contextmanager
def stand_ins(program, records):
    """Both stand-ins for as long as the body runs."""
    with tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(
            [program, "sandbox", "--json", "--records", str(records)],
            stdout=subprocess.PIPE, stderr=complaints, text=True,
        )
        patience = threading.Timer(300, process.kill)
        patience.start()
        try:
            line = process.stdout.readline()
            patience.cancel()
            if not line.strip():
                complaints.seek(0)
                sys.exit("the stand-ins did not start: " + complaints.read())
            yield process, json.loads(line)
        finally:
            patience.cancel()
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


class Couplet:
    """The program with a home of its own."""

    def __init__(self, program, home):
        self.program = program
        self.environment = dict(os.environ, COUPLET_HOME=home, COUPLET_KEY_FILE=os.path.join(home, "key"),
                                COUPLET_LANG="en")

    def run(self, *arguments, ok=(0, 1)):
        """Runs a command; gives its document, seconds, and the largest resident memory in MB."""
        began = time.monotonic()
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as complaints:
            process = subprocess.Popen([self.program, *arguments, "--json", "--yes"], stdin=subprocess.DEVNULL,
                                       stdout=output, stderr=complaints, env=self.environment)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            seconds = time.monotonic() - began
            output.seek(0)
            complaints.seek(0)
            text = output.read().decode()
            if process.returncode not in ok:
                sys.exit(f"couplet {' '.join(arguments)}: status {process.returncode}\n{text}\n"
                         + complaints.read().decode())
        return json.loads(text) if text.strip() else {}, seconds, usage.ru_maxrss / 1024

    def connect(self, name, side, kind, system):
        with tempfile.NamedTemporaryFile("w", suffix=".secret") as secret:
            secret.write(system["clientSecret"])
            secret.flush()
            company = ["--company", system["companyId"]] if system.get("companyId") else []
            self.run("connection", "set", name, "--side", side, "--kind", kind, "--url", system["baseURL"], *company,
                     "--token-url", system["tokenURL"], "--client-id", system["clientId"],
                     "--client-secret-file", secret.name)


def row(records, title, result):
    document, seconds, memory = result
    jobs = document.get("jobs", [])
    counts = {}
    for job in jobs:
        for name, value in job["counts"].items():
            counts[name] = counts.get(name, 0) + value
    requests = sum(sum(job["requests"].values()) for job in jobs)
    floor = sum(sum(job["floor"].values()) for job in jobs)
    ratio = f"{requests / floor:.2f}" if floor else ""
    opened = sum(counts.get(name, 0) for name in ("failed", "parked", "waiting", "conflicts", "questions"))
    cells = [f"{records:,}", title, counts.get("inserted", 0), counts.get("modified", 0), opened, requests, floor,
             ratio, f"{seconds:.1f}", f"{memory:.0f}"]
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def resident(pid):
    with open(f"/proc/{pid}/status") as status:
        for line in status:
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    return 0


def change(system, count):
    """Changes the telephone of so many customers, as users of the ERP would."""
    customers = asked(f"{system['baseURL']}/_sandbox/records/customers")
    changed = [{"id": customer["id"], "phoneNumber": f"+46 8 {index:06d}"}
               for index, customer in enumerate(customers[:count])]
    asked(f"{system['baseURL']}/_sandbox/records/customers", changed)


def measure(program, records):
    with stand_ins(program, records) as (process, systems), tempfile.TemporaryDirectory() as home:
        couplet = Couplet(program, home)
        couplet.connect("erp", "erp", "businessCentral", systems["erp"])
        couplet.connect("crm", "crm", "dataverse", systems["crm"])
        couplet.run("connection", "enable")
        row(records, "first", couplet.run("sync", "--full", "--create"))
        couplet.run("sync")
        row(records, "full", couplet.run("sync", "--full"))
        change(systems["erp"], CHANGES)
        row(records, f"{CHANGES} changes", couplet.run("sync"))
        row(records, "their echo", couplet.run("sync"))
        row(records, "quiet", couplet.run("sync"))
        size = sum(os.path.getsize(os.path.join(home, name)) for name in os.listdir(home)
                   if os.path.isfile(os.path.join(home, name)))
        print(f"<!-- {records:,}: stand-ins {resident(process.pid):.0f} MB resident, store {size / 1e6:.0f} MB -->",
              flush=True)


def main():
    program, *sizes = sys.argv[1:]
    print("| customers | what | created | changed | open | requests | floor | ratio | seconds | MB |")
    print("|---|---|---|---|---|---|---|---|---|---|", flush=True)
    for size in sizes or ["10000", "100000"]:
        measure(program, int(size))


if __name__ == "__main__":
    main()
