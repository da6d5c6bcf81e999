import ast
import sys
from pathlib import Path

import pytest

from config import bootstrap

FIRST_READ = ["manage.py", "config/bootstrap.py"]  # whatever Python the machine has reads these two


@pytest.fixture
def an_old_machine(monkeypatch):
    monkeypatch.setattr(bootstrap, "OLDEST", (99, 0))
    monkeypatch.setenv("PATH", "")


def test_an_old_python_says_which_one_is_needed(an_old_machine, capsys):
    with pytest.raises(SystemExit) as exit:
        bootstrap._new_enough()
    assert exit.value.code == 2
    said = capsys.readouterr().err
    assert "Python 3.11 or newer is needed" in said
    assert sys.version.split()[0] in said


def news(source: str) -> list[str]:
    """What in a module an old Python could not even read."""
    new = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef, ast.Match)
    found = [type(node).__name__ for node in ast.walk(ast.parse(source)) if isinstance(node, new)]
    functions = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
    return found + [
        f"{function.name} is annotated"
        for function in functions
        if function.returns or any(argument.annotation for argument in function.args.args)
    ]


@pytest.mark.parametrize("path", FIRST_READ)
def test_an_old_python_can_read_what_it_reads_first(path):
    assert news(Path(path).read_text()) == []


def test_new_syntax_bites():
    assert news("def f(x: int):\n    return f'{x}'\n") == ["JoinedStr", "f is annotated"]


def test_an_environment_that_was_moved_is_made_anew(monkeypatch):
    here = bootstrap._stamp("runtime")
    monkeypatch.setattr(bootstrap, "ROOT", "/somewhere/else")
    monkeypatch.setattr(bootstrap, "_requirements", lambda group: f"requirements/{group}.txt")
    assert bootstrap._stamp("runtime") != here
