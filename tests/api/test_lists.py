"""Lists: pages by the last row seen, filters, what has changed since, and entity tags."""

from datetime import timedelta

import pytest
from django.db import transaction

from catalog.events import ProductRemoved
from catalog.models import Product
from catalog.services import products
from catalog.states import ProductStatus
from config.kernel import events, scope
from config.kernel.actors import machine
from fulfillment.states import OrderStatus
from tests.architecture.source import ROOT, modules
from tests.architecture.test_writes import writes
from tests.factories.accounts import THEN
from tests.factories.catalog import make_product, make_variant
from tests.factories.fulfillment import make_order
from tests.factories.marketplace import usual_category

BY = machine("test")


def walk(system, path: str, *, size: int) -> list[dict]:
    """All rows of a list, page by page."""
    rows, after = [], ""
    while after is not None:
        page = system.get(f"{path}{'&' if '?' in path else '?'}size={size}&after={after}").json()
        assert len(page["data"]) <= size
        rows += page["data"]
        after = page["next"]
    return rows


def test_every_row_is_met_once(system, acting):
    made = [make_product(updated_at=THEN + timedelta(seconds=number // 3)) for number in range(10)]
    met = [row["id"] for row in walk(system, "products/", size=3)]
    assert met == [str(each.public_id) for each in made]


def test_a_product_in_full(system, acting):
    product = make_product(sku="S-1", code="P-1", title="Tent", origin="CN", category=usual_category())
    make_variant(product, sku="S-2", specification="Red", weight_g=900)
    first, second = product.variants.order_by("position")
    (row,) = system.get("products/").json()["data"]
    rest = {"length_mm": None, "width_mm": None, "height_mm": None, "product": str(product.public_id), "barcode": ""}
    assert row == {
        "id": str(product.public_id), "code": "P-1", "title": "Tent", "status": "ready", "category": "things",
        "model_number": "", "origin": "CN", "description": "", "language": "en", "picture": None,
        "version": 1,
        "created_at": "2025-03-03T09:00:00Z", "updated_at": "2025-03-03T09:00:00Z",
        "variants": [
            {"id": str(first.public_id), "sku": "S-1", "specification": "", "weight_g": None} | rest,
            {"id": str(second.public_id), "sku": "S-2", "specification": "Red", "weight_g": 900} | rest,
        ],
    }  # fmt: skip
    assert system.get(f"products/{product.public_id}/").json() == row


def test_an_order_in_full(system, acting):
    order = make_order(number="O-1", status=OrderStatus.SHIPPED, lines=[{"quantity": 2, "freight_minor": 500}])
    (line,) = order.lines.select_related("variant")
    (row,) = system.get("orders/").json()["data"]
    parcel = row.pop("shipment")
    assert parcel.keys() == {
        "carrier", "waybill", "ship_by_at", "deliver_by_on", "handed_over_at", "delivered_at"
    }  # fmt: skip
    assert row == {
        "id": str(order.public_id), "number": "O-1", "status": "shipped", "source": "", "source_status": "",
        "channel": "web-eur", "buyer": str(order.buyer.public_id), "items": {"amount": "39.80", "currency": "EUR"},
        "freight": {"amount": "5.00", "currency": "EUR"}, "charges": {"amount": "0.00", "currency": "EUR"},
        "total": {"amount": "44.80", "currency": "EUR"}, "units": 2,
        "is_late": True, "placed_at": "2025-03-03T09:00:00Z", "paid_at": "2025-03-03T09:00:00Z",
        "updated_at": "2025-03-03T09:00:00Z", "version": 1,
        "ship_to": {"city": "Berlin", "region": "BE", "postcode": "10115", "country": "DE"},
        "lines": [
            {
                "position": 1, "sku": line.sku, "variant": str(line.variant.public_id), "name": line.name,
                "quantity": 2, "unit_price": {"amount": "19.90", "currency": "EUR"},
                "goods": {"amount": "39.80", "currency": "EUR"},
                "freight": {"amount": "5.00", "currency": "EUR"}, "tax": {"amount": "0.00", "currency": "EUR"},
                "ship_by_at": None, "shipped": 0, "returned": 0,
            }
        ],
        "cancellation": None,
    }  # fmt: skip
    assert system.get(f"orders/{order.public_id}/").json() == row | {"shipment": parcel}


def test_buyers_are_not_told_but_for_a_reason(system, acting):
    order = make_order(status=OrderStatus.PAID)
    for path in ("orders/", f"orders/{order.public_id}/", "shipments/"):
        told = system.get(path).content.decode()
        assert not any(secret in told for secret in (order.recipient, order.phone, order.street)), path
    told = system.post(f"orders/{order.public_id}/buyer-data/", {"reason": "delivery"}).json()
    assert (told["recipient"], told["phone"], told["street"]) == (order.recipient, order.phone, order.street)


def test_a_cursor_of_another_list_is_refused(system, acting):
    for _number in range(2):
        make_order()
    after = system.get("products/?size=1").json()["next"]
    assert system.get(f"products/?after={after}").status_code == 200
    response = system.get(f"orders/?after={after}")  # the same order by the same columns
    assert (response.status_code, response.json()["code"]) == (400, "unknown_filter")


def test_filters_are_those_of_the_page(system, acting):
    draft, ready = make_product(status=ProductStatus.DRAFT, title="Lamp"), make_product(title="Tent")
    found = {
        query: [row["id"] for row in system.get(f"products/?{query}").json()["data"]]
        for query in ("status=draft", "q=tent", "on_sale=yes", "category=things", "status=archived")
    }
    drafts, tents, both = [str(draft.public_id)], [str(ready.public_id)], [str(draft.public_id), str(ready.public_id)]
    assert found == {
        "status=draft": drafts, "q=tent": tents, "on_sale=yes": tents, "category=things": both, "status=archived": []
    }  # fmt: skip


def test_filters_on_money_take_the_scope_of_money(system_of, acme):
    assert system_of(acme, "orders:read").get("orders/?gap=yes").status_code == 400
    assert system_of(acme, "orders:read", "money:read").get("orders/?gap=yes").status_code == 200


@pytest.mark.parametrize("since", ["2025-03-03T10:00:00Z", "2025-03-03T11:00:00%2B01:00", "2025-03-03T11:00:00+01:00"])
def test_what_has_changed_since(system, acting, now, since):
    old, changed = make_product(listing=None), make_product(listing=None)
    products.move(product=changed, to=ProductStatus.DRAFT, by=BY, now=now)
    assert [row["id"] for row in system.get(f"products/?updated_since={since}").json()["data"]] == [
        str(changed.public_id)
    ]
    assert len(system.get("products/?updated_since=2025-03-03T09:00:00Z").json()["data"]) == 2
    assert old.updated_at < now


@pytest.mark.parametrize("since", ["yesterday", "2025-03-03", "2025-13-01T00:00:00Z", "0000-01-01T00:00:00Z", ""])
def test_a_moment_that_is_none(system, since):
    response = system.get(f"products/?updated_since={since}")
    assert (response.status_code, response.json()["errors"][0]["parameter"]) == (400, "updated_since")


@pytest.mark.parametrize("act", ["variant", "status", "change"])
def test_every_change_of_a_product_is_another_version(acting, now, act):
    product = make_product(listing=None)
    if act == "variant":
        products.add_variant(product=product, variant=products.FirstVariant(sku="X"), by=BY, now=now)
    elif act == "status":
        products.move(product=product, to=ProductStatus.DRAFT, by=BY, now=now)
    else:
        products.change(product=product, changes={"title": "Other"}, version=1, by=BY, now=now)
    found = Product.objects.get()
    assert (found.version, found.updated_at) == (2, now)


TOLD_AS_DELETED = {"Product": "products/deleted/", "Variant": "products/deleted/, or its product's updated_at"}


def test_rows_that_are_read_along_do_not_vanish_in_silence():
    """Whoever reads along must hear of what is deleted: there is a list of it, or it is not done."""
    read_along = {"Product", "Variant", "Listing", "Order", "OrderLine", "Price", "Shipment"}
    lowered = {each.lower() for each in read_along}
    deleted = {
        name for module in modules(ROOT) for _node, verb, name in writes(module)
        if verb == "delete" and name.lower() in lowered
    }  # fmt: skip
    assert deleted == TOLD_AS_DELETED.keys()


def test_what_was_deleted_is_told(system, acting, now):
    product = make_product()
    for number, moment in enumerate([now, now + timedelta(hours=1)]):
        fact = ProductRemoved(product_id=str(product.public_id), code=f"P-{number}")
        with transaction.atomic():
            events.record(fact, by=BY, now=moment)
    told = system.get("products/deleted/?updated_since=2025-03-03T11:00:00Z").json()
    assert told == {
        "data": [{"id": str(product.public_id), "code": "P-1", "deleted_at": "2025-03-03T11:00:00Z"}], "next": None
    }  # fmt: skip
    assert [row["code"] for row in system.get("products/deleted/").json()["data"]] == ["P-0", "P-1"]


def test_the_tag_of_what_was_seen(system, acting):
    product = make_product(title="Tent")
    path = f"products/{product.public_id}/"
    seen = system.get(path)
    assert (seen["ETag"], seen["Cache-Control"]) == ('"1"', "private, no-cache")
    again = system.get(path, If_None_Match='W/"1"')
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", '"1"')

    changed = system.patch(path, {"title": "Lamp"}, If_Match='"1"')
    assert (changed.status_code, changed["ETag"], changed.json()["title"]) == (200, '"2"', "Lamp")
    assert system.get(path, If_None_Match='"1"').json()["title"] == "Lamp"
    assert system.patch(path, {"title": "Third"}, If_Match='"1"').status_code == 412
    with scope.acting_for(acting):
        assert Product.objects.get().title == "Lamp"


def test_what_was_made_says_where_it_is(system, acting, things):
    response = system.post(f"products/{things['product']}/variants/", {"sku": "NEW"})
    assert response.status_code == 201
    job = system.post("products/exports/?status=draft")
    assert (job.status_code, job["Location"]) == (202, f"/api/v1/jobs/{job.json()['id']}/")
    assert system.get(job["Location"].removeprefix("/api/v1/")).json()["status"] == "queued"
    assert system.post("products/exports/?color=red").status_code == 400


def test_the_file_of_a_job(system, system_of, acme, things):
    response = system.get(f"jobs/{things['done']}/file/")
    assert (response.getvalue(), response["Content-Type"]) == (b"a,b\r\n", "text/csv")
    assert system_of(acme, "jobs:read").get(f"jobs/{things['done']}/file/").status_code == 403
    assert system.get(f"jobs/{things['job']}/file/").status_code == 404


@pytest.mark.parametrize(
    ("path", "make", "queries"),
    [("products/", make_product, 3), ("orders/", make_order, 3), ("variants/", make_product, 2),
     ("prices/", make_product, 2), ("listings/", make_product, 2), ("shipments/", make_order, 2)],
)  # fmt: skip
def test_a_list_costs_the_same_for_many(
    system, acting, flat_queries, django_assert_num_queries, path, make, queries
):  # fmt: skip
    flat_queries(make, lambda: system.get(path))
    with django_assert_num_queries(queries):  # the first finds out who asks
        system.get(path)
