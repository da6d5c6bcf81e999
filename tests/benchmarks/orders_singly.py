"""Orders by API one by one, against the nested serializer that most Django projects write."""

from tests.benchmarks import orders as bulk
from tests.benchmarks.shop import orders


class OrdersSingly(bulk.Orders):
    measures = "orders singly: 300 orders of three lines over the API, each in a call of its own"
    size, peer_size, goal = 300, 300, 4

    def ours(self, units: int) -> None:
        for each in orders(0, units):
            self.send("orders/", each)


BENCHMARK = OrdersSingly()
