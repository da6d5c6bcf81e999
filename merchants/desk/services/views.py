"""Views of lists that people keep under a name, for themselves or for everybody in the shop."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import events
from config.kernel.actors import Actor
from merchants.accounts.models import Membership, User
from merchants.desk.errors import NameTaken, TooManyViews
from merchants.desk.events import ViewChanged, ViewRemoved, ViewSaved
from merchants.desk.models import SavedView

MOST = 30  # of one list that a person has; more are no help


@transaction.atomic
def keep(*, page: str, name: str, query: str, is_shared: bool, owner: User, by: Actor, now: datetime) -> SavedView:
    """Keep the state of a list. Raises NameTaken, TooManyViews."""
    own = SavedView.objects.filter(owner=owner, page=page)
    if own.count() >= MOST:
        raise TooManyViews(_("You have %(count)s views of this list. Delete one first.") % {"count": MOST})
    _require_free(name, own)
    view, is_new = SavedView.objects.get_or_create(
        owner=owner, page=page, name=name, defaults={"query": query, "is_shared": is_shared, "made_at": now}
    )  # fmt: skip
    if not is_new:  # somebody pressed twice
        _require_free(name, own)
    fact = ViewSaved(view_id=str(view.public_id), page=page, is_shared=is_shared)
    events.record(fact, by=by, now=now)
    return view


@transaction.atomic
def change(*, view: SavedView, changes: dict, by: Actor, now: datetime) -> SavedView:
    """Give it another name or another query, share it or not. Raises NameTaken."""
    view = SavedView.objects.locked().get(pk=view.pk)
    if changes.get("name", view.name) != view.name:
        _require_free(changes["name"], SavedView.objects.filter(owner=view.owner_id, page=view.page))
    changed = [name for name, value in changes.items() if getattr(view, name) != value]
    for name in changed:
        setattr(view, name, changes[name])
    view.save(update_fields=changed)
    fact = ViewChanged(view_id=str(view.public_id), page=view.page, is_shared=view.is_shared, fields=sorted(changed))
    events.record(fact, by=by, now=now)
    return view


@transaction.atomic
def remove(*, view: SavedView, by: Actor, now: datetime) -> None:
    view = SavedView.objects.locked().get(pk=view.pk)
    events.record(ViewRemoved(view_id=str(view.public_id), page=view.page), by=by, now=now)
    view.delete()


@transaction.atomic
def take_from(*, users: Sequence[int], by: Actor, now: datetime) -> None:
    """Remove what only those had who do not work here any more; what they shared stays."""
    members = Membership.objects.filter(user__in=users).values("user")
    for view in SavedView.objects.filter(owner__in=users, is_shared=False).exclude(owner__in=members):
        remove(view=view, by=by, now=now)


def _require_free(name: str, own) -> None:
    if own.filter(name=name).exists():
        raise NameTaken(_("You have a view of this name already."), field="name")
