"""Measures a plan of many steps: made, shown, carried out; time and memory of the program.

    plan.py PROGRAM [RECORDS ...]

For each number of customers both stand-ins are started, codes are coupled, and the program plans to create an account for
every customer, shows every step of the plan, and carries it out.
"""

import sys
import tempfile

from measure import couple_codes
from program import Couplet, stand_ins


def row(records, title, result, steps):
    print(f"| {records:,} | {title} | {steps:,} | {result.seconds:.1f} | {result.processor:.1f} | "
          f"{result.megabytes:.0f} |", flush=True)


def measure(program, records):
    with stand_ins(program, records) as (_, systems), tempfile.TemporaryDirectory() as home:
        couplet = Couplet(program, home)
        couplet.connect(systems)
        couple_codes(couplet)
        read = couplet.run("list", "CUSTOMER", "--coupled", "yes")
        row(records, "read both tables", read, 0)
        made = couplet.run("match", "CUSTOMER", "--create-unmatched", "--sync", "to", "--preview", kept=False)
        row(records, "make the plan", made, records)
        number = couplet.run("plan", "list").document["plans"][0]["id"]
        shown = couplet.run("plan", "show", str(number), kept=False, people=True)
        row(records, "show the plan", shown, shown.lines)
        applied = couplet.run("plan", "apply", str(number))
        row(records, "carry it out", applied, applied.count("inserted"))
        if applied.count("inserted") != records:
            sys.exit(f"{applied.count('inserted')} records were created, not {records}")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    print("| customers | what | steps | seconds | of these CPU | MB |\n|---|---|---|---|---|---|", flush=True)
    for records in [int(text) for text in sys.argv[2:]] or [10_000, 100_000]:
        measure(sys.argv[1], records)


if __name__ == "__main__":
    main()
