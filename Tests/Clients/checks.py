"""Counts what was checked, and says each check in one line."""

import traceback


class Checks:
    """The checks of one run."""

    def __init__(self):
        self.passed = 0
        self.failures = []
        self._group = ""

    def equal(self, what, got, wanted):
        """What was got must equal what was wanted."""
        self._note(what, got == wanted, f"got {got!r}, not {wanted!r}")

    def true(self, what, holds, detail=""):
        """Something must hold."""
        self._note(what, bool(holds), str(detail))

    def raises(self, what, kind, body, **attributes):
        """A call must fail with an error of that kind and with these attributes."""
        try:
            body()
        except kind as error:
            got = {name: getattr(error, name, None) for name in attributes}
            self._note(what, got == attributes, f"got {got!r}, not {attributes!r}")
        except Exception as error:  # another kind is what the check is about
            self._note(what, False, f"raised {type(error).__name__}: {error}")
        else:
            self._note(what, False, "nothing was raised")

    def group(self, name, scenarios, *arguments):
        """Runs scenarios one after the other; an error ends its scenario only."""
        self._group = name
        for scenario in scenarios:
            try:
                scenario(self, *arguments)
            except Exception as error:
                place = traceback.extract_tb(error.__traceback__)
                line = next((frame.lineno for frame in place if frame.name == scenario.__name__), 0)
                title = scenario.__name__.replace("_", " ")
                self._note(title, False, f"line {line}: {type(error).__name__}: {error}")

    def summary(self, expected):
        """Prints the count; whether all is well."""
        count = self.passed + len(self.failures)
        print(f"{self.passed} of {count} checks passed, {expected} expected", flush=True)
        for line in self.failures:
            print(f"  {line}", flush=True)
        return not self.failures and self.passed >= expected

    def _note(self, what, holds, detail):
        if holds:
            self.passed += 1
            print(f"ok    {self._group}: {what}", flush=True)
        else:
            self.failures.append(f"{self._group}: {what}: {detail}")
            print(f"FAIL  {self._group}: {what}: {detail}", flush=True)
