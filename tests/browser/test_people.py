"""The pages about people, read by axe in both languages, wide and narrow."""

import pytest

from config.kernel import scope
from merchants.accounts.permissions import Role
from tests.conftest import person
from tests.factories.accounts import make_member, make_merchant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
LOOKS = [("en", 1440, "light"), ("zh-hans", 360, "dark")]


@pytest.fixture
def crowd(acme, olive, sam):
    """Enough people to fill a list, and a second shop to choose from."""
    for name, *roles in (("mary", Role.MANAGER), ("finn", Role.FINANCE, Role.ANALYST, Role.SUPPORT)):
        person(name, acme, *roles)
    with scope.acting_for(make_merchant(slug="birch", name="Birch")):
        make_member(olive, Role.ANALYST)
    return olive


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_pages_about_people_are_sound(crowd, open_page, sound, language, width, scheme):
    page = open_page(crowd, language=language, width=width, scheme=scheme)

    for name, address in (
        ("home", "/"), ("staff", "/m/acme/shop/staff/"), ("member-new", "/m/acme/shop/staff/new/"),
        ("roles", "/m/acme/shop/staff/roles/"), ("menu", "/m/acme/menu/"), ("profile", "/account/"),
    ):  # fmt: skip
        page.goto(address)
        sound(page, f"people-{name}-{language}")


def test_an_owner_adds_a_person_and_changes_what_they_may(crowd, open_page, sound):
    page = open_page(crowd)
    page.goto("/m/acme/shop/staff/")
    page.get_by_role("link", name="Add a person").click()
    page.get_by_label("E-mail").fill("nora@example.com")
    page.get_by_role("textbox", name="Name").fill("Nora")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("alert").wait_for()  # a role is missing
    sound(page, "people-member-new-refused")
    page.get_by_label("Catalog").check()
    page.get_by_role("button", name="Add").click()
    page.get_by_text("nora@example.com was added and gets an invitation by e-mail.").wait_for()

    page.get_by_role("link", name="Change roles Nora").click()
    page.get_by_label("Support").check()
    page.get_by_role("button", name="Save roles").click()
    page.get_by_text("The roles of Nora were changed.").wait_for()
    row = page.get_by_role("row", name="Nora")
    assert "Catalog" in row.inner_text()
    assert "Support" in row.inner_text()

    page.get_by_role("link", name="Activity").first.click()
    page.get_by_text("Nora joined as Catalog").wait_for()
    sound(page, "people-activity")
    page.goto("/m/acme/shop/staff/")
    page.get_by_role("link", name="Remove Nora").click()
    sound(page, "people-removal")
    page.get_by_role("button", name="Remove").click()
    page.get_by_text("Nora no longer works here.").wait_for()
