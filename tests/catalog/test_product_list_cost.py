"""What the list of products costs in a shop of many."""

import json
import re

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from catalog.models import Listing, Product, Variant
from catalog.states import ListingStatus, ProductStatus
from config.kernel import scope
from pricing.models import Price
from tests.factories.accounts import THEN
from tests.factories.desk import make_saved_view
from tests.factories.marketplace import usual_category, usual_channel

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

MOST, PRODUCTS = 12, 2_000
LIST = "/m/acme/products/"


@pytest.fixture
def many(acme, olive):
    with scope.acting_for(acme):
        category, channel = usual_category(), usual_channel()
        products = Product.objects.bulk_create(
            Product(
                code=f"P-{number:05}", title=f"Thing {number % 97}", language="en", category=category,
                status=ProductStatus.READY if number % 3 else ProductStatus.DRAFT, created_at=THEN, updated_at=THEN,
            )
            for number in range(PRODUCTS)
        )  # fmt: skip
        variants = Variant.objects.bulk_create(Variant(product=each, sku=f"S-{each.code}") for each in products)
        Listing.objects.bulk_create(
            Listing(variant=each, channel=channel, status=ListingStatus.LIVE, listed_at=THEN) for each in variants
        )
        Price.objects.bulk_create(
            Price(variant=each, channel=channel, amount_minor=1990, currency="EUR", starts_at=THEN) for each in variants
        )
        for name in ("Drafts", "Things"):
            make_saved_view(olive, name=name, is_shared=True)
    with connections["owner"].cursor() as owner:
        owner.execute("ANALYZE catalog_product")
    return acme


@pytest.mark.parametrize("query", ["", "status=ready&sort=title", "q=thing+9&columns=title&columns=price"])
def test_a_page_of_fifty_takes_few_questions(many, client_for, olive, query):
    browser = client_for(olive)
    browser.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(f"{LIST}?{query}")
    assert len(answer.context["index"].rows) == 50
    asked = [each["sql"] for each in queries if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= MOST, "\n".join(f"{number} {sql[:160]}" for number, sql in enumerate(asked))


@pytest.mark.parametrize(
    ("query", "index"), [("", "product_newest"), ("sort=title", "product_by_title"), ("status=draft", "product_newest")]
)
def test_a_page_is_read_along_an_index_and_stops(many, client_for, olive, query, index):
    """As the role that pages have, with the policy of the table in force."""
    browser = client_for(olive)
    after = browser.get(f"{LIST}?{query}").context["index"].slice.after
    with CaptureQueriesContext(connection) as queries:
        browser.get(f"{LIST}?{query}&after={after}")
    page = re.compile(r'FROM "catalog_product".* LIMIT 51$', re.S)
    (sql,) = [each["sql"] for each in queries if page.search(each["sql"])]
    with scope.acting_for(many), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        found = cursor.fetchone()[0]
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == "zhanggui_app"
    plan = json.dumps(json.loads(found) if isinstance(found, str) else found)
    assert f'"Index Name": "{index}"' in plan
    read = [node["Actual Rows"] for node in scans(json.loads(plan)[0]["Plan"], "catalog_product")]
    assert sum(read) < 300, read


def scans(node: dict, table: str):
    """The nodes of a plan that read a table."""
    if node.get("Relation Name") == table:
        yield node
    for each in node.get("Plans", ()):
        yield from scans(each, table)
