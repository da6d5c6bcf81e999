"""What the platform's finance staff does to merchants' money, and to what the operator takes."""

from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from config.kernel import scope
from merchants.accounts.permissions import PlatformRole
from merchants.activity.models import DomainEvent
from merchants.marketplace.models import CommissionRule, CommissionSchedule
from merchants.money.models import Hold, HoldRelease, LedgerTransaction
from merchants.money.selectors import ledger
from tests.conftest import person
from tests.factories.marketplace import make_category
from tests.factories.money import make_sale, make_schedule

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance(platform):
    user = person("fay", platform, PlatformRole.FINANCE)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "not asked for"})
    return user


@pytest.fixture
def send(finance, client_for):
    def act(name: str, data: dict, *args) -> int:
        return client_for(finance).post(reverse(f"admin:{name}", args=args), data).status_code

    return act


GOODWILL = {"merchant": "acme", "amount": "12.50", "reason": "goodwill", "explanation": "Late parcels"}


def test_a_merchant_is_credited_and_debited(acme, send):
    assert send("money_ledgertransaction_credit", GOODWILL) == 302
    assert send("money_ledgertransaction_debit", GOODWILL | {"amount": "2.50", "reason": "penalty"}) == 302
    with scope.acting_for(acme):
        assert ledger.payable("EUR").minor == 1_000
        assert list(LedgerTransaction.objects.order_by("pk").values_list("kind", "reason", "explanation")) == [
            ("credit", "goodwill", "Late parcels"), ("debit", "penalty", "Late parcels"),
        ]  # fmt: skip


@pytest.mark.parametrize(
    "changed",
    [
        {"merchant": "nobody"}, {"merchant": "platform"}, {"amount": "0"}, {"amount": "-1"}, {"amount": "1.005"},
        {"reason": "because"}, {"explanation": ""},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(acme, send, changed):
    assert send("money_ledgertransaction_credit", GOODWILL | changed) == 422
    with scope.acting_for(acme):
        assert not LedgerTransaction.objects.exists()


def test_money_is_held_and_released(acme, send):
    with scope.acting_for(acme):
        make_sale()
    hold = {"merchant": "acme", "amount": "60", "reason": "risk", "explanation": "Looked into"}
    assert send("money_hold_new", hold | {"amount": "100.01"}) == 409
    assert send("money_hold_new", hold) == 302
    with scope.acting_for(acme):
        held = Hold.objects.get()
        assert ledger.payable("EUR").minor == 4_000
    assert send("money_hold_row-release", {"explanation": "All is well"}, held.pk) == 302
    assert send("money_hold_row-release", {"explanation": "Again"}, held.pk) == 403
    with scope.acting_for(acme):
        assert ledger.payable("EUR").minor == 10_000
        assert HoldRelease.objects.get().explanation == "All is well"


SCHEDULE = {"code": "y2026", "starts_at": "2999-01-01T00:00"}


def test_a_schedule_is_announced_and_ends_the_one_before(acme, platform, send):
    first = make_schedule()
    make_category(code="tents")
    rules = ",,10,6,,,\n\nacme,tents,12.5,6,EUR,1.00,50\n"
    assert send("marketplace_commissionschedule_new", SCHEDULE | {"rules": rules}) == 302
    second = CommissionSchedule.objects.get(code="y2026")
    first.refresh_from_db()
    assert first.ends_at == second.starts_at == datetime(2999, 1, 1, tzinfo=UTC)
    values = second.rules.order_by("pk").values_list(
        "merchant__slug", "category__code", "rate_ppm", "tax_ppm", "currency", "least_minor", "most_minor"
    )
    assert list(values) == [
        (None, None, 100_000, 60_000, "", None, None), ("acme", "tents", 125_000, 60_000, "EUR", 100, 5_000),
    ]  # fmt: skip
    with scope.acting_for(platform):
        fact = DomainEvent.objects.get(name="marketplace.commission.announced")
        assert fact.payload == {"code": "y2026", "starts_at": "2999-01-01T00:00:00+00:00", "rules": 2}


def test_the_form_begins_with_the_rules_in_force(acme, finance, client_for):
    make_schedule({"rate_ppm": 125_000, "merchant": acme}, {"currency": "EUR", "least_minor": 50, "tax_ppm": 1})
    html = client_for(finance).get(reverse("admin:marketplace_commissionschedule_new")).content.decode()
    assert "acme,,12.5,0,,,\n,,12.5,0.0001,EUR,0.50," in html


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"starts_at": "2020-01-01T00:00"}, 409),
        ({"code": "schedule-known"}, 409),
        ({"rules": ",,10\n,,12"}, 422),
        ({"rules": "nobody,,10"}, 422),
        ({"rules": ",nothing,10"}, 422),
        ({"rules": ",,101"}, 422),
        ({"rules": ",,1e1"}, 422),
        ({"rules": ",,0.00001"}, 422),
        ({"rules": ",,10,,,1.00"}, 422),
        ({"rules": ",,10,,EUR,2.00,1.00"}, 422),
        ({"rules": ",,10,,eur"}, 422),
        ({"rules": ",,10,,EUR,1,2,3"}, 422),
        ({"rules": ""}, 422),
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused(platform, send, changed, status):
    make_schedule(code="schedule-known")
    assert send("marketplace_commissionschedule_new", SCHEDULE | {"rules": ",,10"} | changed) == status
    assert CommissionRule.objects.count() == 1
