"""Who works for a merchant, and as what."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import events, scope
from config.kernel.actors import Actor
from merchants.accounts.errors import AlreadyMember, LastOwner, NoLongerMember, RoleNotOffered
from merchants.accounts.events import MemberAdded, MemberRemoved, MemberRolesChanged
from merchants.accounts.models import Membership, Merchant, User
from merchants.accounts.permissions import PlatformRole, Role
from merchants.accounts.services import invitations, users


@transaction.atomic
def invite(
    *, email: str, name: str, roles: Sequence[str], address: str, by: Actor, now: datetime
) -> Membership:  # fmt: skip
    """Make whoever has this e-mail a member, with an account where there is none, and write to them once it holds.

    `address` is where this platform is reached, such as `https://desk.example`. Raises AlreadyMember, RoleNotOffered.
    """
    user, _is_new = users.find_or_create(email=email, name=name, now=now)
    membership = add(user=user, roles=roles, by=by, now=now)
    invitations.send_after_commit(membership, address=address)
    return membership


@transaction.atomic
def add(*, user: User, roles: Sequence[str], by: Actor, now: datetime) -> Membership:
    """Make a person a member of the acting merchant. Raises AlreadyMember, RoleNotOffered."""
    membership, is_new = Membership.objects.get_or_create(
        user=user, defaults={"roles": _offered(roles), "joined_at": now}
    )
    if not is_new:
        raise AlreadyMember(_("%(name)s is a member already.") % {"name": user}, field="email")
    events.record(MemberAdded(user_id=user.pk, roles=membership.roles), by=by, now=now)
    return membership


@transaction.atomic
def change_roles(*, membership: Membership, roles: Sequence[str], by: Actor, now: datetime) -> Membership:
    """The new roles hold from the person's next request. Raises LastOwner, NoLongerMember, RoleNotOffered."""
    membership = _locked(membership, keeps_owner=Role.OWNER in roles or PlatformRole.SUPERADMIN in roles)
    before, membership.roles = membership.roles, _offered(roles)
    if before != membership.roles:
        membership.save(update_fields=["roles"])
        fact = MemberRolesChanged(user_id=membership.user_id, before=before, after=membership.roles)
        events.record(fact, by=by, now=now)
    return membership


@transaction.atomic
def remove(*, membership: Membership, by: Actor, now: datetime) -> None:
    """Raises LastOwner, NoLongerMember."""
    membership = _locked(membership, keeps_owner=False)
    events.record(MemberRemoved(user_id=membership.user_id), by=by, now=now)
    membership.delete()


def _locked(membership: Membership, *, keeps_owner: bool) -> Membership:
    # all of them, so that two owners cannot drop each other at once
    members = {each.pk: each for each in Membership.objects.locked()}
    if (member := members.get(membership.pk)) is None:
        raise NoLongerMember(_("Somebody else has just removed this person."))
    leading = {Role.OWNER.value, PlatformRole.SUPERADMIN.value}
    others = any(leading & set(each.roles) for each in members.values() if each.pk != member.pk)
    if leading & set(member.roles) and not keeps_owner and not others:
        raise LastOwner(_("Somebody has to stay owner. Make another person owner first."), field="roles")
    return member


def _offered(roles: Sequence[str]) -> list[str]:
    """Roles in their usual order. Raises RoleNotOffered: a shop cannot make platform staff, nor the platform owners."""
    is_platform = Merchant.objects.filter(pk=scope.current(), slug=Merchant.PLATFORM).exists()
    offered = PlatformRole.values if is_platform else Role.values
    if foreign := {str(role) for role in roles} - set(offered):
        raise RoleNotOffered(_("These roles cannot be given here."), field="roles", roles=sorted(foreign))
    return [role for role in offered if role in roles]
