"""Every act that pages and the API offer leaves its fact in the transaction of the act itself."""

import io
import zipfile
from collections import defaultdict

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.urls import reverse

from catalog.services import products
from config.kernel import clock, scope
from fulfillment.services import payments
from fulfillment.states import OrderStatus
from merchants.accounts.models import Membership
from merchants.accounts.permissions import PlatformRole, Role
from merchants.activity.models import DomainEvent
from merchants.desk.services import file_imports
from merchants.desk.states import ImportStatus, JobStatus
from merchants.money.models import Hold
from merchants.onboarding.models import Vacation
from tests.api.conftest import path_of, things  # noqa: F401
from tests.api.routes import API, NEW, QUERIES
from tests.conftest import person
from tests.factories.accounts import THEN, make_credential, make_member, make_user
from tests.factories.activity import make_delivery
from tests.factories.catalog import make_product
from tests.factories.desk import make_change, make_duty, make_file_import, make_job, make_saved_view, make_work_item
from tests.factories.fulfillment import make_order
from tests.factories.inventory import make_stock
from tests.factories.marketplace import make_category, make_channel, usual_category, usual_channel
from tests.factories.money import make_books
from tests.factories.onboarding import make_suspension, make_vacation
from tests.factories.placing import place_order
from tests.test_routes import FOUND, OPEN

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

