"""Reads of what people have to do, of what they are told, and of how they like their lists."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import BooleanField, Case, F, Q, QuerySet, Value, When
from django.http import Http404
from django.utils import timezone

from config.kernel import work_items as kinds_of_work
from config.kernel.deadlines import nearness
from merchants.accounts.models import User
from merchants.desk.models import MailChoice, Notification, SavedView, WorkItem


def work_items(*, user: User, can: Callable[[str], bool], now: datetime) -> QuerySet[WorkItem]:
    """Of the kinds that the person may see, with `owner_name`, `is_open`, `is_mine`, `is_overdue` and how `near` they
    are, by days of the zone that the page is in.
    """
    return WorkItem.objects.filter(kind__in=kinds_of_work.seen_with(can)).annotate(
        owner_name=F("owner__name"),
        is_open=_whether(Q(closed_at__isnull=True)),
        is_mine=_whether(Q(owner=user)),
        is_overdue=_whether(Q(closed_at__isnull=True, due_at__lt=now)),
        near=nearness("due_at", now=now, zone=timezone.get_current_timezone()),
    )


def work_item(public_id, *, user: User, can: Callable[[str], bool], now: datetime) -> WorkItem:
    """Raises Http404."""
    found = work_items(user=user, can=can, now=now).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def notifications(*, person: User) -> QuerySet[Notification]:
    return Notification.objects.filter(person=person).select_related("item")


def wants_mail(person: User) -> bool:
    """Who has not chosen gets mails."""
    return not MailChoice.objects.filter(person=person, wants_mail=False).exists()


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def saved_views(*, person: User) -> QuerySet[SavedView]:
    """One's own and those that everybody sees, with `is_own`."""
    return SavedView.objects.filter(Q(owner=person) | Q(is_shared=True)).annotate(is_own=_whether(Q(owner=person)))
