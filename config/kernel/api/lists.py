"""A page of a list: filters as the pages have them, and the rows after a place (keyset), never a number of pages."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django_filters import FilterSet
from rest_framework.exceptions import ValidationError as NotOne

from config.kernel import keyset
from config.kernel.api.fields import Moment
from config.kernel.errors import UnknownFilter
from config.kernel.filters import checked, refuse_unknown

SIZE, MOST = 100, 200
PLACE = ("after", "size", "updated_since")


@dataclass(frozen=True)
class Listing:
    """What a list can: its name binds its cursors, `updated` is the column that `updated_since` goes by.

    A list with `updated` is in the order of that column, so that whoever reads on meets what has changed meanwhile.
    """

    name: str
    order: keyset.Order
    filterset: type[FilterSet] | None = None
    updated: str = ""


def page(
    query: QueryDict, rows: QuerySet, *, of: Listing, filterset: type[FilterSet] | None
) -> keyset.Slice:  # fmt: skip
    """Raises UnknownFilter (400) for what the list does not have, and for a cursor of another list."""
    size, since = _size(query.get("size")), _since(query.get("updated_since"), of)
    beside = PLACE if of.updated else PLACE[:2]
    if filterset:
        rows = checked(query, filterset, rows, beside=beside).qs
    else:
        refuse_unknown(query, beside)
    if since:
        rows = rows.filter(**{f"{of.updated}__gte": since})
    return keyset.page(rows, order=of.order, size=size, after=query.get("after", ""), of=of.name)


def _size(text: str | None) -> int:
    if text is None:
        return SIZE
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= MOST and len(text) < 4):
        raise UnknownFilter(_("A page has 1 to %(most)s rows.") % {"most": MOST}, field="size")
    return int(text)


def _since(text: str | None, of: Listing) -> datetime | None:
    if text is None or not of.updated:
        return None
    try:
        moment = Moment().run_validation(text.replace(" ", "+"))  # a plus in an address is a space
    except (NotOne, ValueError, OverflowError):
        raise UnknownFilter(
            _("Write a moment with its offset, such as 2026-03-01T09:00:00Z."), field="updated_since"
        ) from None
    return moment
