"""PostgreSQL always knows the scope of the moment, whatever happened to its connection."""

import io
import threading

import pytest
from django.db import DataError, IntegrityError, OperationalError, connection, connections, transaction

from catalog.models import Variant
from config.kernel import scope
from config.kernel.roles import APP, BATCH, PLATFORM
from config.pytest_services import superuser
from merchants.onboarding.models import Shop
from tests.factories.accounts import THEN

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def known():
    """What PostgreSQL itself holds the scope to be."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.merchant'), current_user::text")
        return cursor.fetchone()


def fail():
    """Make PostgreSQL abort the transaction."""
    connection.cursor().execute("SELECT ''::bigint")


def as_told(merchant):
    return str(merchant.pk), APP


NOBODY, EVERYONE, MANY = ("", APP), ("", PLATFORM), ("", BATCH)


def everyone():
    return scope.across_merchants(because="the tests look at every scope")


@pytest.mark.parametrize("block", [transaction.atomic, scope.acting_for_nobody], ids=["atomic", "autocommit"])
def test_scope_is_followed_in_and_out(acme, rival, block):
    with block():
        with scope.acting_for(acme):
            assert known() == as_told(acme)
            with scope.acting_for(rival):
                assert known() == as_told(rival)
            with everyone():
                assert known() == EVERYONE
            with scope.writing_for_many(because="the tests look at every scope"):
                assert known() == MANY
            assert known() == as_told(acme)
        assert known() == NOBODY


def test_scope_is_followed_through_nested_transactions(acme, rival):
    with transaction.atomic(), scope.acting_for(acme):
        assert known() == as_told(acme)
        with transaction.atomic(), scope.acting_for(rival):
            assert known() == as_told(rival)
        assert known() == as_told(acme)
        with pytest.raises(ZeroDivisionError), transaction.atomic(), scope.acting_for(rival):
            assert known() == as_told(rival)
            raise ZeroDivisionError
        assert known() == as_told(acme)
    assert known() == NOBODY


def test_it_is_told_only_when_it_changes(acme):
    with scope.acting_for(acme), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.merchant', 'unheard', false)")
        assert known() == ("unheard", APP)


def test_rollback_is_not_believed(acme, rival):
    with scope.acting_for(acme):
        known()
    with pytest.raises(ZeroDivisionError), transaction.atomic(), scope.acting_for(rival):
        assert known() == as_told(rival)
        raise ZeroDivisionError
    with scope.acting_for(rival):
        assert known() == as_told(rival)


def test_rollback_to_a_savepoint_is_not_believed(acme, rival):
    with scope.acting_for(acme), transaction.atomic():
        savepoint = transaction.savepoint()  # by hand, for atomic() happens to ask for the scope again at its end
        with scope.acting_for(rival), pytest.raises(DataError):
            fail()
        transaction.savepoint_rollback(savepoint)
        with scope.acting_for(rival):
            assert known() == as_told(rival)
        assert known() == as_told(acme)


def test_a_scope_may_end_before_its_failed_savepoint_does(acme, rival):
    with scope.acting_for(acme), transaction.atomic():
        with pytest.raises(DataError), transaction.atomic(), scope.acting_for(rival):
            fail()
        assert known() == as_told(acme)


def test_commit_of_an_aborted_transaction_is_not_believed(acme, rival):
    with scope.acting_for(acme):
        known()
    with transaction.atomic(), scope.acting_for(rival), pytest.raises(DataError):
        fail()  # swallowed, so that Django commits
    with scope.acting_for(rival):
        assert known() == as_told(rival)


def test_a_new_connection_is_told_again(acme):
    with scope.acting_for(acme):
        known()
        connection.close()
        assert known() == as_told(acme)


def test_a_connection_that_the_server_ended_is_told_again(acme):
    with scope.acting_for(acme):
        known()
        server = superuser()
        with server, server.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        server.close()
        with pytest.raises(OperationalError):
            known()
        connection.close_if_unusable_or_obsolete()  # as between two requests
        assert known() == as_told(acme)


def test_a_cursor_follows_the_scope_it_is_used_in(acme):
    with connection.cursor() as cursor, scope.acting_for(acme):
        cursor.execute("SELECT current_setting('app.merchant')")
        assert cursor.fetchone() == (str(acme.pk),)
        cursor.executemany("SELECT %s", [[1], [2]])


def test_copy_has_the_scope_its_cursor_was_opened_in(acme):
    copied = io.StringIO()
    with scope.acting_for(acme), connection.cursor() as cursor:
        cursor.copy_expert("COPY (SELECT current_setting('app.merchant')) TO STDOUT", copied)
    assert copied.getvalue() == f"{acme.pk}\n"


def test_a_new_thread_starts_without_a_scope(acme, in_thread):
    seen = []
    with scope.acting_for(acme):
        in_thread(lambda: seen.append((scope.ambient(), known())))()
    assert seen == [(None, NOBODY)]


def test_a_connection_lent_to_another_thread_drops_the_scope(acme):
    lent, seen = connections["default"], []
    with scope.acting_for(acme):
        known()
        lent.inc_thread_sharing()

        def other_thread():
            connections["default"] = lent
            seen.append(known())

        thread = threading.Thread(target=other_thread)
        thread.start()
        thread.join()
        lent.dec_thread_sharing()
        assert known() == as_told(acme)
    assert seen == [NOBODY]


def test_rows_of_a_server_side_cursor_keep_the_scope_it_was_opened_in(acme, rival):
    for name in ("one", "two"):
        for merchant in (acme, rival):
            with scope.acting_for(merchant):
                Shop.objects.create(name=f"{merchant.slug} {name}", country="DE", opened_at=THEN)
    with scope.acting_for(acme), transaction.atomic():
        seen = []
        # a sequential scan asks the policy anew for every row
        connection.cursor().execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off")
        for shop in Shop._base_manager.iterator(chunk_size=1):  # no filter but the policy
            seen.append(shop.name)
            with scope.acting_for(rival):
                assert known() == as_told(rival)
    assert sorted(seen) == ["acme one", "acme two"]


def test_a_server_side_cursor_without_scope_is_refused(acme):
    with scope.acting_for(acme):
        rows = Shop.objects.iterator()
    with pytest.raises(DataError), transaction.atomic():
        list(rows)


def test_deferred_keys_are_checked_whatever_the_scope_at_commit(acme):
    with pytest.raises(IntegrityError), transaction.atomic(), scope.acting_for(acme):
        Variant.objects.create(product_id=404, sku="x")
        # COMMIT comes here, when nobody acts any more
