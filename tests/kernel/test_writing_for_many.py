"""Writing for many merchants: every row says whose it is, stays whose it is, and the other walls stand."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from catalog.models import Variant
from config.kernel import bulk, scope
from merchants.activity.models import DomainEvent
from merchants.onboarding.models import Shop
from pricing.models import Price
from tests.factories.accounts import THEN
from tests.factories.catalog import make_product

COLUMNS = ["merchant_id", "name", "city", "region", "postcode", "country", "opened_at"]


@pytest.fixture
def many(acme, rival):
    """Nobody's scope but everybody's: the rows of both merchants."""
    with scope.writing_for_many(because="the tests write for both"):
        yield acme, rival


def shop(name, **more):
    return Shop(name=name, country="DE", opened_at=THEN, **more)


def row(merchant, name):
    return [merchant.pk, name, "", "", "", "DE", THEN]


def names():
    return list(Shop.objects.order_by("name").values_list("merchant__slug", "name"))


def test_rows_of_many_merchants_arrive_in_one_statement(many):
    acme, rival = many
    Shop.objects.bulk_create([shop("a", merchant=acme), shop("b", merchant=rival)])
    assert bulk.load(Shop, COLUMNS, [row(rival, "c"), row(acme, "d")]) == 2
    assert names() == [("acme", "a"), ("rival", "b"), ("rival", "c"), ("acme", "d")]
    with scope.acting_for(acme):
        assert names() == [("acme", "a"), ("acme", "d")]


def test_rows_of_many_merchants_change_in_one_statement(many):
    Shop.objects.bulk_create([shop(merchant.slug, merchant=merchant) for merchant in many])
    assert Shop.objects.update(name=Concat(F("name"), Value("!"))) == 2
    assert names() == [("acme", "acme!"), ("rival", "rival!")]


@pytest.mark.parametrize(
    "write",
    [
        lambda: Shop.objects.create(name="x"),
        lambda: Shop.objects.bulk_create([Shop(name="x")]),
        lambda: bulk.load(Shop, COLUMNS[1:], [["x", "", "", "", "DE", THEN]]),
    ],
    ids=["create", "bulk_create", "load"],
)
def test_each_row_names_its_merchant(many, write):
    with pytest.raises(scope.NoMerchantInScope, match="name the merchant"):
        write()


def test_no_row_passes_from_one_merchant_to_another(many):
    acme, rival = many
    theirs = Shop.objects.create(name="theirs", country="DE", opened_at=THEN, merchant=rival)
    theirs.merchant = acme
    for write in (
        theirs.save,
        lambda: Shop.objects.update(merchant=acme),
        lambda: connection.cursor().execute("UPDATE onboarding_shop SET merchant_id = %s", [acme.pk]),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            write()
    assert names() == [("rival", "theirs")]


def test_a_row_cannot_point_at_another_merchants(many):
    acme, rival = many
    with scope.acting_for(rival):
        theirs = make_product()
    columns = ["merchant_id", "product_id", "public_id", "sku", "specification", "barcode", "position", "source"]
    ids = ["01890000-0000-7000-8000-000000000001", "01890000-0000-7000-8000-000000000002"]
    rows = [
        [rival.pk, theirs.pk, ids[0], "fits", "", "", 2, "", ""],
        [acme.pk, theirs.pk, ids[1], "steals", "", "", 3, "", ""],
    ]
    with pytest.raises(IntegrityError, match="catalog_variant_product_same_merchant"), transaction.atomic():
        assert bulk.load(Variant, [*columns, "external_id"], rows) == 2
        connection.check_constraints()


def test_nothing_is_deleted(many):
    Shop.objects.create(name="kept", country="DE", opened_at=THEN, merchant=many[0])
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Shop.objects.all().delete()
    assert names() == [("acme", "kept")]


def test_history_stays_append_only(many, now):
    fact = {"name": "x", "about": "x", "payload": {}, "actor": "system", "occurred_at": now, "recorded_at": now}
    DomainEvent.objects.create(**fact, merchant=many[0])
    for write in (lambda: DomainEvent.objects.update(actor="nobody"), lambda: Price.objects.update(amount_minor=1)):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            write()
