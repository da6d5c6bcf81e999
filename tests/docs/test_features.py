"""docs/features.csv is a map of what a user can rely on: each line leads to a page and to a test that exist."""

import ast
import csv
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import URLPattern, get_resolver

ROOT = Path(__file__).parents[2]
STATES = {"done", "partly"}


def routes(patterns=None, before=""):
    """Every address as it is written in docs: `/m/<slug>/orders/<number>/`."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield "/" + path.replace("<slug:", "<").replace("<str:", "<").replace("<int:", "<").replace("<uuid:", "<")
        else:
            yield from routes(pattern.url_patterns, path)


def functions_of(root: Path, name: str) -> set[str]:
    path = root / name
    tree = ast.parse(path.read_text()) if path.is_file() else ast.Module([], [])
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def faults(rows, root: Path):
    """What is wrong with a map."""
    known, seen = {*routes(), *get_commands()}, set()
    for row in rows:
        where, (file, _, test) = row["where"].partition("?")[0], row["test"].partition("::")
        if row["id"] in seen:
            yield f"{row['id']} twice"
        seen.add(row["id"])
        if row["state"] not in STATES:
            yield f"{row['id']} is {row['state']}"
        if where not in known:
            yield f"{row['id']} leads nowhere: {where}"
        if test not in functions_of(root, file):
            yield f"{row['id']} has no test {row['test']}"


def test_the_map_is_true():
    with open(ROOT / "docs" / "features.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(faults(rows, ROOT)) == []
    assert {row["id"] for row in rows if row["state"] == "done"} >= {"C1", "C7", "F1", "M20", "F30"}


GOOD = {"id": "X1", "state": "done", "where": "/m/<slug>/products/", "test": "tests/docs/test_features.py::routes"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, []),
        ({"where": "/m/<slug>/nothing/"}, ["X1 leads nowhere: /m/<slug>/nothing/"]),
        ({"test": "tests/docs/test_features.py::gone"}, ["X1 has no test tests/docs/test_features.py::gone"]),
        ({"test": "tests/gone.py::routes"}, ["X1 has no test tests/gone.py::routes"]),
        ({"state": "planned"}, ["X1 is planned"]),
    ],
)
def test_the_check_bites(change, fault):
    assert list(faults([GOOD | change], ROOT)) == fault
