"""One order a call, against the same view of the peer."""

from tests.benchmarks.orders import SHOP, Orders
from tests.benchmarks.shop import as_peer, ask_peer


class SingleOrders(Orders):
    measures = "order: 1,000 orders of three lines by API, one a call"
    size, peer_size, goal = 1_000, 300, 4

    def ours(self, units: int) -> None:
        for each in SHOP.asked(units):
            SHOP.ask("post", "orders/", each, **{"Idempotency-Key": each["number"]})

    def theirs(self, units: int) -> None:
        for each in SHOP.asked(units):
            ask_peer("post", as_peer(each))


BENCHMARK = SingleOrders()
