"""A transactional test is flushed as the owner: one that does not name that database leaves its rows to the next."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]


def unflushed(root: Path):
    for path in sorted((root / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "django_db":
                given = {word.arg: ast.unparse(word.value) for word in node.keywords}
                if given.get("transaction") == "True" and "owner" not in given.get("databases", ""):
                    yield f"{path.relative_to(root)}:{node.lineno}"


def test_transactional_tests_are_flushed():
    assert list(unflushed(ROOT)) == []


def test_the_check_bites(tmp_path):
    (tmp_path / "tests").mkdir()
    marks = ["django_db", "django_db(transaction=True)", 'django_db(transaction=True, databases=["default", "owner"])']
    (tmp_path / "tests" / "test_x.py").write_text("".join(f"pytest.mark.{mark}\n" for mark in marks))
    assert list(unflushed(tmp_path)) == ["tests/test_x.py:2"]
