from decimal import Decimal

from django.db import models
from django.db.models import F

from config.kernel.money import CurrencyField, MinorField, Money, places
from fulfillment.rules import MILLION


class Priced(models.Model):
    """So many units at a price which a source may have given in fractions of a minor unit.

    `unit_price_ppm` are the millionths of a minor unit above `unit_price_minor`. `goods_minor` is what all units cost,
    rounded once, half up: see `rules.goods_minor`.
    """

    quantity = models.PositiveIntegerField()
    unit_price_minor = MinorField()
    unit_price_ppm = models.PositiveBigIntegerField(db_default=0)
    goods_minor = models.GeneratedField(
        expression=F("unit_price_minor") * F("quantity")
        + (F("unit_price_ppm") * F("quantity") + MILLION // 2) / MILLION,
        output_field=models.BigIntegerField(), db_persist=True,
    )  # fmt: skip
    currency = CurrencyField()

    class Meta:
        abstract = True

    @property
    def unit_price(self) -> Money:
        return Money(self.unit_price_minor, self.currency)

    @property
    def exact_unit_price(self) -> Decimal:
        """In major units, with all decimals that the source gave."""
        exact = Decimal(self.unit_price_minor * MILLION + self.unit_price_ppm) / MILLION
        return exact.scaleb(-places(self.currency)).normalize()

    @property
    def amount(self) -> Money:
        return Money(self.goods_minor, self.currency)
