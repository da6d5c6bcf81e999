"""What a correction does to the numbers of a level."""

from typing import NamedTuple

from inventory.states import AdjustmentReason as Reason

MOST = 10_000_000  # units in one act; more is a slip of the finger


class Effect(NamedTuple):
    """What is added to a level; below zero it is taken away."""

    on_hand: int = 0
    damaged: int = 0
    incoming: int = 0


def correction(reason: Reason, quantity: int, *, on_hand: int) -> Effect:
    """Of a count, `quantity` is what lies there; of a source's adjustment it has a sign; else it is how many units."""
    return {
        Reason.COUNTED: Effect(quantity - on_hand),
        Reason.FOUND: Effect(quantity),
        Reason.LOST: Effect(-quantity),
        Reason.DAMAGED: Effect(0, quantity),
        Reason.REPAIRED: Effect(0, -quantity),
        Reason.SCRAPPED: Effect(-quantity, -quantity),
        Reason.SOURCE: Effect(quantity),
        Reason.OPENING: Effect(quantity),
    }[reason]


def is_low(*, available: int, line: int | None) -> bool:
    return line is not None and available < line
