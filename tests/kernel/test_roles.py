"""The login can become one of its three roles and nothing more, whatever SQL is slipped into a statement."""

import pytest
from django.core import checks
from django.db import DataError, ProgrammingError, connection, transaction

from config.kernel import roles, scope
from config.pytest_services import superuser
from merchants.onboarding.models import Shop
from tests.factories.accounts import THEN

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

READABLE = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND has_schema_privilege(relnamespace, 'USAGE') AND has_table_privilege(oid, 'SELECT')
"""
MEMBER = "INHERIT FALSE, SET TRUE"


def asked(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def planted():
    """Plant a fault in the roles, see the check find it, and take it back: the roles are the whole server's."""

    def found(fault):
        session = superuser()
        try:
            with session.cursor() as cursor:
                cursor.execute(fault)
                cursor.execute("SET LOCAL SESSION AUTHORIZATION zhanggui_web")
                return roles.faults(cursor)
        finally:
            session.rollback()
            session.close()

    return found


def refused(alias):
    return {error.msg for error in checks.run_checks(tags=[checks.Tags.database], databases=[alias])}


def test_the_login_passes_the_check(planted):
    assert refused("default") == set()
    assert planted("SELECT") == []


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        ("ALTER ROLE zhanggui_web SUPERUSER", "zhanggui_web is a superuser"),
        ("ALTER ROLE zhanggui_web BYPASSRLS", "zhanggui_web has BYPASSRLS"),
        ("ALTER ROLE zhanggui_batch BYPASSRLS", "zhanggui_batch has BYPASSRLS"),
        ("ALTER TABLE onboarding_shop OWNER TO zhanggui_web", "zhanggui_web owns tables"),
        ("ALTER TABLE onboarding_shop OWNER TO zhanggui_app", "zhanggui_app owns tables"),
        (f"GRANT zhanggui TO zhanggui_web WITH {MEMBER}", "zhanggui_web may become zhanggui"),
        (f"GRANT pg_read_all_data TO zhanggui_web WITH {MEMBER}", "zhanggui_web may become pg_read_all_data"),
        (f"GRANT zhanggui TO zhanggui_app WITH {MEMBER}", "zhanggui_web may become zhanggui"),
        ("GRANT zhanggui TO zhanggui_app WITH INHERIT TRUE", "zhanggui_app has the rights of zhanggui"),
        ("GRANT zhanggui_batch TO zhanggui_app", "zhanggui_app has the rights of zhanggui_batch"),
        ("GRANT zhanggui_app TO zhanggui_web WITH INHERIT TRUE", "zhanggui_web has the rights of zhanggui_app"),
    ],
)
def test_a_planted_fault_is_found(planted, fault, found):
    assert found in planted(fault)


def test_the_owner_would_be_refused(monkeypatch):
    monkeypatch.setattr(roles, "DEFAULT_DB_ALIAS", "owner")
    assert refused("owner") > {"The database role zhanggui has BYPASSRLS.", "The database role zhanggui owns tables."}


@pytest.mark.parametrize("escape", ["SET ROLE NONE", "SELECT set_config('role', 'none', false)"])
def test_the_bare_login_reads_nothing(acme, escape):
    with scope.acting_for(acme):
        Shop.objects.create(name="x", country="DE", opened_at=THEN)
        assert asked(f"{escape}; SELECT current_user::text") == ["zhanggui_web"]
        assert asked(READABLE) == []
        for attempt in ("SELECT name FROM public.onboarding_shop", "CREATE TABLE public.loot ()"):
            with pytest.raises(ProgrammingError, match="permission denied for schema public"):
                asked(attempt)


@pytest.mark.parametrize(
    "escape", ["RESET ROLE", "SELECT set_config('role', NULL, false)", "SET SESSION AUTHORIZATION DEFAULT"]
)
def test_a_role_that_is_reset_leads_back_into_the_wall(acme, rival, escape):
    with scope.acting_for(rival):
        Shop.objects.create(name="theirs", country="DE", opened_at=THEN)
    with scope.acting_for(acme):
        assert asked(f"{escape}; SELECT current_user::text") == [roles.APP]
        assert asked("SELECT name FROM onboarding_shop") == []


def test_what_a_pooler_sends_between_two_clients_leads_back_into_the_wall(acme):
    with scope.acting_for(acme):
        connection.cursor().execute("DISCARD ALL")
        assert asked("SELECT current_user::text") == [roles.APP]
        with pytest.raises(DataError):
            asked("SELECT name FROM onboarding_shop")


@pytest.mark.parametrize(
    "escape",
    [
        "SET ROLE zhanggui",
        "SET ROLE postgres",
        "SET ROLE pg_read_all_data",
        "SET ROLE NONE; SET ROLE zhanggui",
        "SET SESSION AUTHORIZATION zhanggui",
        "SET SESSION AUTHORIZATION postgres",
        "ALTER ROLE zhanggui_web BYPASSRLS",
        "GRANT zhanggui TO zhanggui_web",
        "ALTER TABLE onboarding_shop DISABLE ROW LEVEL SECURITY",
        "SET row_security = off; SELECT * FROM onboarding_shop",
    ],
)
def test_a_foreign_role_is_refused(acme, escape):
    with scope.acting_for(acme), pytest.raises(ProgrammingError), transaction.atomic():
        asked(escape)
    with scope.acting_for(acme):
        assert asked("SELECT current_user::text") == [roles.APP]


def test_a_query_in_parallel_workers_keeps_the_role(acme):
    with scope.acting_for(acme), transaction.atomic():
        connection.cursor().execute("SET LOCAL debug_parallel_query = on")
        assert asked("SELECT current_user::text") == [roles.APP]
        assert asked("SELECT count(*) FROM onboarding_shop") == [0]
