"""Orders by API, a thousand in a call, against the nested serializer that most Django projects write."""

import json
import uuid
from functools import cached_property

from django.conf import settings
from django.db import connections
from django.test import Client, RequestFactory

from catalog.models import Variant
from catalog.services import products
from catalog.services.products import FirstVariant
from config.kernel import clock, scope
from config.kernel.actors import Actor, machine
from config.kernel.money import Money
from inventory.services import stock
from inventory.services.stock import Units
from merchants.accounts.models import Merchant
from merchants.accounts.permissions import KEY_SCOPES
from merchants.accounts.services import credentials
from merchants.marketplace.models import Category, CommissionRule, CommissionSchedule, SalesChannel
from tests.benchmarks.shop import LINES, ON_HAND, TABLES, VARIANTS, Purchases, Ware, orders, purchases, sku

BY = machine("system")
STANDING = 200  # orders that both sides have taken before
FILLED = [
    "fulfillment_paymentpart", "fulfillment_payment", "fulfillment_orderline", "fulfillment_order",
    "fulfillment_ordergroup", "inventory_reservation", "money_commissionline", "money_ledgerline",
    "money_ledgertransaction", "accounts_buyer", "activity_domainevent", "activity_eventdelivery",
    "activity_keptanswer", "benchmarks_purchaseline", "benchmarks_purchase",
]  # fmt: skip
ALL = Actor("user:1", permissions=KEY_SCOPES)


class Orders:
    measures = "orders: 5,000 orders of three lines over the API, a thousand in a call"
    peer = (
        "DRF's nested ModelSerializer with select_for_update, an order a call, into three flat tables; it is called"
        " without a middleware, and has no keys, walls, facts, ledger, buyers or idempotency"
    )
    units, size, peer_size, goal, at_once = "orders", 5_000, 300, 50, 1_000

    def prepare(self) -> None:
        settings.API_BURST = settings.API_RATE = 10**9
        if Ware._meta.db_table not in connections["owner"].introspection.table_names():
            with connections["owner"].schema_editor() as editor:
                for model in TABLES:
                    editor.create_model(model)
            with connections["owner"].cursor() as cursor:
                for model in TABLES:
                    cursor.execute(f"GRANT ALL ON {model._meta.db_table} TO zhanggui_app")
                    cursor.execute(f"GRANT ALL ON SEQUENCE {model._meta.db_table}_id_seq TO zhanggui_app")
            self.fill()
        with scope.acting_for(self.merchant):
            moment = {"by": ALL, "now": clock.now()}
            _credential, key = credentials.issue(name="Bench", scopes=list(KEY_SCOPES), expires_at=None, **moment)
        self.client = Client(SERVER_NAME="localhost", headers={"Authorization": f"Bearer {key}"})

    @cached_property
    def merchant(self) -> Merchant:
        values = {"name": "Shop", "currency": "EUR", "timezone": "UTC", "joined_at": clock.now()}
        return Merchant.objects.get_or_create(slug="shop", defaults=values)[0]

    def fill(self) -> None:
        category = Category.add_root(code="wares", name="Wares")
        channel, _ = SalesChannel.objects.get_or_create(code="web", defaults={"name": "Web", "currency": "EUR"})
        values = {"code": "first", "starts_at": clock.now(), "announced_at": clock.now()}
        schedule = CommissionSchedule.objects.create(**values)
        CommissionRule.objects.create(schedule=schedule, rate_ppm=125_000, tax_ppm=60_000)
        Ware.objects.bulk_create(Ware(sku=sku(number), on_hand=ON_HAND) for number in range(VARIANTS))
        with scope.acting_for(self.merchant):
            details = dict.fromkeys(("model_number", "origin", "description"), "")
            for number in range(VARIANTS):
                products.create(
                    code=sku(number), price=Money(990, "EUR"), channel=channel, variant=FirstVariant(sku=sku(number)),
                    details=details | {"title": "Ware", "category": category, "language": "en"}, by=BY,
                    now=clock.now(),
                )  # fmt: skip
            wares = Variant.objects.select_related("product")
            stock.receive([Units(ware, ON_HAND) for ware in wares], note="", by=BY, now=clock.now())

    def clear(self, units: int) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(FILLED)} RESTART IDENTITY CASCADE")
            cursor.execute("UPDATE inventory_stocklevel SET reserved = 0")
            cursor.execute("UPDATE benchmarks_ware SET reserved = 0")
        self.place_some()
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"VACUUM ANALYZE {', '.join([*FILLED, 'inventory_stocklevel', 'benchmarks_ware'])}")

    def place_some(self) -> None:
        """A shop that sells has sold before: of tables that nobody has looked at the server knows nothing."""
        told = self.send("orders/bulk/", {"items": list(orders(-STANDING, STANDING))})
        assert told["done"] == STANDING, told["results"][0]
        self.purchase(-STANDING, STANDING)

    def ours(self, units: int) -> None:
        for first in range(0, units, self.at_once):
            items = list(orders(first, min(self.at_once, units - first)))
            told = self.send("orders/bulk/", {"items": items})
            assert told["done"] == len(items), told["results"][0]

    def send(self, path: str, sent) -> dict:
        key = {"Idempotency-Key": str(uuid.uuid4())}
        answer = self.client.post(f"/api/v1/{path}", json.dumps(sent), content_type="application/json", headers=key)
        assert answer.status_code in (200, 201), answer.content
        return json.loads(answer.content)

    def theirs(self, units: int) -> None:
        self.purchase(0, units)

    def purchase(self, first: int, many: int) -> None:
        view, requests = Purchases.as_view(), RequestFactory()
        for each in purchases(first, many):
            answer = view(requests.post("/", json.dumps(each), content_type="application/json")).render()
            assert answer.status_code == 201, answer.content

    def check(self, units: int) -> None:
        with connections["owner"].cursor() as cursor:
            for order, line, reserved in (
                ("fulfillment_order", "fulfillment_orderline", "inventory_stocklevel"),
                ("benchmarks_purchase", "benchmarks_purchaseline", "benchmarks_ware"),
            ):
                cursor.execute(
                    f"SELECT (SELECT count(*) FROM {order}), (SELECT count(*) FROM {line}),"
                    f" (SELECT sum(quantity) FROM {line}), (SELECT sum(reserved) FROM {reserved})"
                )
                found, placed = cursor.fetchone(), STANDING + units
                if found[0] > STANDING:
                    assert found == (placed, placed * LINES, placed * 6, placed * 6), found
                    return
        raise AssertionError("nothing was placed")


BENCHMARK = Orders()
