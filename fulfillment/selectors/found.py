"""What texts that people have in hand lead to: orders and buyers."""

import uuid
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from catalog.models import Variant
from config.kernel.personal import phone_tokens
from config.kernel.words import HIGHEST
from fulfillment.models import Order, OrderLine, Parcel, Shipment
from merchants.accounts.models import Buyer

TAIL = 4  # digits of a phone number that people know it by
SHORTEST_PHONE = 7


def matching(text: str) -> QuerySet:
    """Keys of the orders that have this number (or one that begins so), waybill, SKU, buyer key or phone number.

    Four digits are taken for the end of a phone number too. Each part is an equality or a range, which keep their
    index behind row-level security, as LIKE would not.
    """
    found = [
        *(Order.objects.filter(number__gte=one, number__lt=one + HIGHEST).values("pk") for one in {text, text.upper()}),
        Shipment.objects.filter(waybill=text).exclude(waybill="").values("order"),
        Parcel.objects.filter(waybill=text).values("order"),
        OrderLine.objects.filter(variant__in=Variant.objects.filter(sku=text).values("pk")).values("order"),
        Order.objects.filter(buyer__in=buyers_matching(text).values("pk")).values("pk"),
    ]
    return found[0].union(*found[1:])


def several(numbers: Sequence[str]) -> QuerySet:
    """Keys of the orders that have one of these numbers or waybills."""
    found = [
        Order.objects.filter(number__in=numbers).values("pk"),
        Shipment.objects.filter(waybill__in=numbers).exclude(waybill="").values("order"),
        Parcel.objects.filter(waybill__in=numbers).values("order"),
    ]
    return found[0].union(*found[1:])


def buyers_matching(text: str) -> QuerySet[Buyer]:
    """By name or its beginning, key or phone number."""
    name = text.lower()
    wanted = Q(external_id=text) | Q(name_key__gte=name, name_key__lt=name + HIGHEST)
    if key := _uuid(text):
        wanted |= Q(public_id=key)
    digits = "".join(filter(str.isdigit, text))
    if not set(text) - set("+-() 0123456789"):
        number, tail = phone_tokens(digits)
        if len(digits) >= SHORTEST_PHONE:
            wanted |= Q(phone_token=number)
        elif len(digits) == TAIL:
            wanted |= Q(phone_tail_token=tail)
    return Buyer.objects.filter(wanted).defer("phone", "street")


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
