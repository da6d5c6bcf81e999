"""The sample shops' merchants and people, and where they sell."""

from datetime import UTC, datetime, timedelta

from django.db import transaction

from analytics.services.demo.shops import SHOPS, Channel, Shop
from analytics.services.demo.tree import CATEGORIES
from config.kernel import scope
from config.kernel.actors import Actor, machine
from merchants.accounts.models import Membership, Merchant, User
from merchants.accounts.permissions import PlatformRole, Role
from merchants.accounts.services import memberships, merchants, users
from merchants.marketplace.models import Category, CommissionSchedule
from merchants.marketplace.services import categories, channels, schedules
from merchants.marketplace.services.schedules import NewRule
from merchants.onboarding.models import Shop as ShopRow
from merchants.onboarding.services import shops

BY = machine("demo")
OPEN_SINCE = timedelta(days=440)
SINCE = datetime(2010, 1, 1, tzinfo=UTC)  # before any source that may be imported
TAX = 60_000  # millionths of the fee
PEOPLE = {
    "olive@acme.example": ("Olive", "en"), "sam@acme.example": ("Sam", "en"), "rita@rival.example": ("Rita", "en"),
    "zhou@beimu.example": ("周木", "zh-hans"), "admin@zhanggui.example": ("Platform admin", ""),
}  # fmt: skip
ROLES: dict[str, dict[str, list[str]]] = {
    "acme": {"olive@acme.example": [Role.OWNER], "sam@acme.example": [Role.FULFILLMENT, Role.SUPPORT]},
    "rival": {"rita@rival.example": [Role.OWNER]},
    "linhai": {"olive@acme.example": [Role.OWNER]},
    "beimu": {"zhou@beimu.example": [Role.OWNER], "rita@rival.example": [Role.MANAGER]},
    "inkwell": {"rita@rival.example": [Role.OWNER]},
    "doudou": {"zhou@beimu.example": [Role.OWNER]},
    Merchant.PLATFORM: {"admin@zhanggui.example": [PlatformRole.SUPERADMIN]},
}


@transaction.atomic
def assemble(*, password: str, now: datetime) -> dict[str, Merchant]:
    """Find or make merchants, people, categories and channels; the merchants by address, the platform among them."""
    merchants.platform(now=now)
    for code, parent, name, chinese in CATEGORIES:
        _category(code, parent, name, chinese)
    for channel in sorted({each for shop in SHOPS for each in shop.channels}, key=_by_code):
        channels.find_or_create(code=channel.code, name=channel.name, currency=channel.currency)
    _announce_commission(now=now)
    people = {email: _person(email, password=password, now=now) for email in PEOPLE}
    for shop in SHOPS:
        _open(shop, now=now - OPEN_SINCE)
    found = {each.slug: each for each in Merchant.objects.filter(slug__in=ROLES)}
    for slug, members in ROLES.items():
        _join(found[slug], {people[email]: roles for email, roles in members.items()}, now=now - OPEN_SINCE)
    return found


def handlers() -> dict[str, Actor]:
    """Who ships and cancels in each shop."""
    users_by_email = {user.email: user for user in User.objects.filter(email__in=PEOPLE)}
    return {slug: _actor(users_by_email[list(ROLES[slug])[-1]]) for slug in ROLES}


def owners() -> dict[str, Actor]:
    """Who looks after the products of each shop."""
    users_by_email = {user.email: user for user in User.objects.filter(email__in=PEOPLE)}
    return {slug: _actor(users_by_email[next(iter(ROLES[slug]))]) for slug in ROLES}


def _actor(user: User) -> Actor:
    return Actor(f"user:{user.pk}", name=user.name)


def _by_code(channel: Channel) -> str:
    return channel.code


def _category(code: str, parent: str, name: str, chinese: str) -> None:
    above = categories.find_or_create(code=parent, name=parent) if parent else None
    categories.find_or_create(code=code, name=name, names={"zh-hans": chinese}, parent=above)


def _announce_commission(*, now: datetime) -> None:
    """What the sample operator takes; one that has announced something keeps it."""
    if CommissionSchedule.objects.exists():
        return
    less = [
        NewRule(80_000, TAX, category=Category.objects.get(code="outdoor")),
        NewRule(50_000, TAX, category=Category.objects.get(code="tea")),
        NewRule(120_000, TAX, category=Category.objects.get(code="toys")),
        NewRule(100_000, TAX, currency="CNY", least_minor=100, most_minor=20_000),
    ]
    schedules.announce(code="sample", starts_at=SINCE, rules=[NewRule(100_000, TAX), *less], by=BY, now=now)


def _person(email: str, *, password: str, now: datetime) -> User:
    name, language = PEOPLE[email]
    user, is_new = users.find_or_create(email=email, name=name, now=now - OPEN_SINCE, password=password)
    if is_new and language:
        users.speak(user=user, language=language)
    return user


def _open(shop: Shop, *, now: datetime) -> None:
    merchant = Merchant.objects.filter(slug=shop.slug).first() or merchants.open_merchant(
        slug=shop.slug, name=shop.name, currency=shop.currency, timezone=shop.timezone, language=shop.language, by=BY,
        now=now,
    )  # fmt: skip
    city, region, postcode = shop.place
    with scope.acting_for(merchant):
        if not ShopRow.objects.filter(name=shop.name).exists():
            shops.open_shop(name=shop.name, country=shop.country, city=city, region=region, postcode=postcode, now=now)


def _join(merchant: Merchant, members: dict[User, list[str]], *, now: datetime) -> None:
    with scope.acting_for(merchant):
        known = set(Membership.objects.values_list("user", flat=True))
        for user, roles in members.items():
            if user.pk not in known:
                memberships.add(user=user, roles=roles, by=BY, now=now)
