"""Facts in words."""

import pytest

from config.kernel import sentences
from config.kernel.events import Event
from config.kernel.sentences import Sentence, label
from fulfillment.states import OrderStatus


def announced() -> list[type[Event]]:
    """The facts that are recorded; one that others inherit from is none."""
    return [event for event in Event.known.values() if not event.__subclasses__()]


@pytest.mark.parametrize("event", announced(), ids=lambda event: event.name)
def test_every_fact_has_words(event):
    assert sentences.of(event.name).text != event.name


@pytest.mark.parametrize(
    ("name", "payload", "text"),
    [
        ("catalog.product.changed", {"fields": ["origin", "title"]}, "Changed: country of origin, title"),
        ("catalog.product.moved", {"before": "draft", "after": "ready"}, "Status changed from “Draft” to “Ready”"),
        ("catalog.variant.added", {"sku": "S-1"}, "Variant S-1 added"),
        (
            "catalog.listing.moved",
            {"sku": "S-1", "channel": "web", "before": "", "after": "live"},
            "S-1 on web: On sale",
        ),
        (
            "pricing.price.set",
            {"sku": "S-1", "channel": "web", "before_minor": None, "after_minor": 995, "currency": "EUR"},
            "First price of S-1 on web: €9.95",
        ),
        (
            "pricing.price.set",
            {"sku": "S-1", "channel": "web", "before_minor": 1250, "after_minor": 995, "currency": "EUR"},
            "Price of S-1 on web changed from €12.50 to €9.95",
        ),
        ("accounts.member.added", {"person": "Sam", "roles": ["owner"]}, "Sam joined as Owner"),
        (
            "accounts.member.roles_changed",
            {"person": "Sam", "before": ["superadmin"], "after": ["platform-risk"]},
            "Roles of Sam changed from Superadmin to Platform risk",
        ),
        ("fulfillment.order.cancelled", {"reason": "source_canceled"}, "Order cancelled: Cancelled at the source"),
        ("support.review.received", {"score": 4}, "The buyer gave 4 of 5 stars"),
    ],
)
def test_a_fact_is_told_with_what_it_carries(name, payload, text):
    assert sentences.of(name).tell(payload) == text


def test_a_fact_without_words_is_shown_by_its_name():
    assert sentences.of("gone.100%").tell({}) == "gone.100%"


def test_a_fact_older_than_its_fields_tells_the_rest():
    assert Sentence("%(sku)s on %(channel)s").tell({"sku": "S-1"}) == "S-1 on —"


def test_a_code_that_is_no_longer_known_stays_as_it_is():
    assert (label(OrderStatus, "paid"), label(OrderStatus, "lost")) == ("Paid", "lost")
