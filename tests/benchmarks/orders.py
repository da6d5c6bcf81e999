"""Orders of three lines, a thousand a call, against the nested serializer of DRF's guide."""

from tests.benchmarks.shop import Shop, as_peer, ask_peer, counted

A_CALL, STANDING = 1_000, 500  # orders
SHOP = Shop()


class Orders:
    measures = "orders: 10,000 orders of three lines by API, a thousand a call"
    peer = (
        "a view with nested ModelSerializers, each order in a transaction with its stock locked; ours also sets stock"
        " aside, keeps buyers and payments, writes books and facts, behind the walls"
    )
    units, size, peer_size, goal = "orders", 10_000, 500, 50

    def prepare(self) -> None:
        SHOP.open()

    def clear(self, units: int) -> None:
        SHOP.clear()
        Orders.ours(self, STANDING)
        Orders.theirs(self, STANDING)
        SHOP.know_the_tables()

    def ours(self, units: int) -> None:
        for first in range(0, units, A_CALL):
            body = {"items": SHOP.asked(min(A_CALL, units - first))}
            answer = SHOP.ask("post", "orders/bulk/", body, **{"Idempotency-Key": f"bulk-{SHOP.sent}"})
            assert answer.json()["refused"] == 0, answer.content[:500]

    def theirs(self, units: int) -> None:
        for first in range(0, units, A_CALL):
            ask_peer("post", [as_peer(each) for each in SHOP.asked(min(A_CALL, units - first))])

    def check(self, units: int) -> None:
        assert sorted(counted()) == [STANDING, STANDING + units]


BENCHMARK = Orders()
