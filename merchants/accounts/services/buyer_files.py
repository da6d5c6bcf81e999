"""Buyers from a file, found again by the number under which the merchant keeps them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from config.kernel import bulk, events, ids
from config.kernel.actors import Actor
from config.kernel.dependents import pointed_at
from config.kernel.imports import Collision, Effect, Outcome, Problem, Verdict
from config.kernel.personal import encrypt, phone_tokens
from merchants.accounts.events import BuyerAdded, BuyerChanged, BuyerRemoved
from merchants.accounts.models import Buyer

SOURCE = "file"
FIELDS = ["name", "phone", "street", "city", "region", "postcode", "country"]
SEALED = ["phone", "street"]
STORED = [*FIELDS, "phone_token", "phone_tail_token"]


class BuyerLine(NamedTuple):
    """The values of one line, None for what is left as it is."""

    customer_number: str
    name: str | None
    phone: str | None
    street: str | None
    city: str | None
    region: str | None
    postcode: str | None
    country: str | None


def take(rows: Sequence[tuple], *, dry: bool, by: Actor, now: datetime) -> list[Verdict]:
    """See `config.kernel.imports.Take`."""
    lines = [BuyerLine(*row) for row in rows]
    known = _known([line.customer_number for line in lines], is_locked=not dry)
    verdicts = [_judge(line, known.get(line.customer_number)) for line in lines]
    if not dry:
        judged = list(zip(lines, verdicts, strict=True))
        _add([line for line, verdict in judged if verdict.outcome == Outcome.CREATED], by=by, now=now)
        changes = {
            line.customer_number: verdict.effect for line, verdict in judged if verdict.outcome == Outcome.CHANGED
        }
        _change([(known[number], effect.after) for number, effect in changes.items()], by=by, now=now)
    return verdicts


def _known(numbers: Sequence[str], *, is_locked: bool) -> dict[str, Buyer]:
    rows = Buyer.objects.filter(source=SOURCE, external_id__in=numbers)
    return {buyer.external_id: buyer for buyer in (rows.locked() if is_locked else rows)}


def _judge(line: BuyerLine, buyer: Buyer | None) -> Verdict:
    wanted = {name: value for name, value in line._asdict().items() if name in FIELDS and value is not None}
    if buyer is None:
        if line.country is None:
            return Verdict(Outcome.REJECTED, [Problem("country", _("A new buyer needs a country."))])
        return Verdict(Outcome.CREATED, effect=Effect(line.customer_number, None, {}))
    after = {name: value for name, value in wanted.items() if value != getattr(buyer, name)}
    if not after:
        return Verdict(Outcome.UNCHANGED)
    before = {name: getattr(buyer, name) for name in after}
    return Verdict(Outcome.CHANGED, effect=Effect(line.customer_number, before, after))


def _add(lines: list[BuyerLine], *, by: Actor, now: datetime) -> None:
    """Raises Collision."""
    if not lines:
        return
    rows = [
        [SOURCE, line.customer_number, ids.fresh(), now, *_stored({name: getattr(line, name) or "" for name in FIELDS})]
        for line in lines
    ]
    new = bulk.load_new(
        Buyer, ["source", "external_id", "public_id", "known_since", *STORED], rows,
        unique_columns=["merchant_id", "source", "external_id"], unique_where="NOT external_id = ''",
        returning=["public_id"],
    )  # fmt: skip
    if len(new) < len(lines):
        raise Collision
    events.record_many([BuyerAdded(buyer_id=str(public_id)) for (public_id,) in new], by=by, now=now)


def _stored(values: dict[str, str]) -> list[str]:
    """In the order of STORED, as the columns hold it."""
    held = {name: encrypt(value) if name in SEALED else value for name, value in values.items()}
    return [*(held[name] for name in FIELDS), *phone_tokens(values["phone"])]


def _change(changes: list[tuple[Buyer, dict]], *, by: Actor, now: datetime) -> None:
    if not changes:
        return
    rows, facts = [], []
    for buyer, after in changes:
        values = {name: getattr(buyer, name) for name in FIELDS} | after
        rows.append([buyer.pk, *_stored(values)])
        facts.append(BuyerChanged(buyer_id=str(buyer.public_id), fields=sorted(after)))
    bulk.change(Buyer, ["id", *STORED], rows)
    events.record_many(facts, by=by, now=now)


def undo(effects: Sequence[Effect], *, by: Actor, now: datetime) -> list[str]:
    """See `config.kernel.imports.Undo`. Who came in is removed, who was changed is as before."""
    known = _known([effect.thing for effect in effects], is_locked=True)
    added = [known[each.thing].pk for each in effects if each.before is None and each.thing in known]
    kept, told, gone, back = pointed_at(Buyer, added), [], [], []
    for effect in effects:
        buyer = known.get(effect.thing)
        if buyer is None:
            told.append(_("It is not here any more."))
        elif effect.before is None:
            told.append(_("The buyer has ordered since.") if buyer.pk in kept else "")
            gone += [buyer] if buyer.pk not in kept else []
        elif any(getattr(buyer, name) != value for name, value in effect.after.items()):
            told.append(_("It was changed again since."))
        else:
            told.append("")
            back.append((buyer, effect.before))
    _change(back, by=by, now=now)
    if gone:
        events.record_many([BuyerRemoved(buyer_id=str(buyer.public_id)) for buyer in gone], by=by, now=now)
        Buyer.objects.filter(pk__in=[buyer.pk for buyer in gone]).delete()
    return told
