"""Every address is visited as every kind of person, from tables that fail when an address is missing."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, reverse

from catalog.events import ProductMoved
from catalog.models import Product
from config.kernel import events, scope
from config.kernel.actors import machine
from config.kernel.pages import IndexPage
from fulfillment.states import OrderStatus
from merchants.accounts.models import Merchant
from merchants.accounts.permissions import Permission, PlatformRole, Role, granted
from merchants.desk.models import ImportRun, WorkItem
from merchants.marketplace.models import CommissionSchedule
from tests.api.routes import API, CATCHES_THE_REST
from tests.conftest import person
from tests.factories.accounts import make_credential, make_member, make_user
from tests.factories.activity import make_delivery, make_seal
from tests.factories.catalog import make_product
from tests.factories.desk import (
    make_change,
    make_duty,
    make_file_import,
    make_import_run,
    make_job,
    make_saved_view,
    make_work_item,
)
from tests.factories.fulfillment import make_order
from tests.factories.inventory import make_stock
from tests.factories.marketplace import make_postcode_area
from tests.factories.money import make_books, make_schedule, statement_entries
from tests.factories.onboarding import make_shop, make_suspension, make_vacation
from tests.factories.support import make_review

# below /m/<slug>/: what an address is about (see `things`), and what it answers to whoever may see it
SHOP = {
    "shop": ("", 200),
    "menu": ("", 200),
    "accounts:staff": ("", 200),
    "accounts:member-new": ("", 200),
    "accounts:roles": ("", 200),
    "accounts:member-roles": ("member", 200),
    "accounts:member-removal": ("member", 200),
    "accounts:member-invitation": ("member", 200),
    "accounts-keys:credentials": ("", 200),
    "accounts-keys:credential-new": ("", 200),
    "accounts-keys:credential-revocation": ("key", 200),
    "onboarding:vacation": ("", 200),
    "onboarding:vacation-end": ("vacation", 200),
    "activity:facts": ("", 200),
    "desk:help": ("", 200),
    "desk:search": ("", 200),
    "desk:jobs": ("", 200),
    "desk:job": ("job", 200),
    "desk:job-stop": ("job", 200),
    "desk:job-resumption": ("job", 200),
    "desk:job-file": ("job", 404),
    "desk:imports": ("", 200),
    "desk:import-new": ("kind", 200),
    "desk:import": ("import", 200),
    "desk:import-columns": ("import", 200),
    "desk:import-taking-in": ("import", 200),
    "desk:import-undoing": ("import", 200),
    "desk:import-repair": ("import", 200),
    "desk:import-rejected": ("import", 200),
    "desk:changes": ("", 200),
    "desk:change-new": ("act", 302),
    "desk:change": ("change", 200),
    "desk:change-application": ("change", 200),
    "desk:change-undoing": ("change", 200),
    "desk:views": ("", 200),
    "desk:view-new": ("", 200),
    "desk:view": ("view", 200),
    "desk:view-state": ("view", 200),
    "desk:view-removal": ("view", 200),
    "desk:work": ("", 200),
    "desk:work-assignment": ("item", 200),
    "desk:work-release": ("item", 200),
    "desk:work-done": ("item", 200),
    "desk:work-reopening": ("item", 200),
    "desk:work-closure": ("item", 200),
    "desk:notifications": ("", 200),
    "desk:notification-reading": ("", 200),
    "desk:notification-mail": ("", 200),
    "activity:fact-file": ("", 200),
    "money:home": ("", 200),
    "money:entries": ("", 200),
    "money:entry": ("entry", 200),
    "money:statements": ("", 200),
    "money:statement": ("statement", 200),
    "money:statement-csv": ("statement", 200),
    "money:statement-pdf": ("statement", 200),
    "catalog:products": ("", 200),
    "catalog:product-export": ("", 200),
    "catalog:product-new": ("", 200),
    "catalog:product": ("product", 200),
    "catalog:product-change": ("product", 200),
    "catalog:product-status": ("product", 200),
    "catalog:product-variants": ("product", 200),
    "catalog:product-listings": ("product", 200),
    "catalog:product-listing-status": ("product", 200),
    "inventory:stocks": ("", 200),
    "inventory:stock-export": ("", 200),
    "inventory:stock": ("stock", 200),
    "inventory:stock-receipt": ("stock", 200),
    "inventory:stock-announcement": ("stock", 200),
    "inventory:stock-adjustment": ("stock", 200),
    "inventory:stock-alert-line": ("stock", 200),
    "pricing:product-prices": ("product", 200),
    "fulfillment:orders": ("", 200),
    "fulfillment:credits": ("", 200),
    "fulfillment:order-export": ("", 200),
    "fulfillment:order-new": ("", 200),
    "fulfillment:order": ("order", 200),
    "fulfillment:order-payment": ("order", 200),
    "fulfillment:order-refunds": ("order", 200),
    "fulfillment:order-cancellation": ("order", 200),
    "fulfillment:order-hand-over": ("order", 200),
    "fulfillment:order-delivery": ("order", 200),
    "fulfillment:order-buyer-data": ("order", 200),
    "support:reviews": ("", 200),
}

# outside of shops and admin: what is answered to nobody, to a member, and to staff who have a second factor
OPEN = {
    "home": (302, 302, 302),
    "healthz": (200, 200, 200),
    "readyz": (200, 200, 200),
    "api-docs": (200, 200, 200),
    "api-description": (200, 200, 200),
    "picture": (404, 404, 404),
    "profile": (302, 200, 200),
    "set_language": (405, 405, 405),
    "set_density": (405, 405, 405),
    "account_login": (200, 302, 302),
    "account_logout": (302, 200, 200),
    "account_inactive": (200, 200, 200),
    "account_signup": (200, 302, 302),
    "account_reauthenticate": (302, 403, 302),
    "account_email": (302, 200, 200),
    "account_email_verification_sent": (200, 200, 200),
    "account_change_password": (302, 302, 302),
    "account_set_password": (302, 200, 200),
    "account_reset_password": (200, 200, 200),
    "account_reset_password_done": (200, 200, 200),
    "account_reset_password_from_key": (200, 200, 200),
    "account_reset_password_from_key_done": (200, 200, 200),
    "account_confirm_email": (200, 200, 200),
    "account_confirm_login_code": (302, 302, 302),
    "mfa_index": (302, 200, 200),
    "mfa_authenticate": (302, 302, 302),
    "mfa_reauthenticate": (302, 403, 200),
    "mfa_activate_totp": (302, 200, 302),
    "mfa_deactivate_totp": (302, 404, 302),
    "mfa_view_recovery_codes": (302, 404, 404),
    "mfa_generate_recovery_codes": (302, 200, 302),
    "mfa_download_recovery_codes": (302, 404, 404),
}
REST = {
    "picture": {"path": "00000000-0000-0000-0000-000000000000/" + "0" * 64 + ".webp"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "x-y"},
    "account_confirm_email": {"key": "x"},
}

# below /admin/: of each list of rows, and the addresses that are of no list
OF_A_LIST = {"changelist": 200, "add": 403, "change": 200, "history": 200, "delete": 403}
BESIDES = {"desk_importrun_rejected": ImportRun}  # addresses of a list's own; they need what the list does
ADMIN = {
    "admin:index": 200, "admin:search": 404, "admin:login": 302, "admin:logout": 302, "admin:password_change": 302,
    "admin:password_change_done": 200, "admin:autocomplete": 403, "admin:jsi18n": 200, "admin:app_list": 200,
    "admin:view_on_site": 302, "admin:design": 200,
}  # fmt: skip
# what leads to an address above, and what catches the rest
NOT_ASKED = re.compile(r"^admin/(\w+/\w+/<path:object_id>/$|\(\?P<url>)")

WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COPY)\b", re.I)
MODELS = apps.get_models(include_auto_created=True)


def routes(resolver=None, prefix="", namespace="") -> Iterator[tuple[str, str, object]]:
    """(name, address, view) of everything that can be asked for."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from routes(entry, address, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        else:
            yield f"{namespace}{entry.name}", address, entry.callback


