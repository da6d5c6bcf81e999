"""Every address is a page that says which permission it needs, or stands in the table of those that need none."""

import ast
import re

from django.db.models import Field
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.views import View

from config.kernel.actors import machine
from config.kernel.api.resources import Resource
from config.kernel.pages import IndexPage, Page
from fulfillment.models import Shipment
from merchants.accounts.permissions import Permission
from tests.architecture.source import ROOT, dotted, modules

VIEWS = re.compile(
    r"^((API|GenericAPI|Template|List|Detail|Form|Create|Update|Delete|Redirect)?View|(Generic|ReadOnly|Model)*ViewSet)$"
)
# views of our own that ask for no permission
OPEN = {
    "config.api.docs": "what the API can do is no secret",
    "config.api.description": "what the API can do is no secret",
    "config.health.healthz": "whether the process lives is no secret",
    "config.health.readyz": "whether the process is ready is no secret",
    "config.media.picture": "product pictures are public",
    "merchants.accounts.pages.shops.choose_density": "changes nothing but how one's own lists look",
    "merchants.accounts.pages.shops.choose_language": "everybody reads some language",
    "merchants.accounts.pages.profile.profile": "shows nothing but one's own name",
    "merchants.accounts.pages.shops.home": "shows nothing but one's own shops",
}
OTHERS = ("allauth.", "django.contrib.admin", "unfold.")


def routes(resolver, prefix=""):
    """(address, view) of everything that can be asked for."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, f"{prefix}{entry.pattern}")
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.pattern}", entry.callback


def named(view) -> str:
    of = getattr(view, "view_class", view)
    return f"{of.__module__}.{getattr(of, '__qualname__', type(of).__name__)}"


def open_doors(found):
    for address, view in found:
        of = getattr(view, "view_class", None)
        if address.startswith("m/"):
            if not (of and issubclass(of, Page)):
                yield f"{address} is no Page"
            elif of.needs not in Permission.values:
                yield f"{address} needs “{of.needs}”, which nobody has"
        elif address.startswith("api/v1/"):
            scopes = {getattr(of, name, None) for name in ("reads", "writes")} - {None}
            if address == "api/v1/<path:rest>":
                continue
            if not (of and issubclass(of, Resource)):
                yield f"{address} is no Resource"
            elif not scopes <= set(Permission.values) or not scopes:
                yield f"{address} needs {sorted(scopes)}, which nobody has"
        elif not address.startswith("admin/") and named(view) not in OPEN and not named(view).startswith(OTHERS):
            yield f"{address} is in no table"


def plain_views(root):
    """Views in `pages/` that are built on Django's own instead of on Page."""
    for module in modules(root):
        for node in module.walk():
            if module.part in ("pages", "api") and isinstance(node, ast.ClassDef):
                for base in node.bases:
                    if VIEWS.match(dotted(base).rpartition(".")[2]):
                        yield module.at(node, f"{node.name} is a plain {dotted(base)}")


def index_pages(found):
    classes = {getattr(view, "view_class", None) for _, view in found}
    return [each for each in classes if each and issubclass(each, IndexPage)]


def broken_orders(name, rows, orders):
    """Paging by the last row seen needs columns that are never empty, and an end that is unique."""
    columns = {field.name: field for field in rows.model._meta.concrete_fields} | {"pk": rows.model._meta.pk}
    columns |= {key: getattr(each, "target", None) for key, each in rows.query.annotations.items()}
    for key, order in orders.items():
        bare = [each.lstrip("-") for each in order]
        if bare[-1] != "pk":
            yield f"{name} {key} does not end in pk"
        for column in bare:
            if not isinstance(columns.get(column), Field) or columns[column].null:
                yield f"{name} {key}: {column} is no column, or may be empty"


def test_every_address_says_who_may():
    assert list(open_doors(routes(get_resolver()))) == []


def test_pages_are_built_on_page():
    assert list(plain_views(ROOT)) == []


def test_every_order_of_a_list_is_total(acting, now):
    pages = index_pages(routes(get_resolver()))
    assert len(pages) == len({page.template_name for page in pages}) > 2
    for page in pages:
        shown = page()
        shown.actor, shown.merchant, shown.now = machine("system", may=Permission.values), acting, now
        assert list(broken_orders(page.__name__, shown.rows(), page.orders)) == []


def test_pages_bites(plant):
    class Nobody(View):
        pass

    class Unknown(Page):
        needs = "cakes:eat"

    def function(request): ...

    found = [
        ("m/<slug>/a/", Nobody.as_view()), ("m/<slug>/b/", function), ("m/<slug>/c/", Unknown.as_view()),
        ("open/", function), ("api/v1/x/", function), ("api/v1/y/", Unknown.as_view()),
        ("healthz", path("", Nobody.as_view()).callback),
    ]  # fmt: skip
    assert list(open_doors(found)) == [
        "m/<slug>/a/ is no Page",
        "m/<slug>/b/ is no Page",
        "m/<slug>/c/ needs “cakes:eat”, which nobody has",
        "open/ is in no table",
        "api/v1/x/ is no Resource",
        "api/v1/y/ is no Resource",
        "healthz is in no table",
    ]
    root = plant({"catalog/pages/a.py": "class A(View): ...\nclass B(generic.ListView): ...\nclass C(Page): ...\n"})
    assert list(plain_views(root)) == [
        "catalog/pages/a.py:1 A is a plain View",
        "catalog/pages/a.py:2 B is a plain generic.ListView",
    ]


def test_broken_orders_bites(acting):
    orders = {"a": ("carrier",), "b": ("delivered_at", "pk"), "c": ("-lines", "pk"), "d": ("-waybill", "-pk")}
    assert list(broken_orders("X", Shipment.objects.all(), orders)) == [
        "X a does not end in pk",
        "X b: delivered_at is no column, or may be empty",
        "X c: lines is no column, or may be empty",
    ]
