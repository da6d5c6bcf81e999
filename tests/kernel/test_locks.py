"""An act reads what it decides by under lock, before it writes anything: of two at once, the second sees the first."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Listing, Variant
from catalog.services import listings, products
from catalog.services.products import FirstVariant
from catalog.states import ListingStatus, ProductStatus
from config.kernel.actors import machine
from config.kernel.money import Money
from fulfillment.services import orders
from fulfillment.states import CancellationReason, OrderStatus
from inventory.services import alerts, reservations, stock
from inventory.services.reservations import Sent, Wanted
from inventory.services.stock import Units
from merchants.accounts.models import Membership
from merchants.accounts.permissions import Role
from merchants.accounts.services import memberships
from pricing.services import prices
from tests.factories.accounts import make_member, make_user
from tests.factories.catalog import make_product
from tests.factories.fulfillment import make_order
from tests.factories.inventory import make_stock
from tests.factories.marketplace import usual_channel

BY = machine("test")
WRITES = ("INSERT", "UPDATE", "DELETE")


def change(now):
    product = make_product()
    return "catalog_product", lambda: products.change(
        product=product, changes={"title": "Other"}, version=1, by=BY, now=now
    )


def move(now):
    product = make_product(listing=None)
    return "catalog_product", lambda: products.move(product=product, to=ProductStatus.ARCHIVED, by=BY, now=now)


def add_variant(now):
    product = make_product()
    return "catalog_product", lambda: products.add_variant(
        product=product, variant=FirstVariant(sku="NEW"), by=BY, now=now
    )


def put_on_sale(now):
    make_product(listing=None)
    return "catalog_product", lambda: listings.put_on_sale(
        variant=Variant.objects.get(), channel=usual_channel(), by=BY, now=now
    )


def put_on_sale_again(now):
    make_product(listing=ListingStatus.PAUSED)
    return "catalog_listing", lambda: listings.put_on_sale(
        variant=Variant.objects.get(), channel=usual_channel(), by=BY, now=now
    )


def take_off(now):
    make_product()
    return "catalog_listing", lambda: listings.take_off(
        listing=Listing.objects.get(), to=ListingStatus.PAUSED, by=BY, now=now
    )


def set_price(now):
    make_product()
    price = Money(2_000, "EUR")
    return "catalog_variant", lambda: prices.set_price(
        variant=Variant.objects.get(), channel=usual_channel(), price=price, by=BY, now=now
    )


def cancel(now):
    order = make_order(status=OrderStatus.PAID)
    return "fulfillment_order", lambda: orders.cancel(
        order=order, reason=CancellationReason.BUYER, note="", by=BY, now=now
    )


def ship(now):
    order = make_order(status=OrderStatus.PAID)
    at = order.placed_at + timedelta(minutes=1)
    return "fulfillment_order", lambda: orders.ship(order=order, carrier="c", waybill="w", at=at, by=BY, now=now)


def deliver(now):
    order = make_order(status=OrderStatus.SHIPPED)
    later = now + timedelta(days=30)
    return "fulfillment_order", lambda: orders.deliver(order=order, at=later, by=BY, now=later)


def change_roles(now):
    member = _member()
    return "accounts_membership", lambda: memberships.change_roles(
        membership=member, roles=[Role.SUPPORT], by=BY, now=now
    )


def remove(now):
    member = _member()
    return "accounts_membership", lambda: memberships.remove(membership=member, by=BY, now=now)


def receive(now):
    level = make_stock(5)
    return "inventory_stocklevel", lambda: stock.receive([Units(level.variant, 1)], by=BY, now=now)


def set_alert_line(now):
    level = make_stock(5)
    return "inventory_stocklevel", lambda: alerts.set_line(variant=level.variant, line=3, by=BY, now=now)


def confirm_reservation(now):
    _reserve(make_stock(5), now)
    return "inventory_reservation", lambda: reservations.confirm(owner="order:1")


def release_reservation(now):
    _reserve(make_stock(5), now)
    return "inventory_reservation", lambda: reservations.release(owner="order:1")


def ship_reservation(now):
    _reserve(make_stock(5), now)
    return "inventory_reservation", lambda: reservations.ship([Sent("1", 1, "parcel")], by=BY, now=now)


def _reserve(level, now):
    reservations.reserve([Wanted("order:1", "1", level.variant_id, level.variant.sku, 2)], now=now)


def _member() -> Membership:
    make_member(make_user(email="boss@acme.example"), Role.OWNER)
    return make_member(make_user(email="hand@acme.example"), Role.CATALOG)


ACTS = [
    change, move, add_variant, put_on_sale, put_on_sale_again, take_off, set_price, cancel, ship, deliver, change_roles,
    remove, receive, set_alert_line, confirm_reservation, release_reservation, ship_reservation,
]  # fmt: skip


@pytest.mark.parametrize("prepared", ACTS, ids=lambda act: act.__name__)
def test_an_act_locks_before_it_writes(acting, now, prepared):
    table, act = prepared(now)
    with CaptureQueriesContext(connection) as queries:
        act()
    said = [query["sql"] for query in queries]
    first_write = next(place for place, sql in enumerate(said) if sql.startswith(WRITES))
    locks = [sql for sql in said[:first_write] if f'FROM "{table}"' in sql and "FOR UPDATE" in sql]
    assert len(locks) == 1
