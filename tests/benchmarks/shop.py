"""What both sides of the benchmarks of orders sell and are asked for, and the peer's way of doing so."""

import json
from functools import cached_property

from django.conf import settings
from django.db import connections, models, transaction
from django.test import Client
from rest_framework import generics, serializers
from rest_framework.pagination import CursorPagination
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.test import APIRequestFactory

from config.kernel import clock, scope
from config.kernel.actors import machine
from fulfillment.models import Order, OrderLine
from inventory.services import stock
from inventory.services.stock import Units
from merchants.accounts.models import Merchant
from tests.factories.accounts import make_credential
from tests.factories.catalog import make_product
from tests.factories.marketplace import usual_category, usual_channel
from tests.factories.money import make_schedule

BY = machine("system")
SKUS, LINES, PLENTY = 500, 3, 1_000_000_000
SOLD = ["inventory_reservation", "accounts_buyer", "benchmarks_peerline", "benchmarks_peerorder"]


# ---------------------------------------------------------------- the peer: models, serializers, views as usual
class PeerProduct(models.Model):
    sku = models.CharField(max_length=60, unique=True)
    stock = models.PositiveIntegerField()

    class Meta:
        app_label = "benchmarks"


class PeerOrder(models.Model):
    number = models.CharField(max_length=60, unique=True)
    status = models.CharField(max_length=20, default="paid")
    buyer_name = models.CharField(max_length=120)
    phone = models.CharField(max_length=30, blank=True)
    street = models.CharField(max_length=200)
    city = models.CharField(max_length=120)
    postcode = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2)
    total = models.DecimalField(max_digits=14, decimal_places=2)
    placed_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        app_label = "benchmarks"


