import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.core.cache import cache

from merchants.accounts.models import User
from merchants.accounts.services import users
from tests.factories.accounts import THEN

LOGIN, RESET = "/account/login/", "/account/password/reset/"
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def fresh_limits():
    """Limits on signing in are counted in the cache, which outlives a test."""
    cache.clear()


def add(name: str) -> User:
    known = {"email": f"{name}@example.com", "name": name.title(), "password": PASSWORD}
    return users.find_or_create(**known, now=THEN)[0]


@pytest.fixture
def nora(db):
    return add("nora")


def sign_in(client, email="nora@example.com", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password} | more)


def show_who_one_is(client):
    """Before e-mail or second factor change, the password is asked for again."""
    assert client.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == 302


def signed_in(client) -> bool:
    return client.get("/").status_code == 200


def test_one_signs_in_by_e_mail_however_it_is_written(nora, client):
    response = sign_in(client, "Nora@Example.COM")

    assert (response.status_code, response.url) == (302, "/")
    assert signed_in(client)
    assert mail.outbox == []


def test_one_goes_on_where_one_wanted_to_go_but_not_elsewhere(nora, client):
    assert client.post(f"{LOGIN}?next=/m/acme/", {"login": nora.email, "password": PASSWORD}).url == "/m/acme/"
    client.post("/account/logout/")
    assert client.post(f"{LOGIN}?next=//evil.example/", {"login": nora.email, "password": PASSWORD}).url == "/"


