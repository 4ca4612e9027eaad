"""Measures the stand-ins: what they cost in memory, and how soon they answer, at two sizes.

    measure.py PROGRAM [RECORDS]      RECORDS are 1,000,000 unless given; the smaller size is 10,000

PROGRAM is a release build of couplet. Prints one table for each stand-in.
"""

import json
import multiprocessing
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request

SMALL = 10_000
API = {"erp": "/api/v2.0/companies({company})/", "crm": "/api/data/v9.2/"}


class StandIn:
    """One stand-in, asked over one connection that stays open."""

    def __init__(self, side, system):
        self.side, self.system = side, system
        self.root = API[side].format(company=system.get("companyId"))
        form = urllib.parse.urlencode({"grant_type": "client_credentials", "client_id": system["clientId"],
                                       "client_secret": system["clientSecret"]}).encode()
        with urllib.request.urlopen(system["tokenURL"], form, timeout=60) as answer:
            self.token = json.load(answer)["access_token"]
        self.connect()

    def connect(self):
        """Opens the connection anew, for example in another process."""
        address = urllib.parse.urlsplit(self.system["baseURL"])
        self.host = address.netloc
        self.socket = socket.create_connection((address.hostname, address.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def send(self, method, path, body=b"", **headers):
        """Status and body of an answer; anything but success ends the measurement."""
        if not path.startswith(("/", "http")):
            path = self.root + path
        path = path.replace(self.system["baseURL"], "").replace(" ", "%20")
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}", f"Authorization: Bearer {self.token}",
                 f"Content-Length: {len(body)}"]
        headers.setdefault("Content_Type", "application/json")
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.socket.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        head = self.until(b"\r\n\r\n").decode()
        length = 0
        for line in head.split("\r\n"):
            if line.lower().startswith("content-length:"):
                length = int(line.split(":")[1])
        answer = self.take(length)
        if not head[9:10] == "2":
            sys.exit(f"{method} {path}: {head}\n{answer[:1000].decode(errors='replace')}")
        return answer

    def until(self, end):
        while (place := self.buffer.find(end)) < 0:
            self.buffer += self.socket.recv(1 << 16)
        head, self.buffer = self.buffer[:place], self.buffer[place + len(end):]
        return head

    def take(self, length):
        parts, have = [self.buffer], len(self.buffer)
        while have < length:
            parts.append(self.socket.recv(1 << 20))
            have += len(parts[-1])
        whole = b"".join(parts)
        self.buffer = whole[length:]
        return whole[:length]

    def json(self, *arguments, **headers):
        return json.loads(self.send(*arguments, **headers))


