import pytest

from config.kernel import scope
from config.kernel.actors import machine
from merchants.accounts.errors import AlreadyMember, LastOwner, NoLongerMember, RoleNotOffered
from merchants.accounts.models import Membership, User
from merchants.accounts.permissions import PlatformRole, Role
from merchants.accounts.services import memberships, users
from tests.conftest import person
from tests.factories.accounts import make_member, make_merchant, make_user

BY = machine("test")


def test_the_shop_gives_shop_roles_and_the_platform_its_own(acting, platform, now):
    with pytest.raises(RoleNotOffered):
        memberships.add(user=make_user(), roles=[Role.OWNER, PlatformRole.SUPERADMIN], by=BY, now=now)
    with scope.acting_for(platform), pytest.raises(RoleNotOffered):
        memberships.add(user=make_user(), roles=[Role.OWNER], by=BY, now=now)

    with scope.across_merchants(because="a test counts"):
        assert Membership.objects.count() == 0


def test_a_change_of_roles_gives_no_other_houses_roles(acting, platform, now):
    boss = make_member(make_user(), Role.OWNER)
    with pytest.raises(RoleNotOffered):
        memberships.change_roles(membership=boss, roles=[Role.OWNER, PlatformRole.SUPERADMIN], by=BY, now=now)
    with scope.acting_for(platform):
        admin = make_member(make_user(), PlatformRole.SUPERADMIN)
        with pytest.raises(RoleNotOffered):
            memberships.change_roles(membership=admin, roles=[PlatformRole.SUPERADMIN, Role.OWNER], by=BY, now=now)

    with scope.across_merchants(because="a test looks at both"):
        assert sorted(each.roles for each in Membership.objects.all()) == [["owner"], ["superadmin"]]


def test_an_address_has_one_account_however_it_is_written(db, now):
    first, is_new = users.find_or_create(email="Nora@Example.COM ", name="Nora", now=now)
    again, is_new_again = users.find_or_create(email=" nora@example.com", name="Other", now=now)

    assert (is_new, is_new_again, again.pk) == (True, False, first.pk)
    assert User.objects.get().name == "Nora"


def test_a_person_is_a_member_once(acting, now):
    user = make_user()
    memberships.add(user=user, roles=[Role.CATALOG], by=BY, now=now)

    with pytest.raises(AlreadyMember):
        memberships.add(user=user, roles=[Role.OWNER], by=BY, now=now)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("act", ["remove", "change_roles"])
def test_two_owners_cannot_drop_each_other_at_once(in_thread, now, act):
    shop = make_merchant(slug="acme")
    owners = [person(name, shop, Role.OWNER) for name in ("olive", "oscar")]
    refused = []

    def drop(user):
        with scope.acting_for(shop):
            member = Membership.objects.get(user=user)
            more = {"roles": [Role.CATALOG]} if act == "change_roles" else {}
            try:
                getattr(memberships, act)(membership=member, by=BY, now=now, **more)
            except LastOwner:
                refused.append(user)

    for wait in [in_thread(lambda user=user: drop(user)) for user in owners]:
        wait()

    with scope.acting_for(shop):
        left = list(Membership.objects.filter(roles__contains=[Role.OWNER]).values_list("user", flat=True))
    assert left == [user.pk for user in refused]
    assert len(refused) == 1


def test_who_was_removed_meanwhile_cannot_be_changed(acting, now):
    make_member(make_user(), Role.OWNER)
    gone = make_member(make_user(), Role.CATALOG)
    Membership.objects.filter(pk=gone.pk).delete()

    with pytest.raises(NoLongerMember):
        memberships.change_roles(membership=gone, roles=[Role.OWNER], by=BY, now=now)