def shown(response) -> str:
    """A page without what differs each time, and without what was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value=".*?"|"X-CSRFToken": ".*?"', "", response.content.decode())
    return re.sub(r"no?ra@example.com", "…", text)


def test_an_unknown_address_and_a_wrong_password_look_the_same(nora, client):
    wrong = sign_in(client, password="wrong horse battery")
    unknown = sign_in(client, "nra@example.com", "wrong horse battery")

    assert wrong.status_code == unknown.status_code == 200
    assert shown(wrong) == shown(unknown)
    assert not signed_in(client)


def test_an_account_that_may_not_sign_in_looks_the_same(nora, client):
    User.objects.update(is_active=False)

    sign_in(client)

    assert not signed_in(client)


def test_guessing_is_slowed_down_for_one_account_and_not_for_others(nora, client):
    add("pia")
    for _ in range(5):
        sign_in(client, password="a wild guess")

    assert "Too many failed login attempts" in sign_in(client).content.decode()
    assert not signed_in(client)
    assert sign_in(client, "pia@example.com").status_code == 302


def test_nobody_signs_up_by_themselves(db, client):
    sent = {"email": "new@example.com", "password1": PASSWORD}

    for response in (client.get("/account/signup/"), client.post("/account/signup/", sent)):
        assert response.templates[0].name == "account/signup_closed.html"
    assert User.objects.count() == 0
    assert "/account/signup/" not in client.get(LOGIN).content.decode()


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(nora, client):
    response = client.post(RESET, {"email": "NORA@example.com"}, follow=True)

    assert response.status_code == 200
    (letter,) = mail.outbox
    assert letter.to == ["nora@example.com"]
    (link,) = re.findall(r"http://testserver(/account/password/reset/key/\S+)", letter.body)
    form = client.get(link, follow=True).request["PATH_INFO"]
    assert client.post(form, {"password1": "too short", "password2": "too short"}).status_code == 200
    assert client.post(form, {"password1": "another long word", "password2": "another long word"}).status_code == 302
    assert client.get(link, follow=True).context["token_fail"] is True
    assert sign_in(client, password="another long word").status_code == 302
    assert sign_in(client.__class__(), PASSWORD).status_code == 200


def test_nobody_learns_by_asking_for_a_new_password_who_has_an_account(nora, client):
    known = client.post(RESET, {"email": "nora@example.com"}, follow=True)
    unknown = client.post(RESET, {"email": "nra@example.com"}, follow=True)

    assert shown(known) == shown(unknown)
    assert [letter.to for letter in mail.outbox] == [["nora@example.com"], ["nra@example.com"]]
    assert "There is no account with this address." in mail.outbox[1].body
    assert "signup" not in mail.outbox[1].body


def test_a_new_password_ends_the_other_sessions(nora, client, client_for):
    other = client_for(nora)
    assert signed_in(other)
    sign_in(client)

    client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "another long word", "password2": "another long word"},
    )

    assert not signed_in(other)
    assert signed_in(client)


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_second_factor_is_asked_for_once_it_is_there(nora, client):
    secret = generate_totp_secret()
    TOTP.activate(nora, secret)
    RecoveryCodes.activate(nora)

    response = sign_in(client)
    assert response.url == "/account/2fa/authenticate/"
    assert not signed_in(client)
    client.post(response.url, {"code": "000000"})
    assert not signed_in(client)
    client.post(response.url, {"code": code_of(secret)})
    assert signed_in(client)


def test_a_recovery_code_opens_the_door_once(nora, client):
    TOTP.activate(nora, generate_totp_secret())
    code = RecoveryCodes.activate(nora).get_unused_codes()[0]

    for expected in (True, False):
        response = sign_in(client)
        client.post(response.url, {"code": code})
        assert signed_in(client) is expected
        client.post("/account/logout/")
        cache.clear()


def test_the_second_factor_is_set_up_by_scanning_and_typing(nora, client):
    sign_in(client)
    assert client.get("/account/2fa/totp/activate/").url.startswith("/account/reauthenticate/")
    show_who_one_is(client)

    form = client.get("/account/2fa/totp/activate/").context["form"]
    response = client.post("/account/2fa/totp/activate/", {"code": code_of(form.secret)})

    assert (response.status_code, response.url) == (302, "/account/2fa/recovery-codes/")
    assert Authenticator.objects.filter(user=nora).count() == 2


def test_signing_in_needs_post_to_end(nora, client):
    sign_in(client)

    assert client.get("/account/logout/").status_code == 200
    assert signed_in(client)
    client.post("/account/logout/")
    assert not signed_in(client)


def test_a_session_ends_with_the_browser(nora, client):
    cookie = sign_in(client).cookies["sessionid"]

    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("", True, "Lax")


def test_pages_are_read_in_ones_own_language_after_signing_in(nora, client):
    User.objects.update(language="zh-hans")

    assert sign_in(client).cookies["django_language"].value == "zh-hans"


def test_a_new_address_counts_once_it_is_confirmed(nora, client):
    sign_in(client)
    wish = {"action_add": "", "email": "Nora.New@example.com"}
    assert client.post("/account/email/", wish).url.startswith("/account/reauthenticate/")
    assert mail.outbox == []
    show_who_one_is(client)
    client.post("/account/email/", wish)
    nora.refresh_from_db()
    assert nora.email == "nora@example.com"

    letter = next(letter for letter in mail.outbox if letter.to == ["nora.new@example.com"])
    (link,) = re.findall(r"http://testserver(/account/confirm-email/\S+)", letter.body)
    client.post(link)

    nora.refresh_from_db()
    assert nora.email == "nora.new@example.com"
    address = EmailAddress.objects.values_list("email", "verified", "primary").get()
    assert address == ("nora.new@example.com", True, True)


def test_an_address_of_somebody_else_cannot_be_taken(nora, client):
    pia = add("pia")
    sign_in(client)
    show_who_one_is(client)

    client.post("/account/email/", {"action_add": "", "email": "pia@example.com"})

    assert client.get("/account/email/").status_code == 200
    for letter in mail.outbox:
        for link in re.findall(r"http://testserver(/account/confirm-email/\S+)", letter.body):
            client.post(link)
    assert dict(User.objects.values_list("name", "email")) == {"Nora": "nora@example.com", "Pia": "pia@example.com"}
    assert client.post("/account/logout/").status_code == 302
    assert sign_in(client, pia.email).status_code == 302
