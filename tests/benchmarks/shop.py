"""What both sides of the orders sell: five hundred variants, of each of which there is more than enough."""

from collections.abc import Iterator

from django.db import models, transaction
from rest_framework import generics, serializers
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer

VARIANTS, LINES, ON_HAND = 500, 3, 1_000_000


class Ware(models.Model):
    """The peer's variant with its stock."""

    sku = models.CharField(max_length=60, unique=True)
    on_hand = models.PositiveIntegerField()
    reserved = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "benchmarks"


class Purchase(models.Model):
    number = models.CharField(max_length=60, unique=True)
    channel = models.CharField(max_length=40)
    paid_by = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=30)
    street = models.CharField(max_length=200)
    postcode = models.CharField(max_length=20)
    city = models.CharField(max_length=120)
    country = models.CharField(max_length=2)
    freight = models.DecimalField(max_digits=12, decimal_places=2)
    total = models.DecimalField(max_digits=12, decimal_places=2)
    placed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "benchmarks"


class PurchaseLine(models.Model):
    purchase = models.ForeignKey(Purchase, on_delete=models.CASCADE, related_name="lines")
    ware = models.ForeignKey(Ware, on_delete=models.PROTECT)
    quantity = models.PositiveIntegerField()
    unit_price = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        app_label = "benchmarks"


class LineSerializer(serializers.ModelSerializer):
    sku = serializers.SlugRelatedField(source="ware", slug_field="sku", queryset=Ware.objects.all())

    class Meta:
        model = PurchaseLine
        fields = ["sku", "quantity", "unit_price"]


class PurchaseSerializer(serializers.ModelSerializer):
    """As DRF's documentation has nested writes, with the stock locked in the order of its keys."""

    lines = LineSerializer(many=True)

    class Meta:
        model = Purchase
        fields = [
            "id", "number", "channel", "paid_by", "name", "phone", "street", "postcode", "city", "country", "freight",
            "total", "placed_at", "lines",
        ]  # fmt: skip
        read_only_fields = ["total"]

    @transaction.atomic
    def create(self, validated_data):
        lines = validated_data.pop("lines")
        wanted = {line["ware"].pk: line["quantity"] for line in lines}
        wares = Ware.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
        for ware in wares:
            if ware.on_hand - ware.reserved < wanted[ware.pk]:
                raise serializers.ValidationError({"lines": f"not enough of {ware.sku}"})
            ware.reserved += wanted[ware.pk]
            ware.save(update_fields=["reserved"])
        total = validated_data["freight"] + sum(line["quantity"] * line["unit_price"] for line in lines)
        purchase = Purchase.objects.create(**validated_data, total=total)
        PurchaseLine.objects.bulk_create(PurchaseLine(purchase=purchase, **line) for line in lines)
        return purchase


class Purchases(generics.CreateAPIView):
    queryset = Purchase.objects.all()
    serializer_class = PurchaseSerializer
    authentication_classes = permission_classes = throttle_classes = []
    parser_classes, renderer_classes = [JSONParser], [JSONRenderer]


TABLES = (Ware, Purchase, PurchaseLine)


def sku(number: int) -> str:
    return f"W-{number % VARIANTS:03}"


def orders(first: int, many: int) -> Iterator[dict]:
    """As our API takes them."""
    for number in range(first, first + many):
        yield {
            "number": f"N-{number}", "channel": "web", "paid_by": "wallet",
            "freight": {"amount": "4.90", "currency": "EUR"},
            "buyer": {"reference": f"C-{number % 5_000}", "name": "Anna Meier", "phone": "+49 30 123456"},
            "ship_to": {"street": "Lindenweg 1", "postcode": "10115", "city": "Berlin", "country": "DE"},
            "lines": [
                {"sku": sku(number * 7 + line), "quantity": line + 1,
                 "unit_price": {"amount": "9.90", "currency": "EUR"}}
                for line in range(LINES)
            ],
        }  # fmt: skip


def purchases(first: int, many: int) -> Iterator[dict]:
    """The same as the peer takes them."""
    for each in orders(first, many):
        lines = [line | {"unit_price": line["unit_price"]["amount"]} for line in each["lines"]]
        buyer = {"name": each["buyer"]["name"], "phone": each["buyer"]["phone"]}
        told = {"number": each["number"], "channel": each["channel"], "paid_by": each["paid_by"]}
        yield {**told, **buyer, **each["ship_to"], "freight": each["freight"]["amount"], "lines": lines}
