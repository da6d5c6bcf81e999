"""An import of invoice files that is killed, or whose database is, and is run again ends as if nothing had happened."""

import random
import time

import pytest

from config.embedded.postgres import OWNER
from config.pytest_services import durable_cluster
from tests.canonical import dump
from tests.factories.retail import write_large
from tests.faults.importing import finish, start, wait_until_said
from tests.faults.test_import_kill import AGAIN, reader

KIND, INVOICES, SEED = "online-retail", 300, 20110103


@pytest.mark.timeout(180)
def test_a_killed_import_ends_like_an_undisturbed_one(tmp_path):
    source, dice = write_large(tmp_path, INVOICES), random.Random(SEED)
    with durable_cluster() as cluster:
        cluster.sql(f"create database undisturbed template {OWNER} owner {OWNER}")
        code, said = finish(start(source, cluster.url("undisturbed"), portion=30, kind=KIND))
        assert code == 0, said
        expected = dump(reader(cluster.url("undisturbed", login=OWNER)))
        assert all(expected[name] for name in ("orders", "refunds", "credits", "matches", "movements", "ledger"))
        rows = reader(cluster.url(login=OWNER))

        for counted, fewest in (("catalog_product", 1), ("inventory_stockmovement", 1), ("fulfillment_order", 60)):
            running = start(source, cluster.url(), portion=30, kind=KIND)
            wait_until_said(running, "judging")
            until = fewest + (dice.randrange(100) if fewest > 1 else 0)
            while rows(f"SELECT count(*) FROM {counted}")[0][0] < until:
                time.sleep(0.005)
            running.kill()
            running.wait()
            assert rows("SELECT count(*) FROM fulfillment_order")[0][0] < len(expected["orders"])
        running = start(source, cluster.url(), portion=30, kind=KIND)
        wait_until_said(running, "buyers")
        cluster.kill()
        code, said = finish(running)
        assert (code, said.splitlines()[-1]) == (1, AGAIN)
        cluster.up()
        code, said = finish(start(source, cluster.url(), portion=30, kind=KIND))

        assert code == 0, said
        assert dump(rows) == expected
        code, said = finish(start(source, cluster.url(), portion=30, kind=KIND))
        assert code == 0, said
        assert dump(rows) == expected
        runs = rows("SELECT status FROM desk_importrun ORDER BY id")
    assert [status for (status,) in runs] == ["failed"] * 4 + ["completed"] * 2
