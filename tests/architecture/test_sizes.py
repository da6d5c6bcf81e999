"""What is long is two things: functions, modules, pages, tasks, templates, style sheets and scripts have a size."""

import ast

from tests.architecture.source import ROOT, functions, modules

FUNCTION, MODULE, PAGE, TASK = 40, 300, 40, 8
FILES = {"templates/**/*.html": 120, "static/css/**/*.css": 150, "static/js/**/*.js": 80}
# modules that may have up to 400 lines, each with its reason
LARGE: dict[str, str] = {}


def lines(node) -> int:
    return node.end_lineno - node.lineno + 1


def measured(root):
    """(lines, most, what) of everything that has a size."""
    for module in modules(root, start_up=True):
        length = max((node.end_lineno for node in module.walk() if hasattr(node, "end_lineno")), default=0)
        yield length, 400 if module.path in LARGE else MODULE, module.path
        for node in functions(module.tree):
            yield lines(node), TASK if module.part == "tasks" else FUNCTION, f"{module.path} {node.name}"
        if module.part == "pages":
            classes = (node for node in module.tree.body if isinstance(node, ast.ClassDef))
            yield from ((lines(node), PAGE, f"{module.path} {node.name}") for node in classes)
    for pattern, most in FILES.items():
        for path in root.glob(pattern):
            yield len(path.read_text().splitlines()), most, path.relative_to(root).as_posix()


def too_long(root):
    return [f"{what}: {length} of {most} lines" for length, most, what in measured(root) if length > most]


def test_nothing_is_too_long():
    found = sorted(measured(ROOT), reverse=True)
    for most in (MODULE, FUNCTION):
        print(f"the largest of at most {most}:", *[entry for entry in found if entry[1] == most][:5], sep="\n  ")
    assert too_long(ROOT) == []


def test_too_long_bites(plant):
    root = plant(
        {
            "catalog/services/a.py": "def f():\n" + "    x()\n" * 40,
            "catalog/services/b.py": "x()\n" * 301,
            "catalog/pages/c.py": "class C:\n" + "    x = 1\n" * 40,
            "catalog/tasks.py": "def g():\n" + "    x()\n" * 8,
            "catalog/services/d.py": "def h():\n" + "    x()\n" * 39,
            "templates/e.html": "x\n" * 121,
        }
    )
    assert sorted(too_long(root)) == [
        "catalog/pages/c.py C: 41 of 40 lines",
        "catalog/services/a.py f: 41 of 40 lines",
        "catalog/services/b.py: 301 of 300 lines",
        "catalog/tasks.py g: 9 of 8 lines",
        "templates/e.html: 121 of 120 lines",
    ]
