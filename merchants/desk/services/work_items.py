"""Things that a person must do: opened once, given to somebody, closed for a reason."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import events
from config.kernel.actors import Actor
from merchants.accounts.models import Membership, User
from merchants.desk.errors import ClosesItself, ItemIsClosed, OpenedAnew
from merchants.desk.events import WorkItemAssigned, WorkItemClosed, WorkItemOpened, WorkItemReopened
from merchants.desk.models import WorkItem
from merchants.desk.services import notifications


@transaction.atomic
def open(
    *, kind: str, about: str, params: dict | None = None, due_at: datetime | None = None, owner: User | None = None,
    link: str = "", by: Actor, now: datetime,
) -> WorkItem:  # fmt: skip
    """Ask for something to be done. While it is open, asking for the same again gives the same item."""
    values = {"params": params or {}, "due_at": due_at, "owner": owner, "link": link, "opened_at": now}
    item, is_new = WorkItem.objects.get_or_create(kind=kind, about=about, closed_at=None, defaults=values)
    if is_new:
        events.record(WorkItemOpened(item_id=str(item.public_id), kind=kind, concerns=about), by=by, now=now)
        _tell_owner(item, by=by, now=now)
    return item


@transaction.atomic
def assign(*, item: WorkItem, owner: User | None, by: Actor, now: datetime) -> WorkItem:
    """Raises ItemIsClosed."""
    item = _open(item)
    if item.owner_id == (owner and owner.pk):
        return item
    item.owner = owner
    item.save(update_fields=["owner"])
    fact = WorkItemAssigned(item_id=str(item.public_id), kind=item.kind, user_id=owner and owner.pk)
    events.record(fact, by=by, now=now)
    _tell_owner(item, by=by, now=now)
    return item


@transaction.atomic
def take_from(*, users: Sequence[int], by: Actor, now: datetime) -> None:
    """Leave what is open to nobody in particular where its owner does not work here any more."""
    members = Membership.objects.filter(user__in=users).values("user")
    for item in WorkItem.objects.filter(owner__in=users, closed_at=None).exclude(owner__in=members).locked():
        assign(item=item, owner=None, by=by, now=now)


@transaction.atomic
def close(*, item: WorkItem, why: str, by: Actor, now: datetime) -> WorkItem:
    """Close by hand. Raises ItemIsClosed, ClosesItself."""
    item = _open(item)
    if not item.closes_by_hand:
        raise ClosesItself(_("This closes by itself as soon as it is done."))
    return _closed(item, why=why, by=by, now=now)


@transaction.atomic
def reopen(*, item: WorkItem, by: Actor, now: datetime) -> WorkItem:
    """Take a closing back; an open item stays as it is. Raises ClosesItself, OpenedAnew."""
    item = WorkItem.objects.locked().get(pk=item.pk)
    if item.closed_at is None:
        return item
    if not item.closes_by_hand:
        raise ClosesItself(_("This closes by itself as soon as it is done."))
    if WorkItem.objects.filter(kind=item.kind, about=item.about, closed_at=None).exists():
        raise OpenedAnew(_("Something new of this kind is to be done already."))
    item.closed_at, item.closed_why = None, ""
    item.save(update_fields=["closed_at", "closed_why"])
    events.record(WorkItemReopened(item_id=str(item.public_id), kind=item.kind), by=by, now=now)
    return item


@transaction.atomic
def close_about(*, kind: str, about: str, why: str, by: Actor, now: datetime) -> WorkItem | None:
    """Close what has been done; None where nothing was open."""
    item = WorkItem.objects.filter(kind=kind, about=about, closed_at=None).locked().first()
    return item and _closed(item, why=why, by=by, now=now)


def _tell_owner(item: WorkItem, *, by: Actor, now: datetime) -> None:
    """Nobody needs to be told what they took on themselves."""
    if item.owner and by.label != f"user:{item.owner_id}":
        notifications.tell(item.owner, item=item, now=now)


def _open(item: WorkItem) -> WorkItem:
    item = WorkItem.objects.locked().get(pk=item.pk)
    if item.closed_at:
        raise ItemIsClosed(_("Somebody has closed this already."))
    return item


def _closed(item: WorkItem, *, why: str, by: Actor, now: datetime) -> WorkItem:
    item.closed_at, item.closed_why = now, why
    item.save(update_fields=["closed_at", "closed_why"])
    events.record(WorkItemClosed(item_id=str(item.public_id), kind=item.kind, why=why), by=by, now=now)
    return item
