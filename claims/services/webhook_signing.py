"""Secrets of webhooks and the signatures made with them, as Standard Webhooks has it.

A secret is not stored. It is derived from a random seed, which the endpoint's row has, and
SECRET_KEY, which the database has not: whoever reads the one without the other signs nothing.
"""

import base64
import secrets
from datetime import datetime

from django.utils.crypto import salted_hmac
from standardwebhooks import Webhook

from claims.models import WebhookEndpoint
from claims.models.webhook import SEED_LENGTH

SALT = "claims.services.webhook_signing"


def new_seed() -> str:
    """What a secret is derived from."""
    return secrets.token_hex(SEED_LENGTH // 2)


def secret_of(seed: str) -> str:
    """The secret of a seed, as a receiver wants it: `whsec_` and 32 bytes in base64."""
    derived = salted_hmac(SALT, seed, algorithm="sha256").digest()
    return f"whsec_{base64.b64encode(derived).decode()}"


def signed_headers(
    endpoint: WebhookEndpoint, *, message_id: str, body: bytes, at: datetime
) -> dict[str, str]:
    """The three headers of one attempt at ``at`` (aware).

    For some time after a rotation there are two signatures, the newer first: a receiver takes
    the message if it knows either secret.
    """
    seeds = [endpoint.secret_seed]
    if endpoint.former_seed and endpoint.former_until and endpoint.former_until > at:
        seeds.append(endpoint.former_seed)
    signatures = [
        Webhook(secret_of(seed)).sign(msg_id=message_id, timestamp=at, data=body.decode())
        for seed in seeds
    ]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
