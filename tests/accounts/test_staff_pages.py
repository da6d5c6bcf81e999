import re

import pytest
from django.core import mail

from config.kernel import scope
from merchants.accounts.models import Membership, User
from merchants.accounts.permissions import PlatformRole, Role
from merchants.activity.models import DomainEvent
from tests.conftest import person

STAFF = "/m/acme/shop/staff/"
PASSWORD = "a long way to Tipperary"


def member_of(merchant, user) -> Membership:
    with scope.acting_for(merchant):
        return Membership.objects.get(user=user)


def facts_of(merchant) -> list[tuple[str, str, dict]]:
    with scope.acting_for(merchant):
        return list(DomainEvent.objects.order_by("pk").values_list("name", "actor", "payload"))


@pytest.fixture
def maria(acme):
    return person("maria", acme, Role.MANAGER)


def test_an_owner_sees_everybody_of_the_shop_and_nobody_else(olive, sam, rita, client_for):
    response = client_for(olive).get(STAFF)

    assert response.status_code == 200
    assert [member.email for member in response.context["index"].rows] == ["olive@acme.example", "sam@acme.example"]
    assert "rita" not in response.content.decode()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=OLI", ["Olive"]), ("q=sam@acme", ["Sam"]), ("role=fulfillment", ["Sam"]), ("role=finance", []),
        ("sort=-name", ["Sam", "Olive"]),
    ],
)  # fmt: skip
def test_the_list_can_be_searched_and_filtered(olive, sam, client_for, query, names):
    response = client_for(olive).get(f"{STAFF}?{query}")

    assert [member.name for member in response.context["index"].rows] == names


@pytest.mark.parametrize("query", ["role=superadmin", "role=king", "color=red", "sort=email", "after=x"])
def test_what_the_list_does_not_have_is_refused(olive, client_for, query):
    assert client_for(olive).get(f"{STAFF}?{query}").status_code == 400


def test_the_list_costs_the_same_however_many_work_there(acme, olive, client_for, flat_queries):
    browser, names = client_for(olive), iter("abcdefgh")

    flat_queries(lambda: person(next(names), acme, Role.CATALOG), lambda: browser.get(STAFF))


def test_a_new_person_gets_a_link_to_set_a_password(
    acme, olive, client_for, client, django_capture_on_commit_callbacks
):  # fmt: skip
    sent = {"email": " Nora@Example.com ", "name": "Nora", "roles": ["support", "catalog"]}

    with django_capture_on_commit_callbacks() as after_commit:
        response = client_for(olive).post(f"{STAFF}new/", sent)
        assert mail.outbox == []
    assert (response.status_code, response.url) == (302, STAFF)
    nora = User.objects.get(email="nora@example.com")
    assert (nora.name, nora.has_usable_password()) == ("Nora", False)
    assert member_of(acme, nora).roles == ["catalog", "support"]
    assert facts_of(acme) == [
        ("accounts.member.added", f"user:{olive.pk}", {"user_id": nora.pk, "roles": ["catalog", "support"]})
    ]

    for send in after_commit:
        send()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["nora@example.com"], "You now work for Acme")
    (link,) = re.findall(r"http://testserver(/account/password/reset/key/\S+)", letter.body)
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    signed_in = client.post("/account/login/", {"login": "nora@example.com", "password": PASSWORD})
    assert signed_in.status_code == 302
    assert client.get("/").url == "/m/acme/"
    assert client.get(link, follow=True).context["token_fail"] is True


def test_somebody_with_an_account_keeps_name_and_password(
    acme, olive, rita, client_for, django_capture_on_commit_callbacks
):  # fmt: skip
    rita.set_password("what Rita chose long ago")
    rita.save()
    sent = {"email": "rita@rival.example", "name": "Somebody Else", "roles": ["analyst"]}

    with django_capture_on_commit_callbacks(execute=True):
        client_for(olive).post(f"{STAFF}new/", sent)

    rita.refresh_from_db()
    assert (rita.name, rita.check_password("what Rita chose long ago")) == ("Rita", True)
    assert member_of(acme, rita).roles == ["analyst"]
    (letter,) = mail.outbox
    assert "password" not in letter.body
    assert "http://testserver/" in letter.body


def test_nobody_is_told_whether_an_address_has_an_account(olive, rita, client_for):
    told = []
    for email in ("rita@rival.example", "nobody@example.com"):
        sent = {"email": email, "name": "X", "roles": ["analyst"]}
        response = client_for(olive).post(f"{STAFF}new/", sent, follow=True)
        told.append(str(next(iter(response.context["messages"]))).replace(email, "…"))

    assert told == ["… was added and gets an invitation by e-mail."] * 2


def test_a_letter_that_cannot_be_sent_undoes_nothing_and_can_be_sent_again(
    acme, olive, client_for, settings, django_capture_on_commit_callbacks
):  # fmt: skip
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 9,
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        response = client_for(olive).post(f"{STAFF}new/", {"email": "n@example.com", "name": "N", "roles": ["analyst"]})
    assert response.status_code == 302
    nora = member_of(acme, User.objects.get(email="n@example.com"))
    again = f"{STAFF}{nora.pk}/invitation/"
    assert client_for(olive).post(again).status_code == 503

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert client_for(olive).post(again).status_code == 302
    assert [letter.to for letter in mail.outbox] == [["n@example.com"]]


def test_who_has_been_here_gets_no_letter_again(acme, olive, sam, client_for):
    client_for(sam)

    assert client_for(olive).post(f"{STAFF}{member_of(acme, sam).pk}/invitation/").status_code == 404
    assert mail.outbox == []


