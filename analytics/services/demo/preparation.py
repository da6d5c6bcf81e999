"""Filling a fresh platform with the sample shops; what is there already stays as it is."""

from collections.abc import Callable
from datetime import datetime

from analytics.services.demo import assortment, cast
from analytics.services.demo import clock as demo_clock
from analytics.services.demo.shops import SHOPS
from analytics.services.demo.trade import trade

Say = Callable[[str], object]


def prepare(*, password: str, now: datetime, say: Say, products: int | None = None, orders: int | None = None) -> None:
    """Make what is missing of the sample: each shop's products in one transaction, all orders in another.

    Everybody of the sample signs in with `password`. `products` and `orders` are how many each shop gets at most; the
    whole sample unless they are given.
    """
    demo_clock.wind_up(now=now)
    merchants = cast.assemble(password=password, now=now)
    say(f"shops and people: {', '.join(shop.name for shop in SHOPS)}")
    owners = cast.owners()
    for shop in SHOPS:
        added = assortment.stock_up(
            shop, merchant=merchants[shop.slug], by=owners[shop.slug], now=now, products=products
        )
        say(f"{shop.name}: {added} products with pictures" if added else f"{shop.name}: the products are there")
    placed = trade(merchants, now=now, products=products, orders=orders)
    say(f"{placed} orders of the last month" if placed else "the orders are there")
