"""Goods in series: a name on things of many forms, as shops have them, each thing in colors of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.services.demo.goods.good import Good

PALETTE = (
    ("forest", "cream"), ("navy", "mustard"), ("rust", "sand"), ("sky", "walnut"), ("sage", "clay"), ("plum", "blush"),
    ("mustard", "charcoal"), ("sea", "cream"), ("coral", "navy"), ("indigo", "sun"), ("moss", "sand"), ("mint", "rust"),
    ("clay", "cream"), ("slate", "coral"), ("red", "cream"), ("stone", "ink"), ("blush", "plum"), ("cream", "sea"),
    ("sun", "forest"), ("charcoal", "copper"), ("cobalt", "white"),
)  # fmt: skip


@dataclass(frozen=True)
class Form:
    """What every series has one of: its drawing, and what it costs and weighs; `text` may name the `{series}`."""

    kind: str
    category: str
    noun: str
    text: str
    price: int
    weight_g: int
    variants: tuple[str, ...] = ("",)


@dataclass(frozen=True)
class Series:
    """`share` is what its things cost, in hundredths of what is usual; `first` where in the palette it begins."""

    name: str
    share: int
    first: int


def goods(series: Sequence[Series], forms: Sequence[Form], *, least: int, joint: str = " ") -> list[Good]:
    """All things of all series, form by form; prices are rounded down to `least` and end just below it."""
    made = []
    for row, form in enumerate(forms):
        for place, each in enumerate(series):
            main, accent = PALETTE[(each.first + row * 4) % len(PALETTE)]
            price = max(form.price * each.share // 100 // least, 1) * least - least // 10
            made.append(
                Good(
                    form.kind, form.category, f"{each.name}{joint}{form.noun}", form.text.format(series=each.name),
                    price, form.weight_g, f"{main} {accent} {(row + place) % 2}", form.variants,
                    {11: "paused", 20: "draft"}.get(len(made) % 23, "live"),
                )
            )  # fmt: skip
    return made
