"""Who gets into the API: a key that is active, and nothing else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from config.kernel import clock, scope
from config.kernel.actors import Actor
from merchants.accounts.errors import AlreadyRevoked, NotAScope
from merchants.accounts.models import Credential
from merchants.accounts.permissions import KEY_SCOPES, Permission, Role
from merchants.accounts.services import credentials
from merchants.activity.models import DomainEvent
from tests.conftest import System, person
from tests.factories.accounts import make_credential

ALL = Actor("user:1", permissions=KEY_SCOPES)


def issue(now, *scopes, by=ALL, expires_at=None):
    return credentials.issue(name="Till", scopes=scopes or ["orders:read"], expires_at=expires_at, by=by, now=now)


def test_a_key_opens_and_only_its_digest_is_kept(acting, now):
    credential, key = issue(now, "orders:read")

    assert key.startswith(f"{credential.prefix}_") and len(key) == 60
    assert credential.digest not in key and key not in str(vars(credential))
    assert System(key).get("orders/").status_code == 200
    fact = DomainEvent.objects.get()
    assert fact.payload == {
        "credential_id": str(credential.public_id), "prefix": credential.prefix, "scopes": ["orders:read"],
        "expires_at": "",
    }  # fmt: skip


@pytest.mark.parametrize("scopes", [["orders:write"], ["api-keys:write"], ["staff:write"], ["cakes:eat"], []])
def test_nobody_gives_a_key_what_they_may_not_do_themselves(acting, now, scopes):
    lesser = Actor("user:1", permissions=frozenset({"orders:read", Permission.API_KEYS_MANAGE, "staff:write"}))
    with pytest.raises(NotAScope):
        credentials.issue(name="Till", scopes=scopes, expires_at=None, by=lesser, now=now)
    assert Credential.objects.count() == 0


def test_a_scope_that_keys_may_no_longer_have_grants_nothing(acting):
    credential, _key = make_credential("orders:read", "api-keys:write", "cakes:eat")
    assert credential.permissions == {"orders:read"}


@pytest.mark.parametrize("change", ["revoked", "expired", "wrong secret", "wrong prefix", "lower scheme", "no scheme"])
def test_what_opens_nothing(acting, change):
    moment = clock.now()
    ended = {"revoked": {"revoked_at": moment}, "expired": {"expires_at": moment}}.get(change, {})
    _credential, key = make_credential(**ended)
    shown = {
        "wrong secret": f"Bearer {key[:-1]}x", "wrong prefix": f"Bearer zg_live_zzzzzzzz{key[16:]}", "no scheme": key,
        "lower scheme": f"basic {key}",
    }.get(change, f"Bearer {key}")  # fmt: skip
    response = System("").get("orders/", Authorization=shown)

    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'
    assert response.json() == {
        "type": "urn:zhanggui:problem:no_credential", "title": "No credential", "status": 401, "code": "no_credential",
        "detail": "Send a valid API key: Authorization: Bearer zg_live_…", "errors": [],
    }  # fmt: skip


def test_a_key_ends_at_its_moment(acting):
    soon = clock.now() + timedelta(minutes=5)
    _credential, key = make_credential(expires_at=soon)
    assert System(key).get("orders/").status_code == 200


def test_cookies_open_nothing(client_for, olive):
    browser = client_for(olive)
    assert browser.get("/m/acme/orders/").status_code == 200
    assert browser.get("/api/v1/orders/").status_code == 401


def test_a_cookie_adds_nothing_to_a_key(client_for, olive, system_of, acme):
    browser, lesser = client_for(olive), system_of(acme, "jobs:read")
    answered = browser.get("/api/v1/orders/", headers={"Authorization": f"Bearer {lesser.key}"})
    assert answered.status_code == 403


def test_a_key_opens_no_page(system):
    response = system.browser.get("/m/acme/orders/", headers={"Authorization": f"Bearer {system.key}"})
    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=/m/acme/orders/")


def test_revoking_holds_from_the_next_request(acting, now):
    credential, key = make_credential()
    system = System(key)
    assert system.get("orders/").status_code == 200

    credentials.revoke(credential=credential, by=ALL, now=now)
    assert system.get("orders/").status_code == 401
    with pytest.raises(AlreadyRevoked):
        credentials.revoke(credential=credential, by=ALL, now=now)
    assert [event.name for event in DomainEvent.objects.all()] == ["accounts.credential.revoked"]


def test_the_last_use_is_known_to_the_minute(acting):
    _credential, key = make_credential(used_at=None)
    System(key).get("orders/")
    first = Credential.objects.get().used_at
    assert abs(clock.now() - first) < timedelta(seconds=30)

    System(key).get("orders/")
    assert Credential.objects.get().used_at == first
    Credential.objects.update(used_at=first - timedelta(minutes=1))
    System(key).get("orders/")
    assert Credential.objects.get().used_at > first


def test_facts_tell_which_key_acted(acting, olive, client_for, things, call, system):
    assert call(system, "product-status", "POST").status_code == 200
    credential = Credential.objects.get(prefix=system.key[:16])
    assert DomainEvent.objects.get(name="catalog.product.moved").actor == f"key:{credential.pk}"
    page = client_for(olive).get("/m/acme/shop/activity/").content.decode()
    assert f"API key “{credential.name}”" in page


# ---------------------------------------------------------------- pages


def test_a_new_key_is_shown_once(client_for, olive, acme):
    browser = client_for(olive)
    sent = {"name": "Till", "scopes": ["orders:read", "products:read"], "days": "30"}
    answered = browser.post("/m/acme/api-keys/new/", sent)

    with scope.acting_for(acme):
        credential = Credential.objects.get()
    assert (answered.status_code, answered["Cache-Control"]) == (200, "no-store")
    key = answered.context["key"]
    assert answered.content.decode().count(key) == 2  # to be read, and to be copied
    assert (credential.expires_at - credential.made_at, credential.made_by) == (timedelta(days=30), f"user:{olive.pk}")
    assert System(key).get("orders/").status_code == 200
    listed = browser.get("/m/acme/api-keys/").content.decode()
    assert credential.prefix in listed and key not in listed


def test_a_key_is_made_with_scopes_from_the_list_only(client_for, olive, acme):
    sent = {"name": "Till", "scopes": ["staff:write"], "days": "30"}
    assert client_for(olive).post("/m/acme/api-keys/new/", sent).status_code == 422
    with scope.acting_for(acme):
        assert Credential.objects.count() == 0


def test_the_owner_revokes_by_page(client_for, olive, acting):
    credential, key = make_credential()
    address = reverse("accounts-keys:credential-revocation", args=["acme", credential.public_id])
    assert client_for(olive).post(address).status_code == 302
    assert System(key).get("orders/").status_code == 401
    assert client_for(olive).post(address).status_code == 409


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OWNER])
def test_only_owners_see_keys(client_for, acme, role):
    browser = client_for(person("ines", acme, role))
    assert browser.get("/m/acme/api-keys/").status_code == 403


def test_the_list_of_keys_costs_the_same_for_many(client_for, olive, acting, flat_queries):
    browser = client_for(olive)
    flat_queries(make_credential, lambda: browser.get("/m/acme/api-keys/"))
