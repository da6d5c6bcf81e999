import re

import pytest
from django.contrib import admin
from django.urls import reverse

from config.kernel import scope
from config.kernel.admin import ReadOnlyAdmin, admin_page
from merchants.accounts.models import Buyer, Merchant
from merchants.accounts.permissions import PlatformRole
from merchants.activity.models import DomainEvent
from merchants.desk.models import ImportRun
from tests.conftest import person
from tests.factories.accounts import make_buyer
from tests.factories.fulfillment import make_order
from tests.factories.support import make_review

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
lists = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)


def pages(model) -> list[str]:
    """The list of a model, and the page of its first row."""
    with scope.across_merchants(because="a test looks for a row"):
        row = model._default_manager.order_by("pk").first()
    of_row = [reverse(admin_page(model._meta, "change"), args=[row.pk])] if row else []
    return [reverse(admin_page(model._meta)), *of_row]


def test_these_can_be_looked_at():
    assert [model._meta.label for model in MODELS] == [
        "accounts.Buyer", "accounts.Membership", "accounts.Merchant", "activity.DomainEvent",
        "activity.EventDelivery", "activity.Seal", "catalog.Listing", "catalog.Product", "catalog.Variant", "desk.Duty",
        "desk.ImportRun", "desk.Job", "desk.WorkItem", "fulfillment.Order", "fulfillment.OrderGroup",
        "fulfillment.Payment", "fulfillment.Shipment", "inventory.StockLevel", "inventory.StockMovement",
        "marketplace.Category", "marketplace.CommissionSchedule", "marketplace.PostcodeArea",
        "marketplace.SalesChannel", "money.Hold", "money.LedgerTransaction", "money.PayoutTerms", "money.Statement",
        "onboarding.Shop", "onboarding.Suspension", "pricing.Price", "support.ProductReview",
    ]  # fmt: skip
    assert all(isinstance(page, ReadOnlyAdmin) for page in admin.site._registry.values())


@lists
def test_platform_staff_see_every_list_and_row_in_both_languages(rows, admin_user, client_for, model):
    for language in ("en", "zh-hans"):
        browser = client_for(admin_user, headers={"accept-language": language})
        for address in pages(model):
            assert browser.get(address).status_code == 200


@lists
def test_nobody_else_gets_in(rows, olive, client, client_for, model):
    for address in pages(model):
        assert client.get(address).url == f"/account/login/?next={address}"
        assert client_for(olive).get(address).status_code == 404


@lists
def test_there_is_nothing_to_add_change_or_delete(rows, admin_user, client_for, model):
    browser = client_for(admin_user)
    with scope.across_merchants(because="a test looks for a row"):
        row = model._default_manager.order_by("pk").first()
    key = [row.pk] if row else [1]

    assert browser.get(reverse(admin_page(model._meta, "add"))).status_code == 403
    if row:
        for page in ("change", "delete"):
            assert browser.post(reverse(admin_page(model._meta, page), args=key), {"post": "yes"}).status_code == 403
            with scope.across_merchants(because="a test looks whether the row is there"):
                assert model._default_manager.filter(pk=row.pk).exists()


def test_a_list_costs_the_same_for_one_row_and_for_many(acme, admin_user, client_for, flat_queries):
    browser = client_for(admin_user)

    def one_more():
        with scope.acting_for(acme):
            make_review(make_order(status="delivered"))

    for model in MODELS:
        flat_queries(one_more, lambda model=model: browser.get(reverse(admin_page(model._meta))))


def test_the_overview_names_the_lists(rows, admin_user, client_for):
    page = client_for(admin_user).get("/admin/").content.decode()

    for title in ("Order groups", "Categories", "Import runs", "What the platform offers"):
        assert title in page


def test_the_overview_hides_what_one_may_not_see(platform, run, reviewer, client_for):
    browser = client_for(reviewer)

    assert "Import runs" not in browser.get("/admin/").content.decode()
    for address in pages(ImportRun):
        assert browser.get(address).status_code == 403


def test_one_is_found_by_the_whole_number_of_an_order(acme, admin_user, client_for):
    with scope.acting_for(acme):
        for number in ("A-1", "A-12"):
            make_order(number=number)

    response = client_for(admin_user).get("/admin/fulfillment/order/?q=A-1")

    assert [order.number for order in response.context["cl"].result_list] == ["A-1"]