class PeerLine(models.Model):
    order = models.ForeignKey(PeerOrder, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(PeerProduct, on_delete=models.PROTECT)
    quantity = models.PositiveIntegerField()
    unit_price = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        app_label = "benchmarks"


class LineSerializer(serializers.ModelSerializer):
    sku = serializers.SlugRelatedField("sku", source="product", queryset=PeerProduct.objects.all())

    class Meta:
        model = PeerLine
        fields = ["sku", "quantity", "unit_price"]


class OrderSerializer(serializers.ModelSerializer):
    """As DRF's guide writes nested ones, with the stock taken under lock."""

    lines = LineSerializer(many=True)

    class Meta:
        model = PeerOrder
        fields = [
            "id", "number", "status", "buyer_name", "phone", "street", "city", "postcode", "country", "total",
            "placed_at", "lines",
        ]  # fmt: skip
        read_only_fields = ["status", "total"]

    @transaction.atomic
    def create(self, validated_data):
        lines = validated_data.pop("lines")
        total = sum(line["quantity"] * line["unit_price"] for line in lines)
        order = PeerOrder.objects.create(total=total, **validated_data)
        keys = [line["product"].pk for line in lines]
        locked = PeerProduct.objects.select_for_update().order_by("pk").in_bulk(keys)
        for line in lines:
            product = locked[line["product"].pk]
            if product.stock < line["quantity"]:
                raise serializers.ValidationError({"lines": f"not enough of {product.sku}"})
            product.stock -= line["quantity"]
            product.save(update_fields=["stock"])
        PeerLine.objects.bulk_create(PeerLine(order=order, **line) for line in lines)
        return order


class Newest(CursorPagination):
    page_size, ordering = 100, ("-placed_at", "-id")


class PeerOrders(generics.ListCreateAPIView):
    serializer_class = OrderSerializer
    queryset = PeerOrder.objects.prefetch_related("lines__product")
    pagination_class = Newest
    authentication_classes: list = []
    permission_classes: list = []
    parser_classes, renderer_classes = [JSONParser], [JSONRenderer]

    def get_serializer(self, *args, **kwargs):
        kwargs.setdefault("many", isinstance(kwargs.get("data"), list))
        return super().get_serializer(*args, **kwargs)


PEERS = [PeerProduct, PeerOrder, PeerLine]


def ask_peer(method: str, body=None):
    """The view without any middleware, in the peer's favor."""
    factory = APIRequestFactory(SERVER_NAME="localhost")
    request = factory.get("/") if method == "get" else factory.post("/", body, format="json")
    response = PeerOrders.as_view()(request)
    response.render()
    assert response.status_code in {200, 201}, response.content[:500]
    return response


# ---------------------------------------------------------------- ours: by the API as a partner calls it
class Shop:
    """A shop of 500 SKUs with plenty of stock, a key of its API and numbers for its orders."""

    def __init__(self):
        self.sent = 0

    @cached_property
    def merchant(self) -> Merchant:
        values = {"name": "Acme", "currency": "EUR", "timezone": "UTC", "joined_at": clock.now()}
        return Merchant.objects.get_or_create(slug="acme", defaults=values)[0]

    @cached_property
    def key(self) -> str:
        with scope.acting_for(self.merchant):
            return make_credential()[1]

    def open(self) -> None:
        """Once for all benchmarks of a run."""
        settings.API_BURST = settings.API_RATE = PLENTY  # a limit is not what is measured
        self.key  # noqa: B018
        owner = connections["owner"]
        if PeerOrder._meta.db_table in owner.introspection.table_names():
            return
        with owner.schema_editor() as editor:
            for model in PEERS:
                editor.create_model(model)
        with owner.cursor() as cursor:
            for model in PEERS:
                cursor.execute(f"GRANT ALL ON {model._meta.db_table}, {model._meta.db_table}_id_seq TO zhanggui_app")
        with scope.acting_for(self.merchant):
            usual_category(), usual_channel(), make_schedule()
            variants = [make_product(sku=sku).variants.select_related("product").get() for sku in self.skus]
            stock.receive([Units(variant, PLENTY // SKUS) for variant in variants], by=BY, now=clock.now())
        PeerProduct.objects.bulk_create(PeerProduct(sku=sku, stock=PLENTY) for sku in self.skus)

    @property
    def skus(self) -> list[str]:
        return [f"SKU-{number}" for number in range(SKUS)]

    def clear(self) -> None:
        """Forget all orders, and what they left in stock, books and facts."""
        tables = connections["owner"].introspection.table_names()
        chapters = {"fulfillment", "money", "activity"}
        gone = [each for each in tables if each.partition("_")[0] in chapters] + SOLD
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(gone)} RESTART IDENTITY CASCADE")
            cursor.execute("UPDATE inventory_stocklevel SET reserved = 0")

    def know_the_tables(self) -> None:
        """Without statistics the checks of keys take any index that begins with the merchant; a shop that has been
        open for a minute has some.
        """
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")

    def asked(self, orders: int) -> list[dict]:
        """So many orders of three lines each, none the same."""
        first, self.sent = self.sent, self.sent + orders
        return [self._asked(number) for number in range(first, first + orders)]

    def _asked(self, number: int) -> dict:
        skus = [f"SKU-{(number * 7 + line * 131) % SKUS}" for line in range(LINES)]
        lines = [
            {
                "sku": sku,
                "quantity": 1 + number % 3,
                "unit_price": {"amount": f"{number % 90 + 9}.90", "currency": "EUR"},
            }
            for sku in skus
        ]
        return {
            "number": f"B-{number}", "channel": "web-eur", "paid_by": "credit_card", "lines": lines,
            "buyer": {"name": f"Anna Schmidt {number}", "phone": f"+49 30 {number:07}"},
            "ship_to": {"street": f"Lindenweg {number % 99}", "postcode": "10115", "city": "Berlin", "country": "DE"},
        }  # fmt: skip

    def ask(self, method: str, path: str, body=None, **headers):
        response = Client(SERVER_NAME="localhost").generic(
            method.upper(), f"/api/v1/{path}", json.dumps(body) if body is not None else "",
            content_type="application/json", headers={"Authorization": f"Bearer {self.key}", **headers},
        )  # fmt: skip
        assert response.status_code in {200, 201, 207}, response.content[:500]
        return response


def as_peer(asked: dict) -> dict:
    """The same order as the peer takes it."""
    lines = [{**line, "unit_price": line["unit_price"]["amount"]} for line in asked["lines"]]
    to = asked["ship_to"]
    return {
        "number": asked["number"], "buyer_name": asked["buyer"]["name"], "phone": asked["buyer"]["phone"],
        **to, "lines": lines,
    }  # fmt: skip


def counted() -> tuple[int, int]:
    """Orders of ours and of the peer's, each of which has all its lines."""
    with scope.acting_for(Merchant.objects.get(slug="acme")):
        ours, theirs = Order.objects.count(), PeerOrder.objects.count()
        assert (OrderLine.objects.count(), PeerLine.objects.count()) == (ours * LINES, theirs * LINES)
    return ours, theirs
