"""Reads about people and merchants."""

from collections.abc import Collection

from django.db.models import F, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from config.kernel import scope
from config.kernel.actors import Actor
from merchants.accounts.models import Credential, Membership, Merchant, User
from merchants.accounts.permissions import KEY_SCOPES, ROLE_PERMISSIONS, SHOP, Permission, Role

SHOWN_IN_SWITCHER = 8


def membership_of(user: User, merchant: Merchant) -> Membership | None:
    """What a person is for a merchant, read anew on each request: a changed role bites at once."""
    with scope.acting_for(merchant):
        return Membership.objects.filter(user=user).first()


def actor_of(user: User, membership: Membership) -> Actor:
    return Actor(f"user:{user.pk}", name=str(user), permissions=membership.permissions)


def credential_with(*, prefix: str) -> Credential | None:
    """The key that begins so, with its merchant; whether the rest fits is for the doorkeeper to see."""
    with scope.across_merchants(because="a key itself says whose it is"):
        return Credential.objects.select_related("merchant").filter(prefix=prefix).first()


def credentials() -> QuerySet[Credential]:
    return Credential.objects.all()


def credential(public_id) -> Credential:
    """Raises Http404."""
    return get_object_or_404(Credential.objects.all(), public_id=public_id)


def key_scopes(permissions: Collection[str]) -> list[tuple[str, str]]:
    """What somebody with these permissions may give to a key."""
    return [(scope.value, scope.label) for scope in Permission if scope in KEY_SCOPES and scope.value in permissions]


def merchants_of(user: User, *, matching: str = "") -> QuerySet[Merchant]:
    """The shops a person works for, by name; the operator is none. To be read within the scope it is made in."""
    own = Membership.objects.filter(user=user).values("merchant")
    found = Merchant.objects.filter(pk__in=own).exclude(slug=Merchant.PLATFORM)
    if matching:
        found = found.filter(Q(name__icontains=matching) | Q(slug__icontains=matching))
    return found.order_by("name", "pk")


def works_for_platform(user: User) -> bool:
    """To be read within `across_merchants`."""
    return Membership.objects.filter(user=user, merchant__slug=Merchant.PLATFORM).exists()


def memberships_of(user: User) -> list[Membership]:
    """All that a person is, for shops and for the platform."""
    with scope.across_merchants(because="a person's memberships lie with all their merchants"):
        return list(Membership.objects.filter(user=user).select_related("merchant").order_by("pk"))


def switcher(user: User) -> tuple[list[Merchant], int]:
    """The first few shops of a person, and how many there are."""
    with scope.across_merchants(because="a person chooses among the merchants they work for"):
        shops = merchants_of(user)
        few = list(shops[: SHOWN_IN_SWITCHER + 1])
        return few[:SHOWN_IN_SWITCHER], len(few) if len(few) <= SHOWN_IN_SWITCHER else shops.count()


def members() -> QuerySet[Membership]:
    """The people of the acting merchant, each with `name` and `email` to sort and search by."""
    return Membership.objects.select_related("user").annotate(name=F("user__name"), email=F("user__email"))


def member(pk: int) -> Membership:
    """Raises Http404."""
    return get_object_or_404(members(), pk=pk)


def actors() -> list[tuple[str, str]]:
    """The people of the acting merchant by the labels under which facts keep them."""
    return [(f"user:{member.user_id}", member.name) for member in members().order_by("name", "pk")]


def person_of(label: str) -> User | None:
    """The member of the acting merchant behind an actor's label; None for a machine, or who has left."""
    kind, _colon, key = label.partition(":")
    if kind != "user":
        return None
    found = members().filter(user=key).first() if key.isdigit() else None
    return found and found.user


def role_map() -> list[dict]:
    """Every permission of a shop with each role and whether it grants it."""
    return [
        {"label": permission.label, "answers": [(role, permission in ROLE_PERMISSIONS[role]) for role in Role]}
        for permission in Permission
        if permission in SHOP
    ]


def names_of(labels: set[str]) -> dict[str, str]:
    """Who stands behind the labels of actors, for timelines."""
    keys = [int(label.removeprefix("user:")) for label in labels if label.startswith("user:")]
    people = {f"user:{user.pk}": str(user) for user in User.objects.filter(pk__in=keys)}
    return {label: _machine(label) for label in labels if not label.startswith("user:")} | people | _systems(labels)


def _systems(labels: set[str]) -> dict[str, str]:
    """The API keys among them."""
    keys = [int(label.removeprefix("key:")) for label in labels if label.startswith("key:")]
    found = Credential.objects.filter(pk__in=keys) if keys else []
    return {each.label: _("API key “%(name)s”") % {"name": each.name} for each in found}


def _machine(label: str) -> str:
    """The platform's own hand, in words where there are some."""
    kind, _colon, source = label.partition(":")
    words = {"import": _("Import of “%(source)s”"), "demo": _("Demo"), "system": _("System")}
    return words[kind] % {"source": source} if kind in words else label
