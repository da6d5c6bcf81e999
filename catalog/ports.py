"""What catalog asks of pricing, which lies above it."""

from dataclasses import dataclass

from config.kernel.money import Money
from config.kernel.ports import Port


@dataclass(frozen=True)
class OpeningPrice:
    """The first price of a variant on a channel."""

    variant_id: int
    channel_id: int
    price: Money


# variant keys in, the price that holds now on the variant's cheapest channel out; None where there is none
current_prices = Port[int, Money | None]("current_prices", takes=["now"])
opening_prices = Port[OpeningPrice, None]("opening_prices", takes=["by", "now"])
