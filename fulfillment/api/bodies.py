"""What bodies about orders mean to the services, and where in them a refusal lies."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from config.kernel.errors import DomainError
from fulfillment.rules import Left
from fulfillment.services.drafts import PlacedLine, Placement
from fulfillment.services.refunds import Returned
from fulfillment.states import PaymentKind
from merchants.accounts.services.buyers import GivenBuyer


def placement_of(data: dict) -> Placement:
    buyer, to, kind = data["buyer"], data["ship_to"], data.get("paid_by")
    given = GivenBuyer(
        buyer.get("reference", ""), buyer["name"], buyer.get("phone", ""), to["street"], to["city"],
        to.get("region", ""), to.get("postcode", ""), to["country"],
    )  # fmt: skip
    return Placement(
        channel=data["channel"], buyer=given, recipient=to.get("recipient", ""), freight=data.get("freight"),
        lines=[PlacedLine(line["sku"], line["quantity"], line.get("unit_price")) for line in data["lines"]],
        number=data.get("number", ""), paid_by=PaymentKind(kind) if kind else None,
        payment_key=data.get("payment_reference", ""),
    )  # fmt: skip


def led_to_lines(refusal: DomainError, skus: Sequence[str]) -> DomainError:
    """The refusal of an order, with the place of the line it is about; of several with a SKU the first."""
    line, field = refusal.context.get("line"), refusal.field
    if line is None and field is None and refusal.context.get("sku") in skus:
        line, field = skus.index(refusal.context["sku"]), "quantity"
    if line is not None:
        refusal.field = f"lines/{line}/{field}"
    return refusal


# ---------------------------------------------------------------- lines that are named by their position
def units_of(data: dict) -> dict[int, int] | None:
    """By position, what is in a parcel; None for all that is left."""
    return {line["position"]: line["quantity"] for line in data["lines"]} if "lines" in data else None


def shares_of(data: dict) -> dict[int, Left] | None:
    """By position, what of a refund is for which line; None where nobody said so."""
    lines = data.get("lines", [])
    if not any("goods" in line or "freight" in line for line in lines):
        return None
    return {line["position"]: Left(*(_minor(line, name) for name in Left._fields)) for line in lines}


def _minor(line: dict, name: str) -> int:
    return line[name].minor if name in line else 0


def returned_of(data: dict) -> dict[int, Returned]:
    """By position, what came back."""
    lines = data.get("lines", [])
    return {
        line["position"]: Returned(line.get("returned", 0), line.get("damaged", 0))
        for line in lines if line.get("returned") or line.get("damaged")
    }  # fmt: skip


FIELDS = {"units": "quantity"}


@contextmanager
def leading_to_lines(data: dict) -> Iterator[None]:
    """Say of a refusal in which of the sent lines it lies."""
    try:
        yield
    except DomainError as refusal:
        positions = [line["position"] for line in data.get("lines", [])]
        position = refusal.context.get("line")
        if position in positions:
            field = FIELDS.get(str(refusal.field), refusal.field)
            refusal.field = f"lines/{positions.index(position)}/{field}"
        raise
