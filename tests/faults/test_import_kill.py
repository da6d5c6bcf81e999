"""An import that is killed, or whose database is, and is run again ends as if nothing had happened."""

import random
import time

import psycopg2
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from analytics.errors import ImportUnderWay
from analytics.services.imports import engine
from analytics.services.imports.olist import takeover
from config.embedded.postgres import OWNER
from config.kernel import scope
from config.pytest_services import durable_cluster
from merchants.desk.models import ImportRun
from tests.canonical import dump
from tests.factories.olist import write_large
from tests.faults.importing import finish, start, wait_until_said

AGAIN = "What was committed stays; run the same command again, and it goes on from there."
ORDERS, PORTION, SEED = 400, 30, 20180301


def reader(url):
    """Selects as the owner, who sees all merchants."""

    def rows(select):
        with psycopg2.connect(url) as connection, connection.cursor() as cursor:
            cursor.execute(select)
            return cursor.fetchall()

    return rows


@pytest.mark.timeout(180)
def test_a_killed_import_ends_like_an_undisturbed_one(tmp_path):
    source, dice = write_large(tmp_path, ORDERS), random.Random(SEED)
    with durable_cluster() as cluster:
        cluster.sql(f"create database undisturbed template {OWNER} owner {OWNER}")
        code, said = finish(start(source, cluster.url("undisturbed"), portion=PORTION))
        assert code == 0, said
        expected = dump(reader(cluster.url("undisturbed", login=OWNER)))
        rows = reader(cluster.url(login=OWNER))

        for moment, fewest in (("merchants", 0), ("buyers", 1), ("buyers", 120)):
            running = start(source, cluster.url(), portion=PORTION)
            wait_until_said(running, moment)
            until = fewest and fewest + dice.randrange(100)
            while rows("SELECT count(*) FROM fulfillment_order")[0][0] < until:
                time.sleep(0.005)
            running.kill()
            running.wait()
            assert rows("SELECT count(*) FROM fulfillment_ordergroup")[0][0] < ORDERS
        running = start(source, cluster.url(), portion=PORTION)
        wait_until_said(running, "products")
        cluster.kill()
        code, said = finish(running)
        assert (code, said.splitlines()[-1]) == (1, AGAIN)
        cluster.up()
        code, said = finish(start(source, cluster.url(), portion=PORTION))

        assert code == 0, said
        assert dump(rows) == expected
        runs = rows("SELECT status, failure FROM desk_importrun ORDER BY id")
    assert [status for status, _failure in runs] == ["failed"] * 4 + ["completed"]
    assert runs[0][1] == "It was interrupted: nothing more was heard of it before the next run began."


def test_two_imports_of_a_source_do_not_run_at_once(db, tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 0)
    given = settings.DATABASES["default"]
    other = psycopg2.connect(host=given["HOST"], user=given["USER"], dbname=connection.settings_dict["NAME"])
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended('import of olist', 0))")
    with pytest.raises(CommandError) as refusal:
        call_command("import_marketplace", "olist", str(write_large(tmp_path, 5)))
    other.close()
    assert isinstance(refusal.value.__cause__, ImportUnderWay)
    assert str(refusal.value) == "Another import of this source is under way. Wait until it has ended."


def test_a_full_disk_is_said_and_kept(db, tmp_path, monkeypatch):
    def full(*_):
        raise OperationalError('could not extend file "base/1": No space left on device')

    monkeypatch.setattr(takeover.TakeOver, "_batch", full)
    with pytest.raises(CommandError) as refusal:
        call_command("import_marketplace", "olist", str(write_large(tmp_path, 20)))
    assert str(refusal.value).splitlines() == [
        'The database gave up: could not extend file "base/1": No space left on device',
        AGAIN,
    ]
    with scope.across_merchants(because="the test looks at the platform's run"):
        run = ImportRun.objects.get()
    assert (run.status, run.failure) == ("failed", 'could not extend file "base/1": No space left on device')
