"""Pages of a list of orders, against a list of ModelSerializers."""

from tests.benchmarks.orders import SHOP, Orders
from tests.benchmarks.shop import ask_peer


class OrderLists(Orders):
    """Both sides have the same orders, and only read."""

    measures = "order_lists: 100 pages of a hundred orders with their lines, by API"
    peer = "a view with nested ModelSerializers, prefetched, paged by cursor"
    units, size, peer_size, goal = "pages", 100, 50, 4

    def ours(self, units: int) -> None:
        for _page in range(units):
            assert len(SHOP.ask("get", "orders/?size=100").json()["data"]) == 100

    def theirs(self, units: int) -> None:
        for _page in range(units):
            assert len(ask_peer("get").data["results"]) == 100

    def check(self, units: int) -> None:
        """The pages were checked as they came."""


BENCHMARK = OrderLists()
