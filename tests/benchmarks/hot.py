"""Many callers who all want the same SKU, against one who wants it as often."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from config.kernel import clock, scope
from config.kernel.money import Money
from fulfillment.models import Order
from fulfillment.services import placing
from fulfillment.services.drafts import PlacedLine, Placement
from fulfillment.states import PaymentKind
from inventory.models import StockLevel
from merchants.accounts.services.buyers import GivenBuyer
from tests.benchmarks.orders import SHOP
from tests.benchmarks.shop import BY
from tests.factories.marketplace import usual_channel

CALLERS = 64
BUYER = GivenBuyer("", "Anna Schmidt", "+49 30 123456", "Lindenweg 1", "Berlin", "BE", "10115", "DE")


class Hot:
    measures = "hot: 1,280 orders of one SKU, placed by 64 callers at once"
    peer = "as many placed by one caller after the other"
    units, size, peer_size, goal, by_the_wall = "orders", 1_280, 320, 1, True

    def prepare(self) -> None:
        SHOP.open()

    def clear(self, units: int) -> None:
        SHOP.clear()
        self.place(CALLERS)
        SHOP.know_the_tables()

    def place(self, orders: int) -> None:
        with scope.acting_for(SHOP.merchant):
            placement = Placement(
                channel=usual_channel(), lines=[PlacedLine("SKU-0", 1, Money(1_990, "EUR"))], buyer=BUYER,
                paid_by=PaymentKind.CARD,
            )  # fmt: skip
            for _order in range(orders):
                placing.place(placement, by=BY, now=clock.now())

    def ours(self, units: int) -> None:
        with ThreadPoolExecutor(CALLERS) as callers:
            list(callers.map(self.calling, [units // CALLERS] * CALLERS))

    def calling(self, orders: int) -> None:
        try:
            self.place(orders)
        finally:
            connections.close_all()

    def theirs(self, units: int) -> None:
        self.place(units)

    def check(self, units: int) -> None:
        """Nobody was turned away, and what is set aside is what was ordered."""
        with scope.acting_for(SHOP.merchant):
            reserved = StockLevel.objects.get(variant__sku="SKU-0").reserved
            assert reserved == Order.objects.count() >= CALLERS + units // CALLERS * CALLERS, reserved


BENCHMARK = Hot()
