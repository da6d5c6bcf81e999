"""API keys: `zg_live_` and eight signs that may be seen, an underscore, and 32 random bytes that may not."""

import hashlib
import re
import secrets
import string
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import events
from config.kernel.actors import Actor
from merchants.accounts.errors import AlreadyRevoked, NotAScope
from merchants.accounts.events import CredentialIssued, CredentialRevoked
from merchants.accounts.models import Credential
from merchants.accounts.permissions import KEY_SCOPES

SIGNS = string.ascii_lowercase + string.digits
MINUTE = timedelta(minutes=1)


@transaction.atomic
def issue(
    *, name: str, scopes: Iterable[str], expires_at: datetime | None, by: Actor, now: datetime
) -> tuple[Credential, str]:  # fmt: skip
    """Make a key for the acting merchant; the key itself is returned this once. Raises NotAScope.

    Nobody gives a key what they may not do themselves.
    """
    wanted = sorted(set(map(str, scopes)))
    if not wanted or not set(wanted) <= KEY_SCOPES & by.permissions:
        raise NotAScope(_("A key can be given scopes that you have yourself."), field="scopes")
    prefix = "zg_live_" + "".join(secrets.choice(SIGNS) for _place in range(8))
    key = f"{prefix}_{secrets.token_urlsafe(32)}"
    credential = Credential.objects.create(
        name=name, prefix=prefix, digest=digest(key), scopes=wanted, made_by=by.label, made_at=now,
        expires_at=expires_at,
    )  # fmt: skip
    ends = expires_at.isoformat() if expires_at else ""
    fact = CredentialIssued(
        credential_id=str(credential.public_id), prefix=prefix, scopes=wanted, expires_at=ends
    )  # fmt: skip
    events.record(fact, by=by, now=now)
    return credential, key


@transaction.atomic
def revoke(*, credential: Credential, by: Actor, now: datetime) -> Credential:
    """The key opens nothing from its next request on. Raises AlreadyRevoked."""
    credential = Credential.objects.locked().get(pk=credential.pk)
    if credential.revoked_at is not None:
        raise AlreadyRevoked(_("This key was revoked already."))
    credential.revoked_at, credential.revoked_by = now, by.label
    credential.save(update_fields=["revoked_at", "revoked_by"])
    fact = CredentialRevoked(credential_id=str(credential.public_id), prefix=credential.prefix)
    events.record(fact, by=by, now=now)
    return credential


def note_use(*, credential: Credential, now: datetime) -> None:
    """Remember when a key was last used, to the minute: not each request writes."""
    if credential.used_at is None or credential.used_at <= now - MINUTE:
        Credential.objects.filter(pk=credential.pk).update(used_at=now)


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


KEY = re.compile(r"(zg_live_[a-z0-9]{8})_[A-Za-z0-9_-]{43}")


def prefix_of(key: str) -> str | None:
    """The part of a key that finds it; None for what is no key."""
    found = KEY.fullmatch(key)
    return found and found[1]
