"""Telling people of what they are to do: on a page of theirs, and by a letter if they want one."""

import logging
from datetime import datetime
from smtplib import SMTPException

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from config.kernel import scope, wake
from merchants.accounts.models import User
from merchants.desk.models import MailChoice, Notification, WorkItem
from merchants.desk.states import Mail

log = logging.getLogger(__name__)
SEND_MAILS = "merchants.desk.tasks.send_mails"
AT_ONCE = 50


@transaction.atomic
def tell(person: User, *, item: WorkItem, now: datetime) -> Notification:
    """Once for a person and an item, in the transaction that gave it to them; the letter follows after commit."""
    refused = MailChoice.objects.filter(person=person, wants_mail=False).exists()
    told, is_new = Notification.objects.get_or_create(
        person=person, item=item, defaults={"made_at": now, "mail": Mail.NOT_WANTED if refused else Mail.DUE}
    )  # fmt: skip
    if is_new and not refused:
        wake.after_commit(SEND_MAILS)
    return told


@transaction.atomic
def read_all(*, person: User, now: datetime) -> int:
    return Notification.objects.filter(person=person, read_at=None).update(read_at=now)


@transaction.atomic
def choose(*, person: User, wants_mail: bool) -> MailChoice:
    choice, _created = MailChoice.objects.update_or_create(person=person, defaults={"wants_mail": wants_mail})
    return choice


def wake_for_mails() -> None:
    """Send for a worker where mails wait: the message about them may have been lost."""
    with scope.across_merchants(because="mails of all merchants wait"):
        if Notification.objects.filter(mail=Mail.DUE).exists():
            wake.after_commit(SEND_MAILS)


def send_mails() -> int:
    """Send what is due, each letter at most once; say how many."""
    with scope.across_merchants(because="mails of all merchants are sent"):
        waiting = Notification.objects.filter(mail=Mail.DUE).select_related("merchant", "person", "item")
        found = list(waiting.order_by("made_at", "pk")[:AT_ONCE])
    return sum(_send(each) for each in found)


def _send(told: Notification) -> bool:
    """Mark it as sent before it is, so that a worker that dies or a second one does not send it again."""
    merchant, person = told.merchant, told.person
    with scope.acting_for(merchant):
        if Notification.objects.filter(pk=told.pk, mail=Mail.DUE).update(mail=Mail.SENT) != 1:
            return False
        with translation.override(person.language or merchant.language):
            title = told.item.title
            text = render_to_string("desk/email/work_item.txt", {"title": title, "merchant": merchant})
        try:
            send_mail(f"{merchant.name}: {title}", text, None, [person.email])
        except (SMTPException, OSError) as fault:
            log.error("letter %s was not sent: %s", told.pk, type(fault).__name__)
            Notification.objects.filter(pk=told.pk).update(mail=Mail.FAILED)
            return False
    return True
