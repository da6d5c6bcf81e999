"""What a sample shop sells, before it is a product."""

from dataclasses import dataclass

from analytics.services.demo.pictures import Look


@dataclass(frozen=True)
class Form:
    """One variant: what tells it apart, and its price in minor units."""

    specification: str
    price_minor: int


@dataclass(frozen=True)
class Good:
    """`kind` names its drawing, `colors` are "main accent style"; a variant may cost more: `("1 l", "2 l +8")`.

    `price` and what a variant costs more are in whole minor units and whole major units; `state` is what became of it:
    `live`, `paused`, `draft` or `archived`.
    """

    kind: str
    category: str
    title: str
    text: str
    price: int
    weight_g: int
    colors: str
    variants: tuple[str, ...] = ("",)
    state: str = "live"

    @property
    def forms(self) -> list[Form]:
        parts = [variant.partition(" +") for variant in self.variants]
        return [Form(name, self.price + 100 * int(more or 0)) for name, _, more in parts]

    def look(self, backdrop: int) -> Look:
        main, accent, style = self.colors.split()
        return Look(main, accent, int(style), backdrop)
