"""The official Python client of Dataverse creates accounts: one by one, then many at once.

    client.py BASE TOKEN-ADDRESS CLIENT-ID CLIENT-SECRET RECORDS

Prints one table row for each, as Markdown.
"""

import json
import sys
import time
import urllib.parse
import urllib.request

from azure.core.credentials import AccessToken, TokenCredential
from PowerPlatform.Dataverse.client import DataverseClient


class Credential(TokenCredential):
    """Asks the stand-in for a token."""

    def __init__(self, address, client_id, secret):
        self.address = address
        self.form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
        self.token = None

    def get_token(self, *scopes, **_):
        if self.token is None or self.token.expires_on < time.time() + 60:
            form = urllib.parse.urlencode(dict(self.form, scope=scopes[0])).encode()
            with urllib.request.urlopen(self.address, data=form, timeout=30) as answer:
                found = json.loads(answer.read())
            self.token = AccessToken(found["access_token"], int(time.time()) + int(found["expires_in"]))
        return self.token


def accounts(mark, count):
    """As many fields as Couplet writes of a new account, lookups aside."""
    return [
        {
            "name": f"{mark} {number} AB", "accountnumber": f"{mark}-{number}", "address1_line1": f"Storgatan {number}",
            "address1_city": "Göteborg", "address1_postalcode": "411 01", "address1_country": "SE",
            "telephone1": f"+46 31 {number:07d}", "emailaddress1": f"info@{mark.lower()}-{number}.example",
            "websiteurl": f"https://{mark.lower()}-{number}.example", "creditlimit": 2500, "customertypecode": 3,
            "paymenttermscode": 1, "address1_freighttermscode": 1,
        }
        for number in range(count)
    ]


def requests_so_far(base):
    with urllib.request.urlopen(f"{base}/_sandbox/stats", timeout=30) as answer:
        found = json.loads(answer.read())["requests"]
    return sum(line["count"] for line in found if "/_sandbox" not in line["path"])


def timed(title, base, count, body):
    before, began = requests_so_far(base), time.monotonic()
    made = body()
    seconds = time.monotonic() - began
    if made != count:
        sys.exit(f"{title}: {made} accounts instead of {count}")
    print(f"| {count:,} | {title} | {requests_so_far(base) - before:,} | {seconds:.1f} | {count / seconds:,.0f} |",
          flush=True)


def main(base, token_address, client_id, secret, count):
    with DataverseClient(base, Credential(token_address, client_id, secret)) as client:
        client.records.create("account", {"name": "First, so that what is asked once is asked"})
        single, many = accounts("Single", count), accounts("Bulk", count)
        timed("the Python client, in bulk", base, count, lambda: len(client.records.create("account", many)))
        timed("the Python client, one by one", base, count,
              lambda: len([client.records.create("account", account) for account in single]))


if __name__ == "__main__":
    main(*sys.argv[1:5], int(sys.argv[5]))
