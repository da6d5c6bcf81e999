import hashlib
import threading
import time
from functools import partial

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Max

from catalog.events import ProductMoved
from config.kernel import events, scope
from config.kernel.actors import machine
from config.kernel.transactions import oldest_running, one_at_a_time
from merchants.activity import rules
from merchants.activity.models import DomainEvent, Seal
from merchants.activity.services import seals
from merchants.activity.states import SealFault

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

EVENT, SEAL = "activity_domainevent", "activity_seal"
COLUMNS = "merchant_id, batch, name, about, payload, actor, occurred_at, recorded_at, transaction"
FIRST, LAST = f"(SELECT min(id) FROM {EVENT})", f"(SELECT max(id) FROM {EVENT})"
SECOND_SEAL = f"(SELECT first_id, last_id FROM {SEAL} WHERE number = 2)"
TAMPERING = {
    "an edit of the last": (f"UPDATE {EVENT} SET payload = '{{}}' WHERE id = {LAST}", 3, SealFault.CHANGED),
    "an edit of who": (f"UPDATE {EVENT} SET actor = 'me' WHERE id = {FIRST} + 2", 2, SealFault.CHANGED),
    "an edit of when": (
        f"UPDATE {EVENT} SET occurred_at = occurred_at - interval '1 us' WHERE id = {FIRST}", 1, SealFault.CHANGED,
    ),
    "an edit of when it was learned": (
        f"UPDATE {EVENT} SET recorded_at = recorded_at + interval '1 us' WHERE id = {FIRST}", 1, SealFault.CHANGED,
    ),
    "an edit of what about": (f"UPDATE {EVENT} SET about = 'product:7' WHERE id = {FIRST}", 1, SealFault.CHANGED),
    "an edit of the name": (f"UPDATE {EVENT} SET name = 'catalog.product' WHERE id = {FIRST}", 1, SealFault.CHANGED),
    "another owner": (
        f"UPDATE {EVENT} SET merchant_id = (SELECT merchant_id FROM {EVENT} WHERE id = {LAST}) WHERE id = {FIRST}", 1,
        SealFault.CHANGED,
    ),
    "another number": (f"UPDATE {EVENT} SET id = id + 1000 WHERE id = {FIRST} + 2", 2, SealFault.ORDER),
    "a later transaction": (
        f"UPDATE {EVENT} SET transaction = (SELECT max(transaction::text::bigint) + 1 FROM {EVENT})::text::xid8"
        f" WHERE id = {FIRST} + 2",
        2, SealFault.MISSING,
    ),
    "a deletion of the first": (f"DELETE FROM {EVENT} WHERE id = {FIRST}", 1, SealFault.MISSING),
    "a deletion of the last": (f"DELETE FROM {EVENT} WHERE id = {LAST}", 3, SealFault.MISSING),
    "an insertion": (
        f"INSERT INTO {EVENT} ({COLUMNS}) SELECT {COLUMNS} FROM {EVENT} WHERE id = {FIRST}", 1, SealFault.ADDED,
    ),
    "a reordering": (
        f"UPDATE {EVENT} AS one SET merchant_id = other.merchant_id, batch = other.batch, about = other.about,"
        f" payload = other.payload FROM {EVENT} AS other, {SECOND_SEAL} AS seal"
        " WHERE (one.id, other.id) IN ((first_id, last_id), (last_id, first_id))",
        2, SealFault.ORDER,
    ),
    "an edit of a fingerprint": (f"UPDATE {SEAL} SET fingerprint = 'a' WHERE number = 1", 1, SealFault.SEAL),
    "an edit of a count": (f"UPDATE {SEAL} SET count = 1 WHERE number = 2", 2, SealFault.SEAL),
    "an edit of a date": (f"UPDATE {SEAL} SET sealed_at = now() WHERE number = 2", 2, SealFault.SEAL),
    "a deletion of the first seal": (f"DELETE FROM {SEAL} WHERE number = 1", 2, SealFault.CHAIN),
    "a deletion of a seal": (f"DELETE FROM {SEAL} WHERE number = 2", 3, SealFault.CHAIN),
    "a deletion of a seal and its facts": (
        f"WITH gone AS (DELETE FROM {SEAL} WHERE number = 2 RETURNING *)"
        f" DELETE FROM {EVENT} USING gone WHERE transaction >= since AND transaction < until",
        3, SealFault.CHAIN,
    ),
}  # fmt: skip


def record(now, *numbers):
    moved = [ProductMoved(product_id=str(number), before="draft", after="ready") for number in numbers]
    with transaction.atomic():
        events.record_many(moved, by=machine("user:1"), now=now)


def settle():
    """Wait until the transactions of other databases on this server let us seal what is recorded."""
    with scope.across_merchants(because="the chain covers all merchants"):
        newest = DomainEvent.objects.aggregate(newest=Max("transaction"))["newest"]
    give_up = time.monotonic() + 10
    while oldest_running() <= newest:
        assert time.monotonic() < give_up
        time.sleep(0.01)


def seal(now):
    settle()
    return seals.seal_finished(now=now)


@pytest.fixture
def chain(acting, rival, now):
    """Three seals over two facts each, of two merchants."""
    for number in (1, 3, 5):
        record(now, number)
        with scope.acting_for(rival):
            record(now, number + 1)
        seal(now)
    return list(Seal.objects.order_by("number"))


def test_history_is_sealed_once_and_holds(chain, now, capsys):
    assert seals.seal_finished(now=now) is None
    assert [(each.number, each.count) for each in chain] == [(1, 2), (2, 2), (3, 2)]
    assert [each.previous for each in chain] == ["", chain[0].fingerprint, chain[1].fingerprint]
    assert seals.verify() == seals.Verdict(chain[2], None, None, 0)
    call_command("verify_audit")
    assert f"The last seal, to be kept elsewhere: 3:{chain[2].fingerprint}\n" in capsys.readouterr().out