FOUND = list(routes())
NEEDS = {name: view.view_class.needs for name, address, view in FOUND if address.startswith("m/")}
NEEDS_TOO = {  # what the thing itself asks for besides: the kind of file, a view that everybody sees
    name: Permission.PRODUCTS_EDIT for name, (thing, _) in SHOP.items() if thing in ("kind", "import", "act", "change")
} | {name: Permission.VIEWS_SHARE for name, (thing, _) in SHOP.items() if thing == "view"}
OBJECTS = {name for name, (thing, _) in SHOP.items() if thing not in ("", "kind", "act")}


def may_visit(name: str, may) -> bool:
    return NEEDS[name] in may and NEEDS_TOO.get(name, NEEDS[name]) in may


def unlisted(found) -> list[str]:
    """The addresses that are in no table, and the lines of tables that no address is left of."""
    asked = [name for name, address, _ in found if not NOT_ASKED.match(address)]
    known = [
        *SHOP,
        *OPEN,
        *ADMIN,
        *(f"api:{name}" for name in [*API, CATCHES_THE_REST]),
        *(f"admin:{name}" for name, *_ in of_lists()),
    ]
    return sorted({*asked} ^ {*known}) + sorted(name for name in asked if asked.count(name) > 1)


def test_every_address_is_in_a_table():
    assert unlisted(FOUND) == []
    assert {name for name, address, _ in FOUND if address.startswith("m/")} == SHOP.keys()


