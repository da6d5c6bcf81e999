"""Two hundred threads that switch merchants on a few shared connections never see a row of another merchant."""

import threading
from itertools import cycle, islice
from queue import SimpleQueue

import pytest
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from config.kernel import scope
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


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.timeout(60)
def test_each_thread_reads_its_own_rows_only(merchants, pool):
    start, wrong, turns = threading.Barrier(THREADS), [], []

    def work(number):
        start.wait()
        for turn, place in enumerate(islice(cycle(range(MERCHANTS)), number, number + TURNS)):
            connections[DEFAULT_DB_ALIAS] = lent = pool.get()
            try:
                with scope.acting_for(merchants[place]):
                    rows = look(merchants[place], number + turn)
            finally:
                pool.put(lent)
            turns.append(place)
            if rows != [merchants[place].pk] * (place + 1):
                wrong.append((merchants[place].pk, rows))

    threads = [threading.Thread(target=work, args=[number]) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(turns) == THREADS * TURNS
