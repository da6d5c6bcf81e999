"""Work items as Home shows them, each kind a row."""

from django.db.models import Count, F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import pgettext

from config.kernel import queues, work_items
from config.kernel.deadlines import day_ends
from config.kernel.queues import Act, Asked, Entry, Mark, Row
from config.kernel.work_items import Kind
from merchants.accounts.permissions import Permission
from merchants.desk import selectors
from merchants.desk.models import WorkItem
from merchants.desk.services.file_imports import REJECTED
from merchants.desk.services.jobs import BROKEN, PARKED

MARKS_AT_MOST = 12
KINDS = [
    Kind(
        REJECTED, __("%(lines)s lines of %(file)s were not taken in: repair them and send them again"), "upload",
        Permission.JOBS_VIEW, label=__("Rejected lines of files"),
    ),
    Kind(
        PARKED, __("A job keeps ending its worker: resume it or find out why"), "loader", Permission.JOBS_VIEW,
        label=__("Jobs left alone"),
    ),
    Kind(
        BROKEN, __("A job failed: find out why"), "triangle-alert", Permission.JOBS_VIEW, label=__("Jobs that fail"),
    ),
]  # fmt: skip


def _open(asked: Asked):
    found = selectors.work_items(user=asked.user, can=asked.actor.can, now=asked.now).filter(is_open=True)
    return found.filter(is_mine=True) if asked.mine else found


def rows(asked: Asked) -> list[Row]:
    """Every kind that the person may see, whether there is something of it or not."""
    counts: dict[str, dict[str, int]] = {}
    for kind, near, items in _open(asked).order_by().values_list("kind", "near").annotate(items=Count("pk")):
        counts.setdefault(kind, {})[near] = items
    url, mine = reverse("desk:work", args=[asked.merchant.slug]), {"mine": "yes"} if asked.mine else {}
    return [
        Row(kind.key, kind.name, kind.icon, counts.get(kind.key, {}), url, {"kind": kind.key, **mine})
        for kind in work_items.kinds(asked.actor.can)
    ]


def entries(asked: Asked, limit: int) -> list[Entry]:
    """The closest deadlines first, then what has none, the oldest first."""
    nearest = _open(asked).order_by(F("due_at").asc(nulls_last=True), "opened_at", "pk")
    may_manage = asked.actor.can(Permission.WORK_MANAGE)
    return [_entry(item, asked, may_manage=may_manage) for item in nearest[:limit]]


def _entry(item: WorkItem, asked: Asked, *, may_manage: bool) -> Entry:
    kind, slug = work_items.kind(item.kind), asked.merchant.slug
    done, acts = [], []
    if may_manage and kind.done and kind.closes_by_hand:
        done = [Act(str(kind.done), reverse("desk:work-done", args=[slug, item.public_id]), "e", is_sent=True)]
    if may_manage and not item.is_mine:
        take = reverse("desk:work-assignment", args=[slug, item.public_id])
        acts.append(Act(_("Take it on"), take, "a", is_sent=True))
    if item.link and not done:
        done = [Act(pgettext("act", "Open"), item.link, "e")]
    return Entry(
        f"item-{item.public_id}", item.icon, item.title, item.link, item.due_at, item.opened_at, note=kind.name,
        who=item.owner_name or "", acts=[*acts, *done],
    )  # fmt: skip


def marks(asked: Asked) -> list[Mark]:
    """What is due until the end of today."""
    today = _open(asked).filter(due_at__gte=asked.now, due_at__lte=day_ends(asked.now, zone=asked.zone))
    return [Mark(item.due_at, item.title, item.link) for item in today.order_by("due_at", "pk")[:MARKS_AT_MOST]]


QUEUE = queues.Queue(50, Permission.WORK_VIEW, rows, entries, marks, has_owners=True)
