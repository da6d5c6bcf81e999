"""Imports only point down: between apps, and between the parts of one app."""

from tests.architecture.source import APPS, ROOT, START_UP, imports, modules

LAYERS = ["config.kernel", "config.templatetags", "merchants.accounts", *APPS[1:], "config"]
RANK = {name: rank for rank, name in enumerate(LAYERS)}

PARTS = [
    {"states", "errors", "events", "permissions"},
    {"rules", "ports"},
    {"models"},
    {"selectors", "sentences"},
    {"services"},
    {"filters", "serializers", "screens", "sign_in"},
    {"forms", "queues", "finds"},
    {"pages", "api", "admin", "tasks", "jobs", "imports", "changes", "duties"}
    | {"subscribers", "management", "doorkeeper", "shell"},
    {"apps"},
]
PART_RANK = {name: rank for rank, names in enumerate(PARTS) for name in names}
PUBLIC = {"models", "selectors", "services", "events", "errors", "states", "ports"}
# who is allowed in and who may do what is asked by every page of every app
PUBLIC_BESIDES = {
    "merchants.accounts.permissions",
    "merchants.accounts.doorkeeper",
    "merchants.desk.api.exports",  # how every list begins its export
}


def layer(name: str) -> str | None:
    return max((each for each in RANK if f"{name}.".startswith(f"{each}.")), key=len, default=None)


def part(name: str, app: str) -> str:
    return name.removeprefix(app).strip(".").split(".")[0]


def upward(root):
    for module in modules(root, start_up=True):
        home = layer(module.name)
        for target, node in imports(module):
            there = layer(target)
            if there and there != home and RANK[there] >= RANK[home]:
                yield module.at(node, f"{home} may not import {there}")


def start_up_that_leans(root):
    """What runs before settings exist must not need an app; the tests' services and the walls ask the database."""
    for module in modules(root, start_up=True):
        if module.path.startswith(tuple(START_UP)):
            for target, node in imports(module):
                if layer(target) in APPS:
                    yield module.at(node, f"start-up may not import {target}")


def upward_inside(root):
    for module in modules(root):
        if module.app not in APPS or not module.part:
            continue
        if module.part not in PART_RANK:
            yield f"{module.path} {module.part} has no place in the order of parts"
            continue
        for target, node in imports(module):
            there = part(target, module.app)
            if layer(target) == module.app and there != module.part and there in PART_RANK:
                if PART_RANK[there] >= PART_RANK[module.part]:
                    yield module.at(node, f"{module.part} may not import {there}")


def private(root):
    for module in modules(root):
        if module.app not in APPS:
            continue
        for target, node in imports(module):
            there = layer(target)
            if there not in APPS or there == module.app:
                continue
            if part(target, there) not in PUBLIC and not target.startswith(tuple(PUBLIC_BESIDES)):
                yield module.at(node, f"{target} is private to {there}")
            elif any(word.startswith("_") for word in target.split(".")):
                yield module.at(node, f"{target} is private to its module")
            elif part(target, there) == "models" and target.count(".") > there.count(".") + 2:
                yield module.at(node, f"import {target} from {there}.models")


def test_imports_only_point_down():
    assert list(upward(ROOT)) == []


def test_layers_bites(plant):
    root = plant(
        {
            "catalog/models.py": "from promotions.models import Coupon\nfrom merchants.desk import selectors\n",
            "merchants/accounts/models.py": "def f():\n    import merchants.activity.models\n",
            "merchants/onboarding/services/shops.py": "from merchants.marketplace import selectors\n",
            "merchants/marketplace/selectors.py": "from merchants.onboarding import selectors\n",
            "config/kernel/pages.py": "from merchants.accounts.models import User\n",
            "support/pages.py": "from config.celery import app\n",
            "config/urls.py": "from support import pages\n",
        }
    )
    assert sorted(upward(root)) == [
        "catalog/models.py:1 catalog may not import promotions",
        "config/kernel/pages.py:1 config.kernel may not import merchants.accounts",
        "merchants/accounts/models.py:2 merchants.accounts may not import merchants.activity",
        "merchants/marketplace/selectors.py:1 merchants.marketplace may not import merchants.onboarding",
        "support/pages.py:1 support may not import config",
    ]


def test_start_up_needs_no_app():
    assert list(start_up_that_leans(ROOT)) == []


def test_start_up_bites(plant):
    root = plant({"config/bootstrap.py": "def f():\n    from merchants.accounts.models import User\n"})
    assert list(start_up_that_leans(root)) == [
        "config/bootstrap.py:2 start-up may not import merchants.accounts.models.User"
    ]


def test_imports_inside_an_app_point_down():
    assert list(upward_inside(ROOT)) == []


def test_upward_inside_bites(plant):
    root = plant(
        {
            "catalog/__init__.py": "",
            "catalog/models/products.py": "from catalog.states import A\nfrom catalog import selectors\n",
            "catalog/selectors.py": "from catalog.services import products\n",
            "catalog/services/products.py": "from catalog.forms import F\n",
            "catalog/events.py": "from catalog.models import Product\n",
            "catalog/forms.py": "from catalog.filters import F\n",
            "catalog/filters.py": "from catalog.forms import F\n",
            "catalog/tasks.py": "from catalog.pages import products\n",
            "catalog/utils.py": "",
        }
    )
    assert list(upward_inside(root)) == [
        "catalog/events.py:1 events may not import models",
        "catalog/filters.py:1 filters may not import forms",
        "catalog/models/products.py:2 models may not import selectors",
        "catalog/selectors.py:1 selectors may not import services",
        "catalog/services/products.py:1 services may not import forms",
        "catalog/tasks.py:1 tasks may not import pages",
        "catalog/utils.py utils has no place in the order of parts",
    ]


def test_apps_import_only_what_is_public():
    assert list(private(ROOT)) == []


def test_private_bites(plant):
    root = plant(
        {
            "pricing/pages.py": """\
                from catalog.pages import products
                from catalog import forms, selectors
                from catalog.rules import price
                from catalog.models import Product
                from catalog.models.products import Variant
                from catalog.services.products import _is_on_sale
                from merchants.accounts.permissions import Permission
                from merchants.accounts.shell import shell
            """,
            "pricing/forms.py": "from pricing.rules import price\n",
        }
    )
    assert list(private(root)) == [
        "pricing/pages.py:1 catalog.pages.products is private to catalog",
        "pricing/pages.py:2 catalog.forms is private to catalog",
        "pricing/pages.py:3 catalog.rules.price is private to catalog",
        "pricing/pages.py:5 import catalog.models.products.Variant from catalog.models",
        "pricing/pages.py:6 catalog.services.products._is_on_sale is private to its module",
        "pricing/pages.py:8 merchants.accounts.shell.shell is private to merchants.accounts",
    ]
