"""The project's own code as the architecture tests read it: text and syntax trees, never imported."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ["accounts", "activity", "desk", "marketplace", "money", "onboarding"]
CHAPTERS = ["catalog", "inventory", "pricing", "promotions", "fulfillment", "support", "analytics", "compliance"]
APPS = [*(f"merchants.{room}" for room in ROOMS), *CHAPTERS]

# run before Django's settings exist, or as processes of their own: they have other rules
START_UP = {
    "config/bootstrap.py", "config/browser.py", "config/gunicorn.py", "config/pytest_services.py",
    "config/quickstart.py", "config/embedded/", "config/env.py", "config/demo_logins.py", "config/settings.py",
    "config/wsgi.py", "config/logging.py", "config/walls.py", "manage.py",
}  # fmt: skip


@dataclass(frozen=True)
class Module:
    """One file; `path` is relative to the root and uses slashes."""

    path: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def app(self) -> str:
        """The app it belongs to; of what is no app's the top-level package."""
        return max((app for app in APPS if f"{self.name}.".startswith(f"{app}.")), key=len, default="config")

    @property
    def part(self) -> str:
        """`services` of `catalog.services.products`; empty for the app's own docstring."""
        return self.name.removeprefix(self.app).strip(".").split(".")[0]

    def walk(self) -> Iterator[ast.AST]:
        return ast.walk(self.tree)

    def at(self, node: ast.AST, fault: str) -> str:
        return f"{self.path}:{node.lineno} {fault}"


def modules(root: Path, *, start_up: bool = False) -> Iterator[Module]:
    """All modules but migrations and, unless they are asked for, the start-up files."""
    tops = ["config", "merchants", *CHAPTERS]
    for path in sorted(path for top in tops for path in (root / top).rglob("*.py")):
        relative = path.relative_to(root).as_posix()
        if "/migrations/" not in relative and (start_up or not relative.startswith(tuple(START_UP))):
            yield Module(relative, _parsed(path))


@lru_cache(maxsize=2_000)
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def imports(module: Module) -> Iterator[tuple[str, ast.AST]]:
    """The dotted names that a module imports, wherever it does so."""
    for node in module.walk():
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.path}: imports are absolute"
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def called(node: ast.AST) -> str:
    """`timezone.now` of `timezone.now()`; empty for anything but a call of a (dotted) name."""
    return dotted(node.func) if isinstance(node, ast.Call) else ""


def dotted(node: ast.AST) -> str:
    """`a.b` of the expression `a.b`; of `f(x).b` just `.b`."""
    if isinstance(node, ast.Name):
        return node.id
    return f"{dotted(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else ""


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
