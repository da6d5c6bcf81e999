import json

import pytest
from django.db import connection

from config import health


@pytest.fixture
def asked(rf):
    def ask():
        answer = health.readyz(rf.get("/readyz"))
        return answer.status_code, json.loads(answer.content)

    return ask


def test_a_process_that_answers_says_so_without_the_database(rf):
    assert health.healthz(rf.get("/healthz")).content == b"ok"


@pytest.mark.django_db
def test_all_parts_are_ready(asked):
    assert asked() == (200, {"ready": True, "database": "ok", "schema": "ok", "broker": "ok"})


@pytest.mark.django_db
def test_a_broker_that_is_gone_is_named(asked, monkeypatch, tmp_path):
    monkeypatch.setenv("REDIS_URL", f"unix://{tmp_path}/gone.sock?db=0")
    status, parts = asked()
    assert (status, parts["broker"], parts["database"]) == (503, "does not answer", "ok")


@pytest.mark.django_db
def test_a_migration_that_waits_is_counted(asked, monkeypatch):
    waiting = health.migrations() | {("orders", "9999_not_yet")}
    monkeypatch.setattr(health, "migrations", lambda: waiting)
    status, parts = asked()
    assert (status, parts["schema"]) == (503, "1 migrations are not applied")


@pytest.mark.django_db
def test_a_login_that_the_walls_do_not_bind_is_not_ready(asked, monkeypatch):
    monkeypatch.setattr(health.walls, "faults", lambda: ["zhanggui has BYPASSRLS"])
    status, parts = asked()
    assert status == 503
    assert "row-level security" in parts["database"]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_database_that_is_gone_is_named(asked, monkeypatch, tmp_path):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", str(tmp_path))
    status, parts = asked()
    assert (status, parts["database"], parts["broker"]) == (503, "does not answer", "ok")
