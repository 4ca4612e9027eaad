"""Starts the program: both stand-ins, and commands in a home of their own."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request


def asked(url, body=None):
    """What an address answers, from JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=300) as answer:
        text = answer.read()
    return json.loads(text) if text.strip() else None


@contextlib.contextmanager
def stand_ins(program, records, certificate=None):
    """Both stand-ins for as long as the body runs: the process, and what they say of themselves.

    With a certificate and its key, as files, they speak https.
    """
    secured = ["--tls-cert", certificate[0], "--tls-key", certificate[1]] if certificate else []
    with tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen([program, "sandbox", "--json", "--records", str(records), *secured],
                                   stdout=subprocess.PIPE, stderr=complaints, text=True)
        # A program that neither starts nor ends is ended, which ends the line below too.
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


class Result:
    """What a command gave back and what it took."""

    def __init__(self, document, seconds, usage):
        self.document = document
        self.seconds = seconds
        # Of the program's own process: with and without waiting for the stand-ins.
        self.processor = usage.ru_utime + usage.ru_stime
        self.megabytes = usage.ru_maxrss / 1024

    def count(self, *names):
        """The sum of some counters over all jobs."""
        return sum(job["counts"].get(name, 0) for job in self.document.get("jobs", []) for name in names)

    def sum(self, name):
        """The requests, or the floor, of both systems over all jobs."""
        return sum(sum(job[name].values()) for job in self.document.get("jobs", []))


class Couplet:
    """The program with a home of its own."""

    def __init__(self, program, home):
        self.program = program
        self.environment = dict(os.environ, COUPLET_HOME=home, COUPLET_KEY_FILE=os.path.join(home, "key"),
                                COUPLET_LANG="en")

    def run(self, *arguments, kept=True, people=False):
        """Runs a command; a plan that waits for approval or a failure ends the measurement.

        What it says is kept as a document, or only its lines are counted; it speaks JSON, or as to people.
        """
        began = time.monotonic()
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as complaints:
            process = subprocess.Popen([self.program, *arguments, *([] if people else ["--json"]), "--yes"], stdin=subprocess.DEVNULL,
                                       stdout=output, stderr=complaints, env=self.environment)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            seconds = time.monotonic() - began
            output.seek(0)
            complaints.seek(0)
            text = output.read().decode() if kept or process.returncode not in (0, 1) else ""
            lines = 0 if kept else sum(1 for _ in output)
            if process.returncode not in (0, 1):
                sys.exit(f"couplet {' '.join(arguments)}: status {process.returncode}\n{text}\n"
                         + complaints.read().decode())
        result = Result(json.loads(text) if text.strip() else {}, seconds, usage)
        result.lines = lines
        return result

    def connect(self, systems):
        """Connects and enables both stand-ins."""
        for name, kind in (("erp", "businessCentral"), ("crm", "dataverse")):
            system = systems[name]
            company = ["--company", system["companyId"]] if system.get("companyId") else []
            with tempfile.NamedTemporaryFile("w", suffix=".secret") as secret:
                secret.write(system["clientSecret"])
                secret.flush()
                self.run("connection", "set", name, "--side", name, "--kind", kind, "--url", system["baseURL"],
                         *company, "--token-url", system["tokenURL"], "--client-id", system["clientId"],
                         "--client-secret-file", secret.name)
        self.run("connection", "enable")
