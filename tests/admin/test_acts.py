import re

import pytest
from django.core import mail

from config.kernel import scope
from merchants.accounts.models import Membership, User
from merchants.accounts.permissions import PlatformRole
from merchants.activity.models import DomainEvent
from merchants.marketplace.models import Category, SalesChannel
from tests.factories.marketplace import make_category, make_channel

ADD_MEMBER = "/admin/accounts/membership/new/"


def member_of(merchant, user) -> Membership:
    with scope.acting_for(merchant):
        return Membership.objects.get(user=user)


def test_a_superadmin_adds_a_person_to_the_platform(
    platform, admin_user, client_for, django_capture_on_commit_callbacks
):  # fmt: skip
    sent = {"email": "pia@platform.example", "name": "Pia", "roles": ["platform-risk", "platform-reviewer"]}

    with django_capture_on_commit_callbacks(execute=True):
        response = client_for(admin_user).post(ADD_MEMBER, sent)

    assert (response.status_code, response.url) == (302, "/admin/accounts/membership/")
    pia = User.objects.get(email="pia@platform.example")
    assert member_of(platform, pia).roles == ["platform-reviewer", "platform-risk"]
    with scope.acting_for(platform):
        assert list(DomainEvent.objects.values_list("name", "actor")) == [
            ("accounts.member.added", f"user:{admin_user.pk}")
        ]
    (letter,) = mail.outbox
    assert len(re.findall(r"http://testserver/account/password/reset/key/\S+/", letter.body)) == 1


def test_an_act_below_a_row_and_the_last_superadmin(platform, admin_user, staff, client_for):
    browser, pat = client_for(admin_user), staff(PlatformRole.RISK)
    mine, other = member_of(platform, admin_user), member_of(platform, pat)

    response = browser.post(f"/admin/accounts/membership/{mine.pk}/row-removal/")
    assert response.status_code == 409
    assert "Make another person owner first." in response.content.decode()

    roles = f"/admin/accounts/membership/{other.pk}/row-roles/"
    assert browser.post(roles, {"roles": ["superadmin"]}).status_code == 302
    assert member_of(platform, pat).roles == ["superadmin"]
    assert browser.post(f"/admin/accounts/membership/{mine.pk}/row-removal/").status_code == 302
    assert browser.get("/admin/").status_code == 404


def test_the_platforms_desk_changes_nobody_of_a_shop(acme, olive, admin_user, client_for):
    browser, member = client_for(admin_user), member_of(acme, olive)

    assert "row-roles" not in browser.get(f"/admin/accounts/membership/{member.pk}/change/").content.decode()
    for act in ("roles", "removal"):
        address = f"/admin/accounts/membership/{member.pk}/row-{act}/"
        assert browser.post(address, {"roles": ["platform-risk"]}).status_code == 403
    assert member_of(acme, olive).roles == ["owner"]


def test_the_platform_makes_no_owners(platform, admin_user, client_for):
    sent = {"email": "pia@platform.example", "name": "Pia", "roles": ["owner"]}

    assert client_for(admin_user).post(ADD_MEMBER, sent).status_code == 422
    assert not User.objects.filter(email="pia@platform.example").exists()


def test_categories_are_added_and_named_in_every_language(admin_user, client_for):
    make_category(code="things", name="Things")
    browser = client_for(admin_user, headers={"accept-language": "en"})

    parent = Category.objects.get(code="things")
    sent = {"code": "lamps", "name": "Lamps", "parent": parent.pk}
    assert browser.post("/admin/marketplace/category/new/", sent).status_code == 302
    assert browser.post("/admin/marketplace/category/new/", sent).status_code == 409
    lamps = Category.objects.get(code="lamps")
    assert (lamps.name, lamps.language, Category.objects.get_parent(lamps)) == ("Lamps", "en", parent)

    address = f"/admin/marketplace/category/{lamps.pk}/row-name/"
    assert browser.get(address).context["form"].initial == {"name_en": "Lamps", "is_open": True}
    assert browser.post(address, {"name_en": "Lights", "name_zh_hans": "灯具"}).status_code == 302
    lamps = Category.objects.get(code="lamps")
    assert (lamps.name, lamps.name_in("zh-hans"), lamps.is_open) == ("Lights", "灯具", False)


def test_channels_are_added_and_renamed_and_keep_code_and_currency(admin_user, client_for):
    browser = client_for(admin_user)

    sent = {"code": "fair", "name": "Fair", "currency": "CNY"}
    assert browser.post("/admin/marketplace/saleschannel/new/", sent).status_code == 302
    assert browser.post("/admin/marketplace/saleschannel/new/", sent | {"currency": "EUR"}).status_code == 409
    assert browser.post("/admin/marketplace/saleschannel/new/", sent | {"currency": "euro"}).status_code == 422
    fair = SalesChannel.objects.get()
    address = f"/admin/marketplace/saleschannel/{fair.pk}/row-name/"
    assert browser.post(address, {"name": "Great fair", "is_open": "on", "code": "x"}).status_code == 302

    assert SalesChannel.objects.values_list("code", "name", "currency", "is_open").get() == (
        "fair", "Great fair", "CNY", True,
    )  # fmt: skip


@pytest.mark.parametrize("role", [role for role in PlatformRole.values if role != PlatformRole.SUPERADMIN])
def test_who_may_only_look_can_do_none_of_it(platform, staff, client_for, role):
    user = staff(role)
    browser, category, channel = client_for(user), make_category(), make_channel()
    acts = [
        ADD_MEMBER, f"/admin/accounts/membership/{member_of(platform, user).pk}/row-roles/",
        f"/admin/accounts/membership/{member_of(platform, user).pk}/row-removal/", "/admin/marketplace/category/new/",
        f"/admin/marketplace/category/{category.pk}/row-name/", "/admin/marketplace/saleschannel/new/",
        f"/admin/marketplace/saleschannel/{channel.pk}/row-name/",
    ]  # fmt: skip

    for address in acts:
        for method in (browser.get, browser.post):
            assert method(address, {"roles": ["superadmin"], "name": "X"}).status_code == 403
    assert member_of(platform, user).roles == [role]
    assert "/new/" not in browser.get("/admin/marketplace/category/").content.decode()


def test_shops_find_none_of_it(acme, olive, client_for):
    sent = {"email": "x@example.com", "name": "X", "roles": ["superadmin"]}

    assert client_for(olive).post(ADD_MEMBER, sent).status_code == 404
    assert not User.objects.filter(email="x@example.com").exists()