@pytest.mark.parametrize(("tampering", "number", "fault"), TAMPERING.values(), ids=TAMPERING)
def test_tampering_is_found_and_named(chain, owner, tampering, number, fault):
    owner(tampering)
    verdict = seals.verify()
    assert (verdict.broken.number, verdict.fault) == (number, fault)
    broken = chain[number - 1]
    named = rf"Seal {number} \(facts {broken.first_id} to {broken.last_id}\) is broken: it {fault.label}\."
    with pytest.raises(CommandError, match=named):
        call_command("verify_audit")


@pytest.mark.parametrize("forge", ["keyed with a guess", "plain SHA-256"])
def test_a_chain_that_is_drawn_anew_without_the_key_is_found(chain, owner, now, settings, monkeypatch, forge):
    true_key = settings.SEAL_KEY
    owner(f"DELETE FROM {EVENT} WHERE id = {FIRST}")
    owner(f"DELETE FROM {SEAL}")
    if forge == "plain SHA-256":
        monkeypatch.setattr(rules.hmac, "new", lambda key, message, digest: hashlib.new(digest, message))
        monkeypatch.setattr(rules.hmac, "digest", lambda key, message, digest: hashlib.new(digest, message).digest())
    settings.SEAL_KEY = "a guess"
    seals.seal_finished(now=now)
    assert seals.verify().broken is None, "the forger is content"
    settings.SEAL_KEY = true_key
    monkeypatch.undo()
    verdict = seals.verify()
    assert (verdict.broken, verdict.fault) == (Seal.objects.get(), SealFault.SEAL)


def test_an_end_that_was_cut_off_is_found_by_whoever_remembers_it(chain, owner):
    remembered = f"3:{chain[2].fingerprint}"
    call_command("verify_audit", remembered=remembered)
    owner(f"DELETE FROM {EVENT} WHERE transaction >= (SELECT since FROM {SEAL} WHERE number = 3)")
    owner(f"DELETE FROM {SEAL} WHERE number = 3")
    assert seals.verify().broken is None, "inside the database nothing tells of it"
    with pytest.raises(CommandError, match=r"is not in the chain"):
        call_command("verify_audit", remembered=remembered)


def test_what_is_not_sealed_yet_is_counted(chain, now, capsys):
    record(now, 7, 8, 9)
    call_command("verify_audit")
    assert "Every seal holds. 3 facts are not sealed yet.\n" in capsys.readouterr().out


def test_without_any_seal_there_is_only_a_tail(acting, now):
    assert seals.verify() == seals.Verdict(None, None, None, 0)
    record(now, 1)
    assert seals.verify() == seals.Verdict(None, None, None, 1)


def test_every_column_of_a_fact_is_sealed():
    columns = {field.attname for field in DomainEvent._meta.concrete_fields}
    assert {name.replace("payload_text", "payload").replace("pk", "id") for name in seals.SEALED} == columns
    vouched = {field.attname for field in Seal._meta.concrete_fields} - {"id", "fingerprint"}
    assert set(seals.VOUCHED) == vouched


def test_sealers_wait_for_each_other(acting, now, in_thread):
    record(now, 1)
    settle()
    with transaction.atomic():
        one_at_a_time("seal")
        wait = in_thread(partial(seals.seal_finished, now=now))
        time.sleep(0.2)
        assert Seal.objects.count() == 0
    wait()
    assert Seal.objects.count() == 1


def test_there_is_no_seal_without_a_key(acting, now, settings):
    settings.SEAL_KEY = ""
    with pytest.raises(ValueError, match="without a key"):
        seals.seal_finished(now=now)


def test_a_transaction_that_commits_late_is_sealed_later_not_skipped(acting, now, in_thread):
    recorded, may_commit = threading.Event(), threading.Event()

    def slow_import():
        with scope.acting_for(acting), transaction.atomic():
            record(now, 1)
            recorded.set()
            may_commit.wait(10)

    wait = in_thread(slow_import)
    recorded.wait(10)
    record(now, 2)  # a younger transaction with a higher number commits first
    assert seals.seal_finished(now=now) is None, "nothing from the slow import's number up is settled yet"
    assert seals.verify().unsealed == 1

    may_commit.set()
    wait()
    seal(now)
    assert (Seal.objects.get().count, DomainEvent.objects.count()) == (2, 2)
    assert seals.verify().broken is None


def test_ids_of_neighboring_seals_may_overlap(acting, now, in_thread):
    recorded, may_commit = threading.Event(), threading.Event()

    def younger_import():
        with scope.acting_for(acting), transaction.atomic():
            record(now, 2)
            recorded.set()
            may_commit.wait(10)

    with transaction.atomic():
        record(now, 1)
        wait = in_thread(younger_import)
        recorded.wait(10)
        record(now, 3)
    seal(now)
    may_commit.set()
    wait()
    seal(now)
    older, younger = Seal.objects.order_by("number")
    assert (older.count, younger.count) == (2, 1)
    assert older.first_id < younger.first_id < older.last_id
    assert seals.verify().broken is None


def test_a_server_whose_transactions_started_over_is_not_sealed_in_silence(chain, owner, now):
    owner(f"UPDATE {SEAL} SET until = '1000000000000' WHERE number = 3")
    with pytest.raises(seals.TransactionsStartedOver):
        seals.seal_finished(now=now)
    assert Seal.objects.count() == 3
