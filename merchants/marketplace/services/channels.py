"""Where goods are sold."""

from merchants.marketplace.models import SalesChannel


def find_or_create(*, code: str, name: str, currency: str) -> SalesChannel:
    defaults = {"name": name, "currency": currency}
    return SalesChannel.objects.get_or_create(code=code, defaults=defaults)[0]
