"""An act that is sent twice is done once: whoever sends the same key again gets the first answer again.

The lock is held for the length of the transaction and asks nothing of a dead process, so there is no half-done key:
the answer is kept in the transaction of the effect, or neither is.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from config.kernel.errors import DomainError
from config.kernel.transactions import alone_where_free

KEY = re.compile(r"[!-~]{1,255}")
KEPT_HEADERS = ("Content-Type", "Cache-Control", "ETag", "Location")
REPLAYED = "Idempotency-Replayed"
# the same request would be refused again, or has its answer; not 412: with the ETag read anew it may be done
DETERMINISTIC = {400, 404, 409, 422}


class InProgress(DomainError):
    code = "idempotency_in_progress"
    status = 409


class KeyReused(DomainError):
    code = "idempotency_key_reused"
    status = 422


class KeyMalformed(DomainError):
    code = "idempotency_key_malformed"
    status = 400


@dataclass(frozen=True)
class Answer:
    """What was answered, to the byte; `digest` is of the request."""

    digest: str
    status: int
    headers: dict[str, str]
    body: str


class Store(Protocol):
    def find(self, *, credential: int, key: str) -> Answer | None: ...

    def keep(self, *, credential: int, key: str, answer: Answer, now: datetime) -> None: ...


_stores: list[Store] = []


def keep_in(store: Store) -> None:
    """Name the one place where answers are kept; `activity` does so when it is ready."""
    _stores[:] = [store]


def key_of(request) -> str | None:
    """Raises KeyMalformed."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not KEY.fullmatch(key):
        raise KeyMalformed(_("An Idempotency-Key has 1 to 255 visible ASCII signs."))
    return key


def digest_of(request) -> str:
    """Of method, route and body; of a file that was the body its own is known."""
    body = getattr(request, "file_digest", None) or request.body
    parts = [request.method.encode(), request.get_full_path().encode(), body]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


def once(request, *, key: str, now: datetime, act: Callable[[], HttpResponse]) -> HttpResponse:
    """The first answer to this key. `act` turns refusals into answers itself, and undoes what it did before them.

    Raises InProgress while the first still runs, KeyReused for a key that came with another request.
    """
    (store,) = _stores
    named, digest = {"credential": request.credential, "key": key}, digest_of(request)
    with transaction.atomic():
        if not alone_where_free([f"idempotency {request.credential} {key}"]):
            raise InProgress(_("The first request with this Idempotency-Key still runs. Ask again in a moment."))
        if known := store.find(**named):
            if known.digest != digest:
                raise KeyReused(_("This Idempotency-Key came with another request before."))
            return _again(known)
        response = act()
        if response.status_code < 300 or response.status_code in DETERMINISTIC:
            headers = {name: response[name] for name in KEPT_HEADERS if response.has_header(name)}
            answer = Answer(digest, response.status_code, headers, response.content.decode())
            store.keep(**named, answer=answer, now=now)
        return response


def _again(known: Answer) -> HttpResponse:
    headers = known.headers | {REPLAYED: "true"}
    return HttpResponse(known.body.encode(), status=known.status, headers=headers)
