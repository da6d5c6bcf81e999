"""What the page of a variant's stock shows, ready to be written down."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from config.kernel import subjects
from config.kernel.actors import Actor
from config.kernel.sentences import listed
from inventory import selectors
from inventory.models import StockLevel
from merchants.accounts.selectors import names_of


def numbers(level: StockLevel) -> list[tuple[str, str]]:
    line = level.alert_below
    return [
        (_("Available"), f"{level.available:,}"),
        (_("On hand"), f"{level.on_hand:,}"),
        (_("Reserved"), f"{level.reserved:,}"),
        (_("Damaged"), f"{level.damaged:,}"),
        (_("On its way"), f"{level.incoming:,}"),
        (_("Alert line"), _("none") if line is None else f"{line:,}"),
    ]


@dataclass(frozen=True)
class Moved:
    """A line of the stock card: `after` is what was on hand then."""

    what: str
    note: str
    change: str
    after: int
    who: str
    at: datetime
    subject: subjects.Subject | None


def movements(level: StockLevel, *, actor: Actor) -> list[Moved]:
    rows = selectors.movements(level)
    who = names_of({row.by for row in rows})
    about = subjects.named({row.owner for row in rows if row.owner}, actor=actor)
    return [
        Moved(
            row.get_reason_display() if row.reason else row.get_kind_display(), row.note, _change(row),
            row.on_hand_after, who.get(row.by, row.by), row.at, about.get(row.owner),
        )
        for row in rows
    ]  # fmt: skip


def _change(row) -> str:
    told = [f"{row.on_hand:+,}"] if row.on_hand else []
    if row.damaged:
        told.append(_("damaged %(units)s") % {"units": f"{row.damaged:+,}"})
    if row.incoming:
        told.append(_("on its way %(units)s") % {"units": f"{row.incoming:+,}"})
    return listed(told)
