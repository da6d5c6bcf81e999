import pytest

from config.kernel.actors import machine
from fulfillment.errors import OrdersUnderWay
from fulfillment.models import Cancellation, Order
from fulfillment.states import OrderStatus
from merchants.accounts.models import Buyer
from merchants.accounts.services import privacy
from merchants.activity.models import DomainEvent
from support.models import ProductReview
from tests.factories.accounts import make_buyer
from tests.factories.fulfillment import make_order
from tests.factories.support import make_review

KNOWN = {"because": "file 9", "by": machine("test")}
PLACE = ["recipient", "phone", "street", "city", "region", "postcode"]


@pytest.fixture
def buyer(acting):
    return make_buyer(name="Johanna", city="Berlin")


def order_of(buyer, **more):
    return make_order(buyer=buyer, recipient="Johanna", phone="030 5550199", street="Lindenweg 14", **more)


def test_all_apps_tell_what_they_know_of_a_buyer(buyer):
    order = order_of(buyer, number="A-1", status=OrderStatus.DELIVERED)
    make_review(order, title="Fine", text="Johanna was here")
    order_of(make_buyer(), status=OrderStatus.DELIVERED)
    told = privacy.export_buyer(buyer=buyer)
    assert [(each["number"], each["recipient"], each["street"]) for each in told["orders"]] == [
        ("A-1", "Johanna", "Lindenweg 14")
    ]
    assert [(each["score"], each["title"], each["text"]) for each in told["reviews"]] == [
        (ProductReview.objects.get().score, "Fine", "Johanna was here")
    ]


def test_all_apps_forget_a_buyer_and_nobody_else(buyer, now):
    order = order_of(buyer, status=OrderStatus.CANCELLED)
    Cancellation.objects.filter(order=order).update(note="Johanna called")
    make_review(order, title="Fine", text="Johanna was here")
    other = order_of(make_buyer(), status=OrderStatus.DELIVERED)
    privacy.erase_buyer(buyer=buyer, now=now, **KNOWN)
    order.refresh_from_db()
    other.refresh_from_db()
    assert [getattr(order, name) for name in PLACE] == [""] * 6
    assert (other.recipient, order.total_minor > 0) == ("Johanna", True)
    assert Cancellation.objects.get(order=order).note == ""
    review = ProductReview.objects.get()
    assert (review.title, review.text) == ("", "")
    assert Buyer.objects.get(pk=buyer.pk).name == ""
    names = DomainEvent.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["support.review.erased", "fulfillment.order.data_erased", "accounts.buyer.erased"]


def test_who_still_waits_for_a_parcel_is_not_forgotten(buyer, now):
    make_review(order_of(buyer, status=OrderStatus.DELIVERED), text="Johanna was here")
    order_of(buyer, status=OrderStatus.PAID)
    with pytest.raises(OrdersUnderWay):
        privacy.erase_buyer(buyer=buyer, now=now, **KNOWN)
    assert ProductReview.objects.get().text == "Johanna was here"
    assert set(Order.objects.values_list("recipient", flat=True)) == {"Johanna"}
    assert not DomainEvent.objects.exists()
