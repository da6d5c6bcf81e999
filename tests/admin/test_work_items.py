import pytest

from config.kernel import scope
from merchants.accounts.permissions import PlatformRole
from merchants.activity.models import DomainEvent
from merchants.desk.models import Notification, WorkItem
from merchants.desk.services.duties import FAILING
from tests.factories.accounts import THEN
from tests.factories.desk import make_work_item


@pytest.fixture
def item(platform):
    with scope.acting_for(platform):
        return make_work_item()


@pytest.fixture
def address(item):
    return f"/admin/desk/workitem/{item.pk}"


def again(item) -> WorkItem:
    with scope.acting_for(item.merchant):
        return WorkItem.objects.select_related("owner").get(pk=item.pk)


def facts(platform) -> list[tuple[str, dict]]:
    with scope.acting_for(platform):
        return [(fact.name, fact.payload) for fact in DomainEvent.objects.order_by("pk")]


def test_one_gives_it_to_a_colleague_who_is_told_and_takes_it_back(
    platform, item, address, admin_user, staff, acme, olive, client_for
):  # fmt: skip
    pat, browser = staff(PlatformRole.RISK), client_for(admin_user, headers={"accept-language": "en"})

    choices = browser.get(f"{address}/row-assignment/").context["form"].fields["owner"].choices
    assert choices == [("", "Nobody in particular"), (admin_user.pk, "Admin"), (pat.pk, "Pat")]
    assert browser.post(f"{address}/row-assignment/", {"owner": olive.pk}).status_code == 422
    assert browser.post(f"{address}/row-assignment/", {"owner": pat.pk}).status_code == 302
    assert again(item).owner == pat
    with scope.acting_for(platform):
        assert Notification.objects.get().person == pat
    assert browser.get(f"{address}/row-assignment/").context["form"].initial == {"owner": pat.pk}
    assert browser.post(f"{address}/row-assignment/", {"owner": ""}).status_code == 302
    assert again(item).owner is None
    about = {"item_id": str(item.public_id), "kind": item.kind}
    assert facts(platform) == [("desk.work_item.assigned", about | {"user_id": owner}) for owner in (pat.pk, None)]


def test_one_closes_it_for_a_reason_and_once(platform, item, address, admin_user, client_for):
    browser = client_for(admin_user)

    assert browser.post(f"{address}/row-closure/", {"why": ""}).status_code == 422
    assert browser.post(f"{address}/row-closure/", {"why": "It ran again."}).status_code == 302
    assert (again(item).closed_why, again(item).closed_at is None) == ("It ran again.", False)
    for act in ("closure", "assignment"):
        assert browser.post(f"{address}/row-{act}/", {"why": "Again."}).status_code == 403
    assert [name for name, _ in facts(platform)] == ["desk.work_item.closed"]
    page = browser.get(f"{address}/change/").content.decode()
    assert "row-assignment" not in page and "row-closure" not in page


def test_what_closes_itself_is_only_given_to_somebody(platform, admin_user, client_for):
    with scope.acting_for(platform):
        item = make_work_item(kind=FAILING, about="duty:x", params={"duty": "x", "fault": "y"})
    browser, address = client_for(admin_user), f"/admin/desk/workitem/{item.pk}"

    page = browser.get(f"{address}/change/").content.decode()
    assert ("row-assignment" in page, "row-closure" in page) == (True, False)
    assert browser.post(f"{address}/row-closure/", {"why": "Enough."}).status_code == 403
    assert again(item).closed_at is None


def test_a_shops_items_are_the_shops_and_who_looks_only_looks(acme, item, address, admin_user, reviewer, client_for):
    with scope.acting_for(acme):
        theirs = make_work_item()
    cases = [(admin_user, f"/admin/desk/workitem/{theirs.pk}"), (reviewer, address)]

    for user, where in cases:
        browser = client_for(user)
        page = browser.get(f"{where}/change/").content.decode()
        assert "row-assignment" not in page and "row-closure" not in page
        for act in ("assignment", "closure"):
            assert browser.get(f"{where}/row-{act}/").status_code == 403
            assert browser.post(f"{where}/row-{act}/", {"owner": user.pk, "why": "x"}).status_code == 403
    for one in (theirs, item):
        assert (again(one).owner, again(one).closed_at) == (None, None)


def test_who_has_it_stands_in_the_list_behind_dots(platform, admin_user, staff, client_for):
    with scope.acting_for(platform):
        make_work_item(owner=staff(PlatformRole.RISK, name="johanna"), opened_at=THEN)

    page = client_for(admin_user).get("/admin/desk/workitem/").content.decode()
    assert "••••••na" in page
    assert "Johanna" not in page
