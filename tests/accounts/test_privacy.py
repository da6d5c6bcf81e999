import io
import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from config.kernel import scope
from config.kernel.actors import machine
from config.kernel.personal import phone_tokens
from merchants.accounts.errors import LastOwner
from merchants.accounts.models import Buyer, Membership, User
from merchants.accounts.permissions import Role
from merchants.accounts.services import privacy
from merchants.activity.models import DomainEvent
from tests.conftest import person
from tests.factories.accounts import THEN, make_buyer, make_member

KNOWN = {"because": "file 7", "by": machine("test")}


def say(command, *arguments, **options) -> str:
    out = io.StringIO()
    with scope.acting_for_nobody():
        call_command(command, *arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def nora(acme, rival, olive, platform):
    """Works for two shops and has a second factor."""
    nora = person("nora", acme, Role.CATALOG)
    with scope.acting_for(rival):
        make_member(nora, Role.ANALYST, Role.FINANCE)
    EmailAddress.objects.create(user=nora, email=nora.email, verified=True, primary=True)
    Authenticator.objects.create(user=nora, type=Authenticator.Type.TOTP, data={"secret": "never told"})
    return nora


def test_a_person_is_told_all_that_is_known(nora):
    told = json.loads(say("export_person", "Nora@acme.example"))

    assert told["account"] == {
        "email": "nora@acme.example", "name": "Nora", "language": "", "joined_at": "2025-03-03T09:00:00Z",
    }  # fmt: skip
    assert told["addresses"] == [{"email": "nora@acme.example", "verified": True}]
    assert [each["type"] for each in told["second_factors"]] == ["totp"]
    assert told["memberships"] == [
        {"merchant": "acme", "roles": ["catalog"], "joined_at": "2025-03-03T09:00:00Z"},
        {"merchant": "rival", "roles": ["analyst", "finance"], "joined_at": "2025-03-03T09:00:00Z"},
    ]
    assert "never told" not in json.dumps(told)


def test_a_person_is_forgotten_and_what_they_did_is_not(acme, rival, nora, platform, client_for):
    browser = client_for(nora)
    assert browser.get("/m/acme/products/").status_code == 200

    assert say("erase_person", "nora@acme.example", because="file 7").strip() == (
        f"The person is forgotten; what they did stays under user:{nora.pk}."
    )

    left = User.objects.get(pk=nora.pk)
    assert (left.email, left.name) == (f"erased-{nora.pk}@erased.invalid", f"Erased person {nora.pk}")
    assert (left.is_active, left.has_usable_password(), left.language) == (False, False, "")
    assert not EmailAddress.objects.filter(user=nora).exists()
    assert not Authenticator.objects.filter(user=nora).exists()
    assert browser.get("/").url == "/account/login/?next=/"
    for merchant, facts in (
        (acme, [("accounts.member.removed", {"user_id": nora.pk})]),
        (rival, [("accounts.member.removed", {"user_id": nora.pk})]),
        (platform, [("accounts.person.erased", {"user_id": nora.pk, "because": "file 7"})]),
    ):
        with scope.acting_for(merchant):
            assert not Membership.objects.filter(user=nora).exists()
            assert list(DomainEvent.objects.values_list("name", "payload")) == facts


def test_a_shop_is_not_left_to_nobody(acme, rival, olive, rita, platform, now):
    with scope.acting_for(rival):
        make_member(olive, Role.ANALYST)

    with pytest.raises(LastOwner):
        privacy.erase(user=olive, now=now, **KNOWN)
    with pytest.raises(CommandError, match="Make another person owner first"):
        say("erase_person", "olive@acme.example", because="file 7")

    olive.refresh_from_db()
    assert (olive.email, olive.is_active) == ("olive@acme.example", True)
    with scope.acting_for(rival):
        assert Membership.objects.filter(user=olive).exists()
        assert DomainEvent.objects.count() == 0


@pytest.fixture
def buyer(acme):
    phone, tail = phone_tokens("+49 30 5550199")
    with scope.acting_for(acme):
        return make_buyer(
            name="Johanna", phone="+49 30 5550199", phone_token=phone, phone_tail_token=tail, street="Lindenweg 14",
            source="olist", external_id="b-1",
        )  # fmt: skip


def test_a_buyer_is_told_all_that_is_known(acme, buyer):
    told = json.loads(say("export_person", "b-1", merchant="acme"))

    assert told == {
        "name": "Johanna", "name_key": "johanna", "phone": "+49 30 5550199", "street": "Lindenweg 14",
        "city": "Berlin", "region": "BE", "postcode": "10115", "country": "DE",
        "known_since": "2025-03-03T09:00:00Z", "number": str(buyer.public_id),
        "desk": [], "orders": [], "reviews": [],
    }  # fmt: skip


def test_a_buyer_is_forgotten_but_for_the_number(acme, buyer):
    say("erase_person", str(buyer.public_id), merchant="acme", because="file 8")

    with scope.acting_for(acme):
        left = Buyer.objects.get()
        fact = DomainEvent.objects.get()
    personal = [column.name for column in Buyer._meta.concrete_fields if hasattr(column, "pii")]
    assert len(personal) == 9
    assert {name: getattr(left, name) for name in personal} == dict.fromkeys(personal, "")
    assert (left.external_id, left.country, left.known_since) == ("b-1", "DE", THEN)
    assert (fact.name, fact.about, fact.actor) == (
        "accounts.buyer.erased", f"buyer:{buyer.public_id}", "command:erase_person",
    )  # fmt: skip
    assert fact.payload == {"buyer_id": str(buyer.public_id), "because": "file 8"}


@pytest.mark.parametrize(
    ("who", "merchant", "told"),
    [
        ("nobody@example.com", None, "Nobody has this address."), ("b-2", "acme", "No buyer has this number."),
        ("b-1", "rival", "No buyer has this number."), ("b-1", "nowhere", "There is no merchant nowhere."),
    ],
)  # fmt: skip
def test_who_is_not_there_is_not_forgotten(acme, rival, buyer, who, merchant, told):
    for command, more in (("export_person", {}), ("erase_person", {"because": "file 9"})):
        with pytest.raises(CommandError, match=told):
            say(command, who, merchant=merchant, **more)
    with scope.acting_for(acme):
        assert Buyer.objects.get().name == "Johanna"


def test_the_first_superadmin_is_made_by_a_link(db, client):
    lines = say("create_platform_admin", "Ada@Example.com", address="https://desk.example/").splitlines()

    ada = User.objects.get()
    assert (ada.email, ada.name, ada.has_usable_password()) == ("ada@example.com", "Ada", False)
    assert lines[0] == "ada@example.com is superadmin of the platform."
    assert lines[-1].startswith("https://desk.example/account/password/reset/key/")
    form = client.get(lines[-1].removeprefix("https://desk.example"), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "rather long words", "password2": "rather long words"})
    client.post("/account/login/", {"login": "ada@example.com", "password": "rather long words"})
    assert client.get("/").url == "/admin/"
    assert client.get("/admin/").url == "/account/2fa/totp/activate/"
    client.post("/account/reauthenticate/", {"password": "rather long words"})
    assert client.get("/account/2fa/totp/activate/").status_code == 200
    assert say("create_platform_admin", "ada@example.com").splitlines()[-1] == (
        "They have a password already and sign in at http://127.0.0.1:8000"
    )


def test_a_superadmin_is_made_of_staff_too(platform):
    rene = person("rene", platform, "platform-reviewer")

    say("create_platform_admin", "rene@platform.example")

    with scope.acting_for(platform):
        assert Membership.objects.get(user=rene).roles == ["platform-reviewer", "superadmin"]


def test_a_superadmin_needs_an_address(db):
    with pytest.raises(CommandError, match="valid email"):
        say("create_platform_admin", "not an address")
    assert User.objects.count() == 0
