"""A suspended merchant's people see why; they read, and see to open orders, and sell nothing."""

import pytest

from catalog.models import Listing
from catalog.services import listings
from config.kernel import scope
from config.kernel.actors import machine
from config.kernel.flow import IllegalMove
from fulfillment.models import Order
from merchants.accounts.models import Merchant
from merchants.accounts.permissions import Role
from merchants.accounts.states import MerchantStatus
from merchants.activity.models import DomainEvent
from merchants.onboarding.errors import MerchantSuspended
from merchants.onboarding.models import Suspension
from merchants.onboarding.services import suspensions
from tests.conftest import person
from tests.factories.catalog import make_product
from tests.factories.marketplace import usual_channel
from tests.factories.onboarding import EXPLANATION, make_suspension
from tests.factories.placing import place_order

BY = machine("test")


def test_no_order_is_placed_and_nothing_put_on_sale(acting, now):
    product = make_product(listing=None)
    make_suspension()

    with pytest.raises(MerchantSuspended):
        place_order()
    with pytest.raises(MerchantSuspended):
        listings.put_on_sale(variant=product.variants.get(), channel=usual_channel(), by=BY, now=now)

    assert (Order.objects.count(), Listing.objects.filter(variant__product=product).count()) == (0, 0)


def test_it_sells_again_when_it_is_reinstated(acting, now):
    row = make_suspension()
    suspensions.reinstate(merchant=acting, by=BY, now=now)

    assert place_order().number
    row.refresh_from_db()
    assert (row.ended_at, row.ended_by) == (now, "test")
    assert Merchant.objects.get(pk=acting.pk).status == MerchantStatus.OPEN
    facts = DomainEvent.objects.filter(about=f"merchant:{acting.public_id}").order_by("pk")
    assert list(facts.values_list("name", flat=True)) == [
        "onboarding.merchant.suspended", "onboarding.merchant.reinstated",
    ]  # fmt: skip


def test_nobody_is_suspended_twice(acting, now):
    make_suspension()
    with pytest.raises(IllegalMove):
        make_suspension()
    assert Suspension.objects.count() == 1


@pytest.mark.parametrize("role", Role)
def test_everybody_of_the_shop_reads_why_on_every_page(acme, client_for, role):
    make_suspension(acme)
    page = client_for(person("ines", acme, role)).get("/m/acme/menu/").content.decode()
    assert EXPLANATION in page and "Documents are missing or have expired" in page


def test_the_form_of_a_new_order_is_refused(acme, olive, client_for):
    make_suspension(acme)
    with scope.acting_for(acme):
        channel = usual_channel()
        sku = make_product().variants.get().sku
    sent = {"channel": channel.pk, "name": "Nia", "street": "Lindenweg 1", "city": "Berlin", "country": "DE",
            "sku_1": sku, "quantity_1": "1", "price_1": "5"}  # fmt: skip
    answer = client_for(olive).post("/m/acme/orders/new/", sent)
    assert answer.status_code == 409
    assert "it can neither sell nor put anything on sale" in answer.content.decode()


def test_a_system_is_refused_with_the_same_code(acme, system):
    with scope.acting_for(acme):
        variant = make_product(listing=None).variants.get()
        channel = usual_channel()
    make_suspension(acme)
    answer = system.post("listings/", {"sku": variant.sku, "channel": channel.code}, Idempotency_Key="k-1")
    assert (answer.status_code, answer.json()["code"]) == (409, "merchant_suspended")


def test_staff_suspend_and_reinstate(acme, admin_user, client_for):
    browser = client_for(admin_user)
    sent = {"merchant": "acme", "reason": "risk", "explanation": "Complaints are looked into."}
    assert browser.post("/admin/onboarding/suspension/new/", sent).status_code == 302
    assert Merchant.objects.get(slug="acme").status == MerchantStatus.SUSPENDED
    assert browser.post("/admin/onboarding/suspension/new/", sent).status_code == 409
    with scope.acting_for(acme):
        pk = Suspension.objects.get().pk
    assert browser.post(f"/admin/onboarding/suspension/{pk}/row-end/").status_code == 302
    assert Merchant.objects.get(slug="acme").status == MerchantStatus.OPEN
    assert browser.post(f"/admin/onboarding/suspension/{pk}/row-end/").status_code == 403


def test_a_rival_is_not_concerned(acme, rival, now):
    make_suspension(acme)
    with scope.acting_for(rival):
        assert place_order().number
