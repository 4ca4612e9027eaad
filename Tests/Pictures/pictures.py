"""Takes pictures of the desk's pages over sample data: light and dark, wide and narrow.

    pictures.py PROGRAM FOLDER [PAGE...]
"""

import json
import os
import subprocess
import sys
import tempfile

from browser import Browser

PAGES = [
    ("home", "/"),
    ("records", "/records/CUSTOMER"),
    ("record", "/records/CUSTOMER/show/10000"),
    ("coupling", "/records/CUSTOMER/coupling?key=10000"),
    ("synchronize", "/records/CUSTOMER/synchronize?key=10000"),
    ("matching", "/records/CUSTOMER/matching"),
    ("match-review", "/match"),
    ("conflicts", "/conflicts"),
    ("conflict", "first /conflicts/"),
    ("question", "first /questions/"),
    ("errors", "/errors"),
    ("error", "first /errors/"),
    ("plans", "/plans"),
    ("plan", "first /plans/"),
    ("jobs", "/jobs"),
    ("job", "first /jobs/"),
    ("mappings", "/mappings"),
    ("mapping", "/mappings/CUSTOMER"),
    ("review", "/review"),
    ("connections", "/connections"),
    ("connection", "/connections/erp"),
    ("users", "/users"),
    ("settings", "/settings"),
    ("account", "/account"),
    ("search", "/search?q=con"),
]

LISTS = {"/conflicts/": "/conflicts", "/questions/": "/conflicts", "/errors/": "/errors", "/plans/": "/plans", "/jobs/": "/jobs"}


def demo(program, folder):
    """Starts a demonstration with one record of every kind of trouble."""
    process = subprocess.Popen(
        [program, "demo", "--troubles", "--json", "--home", os.path.join(folder, "home")],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, "COUPLET_KEY_FILE": os.path.join(folder, "key")},
    )
    return process, json.loads(process.stdout.readline())["desk"]


def find(browser, base, wanted):
    """The address of a page; `first /x/` is the first one that the list of its kind leads to."""
    if not wanted.startswith("first "):
        return base + wanted
    prefix = wanted.removeprefix("first ")
    browser.open(base + LISTS[prefix])
    path = browser.run(f"document.querySelector('main a[href^=\"{prefix}\"]')?.getAttribute('href')")
    return base + path if path else None


def main():
    program, target, *names = sys.argv[1:]
    os.makedirs(target, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="couplet-pictures-") as folder:
        process, link = demo(program, folder)
        base = link.split("/sign-in/")[0]
        try:
            browser = Browser()
            browser.open(link)
            for name, wanted in PAGES:
                if names and name not in names:
                    continue
                address = find(browser, base, wanted)
                if not address:
                    print(f"nothing to show for {name}", file=sys.stderr)
                    continue
                for kind, width, height, dark in [("", 1280, 800, False), ("-dark", 1280, 800, True), ("-narrow", 360, 740, False)]:
                    browser.resize(width, height)
                    browser.scheme(dark)
                    browser.open(address)
                    browser.picture(os.path.join(target, f"{name}{kind}.png"))
            browser.close()
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