def test_unlisted_bites():
    assert unlisted([*FOUND, ("catalog:secret", "m/<slug:slug>/secret/", None)]) == ["catalog:secret"]
    assert unlisted([*FOUND, ("catalog:None", "m/<slug:slug>/nameless/", None)]) == ["catalog:None"]
    assert unlisted([route for route in FOUND if route[0] != "menu"]) == ["menu"]
    assert unlisted([*FOUND, ("menu", "m/<slug:slug>/other/", None)]) == ["menu", "menu"]


@pytest.fixture
def things(acme, olive, now):
    """What addresses are about, by the parameters of their address: all of it is acme's."""
    with scope.acting_for(acme):
        product, order = make_product(), make_order(status=OrderStatus.PAID)
        member = make_member(make_user(), Role.ANALYST)
        job, item, sent = make_job(), make_work_item(), make_file_import()
        statement = make_books()
        entry = statement_entries(statement)[0]
        credential, _key = make_credential()
        view, change = make_saved_view(olive, is_shared=True), make_change(names=[product.code])
        vacation = make_vacation()
        sku = make_stock(variant=product.variants.select_related("product").get()).variant.sku
    return {
        "": {}, "product": {"code": product.code}, "order": {"number": order.number}, "member": {"pk": member.pk},
        "stock": {"sku": sku}, "job": {"public_id": job.public_id}, "item": {"public_id": item.public_id},
        "import": {"public_id": sent.public_id}, "kind": {"kind": "catalog.products"},
        "statement": {"number": statement.number}, "entry": {"public_id": entry.public_id},
        "key": {"public_id": credential.public_id}, "view": {"public_id": view.public_id},
        "change": {"public_id": change.public_id}, "act": {"kind": "catalog.take_off"},
        "vacation": {"public_id": vacation.public_id},
    }  # fmt: skip


@pytest.fixture
def visit(things):
    """Ask for all addresses of a shop; the statuses by name."""

    def ask(browser, *, slug="acme", method="get", names=SHOP):
        kwargs = {name: {"slug": slug} | things[SHOP[name][0]] for name in names}
        return {name: getattr(browser, method)(reverse(name, kwargs=kwargs[name])).status_code for name in names}

    return ask


@pytest.fixture
def untouched():
    """Assert that something writes nothing at all: no statement says so, and every table has as many rows as before."""

    def rows():
        with scope.across_merchants(because="the test counts the rows of all merchants"):
            return {model._meta.label: model._base_manager.count() for model in MODELS}

    def check(act):
        before = rows()
        with CaptureQueriesContext(connection) as queries:
            answered = act()
        assert [query["sql"] for query in queries if WRITES.match(query["sql"])] == []
        assert rows() == before
        return answered

    return check


def test_untouched_bites(acting, olive, untouched):
    for act in (make_shop, olive.save, lambda: type(olive).objects.update(language="en")):
        with pytest.raises(AssertionError, match=r"INSERT|UPDATE"):
            untouched(act)


