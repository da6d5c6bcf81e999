"""Paging by the last row seen: page a thousand costs what page one does, and new rows shift nothing."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from config.kernel.errors import UnknownFilter

Order = Sequence[str]  # such as ("-placed_at", "-pk"): the last one makes it total


@dataclass(frozen=True)
class Slice:
    """One page of rows with the cursors to its neighbors; None where there are none."""

    rows: list
    before: str | None
    after: str | None


def page(
    rows: QuerySet, *, order: Order, size: int, after: str = "", before: str = "", of: str = ""
) -> Slice:  # fmt: skip
    """At most `size` rows after (or before) a cursor; `of` names the list where several have the same order.

    Raises UnknownFilter for a cursor that is not of this list.
    """
    backwards = bool(before)
    names = [_reversed(name) for name in order] if backwards else list(order)
    if cursor := before or after:
        rows = rows.filter(_beyond(names, _decode(cursor, order, rows.model, of)))
    found = list(rows.order_by(*names)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    first = _encode(found[0], order, of) if found and (more if backwards else after) else None
    last = _encode(found[-1], order, of) if found and (True if backwards else more) else None
    return Slice(found, first, last)


def _reversed(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _bare(name: str) -> str:
    return name.lstrip("-")


def _beyond(names: Order, values: list) -> Q:
    """Row-wise greater or smaller, each column in its own direction."""
    beyond, same = Q(pk__in=[]), Q()
    for name, value in zip(names, values, strict=True):
        way = "lt" if name.startswith("-") else "gt"
        beyond |= same & Q(**{f"{_bare(name)}__{way}": value})
        same &= Q(**{_bare(name): value})
    return beyond


def _encode(row, order: Order, of: str) -> str:
    values = [getattr(row, _bare(name)) for name in order]
    text = json.dumps([_bound(order, of), values], default=str)  # str keeps a moment's microseconds
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _bound(order: Order, of: str) -> list[str]:
    return [*([of] if of else []), *map(_bare, order)]


def _decode(cursor: str, order: Order, model, of: str) -> list:
    try:
        padded = cursor.encode() + b"=" * (-len(cursor) % 4)
        names, values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if names != _bound(order, of):
            raise ValueError(names)
        return [_typed(model, _bare(name), value) for name, value in zip(order, values, strict=True)]
    except (ValueError, TypeError, RecursionError, ValidationError, binascii.Error):
        raise UnknownFilter(_("This page address is not of this list. Start again at its first page.")) from None


def _typed(model, name: str, value):
    if isinstance(value, bool) or not isinstance(value, int | str) or "\0" in str(value):
        raise ValueError(value)
    str(value).encode()  # half a surrogate pair is no text either
    field = model._meta.pk if name == "pk" else _field(model, name)
    return field.to_python(value) if field else value


def _field(model, name: str):
    return next((field for field in model._meta.concrete_fields if field.name == name), None)
