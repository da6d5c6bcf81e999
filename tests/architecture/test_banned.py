"""Ways of writing that hide what depends on what, or swallow what went wrong."""

import ast
import re

from tests.architecture.source import ROOT, START_UP, called, functions, imports, modules

SIGNALS = {"django.dispatch", "django.db.models.signals", "django.core.signals", "django.contrib.auth.signals"}
# the rights of the database's roles are said again after every migrate, and there is no other way to hear of one
MAY_LISTEN = {"merchants/accounts/apps.py": {"django.db.models.signals.post_migrate"}}
BANNED_CALLS = {
    "apps.get_model", "get_model", "GenericForeignKey", "import_string", "importlib.import_module", "import_module",
    "__import__", "print", "eval", "exec", "receiver", "modelform_factory",
}  # fmt: skip
BROAD = {"Exception", "BaseException"}
IN_TEMPLATES = re.compile(r"\{[{%][^}]*\.(objects|all|exists|filter|order_by|select_related)\b[^}]*[}%]\}")


def late_imports(root):
    for module in modules(root):
        for function in functions(module.tree):
            if module.part == "apps" and function.name == "ready":
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield module.at(node, f"imports inside {function.name}")


def banned(root):
    for module in modules(root):
        for target, node in imports(module):
            if target.rpartition(".")[0] in SIGNALS and target not in MAY_LISTEN.get(module.path, ()):
                yield module.at(node, f"listens to signals: {target}")
        for node in module.walk():
            name = called(node)
            if name in BANNED_CALLS or name.endswith((".get_model", ".delay")):
                yield module.at(node, f"calls {name}")
            if name.endswith("on_commit") and any(isinstance(arg, ast.Lambda) for arg in node.args):
                yield module.at(node, "gives on_commit a lambda")
            if isinstance(node, ast.ClassDef) and node.name == "Meta":
                names = {name.id for each in node.body for name in getattr(each, "targets", []) if hasattr(name, "id")}
                if "ordering" in names:
                    yield module.at(node, "orders in Meta")


def swallowed(root):
    for module in modules(root, start_up=True):
        for node in module.walk():
            if isinstance(node, ast.ExceptHandler):
                kinds = getattr(node.type, "elts", [node.type])
                is_broad = any(kind is None or getattr(kind, "id", "") in BROAD for kind in kinds)
                says_nothing = all(isinstance(each, ast.Pass | ast.Continue) for each in node.body)
                if is_broad and (says_nothing or node.type is None):
                    yield module.at(node, "swallows every exception")
            if called(node) == "suppress" and any(getattr(arg, "id", "") in BROAD for arg in node.args):
                yield module.at(node, "swallows every exception")


def asking_templates(root):
    for path in sorted((root / "templates").rglob("*.html")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if IN_TEMPLATES.search(line):
                yield f"{path.relative_to(root).as_posix()}:{number} asks the database"


def test_imports_stand_at_the_top():
    assert list(late_imports(ROOT)) == []


def test_late_imports_bites(plant):
    root = plant(
        {
            "catalog/services.py": "def f():\n    from catalog import models\n    import os\n",
            "catalog/apps.py": "class C:\n    def ready(self):\n        from catalog import x\n",
            "config/bootstrap.py": "def f():\n    import venv\n",
        }
    )
    assert list(late_imports(root)) == [
        "catalog/services.py:2 imports inside f",
        "catalog/services.py:3 imports inside f",
    ]


def test_nothing_banned_is_used():
    assert list(banned(ROOT)) == []


def test_banned_bites(plant):
    root = plant(
        {
            "catalog/models.py": """\
                from django.db.models.signals import post_save
                from django.dispatch import receiver
                apps.get_model("catalog", "Product")
                GenericForeignKey()
                import_string("x")
                print("x")
                send.delay(1)
                transaction.on_commit(lambda: send())
                class A:
                    class Meta:
                        ordering = ["pk"]
            """,
            "merchants/accounts/apps.py": """\
                from django.db.models.signals import post_migrate
                from django.db.models.signals import post_save
            """,
        }
    )
    assert sorted(banned(root)) == [
        "catalog/models.py:1 listens to signals: django.db.models.signals.post_save",
        "catalog/models.py:10 orders in Meta",
        "catalog/models.py:2 listens to signals: django.dispatch.receiver",
        "catalog/models.py:3 calls apps.get_model",
        "catalog/models.py:4 calls GenericForeignKey",
        "catalog/models.py:5 calls import_string",
        "catalog/models.py:6 calls print",
        "catalog/models.py:7 calls send.delay",
        "catalog/models.py:8 gives on_commit a lambda",
        "merchants/accounts/apps.py:2 listens to signals: django.db.models.signals.post_save",
    ]


def test_no_exception_is_swallowed():
    assert list(swallowed(ROOT)) == []


def test_swallowed_bites(plant):
    root = plant(
        {
            "catalog/tasks.py": """\
                try: f()
                except Exception: pass
                try: f()
                except: log()
                try: f()
                except (ValueError, BaseException): continue_()
                try: f()
                except (ValueError, Exception): pass
                try: f()
                except ValueError: pass
                with suppress(Exception): f()
            """
        }
    )
    assert sorted(swallowed(root)) == [f"catalog/tasks.py:{line} swallows every exception" for line in (11, 2, 4, 8)]


def test_templates_are_handed_ready_rows():
    assert list(asking_templates(ROOT)) == []


def test_asking_templates_bites(plant):
    root = plant(
        {
            "templates/a.html": """\
                {% for variant in product.variants.all %}
                {{ Product.objects.count }}
                {% if order.lines.exists %}
                {% filter upper %}{{ overall }}{% endfilter %}
                <a href="x.all">
            """
        }
    )
    assert list(asking_templates(root)) == [f"templates/a.html:{line} asks the database" for line in (1, 2, 3)]


def test_the_start_up_files_are_there():
    assert [name for name in START_UP if not (ROOT / name).exists()] == []