@pytest.mark.parametrize("role", Role)
def test_a_member_sees_what_the_role_may_and_looking_changes_nothing(client_for, acme, role, visit, untouched):
    browser, may = client_for(person("ines", acme, role)), granted([role])
    expected = {name: status if may_visit(name, may) else 403 for name, (_, status) in SHOP.items()}
    assert untouched(lambda: visit(browser)) == expected


@pytest.mark.parametrize("role", Role)
def test_an_act_without_the_permission_changes_nothing(client_for, acme, role, visit, untouched):
    denied = [name for name in SHOP if not may_visit(name, granted([role]))]
    browser = client_for(person("ines", acme, role))
    assert untouched(lambda: visit(browser, method="post", names=denied)) == dict.fromkeys(denied, 403)


@pytest.fixture
def outsider(request, acme, rival, platform, client_for, client):
    """Somebody who does not work for acme; of all people the owner of its rival."""
    made = {
        "rita": lambda: client_for(request.getfixturevalue("rita")),
        "stranger": lambda: client_for(make_user()),
        "reviewer": lambda: client_for(person("rui", platform, PlatformRole.REVIEWER)),
        "admin": lambda: client_for(request.getfixturevalue("admin_user")),
        "nobody": lambda: client,
    }
    return made[request.param]()


@pytest.mark.parametrize("method", ["get", "post", "delete"])
@pytest.mark.parametrize("outsider", ["rita", "stranger", "reviewer", "admin", "nobody"], indirect=True)
def test_who_does_not_work_here_finds_nothing(request, outsider, visit, untouched, method):
    status = 302 if "nobody" in request.node.name else 404
    assert untouched(lambda: visit(outsider, method=method)) == dict.fromkeys(SHOP, status)


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_things_of_a_rival_are_not_in_ones_own_shop(client_for, rita, visit, untouched, method):
    browser = client_for(rita)
    answered = untouched(lambda: visit(browser, slug="rival", method=method, names=OBJECTS))
    assert answered == dict.fromkeys(OBJECTS, 404)


LISTS = {name for name, address, view in FOUND if issubclass(getattr(view, "view_class", object), IndexPage)}


@pytest.mark.parametrize("query", ["color=red", "sort=color", "after=x", "before=%F0%9F%A7%A3", "after=W10"])
def test_a_list_refuses_what_it_does_not_know(client_for, olive, query):
    browser = client_for(olive)
    answered = {name: browser.get(f"{reverse(name, args=['acme'])}?{query}").status_code for name in LISTS}
    assert answered == dict.fromkeys(LISTS, 400)


NOTHING = {"pk": 0, "public_id": "00000000-0000-0000-0000-000000000000"}
# take the member or the view away from others; what was not done cannot be undone, a waiting job not be resumed, an
# import that ended not be taken in
BY_THEMSELVES = {
    "accounts:member-removal",
    "desk:view-removal",
    "desk:change-undoing",
    "desk:job-resumption",
    "desk:work-assignment",
    "desk:work-release",
    "desk:import-taking-in",
}


def test_what_is_not_there_is_not_found(client_for, olive, visit, things):
    for key in things.values():
        key.update({name: NOTHING.get(name, "nothing-掌柜") for name in key})
    assert visit(client_for(olive), names=OBJECTS) == dict.fromkeys(OBJECTS, 404)


def test_an_empty_form_is_refused_and_no_fault(client_for, olive, visit):
    answered = visit(client_for(olive), method="post", names=SHOP.keys() - BY_THEMSELVES)
    assert {name for name, status in answered.items() if status not in (302, 405, 422)} == set()


def test_the_platform_has_no_shop(client_for, admin_user, visit, untouched):
    browser = client_for(admin_user)
    answered = untouched(lambda: visit(browser, slug=Merchant.PLATFORM))
    assert answered == dict.fromkeys(SHOP, 404)


def test_nobody_is_sent_to_sign_in_and_back(client, acme):
    response = client.get("/m/acme/orders/?status=paid")
    assert response.headers["Location"] == "/account/login/?next=/m/acme/orders/%3Fstatus%3Dpaid"


