"""Orders and buyers as Ctrl K finds them, and the acts on them that begin there."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from config.kernel import finding
from config.kernel.finding import Command, Hit, Source
from config.kernel.queues import Asked
from config.templatetags.ui import money, number
from fulfillment import screens, selectors
from fulfillment.models import Order, Parcel, Shipment
from merchants.accounts.permissions import Permission

SEEN_AT_MOST = 50  # orders that a text may mean
SHORTEST = 2  # a single character is the beginning of everything


def orders(asked: Asked, text: str) -> list[Hit]:
    """By number or its beginning, waybill, SKU, buyer or phone; of several numbers that were pasted the list."""
    numbers = finding.pasted(text)
    if numbers:
        return [_several(asked, numbers)]
    if len(text) < SHORTEST:
        return []
    keys = [found["pk"] for found in selectors.matching(text)[:SEEN_AT_MOST]]
    shipped = set(_with_waybill(text)[:SEEN_AT_MOST])
    rows = selectors.orders(now=asked.now, zone=asked.zone).filter(pk__in=keys).order_by("-placed_at", "-pk")
    hits = [_hit(order, text, slug=asked.merchant.slug, is_shipped_so=order.pk in shipped) for order in rows]
    return sorted(hits, key=lambda hit: not hit.is_exact)[: finding.SHOWN]


def _with_waybill(waybill: str) -> QuerySet:
    """Keys of the orders of which a parcel has this waybill."""
    said = Shipment.objects.filter(waybill=waybill).exclude(waybill="").values_list("order", flat=True)
    return said.union(Parcel.objects.filter(waybill=waybill).values_list("order", flat=True))


def _several(asked: Asked, numbers: list[str]) -> Hit:
    some = numbers[: finding.PASTED]
    label = ngettext("Orders with %(count)s number", "Orders with %(count)s numbers", len(some)) % {"count": len(some)}
    note = "" if len(some) == len(numbers) else _("only the first of %(count)s") % {"count": number(len(numbers))}
    return Hit(label, screens.orders_url(asked.merchant, numbers=" ".join(some)), "list", note, is_exact=True)


def _hit(order: Order, text: str, *, slug: str, is_shipped_so: bool) -> Hit:
    notes = [order.get_status_display(), order.buyer.shown_name, money(order.total), text if is_shipped_so else ""]
    return Hit(
        _("Order %(number)s") % {"number": order.number}, reverse("fulfillment:order", args=[slug, order.number]),
        "package", " · ".join(filter(None, notes)), is_exact=is_shipped_so or order.number.upper() == text.upper(),
    )  # fmt: skip


def buyers(asked: Asked, text: str) -> list[Hit]:
    """By name or its beginning, or by phone; a buyer's page is the list of their orders."""
    if len(text) < SHORTEST:
        return []
    found = selectors.buyers_matching(text).order_by("name_key", "pk")[: finding.SHOWN]
    return [
        Hit(
            _("Orders of %(buyer)s") % {"buyer": buyer.shown_name},
            screens.orders_url(asked.merchant, q=selectors.buyer_key(buyer)), "user", buyer.city,
        )
        for buyer in found
    ]  # fmt: skip


FOUND = [
    Source(10, Permission.ORDERS_VIEW, orders),
    Source(30, Permission.ORDERS_VIEW, buyers),
    Command(10, __("Place an order"), "plus", "fulfillment:order-new", Permission.ORDERS_MANAGE),
    Command(61, __("Export orders"), "download", "fulfillment:order-export", Permission.ORDERS_VIEW),
]