AT = "2025-03-03T12:00"
# each act of a shop: what it is done to (see `thing`), and what is sent
SHOP = {
    "accounts:member-new": ("", {"email": "new@acme.example", "name": "Nia", "roles": ["catalog"]}),
    "accounts:member-roles": ("member", {"roles": ["pricing"]}),
    "accounts:member-removal": ("member", {}),
    "accounts-keys:credential-new": ("", {"name": "Till", "scopes": ["orders:read"], "days": "30"}),
    "accounts-keys:credential-revocation": ("key", {}),
    "desk:job-stop": ("job", {}),
    "desk:job-resumption": ("stopped job", {}),
    "desk:import-new": ("kind", {"file": "FILE"}),
    "desk:import-columns": ("draft", {"sku": "0", "title": "1", "policy": "reject_rows", "check": ""}),
    "desk:import-taking-in": ("checked", {}),
    "desk:import-undoing": ("completed", {}),
    "desk:import-repair": ("completed", {"file": "FILE"}),
    "desk:change-new": ("act", {"names": "PRODUCT"}),
    "desk:change": ("prices", {"change": "-5%"}),
    "desk:change-application": ("change", {"counted": "1"}),
    "desk:change-undoing": ("applied change", {}),
    "desk:view-new": ("", {"page": "catalog:products", "name": "Drafts", "query": "status=draft", "is_shared": "on"}),
    "desk:view": ("view", {"name": "Other"}),
    "desk:view-state": ("view", {"query": "status=ready"}),
    "desk:view-removal": ("view", {}),
    "desk:work-assignment": ("item", {}),
    "desk:work-closure": ("item", {"why": "done"}),
    "desk:work-done": ("item", {}),
    "desk:work-release": ("taken", {}),
    "desk:work-reopening": ("closed", {}),
    "onboarding:vacation": ("", {"first_on": "2999-07-01", "last_on": "2999-07-14"}),
    "onboarding:vacation-end": ("vacation", {}),
    "catalog:product-export": ("", {}),
    "fulfillment:order-export": ("", {}),
    "catalog:product-new": (
        "", {"title": "Lamp", "category": "CATEGORY", "code": "P", "sku": "S", "channel": "CHANNEL", "price": "9.90"},
    ),
    "catalog:product-change": ("product", {"title": "Other", "category": "CATEGORY", "version": "1"}),
    "catalog:product-status": ("unlisted", {"status": "archived"}),
    "catalog:product-variants": ("product", {"sku": "S-2", "specification": "Red"}),
    "catalog:product-listings": ("unlisted", {"variant": "SKU", "channel": "CODE"}),
    "catalog:product-listing-status": ("product", {"sku": "SKU", "channel": "CODE", "status": "paused"}),
    "inventory:stock-export": ("", {}),
    "inventory:stock-receipt": ("stock", {"quantity": "5"}),
    "inventory:stock-announcement": ("stock", {"quantity": "5"}),
    "inventory:stock-adjustment": ("stock", {"reason": "lost", "quantity": "1"}),
    "inventory:stock-alert-line": ("stock", {"alert_below": "3"}),
    "pricing:product-prices": ("product", {"variant": "SKU", "channel": "CODE", "price": "12.00"}),
    "fulfillment:order-cancellation": ("placed", {"reason": "out_of_stock"}),
    "fulfillment:order-new": (
        "sellable", {"channel": "CHANNEL", "name": "Nia", "street": "Lindenweg 1", "city": "Berlin", "country": "DE",
                     "sku_1": "SKU", "quantity_1": "1", "price_1": "5"},
    ),
    "fulfillment:order-payment": ("placed", {"kind": "wallet"}),
    "fulfillment:order-refunds": ("sold", {"amount": "1.00", "reason": "goodwill"}),
    "fulfillment:order-hand-over": ("paid", {"carrier": "DHL", "waybill": "1", "at": AT}),
    "fulfillment:order-delivery": ("shipped", {"at": "2025-03-05T12:00"}),
    "fulfillment:order-buyer-data": ("paid", {"reason": "delivery"}),
}  # fmt: skip
# each act of the platform's desk, by model and name
DESK = {
    "accounts.Membership new": {"email": "new@platform.example", "name": "Nia", "roles": ["platform-risk"]},
    "accounts.Membership row-roles": {"roles": ["platform-risk"]},
    "accounts.Membership row-removal": {},
    "activity.EventDelivery row-retry": {},
    "desk.ImportRun new": {"source": "olist", "file": "ZIP"},
    "desk.Duty row-pause": {},
    "desk.Duty row-resumption": {},
    "desk.Duty row-now": {},
    "desk.Duty row-cadence": {"seconds": "20"},
    "desk.WorkItem row-assignment": {"owner": ""},
    "desk.WorkItem row-closure": {"why": "done"},
    "marketplace.Category new": {"code": "lamps", "name": "Lamps"},
    "marketplace.Category row-name": {"name_en": "Lights", "name_zh_hans": "灯具"},
    "marketplace.CommissionSchedule new": {"code": "next", "starts_at": "2999-01-01T00:00", "rules": ",,10,6,,,"},
    "money.LedgerTransaction credit": {"merchant": "acme", "amount": "5", "reason": "goodwill", "explanation": "Late"},
    "money.LedgerTransaction debit": {"merchant": "acme", "amount": "5", "reason": "penalty", "explanation": "Fake"},
    "money.Hold new": {"merchant": "acme", "reason": "risk", "explanation": "Looked into"},
    "money.Hold row-release": {"explanation": "All is well"},
    "money.PayoutTerms new": {"merchant": "acme", "least": "50"},
    "onboarding.Suspension row-end": {},
    "onboarding.Suspension new": {"merchant": "acme", "reason": "risk", "explanation": "Looked into"},
    "marketplace.SalesChannel new": {"code": "fair", "name": "Fair", "currency": "EUR"},
    "marketplace.SalesChannel row-name": {"name": "Great fair"},
}
# what may be sent and is no act on anything of a merchant's
NO_ACT = {
    "accounts:member-invitation": "sends a letter again and changes nothing",
    "desk:notification-reading": "is one's own reading",
    "desk:notification-mail": "is one's own wish for letters",
    **dict.fromkeys(OPEN, "is about a person's own account, which is no merchant's"),
}
# what is no part of an act: who signed in, and what is still to be brought to whom
ASIDE = {"sessions.Session", "accounts.User", "activity.EventDelivery"}
WATCH = """
    CREATE TABLE watched (act xid8 NOT NULL, model text NOT NULL);
    GRANT INSERT, SELECT ON watched TO PUBLIC;
    CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO watched VALUES (pg_current_xact_id(), TG_ARGV[0]); RETURN NULL; END $$;
"""


