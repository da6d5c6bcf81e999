"""Only an app's own services write its tables, and a status only moves along its flow."""

import ast
import re

from tests.architecture.source import APPS, ROOT, called, dotted, modules

WRITES = {
    "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "acreate",
    "aupdate", "adelete", "abulk_create", "aget_or_create", "add_root", "raw",
}  # fmt: skip
ON_ONE = {"save", "asave", "save_base", "add_child", "add_sibling"}  # a model's own, whatever it is called on
MANAGERS = {"objects", "_base_manager", "_default_manager"}
# the tables of libraries, each with the app whose services write them
ADOPTED = {"allauth.account.models": "merchants.accounts", "allauth.mfa.models": "merchants.accounts"}
SQL = re.compile(r"^\s*(INSERT INTO|UPDATE\s+\S+\s+SET|DELETE FROM|TRUNCATE|MERGE INTO)\b", re.I)


FOREIGN_SQL = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM|TRUNCATE|MERGE INTO)\s+\"?([a-z]+)_", re.I)
LABELS = {app.rpartition(".")[2] for app in APPS}


def root_of(node: ast.AST) -> tuple[str, set[str]]:
    """The name a chain of calls starts at, and the attributes on the way."""
    seen = set()
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        if isinstance(node, ast.Attribute):
            seen.add(node.attr)
        node = node.func if isinstance(node, ast.Call) else node.value
    return (node.id if isinstance(node, ast.Name) else ""), seen


def writes(module):
    """Each call that writes: the node, its verb and the name of what is written."""
    for node in module.walk():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value):
            yield node, "sql", ""
        if called(node) in ("bulk.load", "load") and node.args:
            yield node, "load", dotted(node.args[0])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, attributes = root_of(node.func)
            verb = node.func.attr
            if verb in ON_ONE or (verb in WRITES and attributes & (MANAGERS | {"add_root"})):
                yield node, verb, name
            elif verb == "delete" and not node.args and not node.keywords and attributes == {"delete"}:
                yield node, verb, name


def stray_writes(root):
    for module in modules(root):
        if module.app in APPS and module.part != "services":
            yield from (module.at(node, verb) for node, verb, _ in writes(module))


def foreign_writes(root):
    """Services that write a model of another app."""
    for module in modules(root):
        if module.part != "services":
            continue
        foreign = {
            alias.asname or alias.name: node.module
            for node in module.walk()
            if isinstance(node, ast.ImportFrom) and ".models" in f".{node.module}"
            for alias in node.names
            if not f"{ADOPTED.get(node.module, node.module)}.".startswith(f"{module.app}.")
        }
        for node, verb, name in writes(module):
            table = FOREIGN_SQL.search(node.value) if verb == "sql" else None
            if table and table[2] in LABELS and table[2] != module.app.rpartition(".")[2]:
                yield module.at(node, f"sql, which {table[2]} owns")
            if name in foreign:
                yield module.at(node, f"{verb} of {name}, which {foreign[name]} owns")


def assigned_statuses(root):
    for module in modules(root):
        if module.path == "config/kernel/flow.py":
            continue
        for node in module.walk():
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            flat = [each for target in targets for each in getattr(target, "elts", [target])]
            if any(isinstance(target, ast.Attribute) and target.attr == "status" for target in flat):
                yield module.at(node, "assigns a status")
            if called(node) == "setattr" and getattr(node.args[1], "value", "") == "status":
                yield module.at(node, "assigns a status")
            if called(node).endswith("update") and any(each.arg == "status" for each in node.keywords):
                yield module.at(node, "updates a status")


def positional(root):
    """Acts take keywords; the one list or file that an act is about may come first. Helpers are free."""
    for module in modules(root):
        writers = {id(node) for node, verb, _ in writes(module) if verb != "sql"}
        for node in module.tree.body:
            if module.part != "services" or not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            names = {each.arg for each in (*node.args.args, *node.args.kwonlyargs)}
            is_act = names & {"by", "now"} or any(id(each) in writers for each in ast.walk(node))
            if is_act and (len(node.args.args) + len(node.args.posonlyargs) > 1 or node.args.vararg):
                yield module.at(node, f"{node.name} takes several positional arguments")


