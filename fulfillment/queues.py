"""Orders as Home shows them: what is to be shipped by when, what was sold today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.db.models.functions import ExtractHour, TruncDate, TruncHour
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from config.kernel import queues
from config.kernel.clock import day_starts
from config.kernel.deadlines import day_ends
from config.kernel.money import Money
from config.kernel.queues import Act, Asked, Entry, Mark, Row
from config.templatetags.ui import money, number
from fulfillment import screens, selectors
from fulfillment.models import Order
from fulfillment.states import OrderStatus
from merchants.accounts.models import Merchant
from merchants.accounts.permissions import Permission

HOURS = 24


def _to_ship(asked: Asked):
    return selectors.orders(now=asked.now, zone=asked.zone).filter(status=OrderStatus.PAID)


def rows(asked: Asked) -> list[Row]:
    counts = dict(_to_ship(asked).order_by().values_list("near").annotate(orders=Count("pk")))
    return [Row("to-ship", _("Orders to ship"), "package", counts, screens.orders_url(asked.merchant))]


def entries(asked: Asked, limit: int) -> list[Entry]:
    """The closest deadlines first."""
    nearest = _to_ship(asked).order_by(F("ship_at").asc(nulls_last=True), "placed_at", "pk")
    may_manage = asked.actor.can(Permission.ORDERS_MANAGE)
    return [_entry(order, asked, may_manage=may_manage) for order in nearest[:limit]]


def _entry(order: Order, asked: Asked, *, may_manage: bool) -> Entry:
    slug = asked.merchant.slug
    url = reverse("fulfillment:order", args=[slug, order.number])
    ship = Act(_("Ship"), reverse("fulfillment:order-hand-over", args=[slug, order.number]), "e")
    units = ngettext("%(units)s unit", "%(units)s units", order.units) % {"units": number(order.units)}
    note = " · ".join(filter(None, [units, money(order.total), order.buyer.shown_name, order.city]))
    due = selectors.due(order, now=asked.now, zone=asked.zone)
    return Entry(
        f"order-{order.number}", "package", _("Ship order %(number)s") % {"number": order.number}, url, order.ship_at,
        order.placed_at, note=note, chip=screens.deadline(due, now=asked.now, zone=asked.zone),
        acts=[ship] if may_manage else [Act(pgettext("act", "Open"), url, "e")],
    )  # fmt: skip


def marks(asked: Asked) -> list[Mark]:
    """How many orders are to be shipped in which hour of today: those that are late already are told by the matrix."""
    day = _to_ship(asked).filter(ship_at__gte=asked.now, ship_at__lte=day_ends(asked.now, zone=asked.zone))
    hours = day.annotate(hour=TruncHour("ship_at")).order_by("hour").values_list("hour", "near")
    return [
        Mark(
            first, ngettext("%(orders)s to ship", "%(orders)s to ship", orders) % {"orders": number(orders)},
            screens.orders_url(asked.merchant, due=near),
        )
        for _hour, near, orders, first in hours.annotate(orders=Count("pk"), first=Min("ship_at"))
    ]  # fmt: skip


QUEUE = queues.Queue(10, Permission.ORDERS_VIEW, rows, entries, marks)


# ---------------------------------------------------------------- what was sold
@dataclass(frozen=True)
class Sales:
    """What was sold in each hour of today and of the same day a week ago; `then` is what was sold that day until the
    time of day that it is now.
    """

    today: list[Money]
    before: list[Money]
    so_far: Money
    then: Money
    orders: int
    units: int
    elsewhere: int

    @property
    def per_order(self) -> Money | None:
        return self.so_far.fraction(1, self.orders) if self.orders else None

    @property
    def change_percent(self) -> int | None:
        return (self.so_far - self.then).fraction(100, self.then.minor).minor if self.then.minor > 0 else None


def sales(merchant: Merchant, *, now: datetime) -> Sales:
    """Orders that were placed and not cancelled, in the merchant's currency; `elsewhere` counts today's in others."""
    local, currency = now.astimezone(merchant.zone), merchant.currency
    today = local.date()
    before = today - timedelta(days=7)
    hours = {today: [0] * HOURS, before: [0] * HOURS}
    then = orders = units = elsewhere = 0
    for day, hour, code, minor, until, count, sold in _sold(local, before):
        if code != currency:
            elsewhere += count if day == today else 0
            continue
        hours[day][hour] += minor
        if day == before:
            then += until or 0
        else:
            orders, units = orders + count, units + sold
    amounts = {day: [Money(minor, currency) for minor in each] for day, each in hours.items()}
    return Sales(
        amounts[today][: local.hour + 1], amounts[before], Money(sum(hours[today]), currency), Money(then, currency),
        orders, units, elsewhere,
    )  # fmt: skip


def _sold(local: datetime, before: date) -> QuerySet:
    """By day and hour of both days, and by currency; of the day before also the amount until the same time of day."""
    zone, day = local.tzinfo, timedelta(days=1)
    same_time = datetime.combine(before, local.time(), tzinfo=zone)
    is_today = Q(placed_at__gte=day_starts(local.date(), zone=zone), placed_at__lte=local)
    was_before = Q(placed_at__gte=day_starts(before, zone=zone), placed_at__lt=day_starts(before + day, zone=zone))
    found = Order.objects.filter(is_today | was_before).exclude(status=OrderStatus.CANCELLED).order_by()
    hours = found.annotate(
        day=TruncDate("placed_at", tzinfo=zone), hour=ExtractHour("placed_at", tzinfo=zone)
    ).values_list("day", "hour", "currency")
    return hours.annotate(
        minor=Sum("total_minor"), until=Sum("total_minor", filter=Q(placed_at__lte=same_time)), count=Count("pk"),
        sold=Sum("units"),
    )  # fmt: skip
