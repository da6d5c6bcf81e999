"""The letter to somebody who was made a member, with a one-time link where they have no password yet."""

import logging
from functools import partial
from smtplib import SMTPException

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from merchants.accounts.errors import MailNotSent
from merchants.accounts.models import Membership, Merchant, User

log = logging.getLogger(__name__)


def send_after_commit(membership: Membership, *, address: str) -> None:
    """Write when the membership holds; a letter that cannot be sent is logged, and can be sent again."""
    transaction.on_commit(partial(_try, membership.user_id, membership.merchant_id, address), robust=True)


def send(*, membership: Membership, address: str) -> None:
    """Write now; not within a transaction. Raises MailNotSent."""
    try:
        _write(membership.user_id, membership.merchant_id, address)
    except (OSError, SMTPException):
        log.exception("invitation not sent to user:%s", membership.user_id)
        raise MailNotSent(_("The mail server does not answer. The person was added; send the link later.")) from None


def one_time_link(user: User, *, address: str) -> str:
    """Where a person sets a password: good for PASSWORD_RESET_TIMEOUT, until it is used or the password changes."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return address.rstrip("/") + reverse("account_reset_password_from_key", kwargs=key)


def _try(user_id: int, merchant_id: int, address: str) -> None:
    try:
        _write(user_id, merchant_id, address)
    except (OSError, SMTPException):
        log.exception("invitation not sent to user:%s", user_id)


def _write(user_id: int, merchant_id: int, address: str) -> None:
    user, merchant = User.objects.get(pk=user_id), Merchant.objects.get(pk=merchant_id)
    context = {
        "user": user, "merchant": merchant, "address": address,
        "link": None if user.has_usable_password() else one_time_link(user, address=address),
    }  # fmt: skip
    with translation.override(user.language or merchant.language):
        subject = render_to_string("accounts/email/invitation_subject.txt", context)
        body = render_to_string("accounts/email/invitation_message.txt", context)
    EmailMessage(" ".join(subject.split()), body, to=[user.email]).send()