def test_personal_data_stays_behind_dots(acme, admin_user, client_for):
    with scope.acting_for(acme):
        buyer = make_buyer(name="Johanna Weber", phone="+49 30 5550199", street="Lindenweg 14", city="Kassel")
        order = make_order(buyer=buyer)
    browser = client_for(admin_user)

    for address in (
        "/admin/accounts/buyer/", f"/admin/accounts/buyer/{buyer.pk}/change/", "/admin/fulfillment/order/",
        f"/admin/fulfillment/order/{order.pk}/change/",
    ):  # fmt: skip
        page = browser.get(address).content.decode()
        for secret in ("Johanna", "Weber", "5550199", "0199", "Lindenweg", "10115", "Kassel", buyer.phone_token or "#"):
            assert not re.search(rf"\b{re.escape(secret)}\b", page), (address, secret)
    assert "••••••er" in browser.get(f"/admin/accounts/buyer/{buyer.pk}/change/").content.decode()


def test_who_signs_in_at_the_admin_is_sent_where_everybody_signs_in(platform, admin_user, client, client_for):
    assert client.get("/admin/login/").url == "/account/login/?next=/admin/login/"
    browser = client_for(admin_user)
    assert browser.get("/admin/login/").url == "/admin/"
    assert browser.get("/admin/password_change/").url == "/account/password/change/"
    assert browser.post("/admin/logout/").url == "/account/login/"
    assert browser.get("/admin/").url == "/account/login/?next=/admin/"


@pytest.mark.parametrize("role", PlatformRole.values)
def test_every_platform_role_may_look(staff, role, client_for):
    browser = client_for(staff(role))

    assert browser.get("/admin/").status_code == 200
    assert browser.get("/admin/accounts/merchant/").status_code == 200


def test_a_page_without_a_permission_cannot_be_written():
    with pytest.raises(Exception, match="does not say which permission it needs"):
        type("Forgetful", (ReadOnlyAdmin,), {"__module__": __name__})


@pytest.mark.parametrize("needed", [True, False])
def test_staff_need_a_second_factor_where_the_platform_says_so(platform, client_for, settings, needed):
    settings.STAFF_NEEDS_MFA = needed

    response = client_for(person("pat", platform, PlatformRole.SUPERADMIN)).get("/admin/accounts/merchant/")

    assert response.status_code == (302 if needed else 200)
    assert response.get("Location") == ("/account/2fa/totp/activate/" if needed else None)


@pytest.mark.parametrize(
    ("address", "status"),
    [("search/?s=order", 404), ("autocomplete/", 403), ("jsi18n/", 200), ("nothing/", 404), ("catalog/", 200)],
)  # fmt: skip
def test_the_other_addresses_of_the_desk(admin_user, olive, client_for, address, status):
    assert client_for(admin_user).get(f"/admin/{address}").status_code == status
    assert client_for(olive).get(f"/admin/{address}").status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("accounts/buyer/?name__startswith=A", 400), ("accounts/buyer/?phone_tail_token=x", 400),
        ("accounts/buyer/?city=Berlin", 400), ("fulfillment/order/?postcode__gt=1", 400),
        ("activity/domainevent/?transaction__gt=x", 400), ("fulfillment/order/?status__exact=paid", 200),
        ("support/productreview/?score=1", 200), ("marketplace/postcodearea/?country=BR", 200),
    ],
)  # fmt: skip
def test_a_list_is_narrowed_down_by_its_filters_only(rows, admin_user, client_for, address, status):
    assert client_for(admin_user).get(f"/admin/{address}").status_code == status


def test_phones_and_what_finds_them_are_left_out(rows, admin_user, client_for):
    columns = client_for(admin_user).get(pages(Buyer)[1]).context["adminform"].readonly_fields
    names = [getattr(column, "__name__", column) for column in columns]
    assert "name" in names
    assert not {"phone", "phone_token", "phone_tail_token"} & set(names)


def test_looking_leaves_no_trace(rows, admin_user, client_for):
    browser = client_for(admin_user)
    with scope.across_merchants(because="a test counts"):
        before = DomainEvent.objects.count()
    for address in pages(Merchant) + pages(Buyer):
        browser.get(address)

    assert admin.models.LogEntry.objects.count() == 0
    with scope.across_merchants(because="a test counts"):
        assert DomainEvent.objects.count() == before
