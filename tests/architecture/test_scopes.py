"""Few may enter a scope, fewer may write for many, and only the kernel tells PostgreSQL whom a connection acts for."""

import ast
import re

from config.ownership import WRITES_FOR_MANY
from tests.architecture.source import ROOT, called, modules

TELLS = re.compile(
    r"\b(SET (LOCAL |SESSION )?(ROLE|AUTHORIZATION)|SESSION AUTHORIZATION|RESET|DISCARD)\b"
    r"|set_config\((?!')|set_config\('(role|session_authorization|app\.merchant)'"
)
ROLLS_BACK = re.compile(r"^\s*(ROLLBACK|ABORT|COMMIT)\b")
WIDE = {"across_merchants", "platform_sweep", "writing_for_many"}
SCOPES = WIDE | {"acting_for", "acting_for_nobody", "_entered"}
ENTERING = {"doorkeeper", "admin", "tasks", "subscribers", "management", "services", "selectors"}
# pages that look beyond one merchant
PAGES_BEYOND = {"merchants/accounts/pages/shops.py": "a person chooses among the merchants they work for"}


def names(module):
    return {getattr(node, "attr", getattr(node, "id", "")) for node in module.walk()}


def writers_for_many(root):
    return {module.path for module in modules(root) if "writing_for_many" in names(module)}


def tellers(root):
    """Modules with SQL that would leave the backend's memory of the connection stale."""
    for module in modules(root):
        texts = (node.value for node in module.walk() if isinstance(node, ast.Constant) and isinstance(node.value, str))
        if any(TELLS.search(text) or ROLLS_BACK.search(text) for text in texts):
            yield module.path


def strangers_in_a_scope(root):
    for module in modules(root):
        if module.app == "config" or module.part in ENTERING or module.path in PAGES_BEYOND:
            continue
        yield from (f"{module.path} enters {name}" for name in sorted(names(module) & SCOPES))


def without_a_reason(root):
    for module in modules(root):
        for node in module.walk():
            if called(node).rpartition(".")[2] in WIDE:
                because = {each.arg: each.value for each in node.keywords}.get("because")
                if not (isinstance(because, ast.Constant) and len(str(because.value).split()) >= 3):
                    yield module.at(node, "does not say because of what")


def test_who_writes_for_many_is_listed():
    assert writers_for_many(ROOT) == WRITES_FOR_MANY.keys()


def test_only_the_backend_tells_the_role():
    assert list(tellers(ROOT)) == ["config/kernel/postgres/base.py"]


def test_pages_forms_and_models_enter_no_scope():
    assert list(strangers_in_a_scope(ROOT)) == []


def test_a_wide_scope_says_why():
    assert list(without_a_reason(ROOT)) == []


def test_scopes_bites(plant):
    root = plant(
        {
            "catalog/tasks.py": "with scope.writing_for_many(because='x'): pass\n",
            "catalog/services.py": "with across_merchants(because='all shops are compared'): pass\n",
            "catalog/pages.py": "with scope.acting_for(rival):\n    cursor.execute('SET ROLE zhanggui_platform')\n",
            "catalog/selectors.py": "cursor.execute('ROLLBACK TO a')\nscope.across_merchants(because=reason)\n",
        }
    )
    assert writers_for_many(root) == {"catalog/tasks.py"}
    assert list(tellers(root)) == ["catalog/pages.py", "catalog/selectors.py"]
    assert list(strangers_in_a_scope(root)) == ["catalog/pages.py enters acting_for"]
    assert list(without_a_reason(root)) == [
        "catalog/selectors.py:2 does not say because of what",
        "catalog/tasks.py:1 does not say because of what",
    ]