def seconds(action, times=11):
    """What an action takes, the median of several times."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def shown(taken):
    return f"{taken:.1f} s" if taken >= 10 else f"{taken * 1_000:.{2 if taken < 0.01 else 1}f} ms"


def megabytes(process):
    """What of a process is in memory now."""
    with open(f"/proc/{process.pid}/status") as status:
        line = next(line for line in status if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def loop(arguments):
    """How many requests of a kind are answered in some seconds over one connection."""
    stand_in, kind, ids, duration = arguments
    stand_in.connect()
    end, count = time.perf_counter() + duration, 0
    while time.perf_counter() < end:
        kind(stand_in, ids[count % len(ids)])
        count += 1
    return count


def ceiling(stand_in, kind, ids, connections=4, duration=4):
    """Requests answered a second over several connections, each of a process of its own."""
    with multiprocessing.get_context("fork").Pool(connections) as pool:
        began = time.perf_counter()
        counts = pool.map(loop, [(stand_in, kind, ids, duration)] * connections)
        return sum(counts) / (time.perf_counter() - began)


def read_one(stand_in, record):
    stand_in.send("GET", record)


def write_one(stand_in, record):
    stand_in.send("PATCH", record, b'{"website":"https://a.example"}' if stand_in.side == "erp" else b'{"fax":"1"}',
                  If_Match="*")


def batch(stand_in, method, records):
    """A whole batch of writes: JSON for the ERP, multipart for the CRM."""
    if stand_in.side == "erp":
        body = {"displayName": "New"} if method == "POST" else {"website": "https://b.example"}
        parts = [{"id": str(number), "method": method, "url": stand_in.root[len("/api/v2.0/"):] + record,
                  "headers": {"Content-Type": "application/json", "If-Match": "*"}, "body": body}
                 for number, record in enumerate(records)]
        answer = stand_in.json("POST", "/api/v2.0/$batch", json.dumps({"requests": parts}).encode(),
                               Accept="application/json")
        failed = [part for part in answer["responses"] if part["status"] >= 300]
    else:
        parts = [f"--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
                 f"{method} {stand_in.root}{record} HTTP/1.1\r\nContent-Type: application/json\r\n"
                 + ("If-Match: *\r\n" if method == "PATCH" else "") + "\r\n{\"fax\":\"2\"}\r\n" for record in records]
        answer = stand_in.send("POST", "$batch", ("".join(parts) + "--b--\r\n").encode(),
                               Content_Type="multipart/mixed; boundary=b", Prefer="odata.continue-on-error")
        failed = [status for status in answer.split(b"HTTP/1.1 ")[1:] if status[:1] != b"2"]
    if failed:
        sys.exit(f"a part of a batch failed: {failed[0]}")


def fill(stand_in, count):
    """Makes so many records in the largest writes that the service takes; how many a second."""
    began = time.perf_counter()
    size = 100 if stand_in.side == "erp" else 1_000
    for start in range(0, count, size):
        numbers = range(start, min(count, start + size))
        if stand_in.side == "erp":
            parts = [{"id": str(number), "method": "POST", "url": stand_in.root[len("/api/v2.0/"):] + "customers",
                      "headers": {"Content-Type": "application/json"}, "body": customer(number)}
                     for number in numbers]
            stand_in.send("POST", "/api/v2.0/$batch", json.dumps({"requests": parts}).encode(),
                          Accept="application/json")
        else:
            targets = [account(number) for number in numbers]
            stand_in.send("POST", "accounts/Microsoft.Dynamics.CRM.CreateMultiple",
                          json.dumps({"Targets": targets}).encode())
    return count / (time.perf_counter() - began)


def customer(number):
    return {"number": str(10_000 + number), "displayName": f"Company number {number}", "type": "Company",
            "addressLine1": f"Street {number}", "city": f"City {number % 500}",
            "postalCode": str(10_000 + number % 9_999), "phoneNumber": f"+46 {number}",
            "email": f"a{number}@example.com", "website": f"https://a{number}.example", "creditLimit": number}


def account(number):
    return {"@odata.type": "Microsoft.Dynamics.CRM.account", "name": f"Company number {number}",
            "accountnumber": f"C{number}", "address1_line1": f"Street {number}",
            "address1_city": f"City {number % 500}", "address1_postalcode": str(10_000 + number % 9_999),
            "telephone1": f"+46 {number}", "emailaddress1": f"a{number}@example.com", "customertypecode": 3,
            "revenue": number}


def measure_erp(erp, count):
    page = erp.json("GET", "customers?$top=1000")["value"]
    records = [f"customers({row['id']})" for row in page]
    some = page[500]
    yield "one record by id", shown(seconds(lambda: erp.send("GET", records[500])))
    for name in ("number", "email", "displayName", "phoneNumber"):
        path = f"customers?$filter={name} eq '{urllib.parse.quote(some[name])}'"
        first = seconds(lambda: erp.send("GET", path), 1)
        yield f"`{name} eq`", f"{shown(seconds(lambda: erp.send('GET', path)))} (first {shown(first)})"
    prefer = {"Prefer": "odata.maxpagesize=5000"}
    yield "a page of 5,000, all properties", shown(seconds(lambda: erp.send("GET", "customers", **prefer), 5))
    some_fields = "customers?$select=id,number,displayName,city,email,lastModifiedDateTime"
    yield "a page of 5,000, six properties", shown(seconds(lambda: erp.send("GET", some_fields, **prefer), 5))
    yield "a page of 20,000, all properties", shown(seconds(lambda: erp.send("GET", "customers"), 3))
    for record in records[:99]:
        write_one(erp, record)
    time.sleep(0.05)
    since = erp.json("GET", records[0])["lastModifiedDateTime"]
    path = f"customers?$filter=lastModifiedDateTime ge {since}"
    yield "`lastModifiedDateTime ge`, 99 changes", shown(seconds(lambda: erp.send("GET", path)))
    yield "`$orderby=displayName&$top=10`", shown(seconds(
        lambda: erp.send("GET", "customers?$orderby=displayName&$top=10"), 3))
    yield "a batch of 100 changes", shown(seconds(lambda: batch(erp, "PATCH", records[:100])))
    yield "a batch of 100 new records", shown(seconds(lambda: batch(erp, "POST", ["customers"] * 100), 5))
    yield "a page after that", shown(seconds(lambda: erp.send("GET", "customers?$top=10"), 3))
    yield "requests a second: one record read", f"{ceiling(erp, read_one, records):,.0f}"
    yield "requests a second: one record changed", f"{ceiling(erp, write_one, records):,.0f}"


def measure_crm(crm, count):
    page = crm.json("GET", "accounts?$top=1000")["value"]
    records = [f"accounts({row['accountid']})" for row in page]
    some = page[500]
    yield "one record by id", shown(seconds(lambda: crm.send("GET", records[500])))
    for name in ("accountnumber", "name", "emailaddress1"):
        path = f"accounts?$select=name&$filter={name} eq '{urllib.parse.quote(some[name])}'"
        first = seconds(lambda: crm.send("GET", path), 1)
        yield f"`{name} eq`", f"{shown(seconds(lambda: crm.send('GET', path)))} (first {shown(first)})"
    values = ",".join(f"'{row['accountnumber']}'" for row in page[:200])
    path = ("accounts?$select=name&$filter=Microsoft.Dynamics.CRM.In(PropertyName='accountnumber',"
            f"PropertyValues=[{values}])")
    yield "`In` of 200 numbers", shown(seconds(lambda: crm.send("GET", path)))
    yield "a page of 5,000, all columns", shown(seconds(lambda: crm.send("GET", "accounts"), 5))
    some_fields = "accounts?$select=name,accountnumber,address1_city,emailaddress1,modifiedon"
    yield "a page of 5,000, six columns", shown(seconds(lambda: crm.send("GET", some_fields), 5))
    answer = crm.json("GET", "accounts?$select=name", Prefer="odata.track-changes")
    while "@odata.nextLink" in answer:
        answer = crm.json("GET", answer["@odata.nextLink"], Prefer="odata.track-changes")
    delta = answer["@odata.deltaLink"]
    time.sleep(1.1)
    for record in records[:100]:
        write_one(crm, record)
    if len(crm.json("GET", delta)["value"]) != 100:
        sys.exit("a delta token did not give the changes")
    yield "delta token, 100 changes", shown(seconds(lambda: crm.send("GET", delta)))
    since = crm.json("GET", records[0])["modifiedon"]
    path = f"accounts?$select=name&$filter=modifiedon ge {since}"
    yield "`modifiedon ge`, 100 changes", shown(seconds(lambda: crm.send("GET", path)))
    yield "`$orderby=name&$top=10`", shown(seconds(
        lambda: crm.send("GET", "accounts?$select=name&$orderby=name&$top=10"), 3))
    yield "a batch of 1,000 changes", shown(seconds(lambda: batch(crm, "PATCH", records), 5))
    yield "a batch of 1,000 new records", shown(seconds(lambda: batch(crm, "POST", ["accounts"] * 1_000), 5))
    yield "requests a second: one record read", f"{ceiling(crm, read_one, records):,.0f}"
    yield "requests a second: one record changed", f"{ceiling(crm, write_one, records):,.0f}"


def run(program, side, count):
    """The figures of one stand-in at one size."""
    process = subprocess.Popen([program, "sandbox", "--json", "--records", "0"], stdout=subprocess.PIPE)
    try:
        stand_in = StandIn(side, json.loads(process.stdout.readline())[side])
        figures = {}
        way = "batches of 100" if side == "erp" else "`CreateMultiple` of 1,000"
        figures[f"records written a second, {way}"] = f"{fill(stand_in, count):,.0f}"
        figures["memory then"] = f"{megabytes(process):.0f} MB"
        figures |= dict((measure_erp if side == "erp" else measure_crm)(stand_in, count))
        figures["memory at the end"] = f"{megabytes(process):.0f} MB"
        return figures
    finally:
        process.terminate()
        process.wait()


def main(program, large=1_000_000):
    sizes = [SMALL, int(large)]
    for side, title in (("erp", "Business Central"), ("crm", "Dataverse")):
        columns = [run(os.path.abspath(program), side, size) for size in sizes]
        print(f"\n| {title} | " + " | ".join(f"{size:,} records" for size in sizes) + " |\n|---|---|---|")
        for name in columns[0]:
            print(f"| {name} | " + " | ".join(column[name] for column in columns) + " |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
