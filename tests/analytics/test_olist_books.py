"""What an import writes into the books of its merchants."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from config.kernel import scope
from fulfillment.models import Order
from merchants.accounts.models import Merchant
from merchants.money.models import CommissionLine, LedgerTransaction
from merchants.money.selectors import faults
from tests.factories.money import entries, make_schedule
from tests.factories.olist import OlistSource, key

NOW = datetime(2018, 6, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    """An order of two sellers, one that waits with its money known, one cancelled after it was paid, one unpaid."""
    source = OlistSource()
    ada, bo = source.seller("ada"), source.seller("bo")
    soap, lamp = source.product("soap"), source.product("lamp", category="iluminacao")
    source.order(
        "shared", items=[(ada, soap, "10.00", "1.00"), (ada, soap, "10.00", "1.00"), (bo, lamp, "33.33", "4.67")],
        payments=[("credit_card", 3, "60.00")],
    )  # fmt: skip
    source.order(
        "later", items=[(ada, soap, "12.50", "0.00")], payments=[("boleto", 1, "12.50")], approved="", handed_over="",
        delivered="", status="created",
    )  # fmt: skip
    source.order(
        "ended", items=[(bo, lamp, "100.00", "10.00")], payments=[("credit_card", 10, "119.90")], status="canceled",
        delivered="", handed_over="",
    )  # fmt: skip
    source.order(
        "never", items=[(bo, lamp, "50.00", "5.00")], payments=[], status="canceled", delivered="", handed_over="",
    )  # fmt: skip
    return source


def movements(seller: str) -> dict[str, list]:
    with scope.acting_for(Merchant.objects.get(external_id=key("seller", seller))):
        found = LedgerTransaction.objects.order_by("pk")
        return {Order.objects.get(public_id=each.order_id).external_id: entries(each) for each in found}


def test_every_order_is_posted_and_what_is_cancelled_is_not_payable(source, take_in, tmp_path):
    make_schedule({"rate_ppm": 100_000, "tax_ppm": 60_000})
    take_in(source.write(tmp_path))
    assert movements("ada") == {
        key("order", "shared"): [
            ("buyer_clearing", "sale", -2_200), ("commission_income", "commission", 200),
            ("commission_tax", "commission_tax", 12), ("merchant_payable", "commission", -200),
            ("merchant_payable", "commission_tax", -12), ("merchant_payable", "sale", 2_200),
        ],
        key("order", "later"): [
            ("buyer_clearing", "sale", -1_250), ("commission_income", "commission", 125),
            ("commission_tax", "commission_tax", 8), ("merchant_payable", "commission", -125),
            ("merchant_payable", "commission_tax", -8), ("merchant_payable", "sale", 1_250),
        ],
    }  # fmt: skip
    assert movements("bo") == {
        key("order", "shared"): [
            ("buyer_clearing", "sale", -3_800), ("commission_income", "commission", 333),
            ("commission_tax", "commission_tax", 20), ("merchant_payable", "commission", -333),
            ("merchant_payable", "commission_tax", -20), ("merchant_payable", "sale", 3_800),
        ],
        key("order", "ended"): [("buyer_clearing", "sale", -11_000), ("refund_unknown", "sale", 11_000)],
    }  # fmt: skip


def test_a_second_run_posts_nothing_again(source, take_in, tmp_path):
    folder = source.write(tmp_path)
    take_in(folder)
    with scope.across_merchants(because="the test compares two runs"):
        before = list(LedgerTransaction.objects.order_by("pk").values()), list(CommissionLine.objects.values("pk"))
        assert len(before[0]) == 4
    take_in(folder)
    with scope.across_merchants(because="the test compares two runs"):
        assert (list(LedgerTransaction.objects.order_by("pk").values()), list(CommissionLine.objects.values("pk"))) == (
            before
        )
        assert list(faults.faults()) == []
    call_command("check_ledger")
