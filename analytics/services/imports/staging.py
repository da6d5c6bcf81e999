"""Temporary tables of this session, in which a source is judged as a whole before anything is taken over.

Each holds the lines of one table: `line`, `body` (a hash of all that the line says), `rejected`, and its values.
"""

import hashlib
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from django.db import connection, transaction

from analytics.rules.values import Remarks
from analytics.services.imports.tables import Line
from config.kernel import bulk
from merchants.desk.services.imports import Finding
from merchants.desk.states import FindingKind

AT_ONCE = 5_000  # lines per COPY
FINDINGS = "staged_findings"


@dataclass(frozen=True)
class SourceTable:
    """A table of a source: its file, the columns it must have, and how a line becomes values.

    `staged` gives the SQL types of the values, `key` those that identify a line, `parents` the tables they point at:
    {column: (table, column there)}.
    """

    name: str
    file: str
    columns: Sequence[str]
    staged: Mapping[str, str]
    key: Sequence[str]
    understand: Callable[[Sequence[str], Remarks], Sequence]
    parents: Mapping[str, tuple[str, str]]

    @property
    def temporary(self) -> str:
        return f"staged_{self.name}"

    def key_sql(self, alias: str = "t") -> str:
        """The key as one text, as findings show it."""
        return f"concat_ws(':', {', '.join(f'{alias}.{column}' for column in self.key) or 'NULL'})"


def run(sql: str, *, given: Sequence = ()) -> int:
    """Execute a statement and say how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.rowcount


def rows(sql: str, *, given: Sequence = ()) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()


def in_turn(select: str, *, after="", size: int = 2_000) -> Iterator[list[tuple]]:
    """The rows of a select in portions: it takes the last row's first column and a limit, and is ordered by it."""
    while portion := rows(select, given=[after, size]):
        after = portion[-1][0]
        yield portion


def in_turn_by(select: str, *, places: Sequence[int], size: int = 2_000) -> Iterator[list[tuple]]:
    """The same for rows ordered by several texts, which are the columns at `places`."""
    last = [""] * len(places)
    while portion := rows(select, given=[*last, size]):
        last = [portion[-1][place] for place in places]
        yield portion


@transaction.atomic  # one flush to disk instead of one for each table
def prepare(tables: Sequence[SourceTable]) -> None:
    run(f"DROP TABLE IF EXISTS {FINDINGS}")
    run(
        f'CREATE TEMP TABLE {FINDINGS} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "table" text, line bigint,'
        " key text, kind text, code text, field text DEFAULT '', old text DEFAULT '', new text DEFAULT '')"
    )
    for table in tables:
        typed = ", ".join(f"{name} {kind}" for name, kind in table.staged.items())
        run(f"DROP TABLE IF EXISTS {table.temporary}")
        run(f"CREATE TEMP TABLE {table.temporary} (line bigint, body uuid, rejected boolean, {typed})")


def fill(table: SourceTable, *, lines: Iterator[Line], called: str = "", before: int = 0) -> Iterator[int]:
    """Understand and keep all lines of a file, some thousands a step; each step says how many it kept.

    Where a table comes in several files, each is `called` by its name in findings, and its lines are numbered on from
    `before`, by which the table is in order.
    """
    for some in _batched(map(_reader(table, called, before), lines), AT_ONCE):
        bulk.copy(table.temporary, ["line", "body", "rejected", *table.staged], (row for row, _ in some))
        bulk.copy(FINDINGS, Finding._fields, chain.from_iterable(found for _, found in some))
        yield len(some)


def _reader(table: SourceTable, called: str, before: int) -> Callable[[Line], tuple[tuple, list[Finding]]]:
    places = [list(table.staged).index(column) for column in table.key]
    name = called or table.name

    def read(line: Line) -> tuple[tuple, list[Finding]]:
        remarks = Remarks()
        if line.is_ragged:
            remarks.reject("line_ragged", "", str(len(line.whole)))
        values = table.understand(line.fields, remarks)
        key = ":".join(str(values[place]) for place in places if values[place] is not None)
        found = [
            Finding(name, line.number, key, each.kind, each.code, each.field, each.old[:500], each.new[:500])
            for each in remarks.found
        ]
        return (before + line.number, _body(line.whole), remarks.is_rejected, *values), found

    return read


