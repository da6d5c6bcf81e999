"""What pricing announces."""

from dataclasses import dataclass

from config.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class PriceSet(Event):
    """`before_minor` is None for the first price of a variant on a channel."""

    name = "pricing.price.set"
    product_id: str
    sku: str
    channel: str
    before_minor: int | None
    after_minor: int
    currency: str

    @property
    def about(self):
        return f"product:{self.product_id}"