@pytest.fixture
def watched(db):
    """The transactions that wrote rows since it was last asked: by their numbers, the models of the rows."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.label not in ASIDE]
    with connections["owner"].cursor() as cursor:
        cursor.execute(WATCH)
        for model in models:
            cursor.execute(
                f'CREATE TRIGGER watch AFTER INSERT OR UPDATE OR DELETE ON "{model._meta.db_table}"'
                f" FOR EACH ROW EXECUTE FUNCTION watch('{model._meta.label}')"
            )

        def transactions() -> dict[str, set[str]]:
            cursor.execute("WITH seen AS (DELETE FROM watched RETURNING *) SELECT act::text, model FROM seen")
            found = defaultdict(set)
            for act, model in cursor.fetchall():
                found[act].add(model)
            return dict(found)

        yield transactions
        cursor.execute("DROP FUNCTION watch CASCADE; DROP TABLE watched")


def without_fact(transactions: dict[str, set[str]]) -> list[set[str]]:
    return [models for models in transactions.values() if DomainEvent._meta.label not in models]


def posts(view) -> bool:
    return hasattr(getattr(view, "view_class", None), "post")


def test_every_act_is_in_a_table():
    shop = {name for name, address, view in FOUND if address.startswith("m/") and posts(view)}
    assert shop == SHOP.keys() | (NO_ACT.keys() - OPEN.keys())
    desk = {f"{model._meta.label} {name}" for model, shown in admin.site._registry.items() for name in shown.acts}
    assert desk == DESK.keys()


def goods() -> SimpleUploadedFile:
    return SimpleUploadedFile("goods.csv", b"SKU,Qixtitle\nA-2,Cup\n")


def packed() -> SimpleUploadedFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("olist_orders_dataset.csv", "order_id\n")
    return SimpleUploadedFile("history.zip", out.getvalue())


@pytest.fixture
def thing(acme, olive, settings, tmp_path):
    """Make what an act is done to; the rest of its address, and what stands for it in what is sent."""
    settings.MEDIA_ROOT = tmp_path

    def make(kind: str) -> tuple[dict, dict]:
        with scope.acting_for(acme):
            channel = usual_channel()
            words = {"FILE": goods(), "CATEGORY": usual_category().pk, "CHANNEL": channel.pk, "CODE": channel.code}
            if kind in ("product", "unlisted"):
                product = make_product(**({"listing": None} if kind == "unlisted" else {}))
                return {"code": product.code}, words | {"SKU": product.variants.get().sku}
            if kind.endswith("job"):
                job = make_job(status=JobStatus.STOPPED if kind == "stopped job" else JobStatus.QUEUED)
                return {"public_id": job.public_id}, words
            if kind in ImportStatus.values:
                received = file_imports.receive(goods(), merchant=acme)
                return {"public_id": make_file_import(status=kind, file=received.file).public_id}, words
            if kind == "kind":
                return {"kind": "catalog.products"}, words
            if kind == "key":
                return {"public_id": make_credential()[0].public_id}, words
            if kind == "act":
                return {"kind": "catalog.take_off"}, words | {"PRODUCT": make_product().code}
            if kind in ("change", "prices"):
                act = {"kind": "pricing.change"} if kind == "prices" else {}
                return {"public_id": make_change(names=[make_product().code], **act).public_id}, words
            if kind == "applied change":
                return {"public_id": make_change(status="applied", applied_at=clock.now()).public_id}, words
            if kind == "view":
                return {"public_id": make_saved_view(olive).public_id}, words
            if kind == "vacation":
                return {"public_id": (Vacation.objects.order_by("pk").first() or make_vacation()).public_id}, words
            if kind == "stock":
                return {"sku": make_stock().variant.sku}, words
            if kind == "sellable":
                return {}, words | {"SKU": make_stock().variant.sku}
            if kind == "sold":
                return {"number": place_order().number}, words
            if kind == "item":
                return {"public_id": make_work_item().public_id}, words
            if kind == "taken":
                return {"public_id": make_work_item(owner=olive).public_id}, words
            if kind == "closed":
                return {"public_id": make_work_item(closed_at=THEN, closed_why="done").public_id}, words
            if kind in OrderStatus.values:
                return {"number": make_order(status=kind).number}, words
            return ({"pk": make_member(make_user(), Role.ANALYST).pk} if kind == "member" else {}), words

    return make


def test_every_act_of_a_shop_leaves_a_fact_in_its_transaction(olive, client_for, thing, watched):
    browser, silent = client_for(olive), {}
    for name, (kind, sent) in SHOP.items():
        rest, words = thing(kind)
        watched()
        data = {key: words.get(value, value) if isinstance(value, str) else value for key, value in sent.items()}
        response = browser.post(reverse(name, kwargs={"slug": "acme"} | rest), data)
        assert response.status_code in (200, 302), f"{name}: {response.content.decode()[:2000]}"
        done = watched()
        assert done, f"{name} did nothing"
        if without := without_fact(done):
            silent[name] = without
    assert silent == {}


@pytest.fixture
def rows(platform, admin_user, acme, now):
    """What acts of the desk are done to."""
    member = person("pat", platform, PlatformRole.REVIEWER)
    with scope.acting_for(platform):
        membership, item = Membership.objects.get(user=member), make_work_item(owner=member)
    with scope.acting_for(acme):
        delivery, _statement = make_delivery(gave_up_at=now), make_books()
        hold, suspension = Hold.objects.get(), make_suspension()
    found = [membership, delivery, item, hold, suspension, make_duty(), make_category(), make_channel()]
    return {type(row)._meta.label: row for row in found}


def test_every_act_of_the_desk_leaves_a_fact_in_its_transaction(
    admin_user, client_for, rows, watched, settings, tmp_path
):  # fmt: skip
    settings.MEDIA_ROOT = tmp_path
    browser, silent = client_for(admin_user), {}
    for act, sent in DESK.items():
        label, name = act.split()
        args = [rows[label].pk] if name.startswith("row-") else []
        watched()
        sent = {name: packed() if value == "ZIP" else value for name, value in sent.items()}
        response = browser.post(reverse(f"admin:{label.lower().replace('.', '_')}_{name}", args=args), sent)
        assert response.status_code == 302, f"{act}: {response.content.decode()[:2000]}"
        if without := without_fact(watched()):
            silent[act] = without
    assert silent == {}


ACTS_BY_API = [(name, method) for name, (_, methods) in API.items() for method in methods if method != "GET"]
# what is sent in place of what another act has done already
AGAIN = {
    "stock-adjustments-bulk": {"items": [{"sku": "LISTED", "quantity": 20, "reason": "counted"}]},
    "listings-bulk": {"items": [{"sku": "UNLISTED-2", "channel": "web-eur"}]},
    "products-bulk": {"items": [NEW | {"code": "N-2", "variant": {"sku": "N-2"}}]},
}  # fmt: skip


@pytest.fixture
def things_apart(acme, things):  # noqa: F811
    """By act, what it is done to: where another act stands in its way, to a thing of its own."""
    with scope.acting_for(acme):
        make_product(sku="UNLISTED-2", listing=None)
        apart = {"product-status": {"unlisted": str(make_product(listing=None).public_id)}}
        for name in ("order-cancellation", "order-hand-over", "order-buyer-data"):
            apart[name] = {"paid": str(make_order(status=OrderStatus.PAID).public_id)}
    return lambda name: things | apart.get(name, {})


def test_every_act_of_the_api_leaves_a_fact_in_its_transaction(system, things_apart, watched):
    silent = {}
    for name, method in ACTS_BY_API:
        sent, expected = API[name][1][method]
        address = path_of(name, things_apart(name)) + QUERIES.get((name, method), "")
        kind = "text/csv" if isinstance(sent, bytes) else "application/json"
        headers = {"Idempotency_Key": f"{name}:{method}", "Content_Type": kind}
        headers |= {} if method == "POST" else {"If_Match": '"1"'}
        watched()
        response = system.ask(method, address, AGAIN.get(name, sent), **headers)
        assert response.status_code == expected, f"{name}: {response.content.decode()[:2000]}"
        if "results" in response.json():
            assert response.json()["refused"] == 0, f"{name}: {response.content.decode()[:2000]}"
        done = watched()
        assert done, f"{name} did nothing"
        if without := without_fact(done):
            silent[name] = without
    assert silent == {}


def test_a_fact_that_the_api_forgets_is_noticed(system, things, watched, monkeypatch):  # noqa: F811
    monkeypatch.setattr(payments.events, "record", lambda fact, **more: None)
    watched()
    told = system.post(f"orders/{things['placed']}/payments/", {"kind": "wallet"}, Idempotency_Key="k")
    assert told.status_code == 201
    (models,) = without_fact(watched())
    assert {"fulfillment.Order", "fulfillment.PaymentPart", "activity.KeptAnswer"} <= models


@pytest.mark.parametrize("fault", ["forgotten", "apart"])
def test_a_fact_that_is_forgotten_or_recorded_apart_is_noticed(
    acme, olive, client_for, thing, watched, monkeypatch, fault
):  # fmt: skip
    late = []
    keep = products.events.record
    monkeypatch.setattr(products.events, "record", lambda fact, **more: late.append((fact, more)))
    rest, _ = thing("unlisted")
    watched()
    address = reverse("catalog:product-status", kwargs={"slug": "acme"} | rest)
    assert client_for(olive).post(address, {"status": "archived"}).status_code == 302
    if fault == "apart":
        monkeypatch.undo()
        with scope.acting_for(acme), transaction.atomic():
            keep(late[0][0], **late[0][1])
    assert without_fact(watched()) == [{"catalog.Product"}]
