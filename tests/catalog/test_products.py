from datetime import timedelta

import pytest

from catalog.errors import CodeTaken, SkuTaken, StillOnSale
from catalog.models import Product, Variant
from catalog.services import products
from catalog.services.products import FirstVariant
from catalog.states import ProductStatus
from config.kernel import scope
from config.kernel.actors import machine
from config.kernel.errors import ChangedMeanwhile
from config.kernel.flow import IllegalMove
from config.kernel.money import Money
from merchants.activity.models import DomainEvent
from pricing.errors import NewerPriceStands, NotAPrice, WrongCurrency
from pricing.models import Price
from pricing.services import prices
from tests.factories.catalog import make_product
from tests.factories.marketplace import make_channel, usual_category, usual_channel

BY = machine("test")


def create(now, *, code="TENT-2", sku="TENT-2-G", price=None, channel=None):
    details = {
        "title": "Tent for two", "category": usual_category(), "model_number": "T2", "origin": "CN",
        "description": "", "language": "en",
    }  # fmt: skip
    return products.create(
        code=code, details=details, variant=FirstVariant(sku=sku),
        price=Money(12_900, "EUR") if price is None else price,
        channel=channel or usual_channel(), by=BY, now=now,
    )  # fmt: skip


def facts():
    return list(DomainEvent.objects.order_by("pk").values_list("name", flat=True))


def test_a_new_product_is_a_draft_with_a_variant_a_price_and_its_facts(acting, now):
    product = create(now)
    assert product.status == ProductStatus.DRAFT
    assert list(Variant.objects.values_list("sku", "position")) == [("TENT-2-G", 1)]
    assert list(Price.objects.values_list("amount_minor", "currency", "starts_at")) == [(12_900, "EUR", now)]
    assert facts() == ["catalog.product.created", "catalog.variant.added", "pricing.price.set"]
    assert set(DomainEvent.objects.values_list("about", flat=True)) == {product.about}


@pytest.mark.parametrize(
    ("again", "refusal", "field"),
    [({"code": "TENT-2", "sku": "OTHER"}, CodeTaken, "code"), ({"code": "OTHER", "sku": "TENT-2-G"}, SkuTaken, "sku")],
)
def test_code_and_sku_are_unique_and_a_refusal_leaves_nothing(acting, now, again, refusal, field):
    create(now)
    with pytest.raises(refusal) as refused:
        create(now, **again)
    assert refused.value.field == field
    assert (Product.objects.count(), Variant.objects.count(), len(facts())) == (1, 1, 3)


@pytest.mark.parametrize(("price", "refusal"), [(Money(100, "USD"), WrongCurrency), (Money(0, "EUR"), NotAPrice)])
def test_a_product_needs_a_price_of_its_channel(acting, now, price, refusal):
    with pytest.raises(refusal):
        create(now, price=price)
    assert (Product.objects.count(), facts()) == (0, [])


def test_a_change_names_its_fields_and_the_next_from_the_same_page_is_refused(acting, now):
    product = make_product(title="Old")
    products.change(product=product, changes={"title": "New", "origin": ""}, version=1, by=BY, now=now)
    product.refresh_from_db()
    assert (product.title, product.version, product.updated_at) == ("New", 2, now)
    assert DomainEvent.objects.get().payload == {"product_id": str(product.public_id), "fields": ["title"]}
    with pytest.raises(ChangedMeanwhile):
        products.change(product=product, changes={"title": "Other"}, version=1, by=BY, now=now)
    assert Product.objects.get().title == "New"


def test_a_change_that_changes_nothing_is_no_fact(acting, now):
    product = make_product(title="Same")
    products.change(product=product, changes={"title": "Same"}, version=1, by=BY, now=now)
    assert (Product.objects.get().version, facts()) == (1, [])


@pytest.mark.parametrize("to", [ProductStatus.ARCHIVED, ProductStatus.DRAFT])
def test_what_is_on_sale_stays_ready(acting, now, to):
    product = make_product()
    with pytest.raises(StillOnSale):
        products.move(product=product, to=to, by=BY, now=now)
    assert Product.objects.get().status == ProductStatus.READY


def test_an_archived_product_is_not_ready_at_once(acting, now):
    product = make_product(status=ProductStatus.ARCHIVED)
    with pytest.raises(IllegalMove):
        products.move(product=product, to=ProductStatus.READY, by=BY, now=now)
    products.move(product=product, to=ProductStatus.DRAFT, by=BY, now=now)
    assert facts() == ["catalog.product.moved"]


def test_two_merchants_may_use_one_code(acting, rival, now):
    create(now)
    with scope.acting_for(rival):
        create(now, channel=make_channel(code="other", currency="EUR"))
        assert Product.objects.count() == 1


def test_a_price_does_not_slip_in_before_a_newer_one(acting, now):
    create(now)
    known = {"variant": Variant.objects.get(), "channel": usual_channel(), "price": Money(9_900, "EUR"), "by": BY}
    with pytest.raises(NewerPriceStands):
        prices.set_price(**known, now=now)
    with pytest.raises(NewerPriceStands):
        prices.set_price(**known, now=now - timedelta(seconds=1))
    assert list(Price.objects.values_list("amount_minor", "starts_at")) == [(12_900, now)]
