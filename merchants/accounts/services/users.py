"""People's accounts."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from merchants.accounts.models import User
from merchants.accounts.states import Density


@transaction.atomic
def find_or_create(*, email: str, name: str, now: datetime, password: str | None = None) -> tuple[User, bool]:
    """The person with this address; a new one without a password sets it by the link in a mail.

    Raises ValidationError.
    """
    email = User.normal_email(email)
    if known := User.objects.filter(email=email).first():
        return known, False
    user = User(email=email, name=name, joined_at=now)
    user.set_password(password)
    user.clean_fields(exclude=["password"])
    values = {"name": user.name, "password": user.password, "joined_at": now}
    # somebody else may add the same person just now
    user, is_new = User.objects.get_or_create(email=email, defaults=values)
    if is_new:
        # whoever made the account answers for the address; one that is not confirmed could be lost in changing it
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user, is_new


def introduce(*, user: User, name: str, language: str) -> None:
    """How a person is called, by colleagues too, and which language they read in."""
    User.objects.filter(pk=user.pk).update(name=name, language=language)


def arrange(*, user: User, density: Density) -> None:
    """Remember how close together a person wants the rows of lists."""
    User.objects.filter(pk=user.pk).update(density=density)


def speak(*, user: User, language: str) -> None:
    """Remember the language a person reads in."""
    User.objects.filter(pk=user.pk).update(language=language)
