"""Runs every client's scenarios against stand-ins of their own.

    run.py PROGRAM CERTIFICATE KEY FOLDER

The certificate is trusted through REQUESTS_CA_BUNDLE; the folder is for what a client wants to keep.
"""

import logging
import signal
import sys
import warnings

import dlt_scenarios

# A run with fewer checks has lost some.
EXPECTED = 144


def main(program, certificate, key, folder):
    dlt_scenarios.keep_to_itself(folder)
    # Imported only now: what a library reads from the environment is set above.
    import azure_scenarios
    import business_central_scenarios
    import dataverse_batches
    import dataverse_queries
    import dataverse_records
    import dataverse_tables
    from checks import Checks
    from stand_ins import stand_ins

    # Who is told to end ends the stand-ins first.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    warnings.simplefilter("ignore")
    logging.getLogger("azure").setLevel(logging.CRITICAL)
    checks = Checks()
    with stand_ins(program, certificate, key) as (erp, crm):
        checks.group("azure-identity, Dataverse", azure_scenarios.SCENARIOS, crm)
        checks.group("azure-identity, Business Central", azure_scenarios.SCENARIOS, erp)
        checks.group("Business Central client", business_central_scenarios.SCENARIOS,
                     business_central_scenarios.Company(erp))
        checks.group("dlt", dlt_scenarios.SCENARIOS, erp)
        with dataverse_records.connected(crm) as client:
            checks.group("Dataverse client, records", dataverse_records.SCENARIOS, client, crm)
            checks.group("Dataverse client, queries", dataverse_queries.SCENARIOS, client, crm)
            checks.group("Dataverse client, batches", dataverse_batches.SCENARIOS, client, crm)
            checks.group("Dataverse client, tables", dataverse_tables.SCENARIOS, client, crm)
        report_gaps(erp, crm)
    return 0 if checks.summary(EXPECTED) else 1


def report_gaps(*systems):
    """Says what was asked for that a stand-in does not know."""
    for system in systems:
        for line in system.statistics().get("unknown", []):
            print(f"gap   {system.base}: {line['method']} {line['path']} ({line['count']})", flush=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
