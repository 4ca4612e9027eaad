"""azure-identity: tokens for a client with a secret."""

import time

from azure.core.exceptions import ClientAuthenticationError
from azure.identity import ClientSecretCredential

from stand_ins import TENANT


def credential(system, secret=None):
    """The credential for a stand-in."""
    return ClientSecretCredential(
        TENANT,
        system.client_id,
        secret or system.client_secret,
        authority=system.base,
        disable_instance_discovery=True,
    )


def a_token_is_issued_and_kept(checks, system):
    holder = credential(system)
    token = holder.get_token(f"{system.base}/.default")
    checks.true("a token is issued", token.token)
    left = token.expires_on - time.time()
    checks.true("it is valid for about an hour", 3500 < left <= 3600, left)
    checks.equal("it is kept", holder.get_token(f"{system.base}/.default").token, token.token)


def a_wrong_secret_is_refused(checks, system):
    try:
        credential(system, "wrong").get_token(f"{system.base}/.default")
        checks.true("a wrong secret is refused", False, "a token was issued")
    except ClientAuthenticationError as error:
        checks.true("a wrong secret is refused", "AADSTS7000215" in str(error), error)


SCENARIOS = [a_token_is_issued_and_kept, a_wrong_secret_is_refused]
