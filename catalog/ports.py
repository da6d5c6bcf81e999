"""What catalog asks of pricing, which lies above it."""

from dataclasses import dataclass

from config.kernel.money import Money
from config.kernel.ports import Port


@dataclass(frozen=True)
class NewPrice:
    """What a variant is to cost on a channel from now on; `product_id` (public) and `sku` are for the fact."""

    variant_id: int
    channel_id: int
    price: Money
    product_id: str
    sku: str


# variant keys in, the price that holds now on the variant's cheapest channel out; None where there is none
current_prices = Port[int, Money | None]("current_prices", takes=["now"])
# (variant key, channel key) in, the price that holds there now out; None where there is none
standing_prices = Port[tuple[int, int], Money | None]("standing_prices", takes=["now"])
new_prices = Port[NewPrice, None]("new_prices", takes=["by", "now"])