def _body(whole: Sequence[str]) -> uuid.UUID:
    return uuid.UUID(bytes=hashlib.md5("\x1f".join(whole).encode(), usedforsecurity=False).digest())


def index(table: SourceTable) -> None:
    """Once it is full."""
    for column in dict.fromkeys([*table.key[:1], *table.parents]):
        run(f"CREATE INDEX ON {table.temporary} ({column})")
    run(f"ANALYZE {table.temporary}")


def merge_repeats(table: SourceTable) -> None:
    """Of lines that say exactly the same, keep the first."""
    run(
        f"""
        WITH gone AS (
            DELETE FROM {table.temporary} AS t USING (
                SELECT ctid AS place, row_number() OVER (PARTITION BY {_columns(table)}, body ORDER BY line) AS number
                FROM {table.temporary} WHERE NOT rejected
            ) AS repeat
            WHERE t.ctid = repeat.place AND repeat.number > 1
            RETURNING t.line, {table.key_sql()} AS key
        )
        INSERT INTO {FINDINGS} ("table", line, key, kind, code) SELECT %s, line, key, %s, 'repeated_line' FROM gone
        """,
        given=[table.name, FindingKind.NORMALISED],
    )


def reject_conflicts(table: SourceTable) -> None:
    """Of lines with one key that say different things, none is believed."""
    _reject(table, "'conflicting_key'", f"({_columns(table)}) IN ({_conflicts(table)})", again=True)


def _conflicts(table: SourceTable) -> str:
    # only whole keys: a missing part is a fault of its own
    return (
        f"SELECT {_columns(table)} FROM {table.temporary} WHERE {table.key[0]} <> ''"
        f" GROUP BY {_columns(table)} HAVING count(*) > 1"
    )


def reject_orphans(table: SourceTable, *, column: str, parent: SourceTable, parent_column: str) -> None:
    """Lines that point to nothing, or to a line that was rejected."""
    there = f"SELECT FROM {parent.temporary} AS p WHERE p.{parent_column} = t.{column}"
    code = f"CASE WHEN EXISTS ({there}) THEN 'parent_rejected' ELSE 'missing_parent' END"
    _reject(table, code, f"NOT EXISTS ({there} AND NOT p.rejected)", field=column)


def reject_parents(table: SourceTable, *, column: str, child: SourceTable, child_column: str) -> None:
    """Lines to which a rejected line belongs: they are taken whole or not at all."""
    _reject(
        table, "'child_rejected'", f"t.{column} IN (SELECT {child_column} FROM {child.temporary} WHERE rejected)",
        field=child.name,
    )  # fmt: skip


def _reject(table: SourceTable, code: str, where: str, *, field: str = "", again: bool = False) -> None:
    run(
        f"""
        WITH refused AS (
            UPDATE {table.temporary} AS t SET rejected = true WHERE {"" if again else "NOT t.rejected AND "}{where}
            RETURNING t.line, {table.key_sql()} AS key, {code} AS code
        )
        INSERT INTO {FINDINGS} ("table", line, key, kind, code, field)
        SELECT %s, line, key, %s, code, %s FROM refused ORDER BY line
        """,
        given=[table.name, FindingKind.REJECTED, field],
    )


def find(table: SourceTable, *, kind: str, code: str, select: str, given: Sequence = ()) -> None:
    """Remark on lines; `select` yields line, key, field, old, new."""
    run(
        f'INSERT INTO {FINDINGS} ("table", kind, code, line, key, field, old, new)'
        f" SELECT %s, %s, %s, * FROM ({select}) AS found",
        given=[table.name, kind, code, *given],
    )


def findings(*, after: int, size: int = AT_ONCE) -> list[tuple[int, Finding]]:
    """The next findings, each with its place for `after`."""
    columns = ", ".join(f'"{name}"' for name in Finding._fields)
    found = rows(f"SELECT id, {columns} FROM {FINDINGS} WHERE id > %s ORDER BY id LIMIT %s", given=[after, size])
    return [(place, Finding(*values)) for place, *values in found]


def _columns(table: SourceTable) -> str:
    return ", ".join(table.key)


def _batched(items: Iterator, size: int) -> Iterator[list]:
    while some := list(islice(items, size)):
        yield some