@pytest.mark.parametrize(
    ("place", "who"), list(enumerate(["", "olive", "admin_user"])), ids=["nobody", "member", "staff"]
)
def test_open_addresses(request, client, client_for, place, who):
    browser = client_for(request.getfixturevalue(who)) if who else client
    answered = {name: browser.get(reverse(name, kwargs=REST.get(name))).status_code for name in OPEN}
    assert answered == {name: statuses[place] for name, statuses in OPEN.items()}


# ---------------------------------------------------------------- the platform's desk


def of_a_row(kind: str) -> bool:
    return kind in ("change", "history", "delete", "") or kind.startswith("row-")


def of_lists() -> Iterator[tuple[str, type, str, str]]:
    """(name, model, kind, permission) of each address that belongs to a list of the admin."""
    for model, shown in admin.site._registry.items():
        prefix = f"{model._meta.app_label}_{model._meta.model_name}"
        yield from ((f"{prefix}_{kind}", model, kind, shown.needs) for kind in OF_A_LIST)
        yield from ((f"{prefix}_{kind}", model, kind, act.needs) for kind, act in shown.acts.items())
    for name, model in BESIDES.items():
        yield name, model, "", admin.site._registry[model].needs


@pytest.fixture
def shown(acme, platform, admin_user, now):
    """A row of each list of the admin."""
    with scope.acting_for(acme):
        make_review()
        make_shop()
        make_suspension()
        make_stock()
        make_job()
        make_books()
        fact = ProductMoved(product_id="1", before="draft", after="ready")
        events.record(fact, by=machine("system"), now=now)
        parked = make_delivery(gave_up_at=now)
    with scope.acting_for(platform):
        make_import_run()
        make_work_item()
    make_seal()
    make_postcode_area()
    if not CommissionSchedule.objects.exists():  # of two at a time one would be refused
        make_schedule()
    make_duty()
    with scope.across_merchants(because="the test looks for a row of each list"):
        rows = {model: model._base_manager.order_by("pk").first() for model in admin.site._registry}
        rows[WorkItem] = WorkItem.objects.get(merchant=platform)  # shops' own can only be looked at
        rows[type(parked)] = parked  # and only what was given up can be tried again
    assert [model._meta.label for model, row in rows.items() if row is None] == []
    return rows


@pytest.fixture
def visit_admin(shown):
    def ask(browser, method="get"):
        product = ContentType.objects.get_for_model(Product).pk, shown[Product].pk
        rest = {"admin:app_list": ["catalog"], "admin:view_on_site": product}
        answered = {name: getattr(browser, method)(reverse(name, args=rest.get(name))).status_code for name in ADMIN}
        for name, model, kind, _ in of_lists():
            args = [shown[model].pk] if of_a_row(kind) else []
            answered[name] = getattr(browser, method)(reverse(f"admin:{name}", args=args)).status_code
        return answered

    return ask


@pytest.mark.parametrize("role", PlatformRole)
def test_staff_see_what_their_role_may(client_for, platform, role, visit_admin, untouched, settings):
    settings.STAFF_NEEDS_MFA = False
    browser, may = client_for(person("rui", platform, role)), granted([role])
    expected = {name: OF_A_LIST.get(kind, 200) if needs in may else 403 for name, _, kind, needs in of_lists()}
    assert untouched(lambda: visit_admin(browser)) == ADMIN | expected


@pytest.mark.parametrize("role", [role for role in PlatformRole if role != PlatformRole.SUPERADMIN])
def test_an_act_of_staff_without_the_permission_changes_nothing(
    client_for, platform, role, shown, untouched, settings
):  # fmt: skip
    settings.STAFF_NEEDS_MFA = False
    browser, may = client_for(person("rui", platform, role)), granted([role])
    denied = {(name, shown[model].pk, kind) for name, model, kind, needs in of_lists() if needs not in may}
    assert len(denied) > 4

    def act():
        for name, pk, kind in denied:
            args = [pk] if of_a_row(kind) else []
            assert browser.post(reverse(f"admin:{name}", args=args), {"post": "yes"}).status_code == 403

    untouched(act)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("outsider", ["rita", "stranger", "nobody"], indirect=True)
def test_who_is_not_staff_finds_no_desk(request, outsider, visit_admin, untouched, method):
    status = 302 if "nobody" in request.node.name else 404
    answered = untouched(lambda: visit_admin(outsider, method))
    assert set(answered.values()) == {status}