def test_a_member_is_not_added_twice(acme, olive, sam, client_for):
    response = client_for(olive).post(f"{STAFF}new/", {"email": "sam@acme.example", "name": "Sam", "roles": ["owner"]})

    assert response.status_code == 409
    assert response.context["form"].errors == {"email": ["Sam is a member already."]}
    assert member_of(acme, sam).roles == ["fulfillment"]
    assert facts_of(acme) == []


@pytest.mark.parametrize("role", [*PlatformRole.values, "king"])
def test_no_shop_page_gives_a_platform_role(acme, olive, sam, client_for, role):
    browser, sams = client_for(olive), member_of(acme, sam)

    for address, sent in [
        (f"{STAFF}new/", {"email": "n@example.com", "name": "N", "roles": [role]}),
        (f"{STAFF}{sams.pk}/roles/", {"roles": ["fulfillment", role]}),
    ]:
        assert browser.post(address, sent).status_code == 422
    assert not User.objects.filter(email="n@example.com").exists()
    assert member_of(acme, sam).roles == ["fulfillment"]


def test_a_changed_role_bites_on_the_next_request(acme, olive, sam, client_for):
    sams, address = client_for(sam), f"{STAFF}{member_of(acme, sam).pk}/roles/"
    assert sams.get(STAFF).status_code == 403

    client_for(olive).post(address, {"roles": ["owner", "fulfillment"]})
    assert sams.get(STAFF).status_code == 200
    client_for(olive).post(address, {"roles": ["catalog"]})
    assert sams.get(STAFF).status_code == 403

    assert [payload for _name, _actor, payload in facts_of(acme)] == [
        {"user_id": sam.pk, "before": ["fulfillment"], "after": ["owner", "fulfillment"]},
        {"user_id": sam.pk, "before": ["owner", "fulfillment"], "after": ["catalog"]},
    ]


def test_who_is_removed_finds_nothing_there_any_more(acme, olive, sam, client_for):
    sams = client_for(sam)
    assert sams.get("/m/acme/products/").status_code == 200

    response = client_for(olive).post(f"{STAFF}{member_of(acme, sam).pk}/removal/")

    assert (response.status_code, response.url) == (302, STAFF)
    assert sams.get("/m/acme/products/").status_code == 404
    assert User.objects.get(pk=sam.pk).is_active
    assert facts_of(acme) == [("accounts.member.removed", f"user:{olive.pk}", {"user_id": sam.pk})]


@pytest.mark.parametrize(("act", "sent"), [("roles", {"roles": ["manager"]}), ("removal", {})])
def test_the_last_owner_stays(acme, olive, client_for, act, sent):
    response = client_for(olive).post(f"{STAFF}{member_of(acme, olive).pk}/{act}/", sent)

    assert response.status_code == 409
    assert "Make another person owner first." in response.content.decode()
    assert member_of(acme, olive).roles == ["owner"]


def test_an_owner_may_leave_to_another(acme, olive, client_for):
    person("oscar", acme, Role.OWNER)

    response = client_for(olive).post(f"{STAFF}{member_of(acme, olive).pk}/removal/")

    assert (response.status_code, response.url) == (302, "/")


ACTS = [
    ("new/", {"email": "n@example.com", "name": "N", "roles": ["owner"]}), ("{pk}/roles/", {"roles": ["owner"]}),
    ("{pk}/removal/", {}), ("{pk}/invitation/", {}),
]  # fmt: skip


@pytest.mark.parametrize(("act", "sent"), ACTS)
def test_a_manager_sees_but_cannot_change_not_even_himself(acme, maria, client_for, act, sent):
    member = member_of(acme, maria)
    browser = client_for(maria)
    User.objects.update(last_login=None)
    assert "Change roles" not in browser.get(STAFF).content.decode()

    for method in (browser.get, browser.post):
        assert method(STAFF + act.format(pk=member.pk), sent).status_code == 403
    assert member_of(acme, maria).roles == ["manager"]
    assert not User.objects.filter(email="n@example.com").exists()
    assert mail.outbox == []


@pytest.mark.parametrize(("act", "sent"), [("", {}), ("roles/", {}), *ACTS])
def test_a_stranger_finds_no_such_place(acme, olive, rita, client_for, act, sent):
    address = STAFF + act.format(pk=member_of(acme, olive).pk)

    assert client_for(rita).get(address).status_code == 404
    assert client_for(rita).post(address, sent).status_code == 404
    assert member_of(acme, olive).roles == ["owner"]
    assert facts_of(acme) == []


@pytest.mark.parametrize("act", ["roles", "removal", "invitation"])
def test_a_member_of_another_shop_is_not_found_here(acme, rival, olive, rita, client_for, act):
    address = f"{STAFF}{member_of(rival, rita).pk}/{act}/"

    assert client_for(olive).post(address, {"roles": ["owner"]}).status_code == 404
    assert member_of(rival, rita).roles == ["owner"]


def test_the_role_map_says_in_words_what_each_role_may(olive, client_for):
    page = client_for(olive).get(f"{STAFF}roles/").content.decode()

    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', page, re.S)
    cell = re.compile(r'data-label="(.*?)".*?<span class="unseen">(yes|no)</span>', re.S)
    answers = {label: dict(cell.findall(cells)) for label, cells in rows}
    assert answers["Add staff and change roles"] == {str(role.label): "no" for role in Role} | {"Owner": "yes"}
    assert len(answers) == 23
    assert re.findall(r'<th scope="col">(.*?)</th>', page) == ["Permission", *map(str, Role.labels)]


def test_the_role_map_is_for_who_may_see_the_staff(sam, client_for):
    assert client_for(sam).get(f"{STAFF}roles/").status_code == 403
