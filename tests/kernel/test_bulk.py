import io
import uuid

import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg2.errors import FeatureNotSupported

from config.kernel import bulk, scope
from merchants.accounts.models import Buyer
from merchants.onboarding.models import Shop
from tests.factories.accounts import THEN

ODD = ["plain", "tab\tnewline\nreturn\r", r"back\slash \N \.", "", "汉字", "100 %", "emoji 🧣", "\u2028", "a\x01b"]
COLUMNS = ["name", "city", "region", "postcode", "country", "opened_at"]
BLANK = ["name", "phone", "phone_token", "phone_tail_token", "street", "city", "region", "postcode"]


@pytest.fixture(autouse=True, params=[bulk.FEW, 0], ids=["few", "many"])
def way(request, monkeypatch):
    """Few rows go another way than many; what comes of it is the same."""
    monkeypatch.setattr(bulk, "FEW", request.param)


def row(name, city=""):
    return [name, city, "", "", "DE", THEN]


def test_rows_arrive_as_they_left(acting):
    assert bulk.load(Shop, COLUMNS, (row(name) for name in ODD)) == len(ODD)
    assert sorted(Shop.objects.values_list("name", flat=True)) == sorted(ODD)


def test_more_than_a_buffer_arrives(acting):
    assert bulk.load(Shop, COLUMNS, (row(f"{number:0119}") for number in range(5_000))) == 5_000
    assert Shop.objects.count() == 5_000


def test_known_rows_are_updated_or_kept(acting):
    key = ["merchant_id", "name"]
    assert bulk.load(Shop, COLUMNS, [row("a", "Bonn")], unique_columns=key) == 1
    assert bulk.load(Shop, COLUMNS, [row("a", "Kiel"), row("b", "Ulm")], unique_columns=key) == 1
    assert list(Shop.objects.order_by("name").values_list("name", "city")) == [("a", "Bonn"), ("b", "Ulm")]
    assert bulk.load(Shop, COLUMNS, [row("a", "Kiel")], unique_columns=key, update_columns=["city"]) == 1
    assert list(Shop.objects.order_by("name").values_list("name", "city")) == [("a", "Kiel"), ("b", "Ulm")]


def test_a_row_that_stands_as_it_arrives_is_not_written(acting):
    key, rows = ["merchant_id", "name"], [row("a", "Bonn"), row("b", "Ulm")]
    bulk.load(Shop, COLUMNS, rows, unique_columns=key)
    rows[1] = row("b", "Kiel")
    assert bulk.load(Shop, COLUMNS, rows, unique_columns=key, update_columns=["city", "region"]) == 1
    assert list(Shop.objects.order_by("name").values_list("name", "city")) == [("a", "Bonn"), ("b", "Kiel")]


def test_new_rows_are_told_from_known_ones(acting):
    key = ["merchant_id", "name"]
    bulk.load(Shop, COLUMNS, [row("a")], unique_columns=key)
    assert bulk.load_new(Shop, COLUMNS, [row("a"), row("b")], unique_columns=key, returning=["name"]) == [("b",)]


def test_a_partial_key_finds_rows_of_a_source(acting):
    columns = ["source", "external_id", "public_id", "country", "known_since", *BLANK]

    def buyer(key):
        return ["market", key, uuid.uuid4(), "DE", THEN, *[""] * len(BLANK)]

    partial = {"unique_columns": ["merchant_id", "source", "external_id"], "unique_where": "NOT external_id = ''"}
    assert bulk.load(Buyer, columns, [buyer("1"), buyer(""), buyer("")], **partial) == 3
    assert bulk.load(Buyer, columns, [buyer("1"), buyer("2"), buyer("")], **partial) == 2


def test_two_loads_may_share_a_transaction(acting):
    with transaction.atomic():
        assert bulk.load(Shop, COLUMNS, [row("a")]) + bulk.load(Shop, COLUMNS, [row("b")]) == 2
    assert Shop.objects.count() == 2


def test_a_rivals_row_of_the_same_key_stays_untouched(acting, rival):
    key = ["merchant_id", "name"]
    with scope.acting_for(rival):
        bulk.load(Shop, COLUMNS, [row("a", "Bonn")])
    assert bulk.load(Shop, COLUMNS, [row("a", "Kiel")], unique_columns=key, update_columns=["city"]) == 1
    with scope.acting_for(rival):
        assert Shop.objects.get().city == "Bonn"


def test_rows_need_one_merchant(db):
    with pytest.raises(scope.NoMerchantInScope):
        bulk.load(Shop, COLUMNS, [row("x")])
    with scope.across_merchants(because="it must not write"), pytest.raises(scope.NoMerchantInScope):
        bulk.load(Shop, COLUMNS, [row("x")])


def test_a_rival_owner_cannot_be_named(acting, rival):
    with pytest.raises(ProgrammingError, match="merchant_id"):
        bulk.load(Shop, [*COLUMNS, "merchant_id"], [[*row("x"), rival.pk]])


def test_postgresql_refuses_plain_copy(acting):
    refused = pytest.raises(FeatureNotSupported, match="row-level security")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.copy_expert("COPY onboarding_shop (name) FROM STDIN", io.StringIO("x\n"))
