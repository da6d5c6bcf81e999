"""The one door into a scope: who comes in, for whom, and what nobody gets by a trick in the address."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse
from django.utils import timezone

from config import urls
from config.kernel import scope
from config.kernel.actors import machine
from merchants.accounts import selectors
from merchants.accounts.models import Membership, Merchant
from merchants.accounts.permissions import ROLE_PERMISSIONS, PlatformRole, Role
from merchants.accounts.services import memberships
from merchants.activity.models import DomainEvent
from tests.conftest import person
from tests.factories.accounts import make_member, make_user

BY = machine("system")


def told(request, **_):
    """What a view finds: the scope, the merchant, the actor, the zone."""
    acting = {None: "nobody", scope.EVERYONE: "everyone", scope.MANY: "many"}.get(scope.ambient(), scope.ambient())
    actor = request.actor and (request.actor.label, sorted(request.actor.permissions))
    seen = {"acting": acting, "merchant": request.merchant and request.merchant.slug, "actor": actor}
    request.session["seen"] = seen | {"zone": timezone.get_current_timezone_name()}
    return HttpResponse()


urlpatterns = [path(address, told) for address in ("m/<slug:slug>/", "admin/", "")] + urls.urlpatterns


@pytest.fixture
def seen(client_for, settings):
    """What a view finds when a person asks for an address; None where none is reached."""
    settings.ROOT_URLCONF = __name__

    def ask(user, address):
        browser = client_for(user)
        browser.get(address)
        return browser.session.get("seen")

    return ask


def test_a_member_acts_for_the_shop_in_its_zone(seen, olive, acme):
    permissions = sorted(ROLE_PERMISSIONS[Role.OWNER])
    assert seen(olive, "/m/acme/") == {
        "acting": acme.pk, "merchant": "acme", "actor": [f"user:{olive.pk}", permissions], "zone": "Europe/Berlin",
    }  # fmt: skip


def test_staff_look_at_everyone_and_act_for_no_shop(seen, admin_user):
    permissions = sorted(ROLE_PERMISSIONS[PlatformRole.SUPERADMIN])
    assert seen(admin_user, "/admin/") == {
        "acting": "everyone", "merchant": None, "actor": [f"user:{admin_user.pk}", permissions], "zone": "UTC",
    }  # fmt: skip


def test_elsewhere_one_acts_for_nobody(seen, olive, acme):
    assert seen(olive, "/") == {"acting": "nobody", "merchant": None, "actor": None, "zone": "UTC"}


@pytest.mark.parametrize("address", ["/m/rival/", "/m/platform/", "/m/nowhere/", "/m/ACME/", "/admin/"])
def test_where_one_does_not_belong_no_view_is_reached(seen, olive, acme, rival, platform, address):
    assert seen(olive, address) is None


def test_no_role_of_the_platform_opens_a_shop(seen, admin_user, acme, platform):
    for address in ("/m/acme/", "/m/platform/"):
        assert seen(admin_user, address) is None


def test_a_scope_ends_with_its_request(client_for, olive, settings):
    settings.ROOT_URLCONF = __name__
    with scope.acting_for_nobody():
        client_for(olive).get("/m/acme/")
        assert scope.ambient() is None


def test_roles_of_one_shop_say_nothing_in_another(seen, olive, acme, rival):
    with scope.acting_for(rival):
        make_member(olive, Role.WAREHOUSE)
    assert seen(olive, "/m/rival/")["actor"][1] == sorted(ROLE_PERMISSIONS[Role.WAREHOUSE])
    assert seen(olive, "/m/acme/")["actor"][1] == sorted(ROLE_PERMISSIONS[Role.OWNER])


def test_a_role_that_is_not_in_the_map_grants_nothing(monkeypatch, seen, sam):
    monkeypatch.delitem(ROLE_PERMISSIONS, Role.FULFILLMENT)
    assert seen(sam, "/m/acme/")["actor"][1] == []


def test_staff_without_a_second_factor_are_sent_to_set_one_up(client_for, admin_user, settings):
    Authenticator.objects.all().delete()
    browser = client_for(admin_user)
    settings.STAFF_NEEDS_MFA = True
    assert browser.get("/admin/").headers["Location"] == reverse("mfa_activate_totp")
    settings.STAFF_NEEDS_MFA = False
    assert browser.get("/admin/").status_code == 200


def membership_of(user):
    return Membership.objects.get(user=user)


def test_a_changed_role_bites_on_the_next_request(client_for, acme, sam, now):
    browser, orders, products = client_for(sam), "/m/acme/orders/", "/m/acme/products/new/"
    assert [browser.get(address).status_code for address in (orders, products)] == [200, 403]
    with scope.acting_for(acme):
        memberships.change_roles(membership=membership_of(sam), roles=[Role.CATALOG], by=BY, now=now)
    assert [browser.get(address).status_code for address in (orders, products)] == [403, 200]


def test_a_removed_member_is_a_stranger_on_the_next_request(client_for, acme, sam, now):
    browser = client_for(sam)
    assert browser.get("/m/acme/products/").status_code == 200
    with scope.acting_for(acme):
        memberships.remove(membership=membership_of(sam), by=BY, now=now)
    assert browser.get("/m/acme/products/").status_code == 404


def test_who_may_not_sign_in_any_more_is_signed_out(client_for, sam):
    browser = client_for(sam)
    sam.is_active = False
    sam.save()
    response = browser.get("/m/acme/products/")
    assert (response.status_code, response.headers["Location"]) == (302, "/account/login/?next=/m/acme/products/")


def without_tokens(response) -> str:
    return re.sub(r"\w{64}", "", response.content.decode())


def test_a_stranger_cannot_tell_a_shop_from_none(client_for, acme):
    browser = client_for(make_user())
    there, nowhere = browser.get("/m/acme/products/"), browser.get("/m/nowhere/products/")
    assert there.status_code == nowhere.status_code == 404
    assert without_tokens(there).replace("acme", "nowhere") == without_tokens(nowhere)


@pytest.mark.parametrize(
    "address",
    [
        "/m/", "/m", "/m//", "/m//acme/", "//m/acme/", "/m/acme/../acme/products/", "/M/acme/products/",
        "/m/acme;/products/", "/m/acme%20/products/", "/m/" + "a" * 5_000 + "/", "/m/%E6%8E%8C%E6%9F%9C/",
        "/m/acme'--/", "/m/acme/shop/staff/99999999999999999999/roles/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("owner_asks", [True, False])
def test_odd_addresses_lead_nowhere(client_for, olive, rita, address, owner_asks):
    assert client_for(olive if owner_asks else rita).get(address, follow=True).status_code == 404


def test_an_address_without_a_slash_is_no_fault(client):
    assert client.generic("OPTIONS", "*").status_code in (400, 404)


@pytest.mark.parametrize(
    "address",
    [
        "/m/%00/", "/m/acme/products/%00/", "/m/acme/orders/x%00/", "/m/acme/products/?q=%00", "/?q=%00", "/?after=%00",
        "/m/acme/products/?%00=1", "/admin/catalog/product/?q=%00", "/account/login/?next=%00",
    ],
)  # fmt: skip
def test_a_nul_is_a_bad_request(client_for, olive, admin_user, address):
    with scope.acting_for(Merchant.objects.get(slug="acme")):
        make_member(admin_user, Role.OWNER)
    assert client_for(admin_user).get(address).status_code == 400


def test_a_nul_in_a_cookie_is_a_bad_request(client):
    client.cookies["sessionid"] = "aaaaaaaa\0aaaa"
    assert client.get("/").status_code == 400


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded; charset=utf-16", "multipart/form-data; boundary=\xff"]
)
def test_a_form_that_cannot_be_read_is_a_bad_request_with_words(db, kind):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["csrftoken"] = "c" * 32
    response = browser.generic("POST", "/account/login/", b"login=x", content_type=kind)
    assert response.status_code == 400
    assert "That cannot be read" in response.content.decode()


@pytest.mark.parametrize(
    ("fault", "status", "words", "again"),
    [
        (OperationalError("gone"), 503, "Back in a moment", "5"),
        (InterfaceError("closed"), 503, "Back in a moment", "5"),
        (ZeroDivisionError(), 500, "Something went wrong", None),
    ],
)  # fmt: skip
def test_a_fault_has_a_page_and_a_missing_database_passes(client_for, olive, monkeypatch, fault, status, words, again):
    def broken(*_):
        raise fault

    browser = client_for(olive, raise_request_exception=False)
    monkeypatch.setattr(selectors, "membership_of", broken)
    response = browser.get("/m/acme/products/")
    assert (response.status_code, response.get("Retry-After")) == (status, again)
    assert words in response.content.decode()


def test_nothing_is_written_at_the_door(client_for, olive, rita, acme):
    client_for(rita).get("/m/acme/products/")
    client_for(olive).get("/m/acme/products/")
    with scope.acting_for(acme):
        assert DomainEvent.objects.count() == 0


def test_people_are_made_by_the_cast(acme):
    """The helper that other tests rely on gives the roles that were asked for."""
    user = person("ines", acme, Role.SUPPORT, Role.ANALYST)
    with scope.acting_for(acme):
        assert membership_of(user).roles == ["support", "analyst"]
