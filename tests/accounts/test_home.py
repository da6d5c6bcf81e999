import pytest

from config.kernel import scope
from merchants.accounts.models import User
from merchants.accounts.permissions import PlatformRole, Role
from tests.conftest import person
from tests.factories.accounts import make_member, make_merchant, make_user


def shop_of(user, name: str, *roles):
    shop = make_merchant(slug=name.lower().replace(" ", "-"), name=name)
    with scope.acting_for(shop):
        make_member(user, *roles)
    return shop


def names(response) -> list[str]:
    return [shop.name for shop in response.context["shops"].rows]


def test_who_has_one_shop_is_there_at_once(olive, client_for):
    assert client_for(olive).get("/").url == "/m/acme/"
    assert client_for(olive).get("/m/acme/", follow=True).status_code == 200


def test_who_has_several_chooses_and_sees_no_others(olive, rival, client_for):
    shop_of(olive, "Birch", Role.ANALYST)

    response = client_for(olive).get("/")

    assert names(response) == ["Acme", "Birch"]
    assert "Rival" not in response.content.decode()
    assert "/admin/" not in response.content.decode()


def test_who_has_none_is_told_whom_to_ask(db, client_for):
    page = client_for(make_user()).get("/").content.decode()

    assert "You do not work for a shop yet" in page
    assert "/admin/" not in page


def test_platform_staff_find_their_desk_and_their_shops(admin_user, client_for):
    assert client_for(admin_user).get("/").url == "/admin/"

    shop_of(admin_user, "Birch")
    response = client_for(admin_user).get("/")

    assert names(response) == ["Birch"]
    assert 'href="/admin/"' in response.content.decode()


@pytest.mark.parametrize(("query", "found"), [("IRCH", ["Birch", "Birch 2"]), ("birch-2", ["Birch 2"]), ("acme", [])])
def test_shops_are_found_by_name_and_address(db, client_for, query, found):
    user = make_user()
    for name in ("Birch", "Birch 2", "Cedar"):
        shop_of(user, name)
    make_merchant(slug="acme", name="Acme")

    response = client_for(user).get("/", {"q": query})

    assert response.status_code == 200
    assert names(response) == found
    assert ("Nothing matches" in response.content.decode()) is (not found)


def test_many_shops_are_read_page_by_page(db, client_for):
    user = make_user()
    for number in range(120):
        shop_of(user, f"Shop {number:04}")
    browser = client_for(user)

    seen, address = [], "/"
    while address:
        response = browser.get(address)
        seen += names(response)
        address = response.context["pager"]["next_url"]
        address = address and f"/{address}"
    back = browser.get(f"/{response.context['pager']['previous_url']}")

    assert seen == [f"Shop {number:04}" for number in range(120)]
    assert names(back) == [f"Shop {number:04}" for number in range(50, 100)]
    assert browser.get("/?after=nonsense").status_code == 400


def test_choosing_costs_the_same_however_many_shops_there_are(db, client_for, flat_queries):
    user, letters = make_user(), iter("ABCDEFGH")
    shop_of(user, "First")
    browser = client_for(user)

    flat_queries(lambda: shop_of(user, next(letters)), lambda: browser.get("/"))


def test_nobody_chooses_before_signing_in(client, db):
    assert client.get("/").url == "/account/login/?next=/"


def test_the_menu_lists_what_one_may_open(acme, olive, sam, client_for):
    def entries(user):
        response = client_for(user).get("/m/acme/menu/")
        assert response.status_code == 200
        return [str(link["label"]) for link in response.context["shell"]["navigation"]]

    last = ["Staff", "Vacation", "Imports", "Notifications", "To do", "Jobs", "Recent changes", "Activity", "API keys"]
    assert entries(olive)[-9:] == last
    assert "Staff" not in entries(sam)


@pytest.mark.parametrize("role", Role.values)
def test_every_role_lands_on_a_page_it_may_see(acme, role, client_for):
    assert client_for(person("pat", acme, role)).get("/", follow=True).status_code == 200


def test_one_reads_and_changes_ones_own_profile(olive, client_for):
    browser = client_for(olive)
    assert browser.get("/account/").context["form"].initial == {"name": "Olive", "language": "en"}

    response = browser.post("/account/", {"name": " Olive  Oyl ", "language": "zh-hans"})

    assert (response.status_code, response.url) == (302, "/account/")
    assert response.cookies["django_language"].value == "zh-hans"
    olive.refresh_from_db()
    assert (olive.name, olive.language) == ("Olive  Oyl", "zh-hans")
    assert '<html lang="zh-Hans">' in browser.get("/account/").content.decode()


@pytest.mark.parametrize(("name", "language"), [("", "en"), ("O\u202elive", "en"), ("O", "tlh"), ("O" * 81, "en")])
def test_a_profile_that_cannot_be_is_refused(olive, client_for, name, language):
    assert client_for(olive).post("/account/", {"name": name, "language": language}).status_code == 422
    assert User.objects.get(pk=olive.pk).name == "Olive"


def test_a_profile_is_for_who_has_signed_in(client, db):
    assert client.get("/account/").url == "/account/login/?next=/account/"


@pytest.mark.parametrize(("goal", "ends"), [("/m/acme/", "/m/acme/"), ("https://evil.example/", "/"), ("", "/")])
def test_the_language_is_chosen_on_any_page_and_remembered(olive, client_for, goal, ends):
    response = client_for(olive).post("/account/language/", {"language": "zh-hans", "next": goal})

    assert (response.url, response.cookies["django_language"].value) == (ends, "zh-hans")
    assert User.objects.get(pk=olive.pk).language == "zh-hans"


def test_a_language_that_is_not_offered_changes_nothing(olive, client_for):
    response = client_for(olive).post("/account/language/", {"language": "tlh"})

    assert (response.status_code, dict(response.cookies)) == (302, {})
    assert User.objects.get(pk=olive.pk).language == ""


def test_platform_roles_open_no_shop(acme, platform, client_for):
    assert client_for(person("pat", platform, PlatformRole.SUPERADMIN)).get("/m/acme/").status_code == 404
    assert client_for(person("max", platform, PlatformRole.SUPERADMIN)).get("/m/platform/").status_code == 404
