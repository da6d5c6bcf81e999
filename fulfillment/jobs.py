"""Long work on orders."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.jobs import Run, job
from config.kernel.money import Money, places
from config.kernel.personal import masked
from config.templatetags.ui import day, moment
from fulfillment import selectors
from fulfillment.filters import OrderMoneyFilter
from fulfillment.models import Order
from merchants.accounts.permissions import Permission
from merchants.desk.services import exports


@job("fulfillment.export_orders", label=__("Export of orders"), needs=Permission.ORDERS_VIEW)
def export_orders(run: Run) -> Iterator[None]:
    """A line per order of the list. Of the buyer it says no more than the list does: no phone, no street."""
    heading = [
        _("Order"), _("Status"), _("Placed"), _("Buyer"), _("City"), _("Region"), _("Country"), _("Units"), _("Total"),
        _("Currency"), _("Ship by"), _("Shipped"), _("Deliver by"), _("Delivered"),
    ]  # fmt: skip
    # who may not see payments could not ask for their filters
    rows = exports.chosen(run, filterset=OrderMoneyFilter, rows=selectors.orders(now=run.now, zone=run.zone))
    yield from exports.write(run, rows=rows, heading=heading, lines=lambda page: map(_line, page))


def _line(order: Order) -> list:
    parcel = selectors.shipment(order)
    return [
        order.number, order.get_status_display(), moment(order.placed_at), masked(order.buyer.name, shown=1),
        order.city, order.region, order.country, order.units, _amount(order.total), order.currency,
        parcel and moment(parcel.ship_by_at), parcel and moment(parcel.handed_over_at),
        parcel and day(parcel.deliver_by_on), parcel and moment(parcel.delivered_at),
    ]  # fmt: skip


def _amount(money: Money) -> str:
    return f"{money.amount:.{places(money.currency)}f}"
