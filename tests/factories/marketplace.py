from itertools import count

from merchants.marketplace.models import Category, PostcodeArea, SalesChannel
from tests.factories.accounts import acting_merchant

numbers = count(1)


def make_category(*, parent: Category | None = None, **overrides) -> Category:
    number = next(numbers)
    node = Category(**{"code": f"category-{number}", "name": f"Category {number}"} | overrides)
    if parent:
        Category.objects.get(pk=parent.pk).add_child(instance=node)
    else:
        Category.objects.add_root(instance=node)
    return node


def usual_category() -> Category:
    """The one where products lie unless a test says otherwise."""
    return Category.objects.filter(code="things").first() or make_category(code="things", name="Things")


def make_channel(**overrides) -> SalesChannel:
    number = next(numbers)
    values = {"code": f"channel-{number}", "name": f"Channel {number}", "currency": "EUR"}
    return SalesChannel.objects.create(**values | overrides)


def usual_channel() -> SalesChannel:
    """Where the acting merchant sells unless a test says otherwise: one per currency."""
    currency = acting_merchant().currency
    defaults = {"name": f"Web shop {currency}", "currency": currency}
    return SalesChannel.objects.get_or_create(code=f"web-{currency.lower()}", defaults=defaults)[0]


def make_postcode_area(**overrides) -> PostcodeArea:
    values = {"country": "DE", "latitude": "52.5", "longitude": "13.4", "samples": 1, "source": "test"}
    return PostcodeArea.objects.create(**{"prefix": f"{next(numbers):05}"} | values | overrides)