def test_only_services_write():
    assert list(stray_writes(ROOT)) == []


def test_stray_writes_bites(plant):
    root = plant(
        {
            "catalog/pages/products.py": """\
                Product.objects.filter(pk=1).update(a=2)
                context.update(a=1)
                Product(name="x").save()
                bulk.load(Product, ["name"], [])
                Product._base_manager.create(name="x")
                product.delete()
                cursor.execute("  UPDATE catalog_product SET title = 'x'")
                Category.add_root(name="x")
                Product.objects.filter(pk=1).exists()
            """,
            "catalog/models/products.py": "def f(self):\n    self.save()\n",
            "catalog/services/products.py": "product.save()\n",
            "catalog/migrations/0001_initial.py": "Product.objects.create()\n",
        }
    )
    page = "catalog/pages/products.py"
    assert sorted(stray_writes(root)) == [
        "catalog/models/products.py:2 save", f"{page}:1 update", f"{page}:3 save", f"{page}:4 load", f"{page}:5 create",
        f"{page}:6 delete", f"{page}:7 sql", f"{page}:8 add_root",
    ]  # fmt: skip


def test_services_write_only_their_own_tables():
    assert list(foreign_writes(ROOT)) == []


def test_foreign_writes_bites(plant):
    root = plant(
        {
            "pricing/services/prices.py": """\
                from catalog.models import Product, Variant as Form
                from pricing.models import Price
                Price.objects.create()
                Product.objects.filter(pk=1).update(title="x")
                bulk.load(Form, [], [])
                cursor.execute("UPDATE catalog_product SET title = 'x'")
                cursor.execute("INSERT INTO pricing_price SELECT * FROM arriving")
            """,
            "merchants/accounts/services/users.py": """\
                from allauth.account.models import EmailAddress
                EmailAddress.objects.create()
            """,
            "support/services/reviews.py": """\
                from allauth.account.models import EmailAddress
                EmailAddress.objects.create()
            """,
        }
    )
    assert sorted(foreign_writes(root)) == [
        "pricing/services/prices.py:4 update of Product, which catalog.models owns",
        "pricing/services/prices.py:5 load of Form, which catalog.models owns",
        "pricing/services/prices.py:6 sql, which catalog owns",
        "support/services/reviews.py:2 create of EmailAddress, which allauth.account.models owns",
    ]


def test_a_status_only_moves():
    assert list(assigned_statuses(ROOT)) == []


def test_assigned_statuses_bites(plant):
    root = plant(
        {
            "catalog/services/products.py": """\
                product.status = "ready"
                product.status, other.title = "ready", "x"
                setattr(product, "status", "ready")
                Product.objects.update(status="ready")
                product.status: str = "ready"
                product.move_to("ready")
                status = product.status
            """,
            "config/kernel/flow.py": "self.status = target\n",
        }
    )
    assert sorted(fault.split(":")[1] for fault in assigned_statuses(root)) == [
        "1 assigns a status", "2 assigns a status", "3 assigns a status", "4 updates a status", "5 assigns a status",
    ]  # fmt: skip


def test_services_are_called_by_keyword():
    assert list(positional(ROOT)) == []


def test_positional_bites(plant):
    root = plant(
        {
            "catalog/services/products.py": """\
                def pause(product, now): ...
                def load(rows, *, now): ...
                def many(*rows): Product.objects.bulk_create(rows)
                def shade(red, green, blue): ...
                def _own(product, now): ...
                class Sent:
                    def __init__(self, a, b): ...
            """
        }
    )
    assert list(positional(root)) == [
        "catalog/services/products.py:1 pause takes several positional arguments",
        "catalog/services/products.py:3 many takes several positional arguments",
    ]
