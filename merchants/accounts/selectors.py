"""Reads about people and merchants."""

from django.db.models import Q, QuerySet

from config.kernel import scope
from config.kernel.actors import Actor
from merchants.accounts.models import Membership, Merchant, User

SHOWN_IN_SWITCHER = 8


def membership_of(user: User, merchant: Merchant) -> Membership | None:
    """What a person is for a merchant, read anew on each request: a changed role bites at once."""
    with scope.acting_for(merchant):
        return Membership.objects.filter(user=user).first()


def actor_of(user: User, membership: Membership) -> Actor:
    return Actor(f"user:{user.pk}", name=str(user), permissions=membership.permissions)


def merchants_of(user: User, *, matching: str = "") -> QuerySet[Merchant]:
    """The shops a person works for, by name; the operator is none. To be read within the scope it is made in."""
    own = Membership.objects.filter(user=user).values("merchant")
    found = Merchant.objects.filter(pk__in=own).exclude(slug=Merchant.PLATFORM)
    if matching:
        found = found.filter(Q(name__icontains=matching) | Q(slug__icontains=matching))
    return found.order_by("name", "pk")


def switcher(user: User) -> tuple[list[Merchant], int]:
    """The first few shops of a person, and how many there are."""
    with scope.across_merchants(because="a person chooses among the merchants they work for"):
        shops = merchants_of(user)
        few = list(shops[: SHOWN_IN_SWITCHER + 1])
        return few[:SHOWN_IN_SWITCHER], len(few) if len(few) <= SHOWN_IN_SWITCHER else shops.count()


def members() -> QuerySet[Membership]:
    return Membership.objects.select_related("user")


def names_of(labels: set[str]) -> dict[str, str]:
    """The names behind the labels of actors, for timelines."""
    keys = [int(label.removeprefix("user:")) for label in labels if label.startswith("user:")]
    return {f"user:{user.pk}": str(user) for user in User.objects.filter(pk__in=keys)}
