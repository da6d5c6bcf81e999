from datetime import UTC, datetime
from itertools import count

from config.kernel import scope
from merchants.accounts.models import Buyer, Credential, Membership, Merchant, User
from merchants.accounts.permissions import KEY_SCOPES, Role
from merchants.accounts.services.credentials import digest

THEN = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)  # when everything was made: an hour before the tests' `now`
numbers = count(1)


def make_merchant(**overrides) -> Merchant:
    slug = overrides.pop("slug", None) or f"shop-{next(numbers)}"
    values = {"name": slug.title(), "currency": "EUR", "timezone": "UTC", "language": "en", "joined_at": THEN}
    return Merchant.objects.create(**values | {"slug": slug} | overrides)


def make_platform() -> Merchant:
    """The operator's own row, of which there is one."""
    known = Merchant.objects.filter(slug=Merchant.PLATFORM).first()
    return known or make_merchant(slug=Merchant.PLATFORM, name="Platform", currency="CNY")


def acting_merchant() -> Merchant:
    return Merchant.objects.get(pk=scope.current())


def make_user(**overrides) -> User:
    """A person who cannot sign in by password unless one is given: tests sign in with `client_for`."""
    number, password = next(numbers), overrides.pop("password", None)
    values = {"name": f"Person {number}", "email": f"person{number}@example.com", "joined_at": THEN}
    user = User(**values | overrides)
    user.set_password(password)
    user.save()
    return user


def make_member(user: User | None = None, *roles: str, **overrides) -> Membership:
    """A person's roles at the acting merchant; owner unless others are named."""
    named = [str(role) for role in roles] or [Role.OWNER.value]
    return Membership.objects.create(**{"user": user or make_user(), "roles": named, "joined_at": THEN} | overrides)


def make_buyer(**overrides) -> Buyer:
    number = next(numbers)
    values = {
        "name": f"Buyer {number}", "phone": f"+49 30 {number:06}", "street": f"Lindenweg {number}", "city": "Berlin",
        "region": "BE", "postcode": "10115", "country": "DE", "known_since": THEN,
    }  # fmt: skip
    return Buyer.objects.create(**values | overrides)


def make_credential(*scopes: str, **overrides) -> tuple[Credential, str]:
    """An API key of the acting merchant with these scopes, or all that keys may have; and the key itself."""
    number = next(numbers)
    key = f"zg_live_{number:08}_{number:043}"
    values = {
        "name": f"System {number}", "prefix": key[:16], "digest": digest(key), "made_by": "system", "made_at": THEN,
        "scopes": sorted(map(str, scopes or KEY_SCOPES)),
    }  # fmt: skip
    return Credential.objects.create(**values | overrides), key
