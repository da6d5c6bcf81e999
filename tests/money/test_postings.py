"""Sales and refunds in the books."""

from uuid import uuid4

import pytest

from config.kernel.actors import machine
from merchants.money.errors import KeyReused, NothingToPost, NotSold, RefundAboveSale
from merchants.money.models import CommissionLine, CommissionReturn, LedgerLine, LedgerTransaction
from merchants.money.services import refunds, sales
from merchants.money.services.refunds import RefundedLine
from tests.factories.money import a_sale, entries, make_sale, make_schedule

BY = machine("user:7")
pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture(autouse=True)
def schedule(acting):
    return make_schedule({"rate_ppm": 125_000, "tax_ppm": 60_000})


def test_what_was_for_free_moves_no_money(acting, now):
    free, sold = a_sale({"goods_minor": 0}), a_sale({"goods_minor": 100})

    (posted,) = sales.post([free, sold], by=BY, now=now)

    assert posted.key == sold.key
    assert sales.post([free], by=BY, now=now) == []


def test_a_sale_is_split_between_merchant_and_operator(now):
    sale = a_sale({"goods_minor": 10_000, "freight_minor": 500}, {"goods_minor": 333, "tax_minor": 53})

    (posted,) = sales.post([sale], by=BY, now=now)

    assert entries(posted) == [
        ("buyer_clearing", "sale", -10_833),
        ("commission_income", "commission", 1_285),  # 1,250.00 of 10,000 and 35 of 280
        ("commission_tax", "commission_tax", 77),  # 75 and 2.1
        ("merchant_payable", "commission", -1_285),
        ("merchant_payable", "commission_tax", -77),
        ("merchant_payable", "sale", 10_833),
    ]
    assert (posted.kind, posted.by, posted.period_on.isoformat()) == ("sale", "user:7", "2025-03-01")


def test_the_commission_is_frozen_with_its_rule(now, schedule):
    posted = make_sale({"goods_minor": 333, "tax_minor": 53, "sku": "MUG"})
    (line,) = posted.commissions.all()
    assert (line.sku, line.goods_minor, line.base_minor, line.rate_ppm, line.tax_ppm) == (
        "MUG",
        333,
        280,
        125_000,
        60_000,
    )
    assert (line.fee_minor, line.tax_minor, line.bound, line.rule_code) == (35, 2, "", f"{schedule.code}: *")


def test_a_sale_is_posted_once(now):
    sale = a_sale()
    (first,) = sales.post([sale], by=BY, now=now)
    (second,) = sales.post([sale], by=BY, now=now)
    assert second == first
    assert (LedgerTransaction.objects.count(), CommissionLine.objects.count(), LedgerLine.objects.count()) == (1, 1, 6)


def test_the_same_order_with_another_amount_is_refused(now):
    sale = a_sale()
    sales.post([sale], by=BY, now=now)
    with pytest.raises(KeyReused):
        sales.post([sale._replace(lines=[sale.lines[0]._replace(goods_minor=1)])], by=BY, now=now)
    assert LedgerTransaction.objects.count() == 1


def test_what_nobody_knows_to_be_refunded_is_not_payable(now):
    (posted,) = sales.post([a_sale(is_payable=False)], by=BY, now=now)
    assert entries(posted) == [("buyer_clearing", "sale", -10_000), ("refund_unknown", "sale", 10_000)]
    assert not CommissionLine.objects.exists()


def test_without_a_schedule_nothing_is_taken(acting, now):
    posted = make_sale(at=now.replace(year=2015))
    assert entries(posted) == [("buyer_clearing", "sale", -10_000), ("merchant_payable", "sale", 10_000)]


def refund(posted, *, goods, freight=0, key=None, line=0, now):
    sold = posted.commissions.order_by("position")[line]
    return refunds.post(
        key=key or str(uuid4()), order_id=posted.order_id, lines=[RefundedLine(sold.line_id, goods, freight)], at=now,
        by=BY, now=now,
    )  # fmt: skip


def test_a_refund_gives_back_its_part_of_the_commission(now):
    posted = make_sale({"goods_minor": 10_000, "freight_minor": 500})
    back = refund(posted, goods=5_000, freight=500, now=now)
    assert entries(back) == [
        ("buyer_clearing", "refund", 5_500),
        ("commission_income", "commission_back", -625),
        ("commission_tax", "commission_tax_back", -38),  # 37.5
        ("merchant_payable", "commission_back", 625),
        ("merchant_payable", "commission_tax_back", 38),
        ("merchant_payable", "refund", -5_500),
    ]


def test_the_parts_of_a_full_refund_give_back_the_whole_commission(now):
    posted = make_sale({"goods_minor": 1_000})
    for goods in (333, 333, 333, 1):
        refund(posted, goods=goods, now=now)
    given = CommissionReturn.objects.order_by("pk").values_list("fee_minor", "tax_minor")
    assert list(given) == [(42, 3), (41, 2), (42, 3), (0, 0)]
    (frozen,) = posted.commissions.all()
    assert (frozen.fee_minor, frozen.tax_minor) == (125, 8)


def test_a_refund_is_posted_once_per_key(now):
    posted = make_sale()
    first, again = (refund(posted, goods=600, key="R-1", now=now) for _ in range(2))
    assert first == again
    assert CommissionReturn.objects.count() == 1
    with pytest.raises(KeyReused):
        refund(posted, goods=601, key="R-1", now=now)


@pytest.mark.parametrize(("goods", "freight"), [(10_001, 0), (0, 1)])
def test_more_than_was_sold_is_not_refunded(now, goods, freight):
    posted = make_sale()
    with pytest.raises(RefundAboveSale):
        refund(posted, goods=goods, freight=freight, now=now)
    refund(posted, goods=9_999, now=now)
    with pytest.raises(RefundAboveSale):
        refund(posted, goods=2, now=now)
    assert CommissionReturn.objects.count() == 1


@pytest.mark.parametrize("goods", [0, -1])
def test_a_refund_of_nothing_is_refused(now, goods):
    posted = make_sale()
    with pytest.raises(NothingToPost):
        refund(posted, goods=goods, now=now)


def test_only_sold_lines_are_refunded(now):
    posted, other = make_sale(), make_sale()
    for order_id, line_id in [(uuid4(), uuid4()), (posted.order_id, other.commissions.get().line_id)]:
        with pytest.raises(NotSold):
            refunds.post(key="R", order_id=order_id, lines=[RefundedLine(line_id, 1)], at=now, by=BY, now=now)
