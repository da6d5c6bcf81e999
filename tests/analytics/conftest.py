"""An import within a test's transaction."""

import pytest
from django.db import connection

from analytics.services.imports import engine
from analytics.services.imports.sources import SOURCES
from config.kernel import scope


@pytest.fixture
def take_in(db, now):
    """Import a folder or zip and return the run; what was said on the way is in `take_in.said`."""

    def act(path, *, source="olist", **more):
        act.said = []
        run = engine.take_over(SOURCES[source], path=path, say=act.said.append, now=now, **more)
        with scope.across_merchants(because="deferred keys are asked now, not at the end of the test"):
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        return run

    return act


@pytest.fixture
def everyone(db):
    """Read across all merchants, as the platform does."""
    with scope.across_merchants(because="a test looks at what became of all merchants"):
        yield


@pytest.fixture
def sql(db):
    """Rows of a select, seen across all merchants."""

    def rows(select):
        with scope.across_merchants(because="a test looks at what became of all merchants"):
            with connection.cursor() as cursor:
                cursor.execute(select)
                return cursor.fetchall()

    return rows


@pytest.fixture
def found(sql):
    """What a run found, as (table, line, kind, code, field, old, new)."""

    def findings(run, *codes):
        rows = sql(
            'SELECT "table", line, kind, code, field, old, new FROM desk_importfinding'
            f' WHERE run_id = {run.pk} ORDER BY "table", line, code'
        )
        return [row for row in rows if not codes or row[3] in codes]

    return findings
