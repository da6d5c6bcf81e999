"""What we know of a person, told to them or forgotten. Which columns that are, their labels say.

Orders keep their own copy of an address and reviews their words: the apps that own them tell and forget those
(`config.kernel.privacy`).
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from config.kernel import events, scope
from config.kernel import privacy as known
from config.kernel.actors import Actor
from merchants.accounts import selectors
from merchants.accounts.events import BuyerErased, PersonErased
from merchants.accounts.models import Buyer, User
from merchants.accounts.services import memberships, merchants


def export(*, user: User) -> dict:
    """All that accounts knows of somebody who signs in."""
    return {
        "account": known.values(user) | {"language": user.language, "joined_at": user.joined_at},
        "addresses": list(EmailAddress.objects.filter(user=user).order_by("pk").values("email", "verified")),
        "second_factors": list(Authenticator.objects.filter(user=user).order_by("pk").values("type", "created_at")),
        "memberships": [
            {"merchant": each.merchant.slug, "roles": each.roles, "joined_at": each.joined_at}
            for each in selectors.memberships_of(user)
        ],
    }


@transaction.atomic
def erase(*, user: User, because: str, by: Actor, now: datetime) -> User:
    """Forget who somebody is: they sign in no more and work nowhere; facts keep their number, which means nobody now.

    `because` is kept: a file number, nothing about the person. Raises LastOwner: a shop must not be left to nobody.
    """
    for membership in selectors.memberships_of(user):
        with scope.acting_for(membership.merchant):
            memberships.remove(membership=membership, by=by, now=now)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    user = User.objects.select_for_update().get(pk=user.pk)
    user.email, user.name = f"erased-{user.pk}@erased.invalid", f"Erased person {user.pk}"
    user.language, user.is_active = "", False
    user.set_unusable_password()  # which ends every session too
    user.save()
    with scope.acting_for(merchants.platform(now=now)):
        events.record(PersonErased(user_id=user.pk, because=because), by=by, now=now)
    return user


def export_buyer(*, buyer: Buyer) -> dict:
    """All that is known of a buyer of the acting merchant, by accounts and by each app above."""
    row = {"country": buyer.country, "known_since": buyer.known_since, "number": str(buyer.public_id)}
    parts = {name: part.export(buyer=buyer) for name, part in known.parts()}
    return known.values(buyer) | row | parts


@transaction.atomic
def erase_buyer(*, buyer: Buyer, because: str, by: Actor, now: datetime) -> Buyer:
    """Forget who a buyer of the acting merchant is, in all apps; number, country and first day stay, orders need them.

    Raises what an app refuses, such as OrdersUnderWay; then nothing is forgotten.
    """
    for _name, part in known.parts():  # the upper apps' rows are locked first
        part.erase(buyer=buyer, because=because, by=by, now=now)
    buyer = Buyer.objects.locked().get(pk=buyer.pk)
    labelled = known.labelled(buyer)
    for name in labelled:
        setattr(buyer, name, "")
    buyer.save(update_fields=labelled)
    events.record(BuyerErased(buyer_id=str(buyer.public_id), because=because), by=by, now=now)
    return buyer
