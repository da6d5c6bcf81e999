"""Two hundred threads that switch merchants on a few shared connections never see a row of another merchant."""

import threading
from contextlib import closing
from itertools import cycle, islice
from queue import SimpleQueue

import pytest
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections, transaction

from config.kernel import scope
from config.kernel.postgres.base import DatabaseWrapper
from config.pytest_services import superuser
from merchants.onboarding.models import Shop
from tests.factories.accounts import THEN, make_merchant

THREADS, CONNECTIONS, MERCHANTS, TURNS = 200, 16, 8, 10


class Abandoned(Exception):
    """A thread gives up in the middle of a transaction."""


@pytest.fixture
def merchants(db):
    """Each with as many shops as its place in the list, from one on."""
    made = [make_merchant() for _ in range(MERCHANTS)]
    for number, merchant in enumerate(made, 1):
        with scope.acting_for(merchant):
            Shop.objects.bulk_create(
                Shop(name=f"{merchant.slug} {each}", country="DE", opened_at=THEN) for each in range(number)
            )
    return made


@pytest.fixture
def pool():
    """Connections that stay open and go from hand to hand, as behind a pooler in session mode."""
    free: SimpleQueue = SimpleQueue()
    made = [connections.create_connection(DEFAULT_DB_ALIAS) for _ in range(CONNECTIONS)]
    for each in made:
        each.inc_thread_sharing()
        free.put(each)
    yield free
    for each in made:
        each.close()


def seen() -> list[int]:
    """The owners of the shops that come through the policy alone, without the manager's filter."""
    return list(Shop._base_manager.values_list("merchant", flat=True))


def look(merchant, turn) -> list[int]:
    """In autocommit, in a transaction, or in one that is given up, by turns."""
    if turn % 3 == 0:
        return seen()
    rows = []
    try:
        with transaction.atomic():
            rows = seen()
            if turn % 3 == 2:
                raise Abandoned
    except Abandoned:
        pass
    return rows


class Turns:
    """Threads that take connections from the pool in turn, and what they saw there that was not theirs."""

    def __init__(self, merchants, pool):
        self.merchants, self.pool = merchants, pool
        self.start, self.wrong, self.done, self.lost = threading.Barrier(THREADS), [], [], []

    def take(self) -> None:
        threads = [threading.Thread(target=self.work, args=[number]) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def work(self, number: int) -> None:
        self.start.wait()
        for turn, place in enumerate(islice(cycle(range(MERCHANTS)), number, number + TURNS)):
            connections[DEFAULT_DB_ALIAS] = lent = self.pool.get()
            try:
                with scope.acting_for(self.merchants[place]):
                    self.compare(place, look(self.merchants[place], number + turn))
            except (OperationalError, InterfaceError):  # its backend was ended; the next one gets a new one
                lent.close()
                self.lost.append(place)
            finally:
                self.pool.put(lent)

    def compare(self, place: int, rows: list[int]) -> None:
        self.done.append(place)
        if rows != [self.merchants[place].pk] * (place + 1):
            self.wrong.append((self.merchants[place].pk, rows))


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.timeout(60)
def test_each_thread_reads_its_own_rows_only(merchants, pool):
    turns = Turns(merchants, pool)
    turns.take()
    assert turns.wrong == []
    assert (len(turns.done), turns.lost) == (THREADS * TURNS, [])


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.timeout(60)
def test_nor_any_other_when_backends_are_ended_at_their_work(merchants, pool, in_thread):
    turns, over = Turns(merchants, pool), threading.Event()

    def end_backends():
        with closing(superuser()) as link, link.cursor() as cursor:
            while not over.wait(0.05):
                cursor.execute(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    " WHERE usename = 'zhanggui_web' AND datname = current_database() AND random() < 0.3"
                )
                link.commit()

    wait = in_thread(end_backends)
    turns.take()
    over.set()
    wait()
    connections.close_all()  # this thread's own was ended too
    assert turns.wrong == []
    assert len(turns.lost) > 0
    assert len(turns.done) + len(turns.lost) == THREADS * TURNS


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.timeout(60)
def test_a_backend_that_is_told_only_once_is_found(merchants, pool, monkeypatch):
    """The planted fault: the connection keeps the merchant it was given first."""
    tell = DatabaseWrapper.tell
    monkeypatch.setattr(DatabaseWrapper, "tell", lambda self: self.told or tell(self))
    turns = Turns(merchants, pool)
    turns.take()
    assert len(turns.wrong) > THREADS
