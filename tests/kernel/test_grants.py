"""What each role of the database may do with each table, asked of PostgreSQL itself."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections

from config.kernel.grants import grant
from config.kernel.owned import Owned
from config.kernel.roles import APP, BATCH, PLATFORM

MODELS = apps.get_models(include_auto_created=True)
TABLES = """
    SELECT relname, grantee::regrole::text, string_agg(privilege_type, ' ' ORDER BY privilege_type)
    FROM pg_class, aclexplode(relacl) WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' GROUP BY 1, 2
"""
COLUMNS = """
    SELECT relname, grantee::regrole::text, attname, privilege_type FROM pg_class
    JOIN pg_attribute ON attrelid = pg_class.oid, aclexplode(attacl) WHERE relnamespace = 'public'::regnamespace
"""
pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def asked(sql):
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@pytest.fixture
def rights():
    return {(table, role): granted for table, role, granted in asked(TABLES)}


@pytest.fixture
def by_column():
    return columns()


def columns():
    found: dict = {}
    for table, role, column, right in asked(COLUMNS):
        found.setdefault((table, role, right), set()).add(column)
    return found


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_each_role_may_what_it_is_for(rights, by_column, model):
    table, owned = model._meta.db_table, issubclass(model, Owned)
    app, platform, batch = (rights[table, role] for role in (APP, PLATFORM, BATCH))
    changes = {role: by_column.get((table, role, "UPDATE"), set()) for role in (APP, PLATFORM, BATCH)}
    if getattr(model, "is_derived", False):
        assert (app, platform, batch) == ("SELECT", "SELECT", "SELECT")
        assert changes == {APP: set(), PLATFORM: set(), BATCH: set()}
    elif getattr(model, "append_only", False):
        assert (app, batch) == ("INSERT SELECT", "INSERT SELECT")
        assert platform == ("SELECT" if owned else "INSERT SELECT")
        assert changes == {APP: set(), PLATFORM: set(), BATCH: set()}
    elif owned:
        assert (app, platform, batch) == ("DELETE INSERT SELECT UPDATE", "SELECT", "INSERT SELECT")
        all_but_owner = {field.column for field in model._meta.concrete_fields} - {"merchant_id"}
        assert changes == {APP: set(), PLATFORM: {"merchant_id"}, BATCH: all_but_owner}
    else:
        assert (app, platform, batch) == (*["DELETE INSERT SELECT UPDATE"] * 2, "INSERT SELECT UPDATE")


def test_nobody_else_has_a_right(rights, by_column):
    assert {role for _, role in rights} == {"zhanggui", APP, PLATFORM, BATCH}
    assert {role for _, role, _ in by_column} == {PLATFORM, BATCH}
    assert {right for _, _, right in by_column} == {"UPDATE"}


def test_no_role_may_make_tables_and_the_public_has_nothing():
    on_schema = "SELECT grantee, privilege_type FROM pg_namespace, aclexplode(nspacl) WHERE nspname = 'public'"
    found = {(str(role), right) for role, right in asked(on_schema.replace("grantee", "grantee::regrole::text"))}
    assert {role for role, right in found if right == "CREATE"} <= {"zhanggui", "pg_database_owner"}
    assert {role for role, right in found if right == "USAGE"} >= {APP, PLATFORM, BATCH}
    assert "-" not in {role for role, _ in found}


def test_saying_the_rights_again_takes_back_what_was_added(rights, by_column):
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"GRANT UPDATE, TRUNCATE ON activity_domainevent TO {APP}")
        cursor.execute(f"GRANT UPDATE (merchant_id) ON onboarding_shop TO {BATCH}")
    assert columns() != by_column
    grant(using="owner", plan=[])
    assert {(table, role): granted for table, role, granted in asked(TABLES)} == rights
    assert columns() == by_column


def test_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
