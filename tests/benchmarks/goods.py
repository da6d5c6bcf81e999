"""What both sides of the imports take in."""

from collections.abc import Iterator
from copy import copy

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models

from catalog.forms import CODE, GTIN
from merchants.marketplace.models import Category, SalesChannel

HEADING = [
    "code", "sku", "title", "category", "barcode", "model_number", "origin", "description", "weight_g", "length_mm",
    "price", "channel",
]  # fmt: skip
COUNTRY = RegexValidator(r"^[A-Z]{2}$")
WRONG = 50  # one line in so many


class Good(models.Model):
    """The peer's table: all of a line in one row, with the same rules."""

    code = models.CharField(max_length=40, validators=[CODE])
    sku = models.CharField(max_length=60, unique=True, validators=[CODE])
    title = models.CharField(max_length=200)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    barcode = models.CharField(max_length=14, blank=True, validators=[GTIN])
    model_number = models.CharField(max_length=80, blank=True)
    origin = models.CharField(max_length=2, blank=True, validators=[COUNTRY])
    description = models.TextField(max_length=10_000, blank=True)
    weight_g = models.PositiveIntegerField(null=True, validators=[MinValueValidator(1)])
    length_mm = models.PositiveIntegerField(null=True, validators=[MinValueValidator(1)])
    price = models.DecimalField(max_digits=12, decimal_places=2, validators=[MinValueValidator(0.01)])
    channel = models.ForeignKey(SalesChannel, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "benchmarks"

    def __deepcopy__(self, memo):
        """What the peer compares with. Django would ask its registry of apps, which does not know these tables."""
        twin = type(self)()
        twin.__dict__.update(self.__dict__, _state=copy(self._state))
        return twin


def goods(lines: int) -> Iterator[list[str]]:
    """A heading and so many lines, every fiftieth with a price of three decimals."""
    yield HEADING
    for number in range(lines):
        price = f"{number % 9_999 + 1}.{'999' if number % WRONG == WRONG - 1 else '99'}"
        yield [
            f"G-{number:07}", f"G-{number:07}-A", f"Steel bottle {number} 保温杯 for tea and coffee",
            f"category-{number % 20}", f"{4_000_000_000_000 + number}", f"M-{number % 97}", "CN",
            f"A bottle that keeps tea hot for twelve hours; lid of bamboo; batch {number}.", str(number % 2_900 + 50),
            str(number % 890 + 10), price, "web",
        ]  # fmt: skip
