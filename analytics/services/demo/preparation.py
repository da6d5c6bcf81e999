"""Filling a fresh platform with the sample shops; what is there already stays as it is."""

from collections.abc import Callable, Mapping
from datetime import datetime

from analytics.services.demo import assortment, cast, closing, closures, today
from analytics.services.demo import clock as demo_clock
from analytics.services.demo.shops import SHOPS
from analytics.services.demo.trade import trade
from merchants.accounts.models import Merchant
from merchants.accounts.states import MerchantStatus

Say = Callable[[str], object]


def prepare(*, password: str, now: datetime, say: Say, products: int | None = None, orders: int | None = None) -> None:
    """Make what is missing of the sample: each shop's products in one transaction, all orders in another, the rest.

    Everybody of the sample signs in with `password`. `products` and `orders` are how many each shop gets at most; the
    whole sample unless they are given.
    """
    demo_clock.wind_up(now=now)
    merchants = cast.assemble(password=password, now=now)
    say(f"shops and people: {', '.join(shop.name for shop in SHOPS)}")
    _fill(merchants, now=now, say=say, products=products)
    placed = trade(merchants, now=now, products=products, orders=orders)
    say(f"{placed} orders of the last year" if placed else "the orders are there")
    closed = closing.close_months(merchants, now=now)
    say(f"{closed} statements of months that are over" if closed else "the statements are there")
    today.carry_on(merchants, now=now)
    closures.close(merchants, now=now)


def _fill(merchants: Mapping[str, Merchant], *, now: datetime, say: Say, products: int | None) -> None:
    """The products; a shop that is suspended puts none on sale."""
    owners = cast.owners()
    with assortment.artists(are_many=products is None) as draw:
        begun = {
            shop: assortment.begin(shop, merchant=merchants[shop.slug], draw=draw, products=products)
            for shop in SHOPS
            if merchants[shop.slug].status == MerchantStatus.OPEN
        }
        for shop, some in begun.items():
            added = assortment.stock_up(shop, begun=some, merchant=merchants[shop.slug], by=owners[shop.slug], now=now)
            say(f"{shop.name}: {added} products with pictures" if added else f"{shop.name}: the products are there")
