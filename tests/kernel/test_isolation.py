"""Wall by wall: what a merchant, the platform and nobody at all can do with rows that are not theirs."""

import pytest
from django import forms
from django.db import DataError, IntegrityError, ProgrammingError, connection, transaction
from django.forms import modelform_factory

from catalog.models import Product, Variant
from config.kernel import scope
from config.kernel.forms import OwnedChoiceField
from merchants.activity.models import DomainEvent
from merchants.onboarding.models import Shop
from pricing.models import Price
from tests.factories.accounts import THEN
from tests.factories.catalog import make_product

INSERT = """
    INSERT INTO onboarding_shop (merchant_id, name, city, region, postcode, country, opened_at)
    VALUES (%s, 'x', '', '', '', 'DE', now())
"""


def shop(name: str, **more) -> Shop:
    return Shop(name=name, country="DE", opened_at=THEN, **more)


@pytest.fixture
def theirs(rival):
    with scope.acting_for(rival):
        return Shop.objects.create(name="theirs", country="DE", opened_at=THEN)


def sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def denied(match: str):
    return pytest.raises(ProgrammingError, match=match)


@pytest.mark.parametrize(
    "use",
    [
        Shop.objects.all,
        Shop.objects.count,
        lambda: Shop.objects.filter(pk=1),
        lambda: Shop.objects.create(name="x"),
        lambda: Shop.objects.bulk_create([Shop(name="x")]),
        lambda: Shop(name="x").save(),
    ],
    ids=["all", "count", "filter", "create", "bulk_create", "save"],
)
def test_rows_need_a_scope(db, use):
    with pytest.raises(scope.NoMerchantInScope):
        use()


def test_only_own_rows_are_seen(acting, theirs):
    mine = Shop.objects.create(name="mine", country="DE", opened_at=THEN)
    assert list(Shop.objects.all()) == [mine]
    assert list(Shop.objects.filter(name="mine") | Shop.objects.filter(name="theirs")) == [mine]
    assert Shop.objects.filter(pk=theirs.pk).update(name="stolen") == 0
    assert Shop.objects.filter(pk=theirs.pk).delete()[0] == 0


def test_a_queryset_keeps_its_filter_but_not_its_rows_when_the_scope_ends(acme, theirs):
    with scope.acting_for(acme):
        mine, rows = Shop.objects.create(name="mine", country="DE", opened_at=THEN), Shop.objects.all()
        assert list(rows.all()) == [mine]
    with pytest.raises(DataError), transaction.atomic():
        list(rows)


def test_a_queryset_of_one_merchant_is_empty_in_the_scope_of_another(acme, rival, theirs):
    with scope.acting_for(rival):
        rows = Shop.objects.all()
    with scope.acting_for(acme):
        assert list(rows) == []


def test_foreign_rows_cannot_be_saved(acting, rival, theirs):
    with pytest.raises(scope.ForeignMerchant):
        theirs.save()
    with pytest.raises(scope.ForeignMerchant):
        Shop.objects.bulk_create([shop("a", merchant=rival)])
    with pytest.raises(scope.ForeignMerchant):
        Shop.objects.create(name="a", merchant=rival)


def test_raw_sql_sees_own_rows_only(acting, theirs):
    mine = Shop.objects.create(name="mine", country="DE", opened_at=THEN)
    assert sql("SELECT id FROM onboarding_shop") == [(mine.pk,)]
    assert sql("UPDATE onboarding_shop SET name = 'x'") == 1
    assert sql("DELETE FROM onboarding_shop") == 1


def test_raw_sql_without_scope_is_an_error(theirs):
    with pytest.raises(DataError, match="bigint"), transaction.atomic():
        sql("SELECT id FROM onboarding_shop")


def test_raw_sql_cannot_write_a_rival_row(acting, rival):
    with denied("row-level security"), transaction.atomic():
        sql(INSERT, rival.pk)
    assert sql(INSERT, acting.pk) == 1
    with denied("row-level security"), transaction.atomic():
        sql("UPDATE onboarding_shop SET merchant_id = %s", rival.pk)


def test_everyone_is_read_and_locked_but_not_written(acme, theirs):
    with scope.across_merchants(because="the platform compares"):
        assert list(Shop.objects.locked()) == [theirs]
        with pytest.raises(scope.NoMerchantInScope):
            theirs.save()
        with pytest.raises(scope.NoMerchantInScope):
            Shop.objects.create(name="x", merchant=acme)
        for write in (Shop.objects.all().delete, lambda: Shop.objects.update(name="x"), lambda: sql(INSERT, acme.pk)):
            with denied("permission denied"), transaction.atomic():
                write()
        with denied("row-level security"), transaction.atomic():
            Shop.objects.update(merchant=acme)  # the one column that may be locked


def test_history_is_append_only(acting, now):
    make_product()
    fact = {"name": "x", "about": "x", "payload": {}, "actor": "system", "occurred_at": now, "recorded_at": now}
    DomainEvent.objects.create(**fact)
    for model, change in ((DomainEvent, {"actor": "nobody"}), (Price, {"amount_minor": 1})):
        for write in (lambda: model.objects.update(**change), lambda: model.objects.all().delete()):  # noqa: B023
            with denied("permission denied"), transaction.atomic():
                write()


def test_the_database_refuses_a_pointer_to_a_rival_row(acting, rival):
    with scope.acting_for(rival):
        theirs = make_product()
    with pytest.raises(IntegrityError, match="catalog_variant_product_same_merchant"), transaction.atomic():
        Variant.objects.create(product=theirs, sku="X")
        connection.check_constraints()


def test_related_managers_and_forward_access_are_scoped(acme):
    with scope.acting_for(acme):
        product = make_product()
        assert product.variants.count() == 1
        assert len(Product.objects.prefetch_related("variants").get().variants.all()) == 1
        variant = Variant.objects.get()
        assert variant.product == product
        variant = Variant.objects.get()
    with pytest.raises(scope.NoMerchantInScope):
        product.variants.all()
    # forward access goes through the base manager, which has no filter: row-level security answers
    with pytest.raises(DataError), transaction.atomic():
        assert variant.product


class ShopForm(forms.Form):
    shop = OwnedChoiceField(Shop)


def test_form_choices_are_own_rows(acting, theirs):
    mine = Shop.objects.create(name="mine", country="DE", opened_at=THEN)
    assert not ShopForm({"shop": theirs.pk}).is_valid()
    assert ShopForm({"shop": mine.pk}).is_valid()


def test_a_model_form_on_an_owned_key_fails_at_import(db):
    with pytest.raises(scope.NoMerchantInScope):
        modelform_factory(Variant, fields=["product"])


def test_the_filter_stands_beside_the_policy(acme, rival):
    """Without it the rows would be the same, and the index that leads with the merchant would not be used."""
    with scope.acting_for(acme):
        assert f'"onboarding_shop"."merchant_id" = {acme.pk}' in str(Shop.objects.all().query)
