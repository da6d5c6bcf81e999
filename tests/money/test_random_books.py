"""Thousands of random acts on the books, against a purse that is too simple to be wrong (INV-03, INV-23).

The model knows two sums in whole cents and, of each sold line, what is left of it. It rounds in fractions, not by the
product's own arithmetic.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db.models import Sum

from config.kernel.errors import DomainError
from config.kernel.money import Money
from merchants.money import rules
from merchants.money.models import CommissionLine, Hold, LedgerLine, Statement
from merchants.money.selectors.faults import faults
from merchants.money.selectors.ledger import balances
from merchants.money.services import adjustments, payouts, refunds, sales, statements
from merchants.money.services.refunds import RefundedLine
from merchants.money.states import Account, AdjustmentReason, HoldReason
from tests.factories.accounts import THEN
from tests.factories.money import SYSTEM, a_sale, make_schedule

RATE, TAX, LEAST, MOST = 127_500, 190_000, 35, 9_900
UTC = ZoneInfo("UTC")


def rounded(exact: Fraction) -> int:
    """Half a cent away from zero; of amounts that are not below it."""
    return int(exact + Fraction(1, 2))


def fee_of(goods: int) -> tuple[int, int]:
    """The fee and the tax on it."""
    if not goods:
        return 0, 0
    fee = min(max(rounded(Fraction(goods * RATE, 1_000_000)), LEAST), MOST)
    return fee, rounded(Fraction(fee * TAX, 1_000_000))


@dataclass
class Sold:
    order: object
    line: object
    goods: int
    freight: int
    back: int = 0
    freight_back: int = 0

    def owed(self) -> int:
        """Of the line after what went back: the shares of fee and tax that are left are those of what was kept."""
        kept = [
            frozen - (rounded(Fraction(frozen * self.back, self.goods)) if self.goods else 0)
            for frozen in fee_of(self.goods)
        ]
        return self.goods - self.back + self.freight - self.freight_back - sum(kept)


@dataclass
class Purse:
    """One merchant's money, played with by chance."""

    random: Random
    now: object = THEN
    sold: list[Sold] = field(default_factory=list)
    holds: list[tuple[Hold, int]] = field(default_factory=list)
    owed: int = 0  # of what was sold
    given: int = 0
    refused: Counter = field(default_factory=Counter)
    done: Counter = field(default_factory=Counter)

    @property
    def held(self) -> int:
        return sum(minor for _hold, minor in self.holds)

    @property
    def payable(self) -> int:
        return self.owed + self.given - self.held

    def play(self) -> None:
        act = self.random.choice([self.sell, self.sell, self.refund, self.refund, self.adjust, self.hold, self.release])
        try:
            act()
        except DomainError as refusal:
            self.refused[act.__name__, type(refusal).__name__] += 1
        else:
            self.done[act.__name__] += 1
        self.now += timedelta(minutes=self.random.randrange(90))

    def sell(self) -> None:
        amounts = [
            (
                self.random.choice([0, 1, 99, 100, 1_990, self.random.randrange(1, 200_000)]),
                self.random.choice([0, 7, 590]),
            )
            for _line in range(self.random.randint(1, 4))
        ]
        sale = a_sale(*({"goods_minor": goods, "freight_minor": freight} for goods, freight in amounts), at=self.now)
        sales.post([sale], by=SYSTEM, now=self.now)
        if any(map(sum, amounts)):
            new = [Sold(sale.order_id, line.line_id, *amount) for line, amount in zip(sale.lines, amounts, strict=True)]
            self.sold += new
            self.owed += sum(line.owed() for line in new)

    def refund(self) -> None:
        """Of a line, sometimes more than is left of it."""
        line = self.random.choice(self.sold)
        goods, freight = (
            self.random.choice([0, left, left + 1, self.random.randint(0, left)])
            for left in (line.goods - line.back, line.freight - line.freight_back)
        )
        refunds.post(
            key=str(self.random.random()), order_id=line.order, lines=[RefundedLine(line.line, goods, freight)],
            at=self.now, by=SYSTEM, now=self.now,
        )  # fmt: skip
        self.owed -= line.owed()
        line.back, line.freight_back = line.back + goods, line.freight_back + freight
        self.owed += line.owed()

    def adjust(self) -> None:
        act, sign = self.random.choice([(adjustments.credit, 1), (adjustments.debit, -1)])
        minor = self.random.randint(-1, 5_000)
        act(
            amount=Money(minor, "EUR"),
            reason=AdjustmentReason.values[0],
            explanation="by chance",
            by=SYSTEM,
            now=self.now,
        )
        self.given += sign * minor

    def hold(self) -> None:
        minor = self.random.randint(0, max(1, 2 * self.payable))
        held = payouts.hold(
            amount=Money(minor, "EUR"), currency="EUR", reason=HoldReason.RISK, explanation="by chance", by=SYSTEM,
            now=self.now,
        )  # fmt: skip
        self.holds.append((held, minor))

    def release(self) -> None:
        if self.holds:
            hold, _minor = self.holds.pop(self.random.randrange(len(self.holds)))
            payouts.release(hold=hold, explanation="by chance", by=SYSTEM, now=self.now)


def differences(purse: Purse) -> list:
    """Where the books are not what the model says, or do not balance."""
    (balance,) = balances(currency="EUR")
    sums = dict(LedgerLine.objects.order_by().values_list("account").annotate(Sum("amount_minor")))
    fees = CommissionLine.objects.aggregate(Sum("fee_minor"))["fee_minor__sum"] or 0
    pairs = [
        ("payable", balance.payable.minor, purse.payable),
        ("held", sums.get(Account.HELD, 0), purse.held),
        ("all", sum(sums.values()), 0),
        ("fees", fees, sum(fee_of(line.goods)[0] for line in purse.sold)),
    ]
    return [pair for pair in pairs if pair[1] != pair[2]]


@pytest.fixture
def purse(acting):
    make_schedule({"rate_ppm": RATE, "tax_ppm": TAX, "currency": "EUR", "least_minor": LEAST, "most_minor": MOST})
    found = Purse(Random(20_261_101))
    found.sell()
    return found


@pytest.mark.parametrize("acts", [5_000, pytest.param(100_000, marks=pytest.mark.nightly)])
def test_books_after_random_acts_are_what_a_purse_says(purse, acts):
    for played in range(1, acts + 1):
        purse.play()
        if played % (acts // 10) == 0:
            assert differences(purse) == []
            statements.close(until=rules.last_ended(purse.now, zone=UTC), by=SYSTEM, now=purse.now)

    assert list(faults()) == []
    call_command("check_ledger", verbosity=0)
    assert purse.done.keys() == {"sell", "refund", "adjust", "hold", "release"}
    assert {name for _act, name in purse.refused} == {"RefundAboveSale", "NothingToPost", "WouldBeOverheld"}
    latest = Statement.objects.order_by("-period_on")[0]
    until = LedgerLine.objects.filter(account=Account.PAYABLE, period_on__lte=latest.period_on)
    assert latest.closing_minor == until.aggregate(Sum("amount_minor"))["amount_minor__sum"]


def test_a_commission_that_is_not_given_back_is_noticed(purse, monkeypatch):
    monkeypatch.setattr(rules, "given_back", lambda frozen, **_: Money(0, frozen.currency))
    for _act in range(40):
        purse.play()
    assert "payable" in [name for name, *_ in differences(purse)]
