"""Journeys through the desk in a headless Chromium, in English and in Swedish, over stand-ins of both systems.

    journeys.py PROGRAM [LANGUAGE...]

Everything is found by what it does, not by what it says, so that the same steps hold in every language; what pages say
is compared with what they must not say.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

from browser import Browser


class Journey:
    """One desk, its systems, and somebody in front of it."""

    def __init__(self, program, folder, language):
        environment = {**os.environ, "COUPLET_KEY_FILE": f"{folder}/key", "COUPLET_HOME": f"{folder}/home"}

        def start(*arguments):
            process = subprocess.Popen([program, *arguments, "--json"], stdout=subprocess.PIPE, text=True, env=environment)
            return process, json.loads(process.stdout.readline())

        self.serve, desk = start("serve", "--on-request-only", "--listen", "127.0.0.1:0")
        self.base, self.password = desk["desk"], desk["administrator"]["password"]
        # The forms of the stand-ins lead to the desk.
        self.sandbox, self.systems = start("sandbox", "--records", "20", "--desk", self.base)
        self.language = language
        self.browser = Browser(language=language)

    def close(self):
        """Ends everything."""
        self.browser.close()
        for process in (self.serve, self.sandbox):
            process.terminate()
            process.wait()

    # What the person does.

    def open(self, path):
        self.browser.open(self.base + path)
        assert self.browser.run("document.documentElement.lang") == self.language
        for sign in ("[[", "{{", "Optional("):
            assert sign not in self.text(), f"{sign} on {path}"

    def path(self):
        return self.browser.run("location.pathname")

    def text(self):
        return self.browser.run("document.querySelector('main').innerText")

    def has(self, selector):
        return self.browser.run(f"Boolean(document.querySelector({json.dumps(selector)}))")

    def fill(self, selector, value=None):
        change = "e.checked = true" if value is None else f"e.value = {json.dumps(value)}"
        found = self.browser.run(f"(e => e && ({change}, true))(document.querySelector({json.dumps(selector)}))")
        assert found, f"{selector} is not on {self.path()}: {self.text()}"

    def press(self, selector, to=None):
        self.browser.click(selector)
        while self.path().startswith("/actions/"):
            self.browser.open(self.browser.run("location.href"))
        if to is not None:
            assert self.path() == to or to.endswith("/") and self.path().startswith(to), f"{self.path()}: {self.text()}"

    def first(self, path):
        self.open(path)
        found = self.browser.run("document.querySelector('tbody a')?.getAttribute('href')")
        assert found, f"nothing on {path}: {self.text()}"
        return found, found.rsplit("/", 1)[1]

    # What happens in the systems meanwhile.

    def rows(self, side, table):
        address = f"{self.systems[side]['baseURL']}/_sandbox/records/{table}"
        with urllib.request.urlopen(address) as answer:
            return json.load(answer)

    def edit(self, side, table, row):
        request = urllib.request.Request(
            f"{self.systems[side]['baseURL']}/_sandbox/records/{table}",
            json.dumps(row).encode(), {"Content-Type": "application/json"}, method="POST",
        )
        urllib.request.urlopen(request).close()

    def customer(self, number):
        return next(row for row in self.rows("erp", "customers") if row["number"] == number)

    def account(self, number):
        return next(row for row in self.rows("crm", "accounts") if row.get("accountnumber") == number)

    # The journeys.

    def sign_in(self):
        self.open("/")
        assert self.path() == "/sign-in"
        self.fill("input[name=name]", "admin")
        self.fill("input[name=password]", self.password)
        self.press("button.primary", "/password")
        self.fill("input[name=present]", self.password)
        for name in ("new", "again"):
            self.fill(f"input[name={name}]", "correct horse battery")
        self.press("button.primary", "/")

    def first_set_up(self):
        for side in ("erp", "crm"):
            system = self.systems[side]
            self.open("/connections/new")
            self.fill("select[name=side]", side)
            values = {
                "name": side, "url": system["baseURL"], "company": system.get("companyId", ""),
                "tokenURL": system["tokenURL"], "clientID": system["clientId"], "secret": system["clientSecret"],
            }
            for name, value in values.items():
                self.fill(f"input[name={name}]", value)
            self.press("form.card button.primary", "/connections")
        self.press("button[name=do][value=test]", "/connections")
        assert self.has(".banner.good"), self.text()
        self.open("/records/CUSTOMER")
        assert not self.has("button[formaction$='/synchronize']"), "nothing to press while Couplet only reads"
        self.open("/connections")
        self.press("button[name=do][value=enable]", "/connections")
        self.open("/records/CUSTOMER")
        assert self.has("button[formaction$='/synchronize']")

    def match_review(self):
        for mapping, values in (("SALESPEOPLE", "from"), ("CUSTOMER", "to")):
            self.open(f"/records/{mapping}/matching")
            self.fill("select[name=synchronization]", values)
            if mapping == "CUSTOMER":
                self.fill("input[name=creates]")
            self.press("form[action$='/matching'] button.primary", "/plans/")
            assert self.has("ul.steps li"), self.text()
            self.press("button[value=apply]", "/plans")
        assert len(self.rows("crm", "accounts")) >= 20

    def synchronize_one(self):
        path, number = self.first("/records/CUSTOMER?coupled=yes&state=inSync")
        self.edit("erp", "customers", {"id": self.customer(number)["id"], "displayName": "Changed in the ERP"})
        self.open(path + "?refresh=1")
        assert self.has("td.changed"), self.text()
        self.press("main a[href*='/synchronize?key=']")
        assert "Changed in the ERP" in self.text()
        self.fill("input[name=direction][value=toIntegrationTable]")
        self.press("form[action$='/synchronize'] button.primary", path)
        assert not self.has("td.changed"), self.text()
        assert self.account(number)["name"] == "Changed in the ERP"
        self.press("form[action='/undo'] button", "/plans/")
        self.press("button[value=apply]", "/plans")
        assert self.account(number)["name"] != "Changed in the ERP"

    def synchronize_all(self):
        self.open("/records/CUSTOMER/synchronize")
        self.press("form[action$='/synchronize'] button.primary", "/records/CUSTOMER")

    def settle_conflict(self):
        _, number = self.first("/records/CUSTOMER?coupled=yes&state=inSync&refresh=1")
        self.edit("erp", "customers", {"id": self.customer(number)["id"], "phoneNumber": "111"})
        self.edit("crm", "accounts", {"accountid": self.account(number)["accountid"], "telephone1": "222"})
        self.synchronize_all()
        self.open("/conflicts")
        self.press("main a[href^='/conflicts/']", "/conflicts/")
        assert "111" in self.text() and "222" in self.text()
        self.fill("input[type=radio][value=erp]")
        self.press("form[action^='/conflicts/'] button.primary", "/conflicts")
        assert (self.customer(number)["phoneNumber"], self.account(number)["telephone1"]) == ("111", "111")

    def approve_plan(self):
        """What a synchronization would do is shown, found again among what waits, and done when it is approved."""
        _, number = self.first("/records/CUSTOMER?coupled=yes&state=inSync&refresh=1")
        self.edit("erp", "customers", {"id": self.customer(number)["id"], "addressLine1": "Approved Street 1"})
        self.open("/records/CUSTOMER/synchronize")
        self.press("form[action$='/synchronize'] button[name=preview]", "/plans/")
        plan = self.path()
        assert self.account(number)["address1_line1"] != "Approved Street 1"
        self.open("/plans")
        self.press(f"main a[href='{plan}']", plan)
        assert "Approved Street 1" in self.text(), self.text()
        self.press("button[value=apply]", "/plans")
        assert self.account(number)["address1_line1"] == "Approved Street 1"

    def synchronize_several(self):
        self.open("/records/CUSTOMER?coupled=yes")
        self.browser.run("document.querySelector('input[data-all]').click()")
        self.press("button[formaction$='/synchronize']", "/records/CUSTOMER/synchronize")
        self.press("form[action$='/synchronize'] button.primary", "/records/CUSTOMER")

    def uncoupled(self):
        path, number = self.first("/records/CUSTOMER?coupled=yes&state=inSync&refresh=1")
        self.open(path)
        self.press("main a[href*='/uncouple?key=']")
        self.press("form[action$='/uncouple'] button.primary", path)
        self.press("main a[href*='/coupling?key=']")
        return path, number

    def couple_existing(self):
        path, _ = self.uncoupled()
        self.fill("input[name=with]")
        self.fill("input[name=choice][value=erp]")
        self.press("form[method=post][action$='/coupling'] button.primary", path)
        assert self.has("main a[href*='/uncouple?key=']"), self.text()

    def create_and_couple(self):
        path, _ = self.uncoupled()
        before = len(self.rows("crm", "accounts"))
        self.fill("input[name=with][value=create]")
        self.press("form[method=post][action$='/coupling'] button.primary", path)
        assert len(self.rows("crm", "accounts")) == before + 1, self.text()

    def clear_error(self):
        _, number = self.first("/records/CUSTOMER?coupled=yes&state=inSync&refresh=1")
        account = self.account(number)
        # The CRM takes longer names than the ERP.
        self.edit("crm", "accounts", {"accountid": account["accountid"], "name": "long " * 28 + "name"})
        self.synchronize_all()
        self.open("/errors")
        assert self.has("tbody tr"), self.text()
        self.edit("crm", "accounts", {"accountid": account["accountid"], "name": account["name"]})
        self.press("form[action='/errors'] button", "/errors")
        assert not self.has("tbody tr"), self.text()

    def edit_mapping(self):
        """A filter is checked while it is typed, and a field's settings are saved from its form."""
        self.open("/mappings/CUSTOMER")
        wrong = """new Promise(done => {
            const form = document.querySelector("form[data-check]"), field = form.elements.erpFilter;
            new MutationObserver(() => done(form.querySelector("[data-outcome]").innerText))
                .observe(form.querySelector("[data-outcome]"), { childList: true });
            field.value = VALUE;
            field.dispatchEvent(new Event("input", { bubbles: true }));
        })"""
        filtered = self.browser.run("document.querySelector('textarea[name=erpFilter]').value")
        assert "nowhere" in self.browser.run(wrong.replace("VALUE", json.dumps("nowhere = 1")))
        assert self.browser.run(wrong.replace("VALUE", json.dumps(filtered))) == ""
        self.press("main td a[href*='/field?field=phoneNumber']", "/mappings/CUSTOMER/field")
        self.browser.run("document.querySelector('input[name=keepsTarget]').checked = true")
        self.press("form[data-check] button[value=apply]", "/mappings/CUSTOMER/field")
        assert self.has(".banner.good") and self.has("input[name=keepsTarget][checked]"), self.text()

    def audit_log(self):
        """What was done is there, and whole."""
        self.open("/audit?event=mapping")
        assert "CUSTOMER" in self.text(), self.text()
        self.press("button[name=check]", "/audit")
        assert self.has(".banner.good"), self.text()

    def open_from_crm(self):
        """From an account's form to the customer's card, which does not exist at first."""
        self.edit("crm", "accounts", {"name": "From the CRM", "customertypecode": 3})
        account = next(row for row in self.rows("crm", "accounts") if row["name"] == "From the CRM")
        base = self.systems["crm"]["baseURL"]
        form = f"{base}/main.aspx?pagetype=entityrecord&etn=account&id={account['accountid']}"
        link = f"/open/dataverse/account/{account['accountid']}"
        before = len(self.rows("erp", "customers"))

        def from_form(path):
            self.browser.open(form)
            assert self.browser.run("document.documentElement.lang") == self.language
            self.press("a[data-do=open]", path)

        # The mapping leaves uncoupled records alone: the page says so and offers the dialog.
        from_form(link)
        assert self.has("main a[href*='/CUSTOMER/coupling?key=']") and not self.has("form[action^='/open/']"), self.text()
        self.open("/mappings/CUSTOMER")
        self.browser.run("document.querySelector('input[name=onlyCoupled]').checked = false")
        self.press("form[action$='/settings'] button[value=apply]", "/mappings/CUSTOMER/settings")
        # Now it says what would be done, does it when that is confirmed, and leads there.
        from_form(link)
        assert "From the CRM" in self.text() and len(self.rows("erp", "customers")) == before
        self.press("form[action^='/open/'] button.primary", link)
        assert len(self.rows("erp", "customers")) == before + 1, self.text()
        self.press("main a.button.primary")
        assert self.browser.run("location.origin") == self.systems["erp"]["baseURL"], self.browser.run("location.href")
        assert "From the CRM" in self.text()
        # From then on the form leads to the card at once, and the card back.
        self.browser.open(form)
        self.press("a[data-do=open]", "/")
        assert "From the CRM" in self.text()
        self.press("a[data-do=open]", "/main.aspx")
        assert "From the CRM" in self.text()
        # The card's other actions lead to the desk's dialogs, and the list's for all that are ticked.
        self.browser.open(self.systems["erp"]["baseURL"] + "/?page=22")
        self.browser.run("document.querySelectorAll('input[name=id]').forEach((box, n) => { box.checked = n < 2; })")
        self.press("button[value=synchronize]", "/records/CUSTOMER/synchronize")
        # Somebody who has to sign in first comes to the card all the same.
        self.open("/account")
        self.press("form[action='/sign-out'] button", "/sign-in")
        from_form("/sign-in")
        self.fill("input[name=name]", "admin")
        self.fill("input[name=password]", "correct horse battery")
        self.browser.click("button.primary")
        if self.browser.run("location.origin") == self.base:
            # The page in between goes on by itself.
            self.browser.wait_for("Page.loadEventFired")
        assert self.browser.run("location.origin") == self.systems["erp"]["baseURL"], self.browser.run("location.href")
        self.web_resource(form, account["accountid"])

    def web_resource(self, form, account):
        """The command that is installed in the CRM makes the address that the stand-in's form has."""
        self.browser.open(form)
        script = pathlib.Path(__file__).parents[2] / "integrations/dataverse/couplet_desk.js"
        opened = self.browser.run(
            "globalThis.Xrm = { Navigation: { openUrl: address => address } };"
            + script.read_text().replace("var Couplet = Couplet || {};", "globalThis.Couplet = {};")
            + f"(name => [name, document.querySelector('a[data-do=open]').href])(Couplet.address({json.dumps(self.base)},"
            + f"'account', [{json.dumps('{' + account.upper() + '}')}], 'open'))"
        )
        assert opened[0] == opened[1], opened

    def switch_language(self):
        self.open("/search?q=common%20data%20service")
        assert self.has("main a[href='/connections']"), self.text()
        self.press(".who button")
        assert self.browser.run("document.documentElement.lang") != self.language

    def go(self):
        """All journeys, one after the other."""
        steps = [
            self.sign_in, self.first_set_up, self.match_review, self.synchronize_one, self.settle_conflict,
            self.approve_plan, self.synchronize_several, self.couple_existing, self.clear_error,
            self.create_and_couple, self.edit_mapping, self.audit_log, self.open_from_crm, self.switch_language,
        ]
        for step in steps:
            step()
            print(f"{self.language}: {step.__name__.replace('_', ' ')}", flush=True)


def main():
    program, *languages = sys.argv[1:]
    for language in languages or ["en", "sv"]:
        with tempfile.TemporaryDirectory(prefix="couplet-journey-") as folder:
            journey = Journey(program, folder, language)
            try:
                journey.go()
            finally:
                journey.close()


if __name__ == "__main__":
    main()
