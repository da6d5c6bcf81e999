"""Columns that say something about a person: each names its class and its purpose, the secret ones are encrypted.

Erasure, export and masking go by these labels; a test finds the column that has none.
"""

import base64
import hmac
import secrets
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE = 12  # bytes, as NIST SP 800-38D recommends for GCM


@dataclass(frozen=True)
class Pii:
    """`kind` is the class (identity, contact, location, opinion), `purpose` what we keep it for."""

    kind: str
    purpose: str


def personal(field: models.Field, *, kind: str, purpose: str) -> models.Field:
    """Label a column."""
    field.pii = Pii(kind, purpose)
    return field


class Undecipherable(RuntimeError):
    """A value was encrypted with a key that DATA_KEY no longer holds, or was changed since."""


def encrypt(text: str) -> str:
    """`key id . base64url(nonce + AES-256-GCM)`; empty stays empty."""
    if not text:
        return ""
    key_id, key = settings.DATA_KEYS[0]
    nonce = secrets.token_bytes(NONCE)
    sealed = nonce + AESGCM(key).encrypt(nonce, text.encode(), key_id.encode())
    return f"{key_id}.{base64.urlsafe_b64encode(sealed).decode()}"


def decrypt(stored: str) -> str:
    """Raises Undecipherable."""
    if not stored:
        return ""
    key_id, _, encoded = stored.partition(".")
    try:
        sealed = base64.urlsafe_b64decode(encoded)
        return (
            AESGCM(dict(settings.DATA_KEYS)[key_id]).decrypt(sealed[:NONCE], sealed[NONCE:], key_id.encode()).decode()
        )
    except (KeyError, ValueError, InvalidTag):
        raise Undecipherable(f"key {key_id!r}: put the key it was written with into DATA_KEY") from None


class EncryptedField(models.TextField):
    """Text that the database and its backups hold encrypted; it can be shown, but not searched."""

    def get_prep_value(self, value):
        return encrypt(super().get_prep_value(value) or "")

    def from_db_value(self, value, expression, connection):
        return value if value is None else decrypt(value)


def token(text: str) -> str:
    """What an encrypted value is found by: HMAC-SHA256 of its normal form under the newest data key."""
    normal = unicodedata.normalize("NFKC", text).strip().casefold()
    return hmac.new(settings.DATA_KEYS[0][1], normal.encode(), "sha256").hexdigest() if normal else ""


def phone_tokens(phone: str) -> tuple[str, str]:
    """Of the full number and of its last four digits."""
    digits = "".join(filter(str.isdigit, unicodedata.normalize("NFKC", phone)))
    return token(digits), token(f"tail:{digits[-4:]}") if len(digits) >= 4 else ""


def masked(text: str, *, shown: int = 2) -> str:
    """The end of a value behind dots, for pages that need not show it whole; of a shorter value nothing."""
    end = text[len(text) - shown :] if len(text) > shown else ""
    return "••••••" + end if text else ""
