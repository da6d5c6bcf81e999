"""Split what was paid at once among the orders it paid for, so that every row and column adds up. Pure functions."""

from collections.abc import Sequence
from enum import StrEnum

from config.kernel.money import Money

ROUNDING = 5  # minor units; above it a gap is no matter of rounding


class Gap(StrEnum):
    """Why what was paid differs from what the orders come to."""

    NONE = "none"
    NO_ITEMS = "no_items"
    SURCHARGE = "instalment_surcharge"
    ABOVE = "paid_above"
    BELOW = "paid_below"
    UNPAID = "not_paid"
    ROUNDING = "rounding"


def gap_of(*, worth: int | None, paid: int | None, instalments: int) -> Gap:
    """`worth` is None without items, `paid` without payments; `instalments` the most of any payment."""
    if worth is None:
        return Gap.NO_ITEMS
    if paid is None:
        return Gap.UNPAID if worth else Gap.NONE
    if paid == worth:
        return Gap.NONE
    if abs(paid - worth) <= ROUNDING:
        return Gap.ROUNDING
    if paid < worth:
        return Gap.BELOW
    return Gap.SURCHARGE if instalments > 1 else Gap.ABOVE


def targets(worths: Sequence[int], paid: int, currency: str) -> list[int]:
    """What each order of a group is paid: its own worth where that adds up, else its share of what was paid."""
    if sum(worths) == paid:
        return list(worths)
    return _split(paid, worths, currency)


def shares(worths: Sequence[int], payments: Sequence[int], currency: str) -> list[list[int]]:
    """For each payment its part per order: parts sum to the payment, and per order to its target.

    The smaller payments are split first, by what each order still lacks; the largest (the first of equals) takes the
    rest, which so is never negative.
    """
    lacking = targets(worths, sum(payments), currency)
    parts: list[list[int]] = [[] for _ in payments]
    *smaller, largest = sorted(range(len(payments)), key=lambda i: (payments[i], -i)) or [None]
    for i in smaller:
        parts[i] = _split(payments[i], lacking, currency)
        lacking = [left - part for left, part in zip(lacking, parts[i], strict=True)]
    if largest is not None:
        parts[largest] = lacking
    return parts


def _split(whole: int, weights: Sequence[int], currency: str) -> list[int]:
    weights = list(weights) if sum(weights) else [1] * len(weights)
    return [part.minor for part in Money(whole, currency).split(weights)]
