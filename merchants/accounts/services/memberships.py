"""Who works for a merchant, and as what."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import events
from config.kernel.actors import Actor
from merchants.accounts.errors import AlreadyMember, LastOwner
from merchants.accounts.events import MemberAdded, MemberRemoved, MemberRolesChanged
from merchants.accounts.models import Membership, Merchant, User
from merchants.accounts.permissions import PlatformRole, Role


@transaction.atomic
def add(*, user: User, roles: Sequence[str], by: Actor, now: datetime) -> Membership:
    """Make a person a member of the acting merchant. Raises AlreadyMember."""
    membership, is_new = Membership.objects.get_or_create(
        user=user, defaults={"roles": _sorted(roles), "joined_at": now}
    )
    if not is_new:
        raise AlreadyMember(_("%(name)s is a member already.") % {"name": user}, field="email")
    events.record(MemberAdded(user_id=user.pk, roles=membership.roles), by=by, now=now)
    return membership


@transaction.atomic
def change_roles(*, membership: Membership, roles: Sequence[str], by: Actor, now: datetime) -> Membership:
    """The new roles hold from the person's next request. Raises LastOwner."""
    membership = _locked(membership, keeps_owner=Role.OWNER in roles or PlatformRole.SUPERADMIN in roles)
    before, membership.roles = membership.roles, _sorted(roles)
    if before != membership.roles:
        membership.save(update_fields=["roles"])
        fact = MemberRolesChanged(user_id=membership.user_id, before=before, after=membership.roles)
        events.record(fact, by=by, now=now)
    return membership


@transaction.atomic
def remove(*, membership: Membership, by: Actor, now: datetime) -> None:
    """Raises LastOwner."""
    membership = _locked(membership, keeps_owner=False)
    events.record(MemberRemoved(user_id=membership.user_id), by=by, now=now)
    membership.delete()


def take_over(merchants: Iterable[Merchant], *, owner: User, now: datetime) -> None:
    """Make a person owner of many merchants at once, where they are no member yet."""
    rows = [Membership(merchant=each, user=owner, roles=[Role.OWNER], joined_at=now) for each in merchants]
    Membership.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)


def _locked(membership: Membership, *, keeps_owner: bool) -> Membership:
    # all of them, so that two owners cannot drop each other at once
    members = {each.pk: each for each in Membership.objects.locked()}
    member = members[membership.pk]
    leading = {Role.OWNER.value, PlatformRole.SUPERADMIN.value}
    others = any(leading & set(each.roles) for each in members.values() if each.pk != member.pk)
    if leading & set(member.roles) and not keeps_owner and not others:
        raise LastOwner(_("Somebody has to stay owner. Make another person owner first."), field="roles")
    return member


def _sorted(roles: Sequence[str]) -> list[str]:
    order = [*Role.values, *PlatformRole.values]
    return sorted({str(role) for role in roles}, key=order.index)
