"""Keys that scripts show: made, told from forged ones, and taken back.

A key is ``fck_<prefix>_<secret>``. Its secret has 256 random bits, so a plain SHA-256 of the
whole key is enough to keep: there is nothing to guess that a slow hash would have to protect.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from claims.choices import Scope
from claims.models import ApiKey
from claims.models.access import PREFIX_LENGTH
from claims.services.actors import Actor
from claims.services.errors import InvalidTransition, NotAllowed, NotReady

MAKE = "claims.add_apikey"
MANAGE = "claims.manage_api_keys"

FORM = re.compile(r"fck_([a-z0-9]{8})_[A-Za-z0-9_-]{43}")
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
SECRET_BYTES = 32
NOTED_EVERY = timedelta(minutes=1)
"""How exactly the last use is known: not every request writes a row."""


@transaction.atomic
def create_key(
    *,
    actor: Actor,
    name: str,
    scopes: Iterable[str],
    owner: User | None = None,
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """Make a key for oneself or, with the right to, for ``owner``; the key is returned this once.

    Raises NotAllowed, or NotReady without a name, without scopes or with an end that is past.
    """
    user = actor.require(MAKE)
    owner = owner or user
    if owner != user:
        actor.require(MANAGE)
    wanted = sorted(set(scopes))
    lacking = []
    if not name.strip():
        lacking.append("a name is needed that says what uses the key")
    if not wanted or not set(wanted) <= set(Scope.values):
        lacking.append(f"one or more of the scopes {', '.join(Scope.values)} are needed")
    if expires_at is not None and expires_at <= timezone.now():
        lacking.append("an end that is yet to come is needed")
    if lacking:
        raise NotReady(lacking)
    prefix = "".join(secrets.choice(ALPHABET) for _ in range(PREFIX_LENGTH))
    key = f"fck_{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"
    row = ApiKey.objects.create(
        owner=owner,
        name=name.strip()[:100],
        prefix=prefix,
        digest=digest_of(key),
        scopes=wanted,
        expires_at=expires_at,
    )
    return row, key


@transaction.atomic
def revoke(key: ApiKey, *, actor: Actor) -> ApiKey:
    """Take a key back, for good: one's own or, with the right to, another's."""
    user = actor.require(MAKE)
    row = ApiKey.objects.select_for_update(of=("self",)).get(pk=key.pk)
    if row.owner_id != user.pk:
        actor.require(MANAGE)
    if row.revoked_at is not None:
        raise InvalidTransition("This key has been revoked already.")
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    return row


def keys_for(user: User) -> QuerySet[ApiKey]:
    """The keys that ``user`` may see: their own, or everybody's."""
    found = ApiKey.objects.select_related("owner")
    return found if user.has_perm(MANAGE) else found.filter(owner=user)


def authenticate(shown: str) -> ApiKey:
    """The key that was shown, with its owner; its use is noted. Raises NotAllowed."""
    matched = FORM.fullmatch(shown)
    row = (
        ApiKey.objects.select_related("owner").filter(prefix=matched[1]).first()
        if matched
        else None
    )
    if row is None or not hmac.compare_digest(row.digest, digest_of(shown)):
        raise NotAllowed("This is no key of this desk.")
    now = timezone.now()
    if row.revoked_at is not None:
        raise NotAllowed("This key has been revoked.")
    if row.expires_at is not None and row.expires_at <= now:
        raise NotAllowed("This key has expired.")
    if not row.owner.is_active:
        raise NotAllowed("The owner of this key no longer works here.")
    if row.last_used_at is None or now - row.last_used_at >= NOTED_EVERY:
        stale = Q(last_used_at=None) | Q(last_used_at__lte=now - NOTED_EVERY)
        ApiKey.objects.filter(stale, pk=row.pk).update(last_used_at=now)
    return row


def digest_of(key: str) -> str:
    """What is kept of a key: its SHA-256 in hexadecimal."""
    return hashlib.sha256(key.encode()).hexdigest()
