"""How the commands about people find them."""

import uuid

from django.core.management.base import CommandError
from django.db.models import Q

from config.kernel import scope
from merchants.accounts.models import Buyer, Merchant, User


def add_arguments(parser) -> None:
    parser.add_argument("person", help="an e-mail address; with --merchant, a buyer's number here or at the source")
    parser.add_argument("--merchant", help="the address (slug) of the shop whose buyer is meant")


def find_user(email: str) -> User:
    user = User.objects.filter(email=User.normal_email(email)).first()
    if user is None:
        raise CommandError("Nobody has this address.")
    return user


def find_merchant(slug: str) -> Merchant:
    merchant = Merchant.objects.filter(slug=slug).first()
    if merchant is None:
        raise CommandError(f"There is no merchant {slug}.")
    return merchant


def find_buyer(number: str) -> Buyer:
    """Of the acting merchant."""
    scope.current()
    try:
        named = Q(public_id=uuid.UUID(number)) | Q(external_id=number)
    except ValueError:
        named = Q(external_id=number)
    buyers = list(Buyer.objects.filter(named).order_by("pk")[:2])
    if len(buyers) != 1:
        raise CommandError("Several buyers have this number." if buyers else "No buyer has this number.")
    return buyers[0]
