"""What is refused, what is changed, what is only remarked on."""

import pytest

from fulfillment.models import Order, OrderGroup, Payment
from merchants.desk import selectors
from tests.factories.olist import OlistSource, key


@pytest.fixture
def source():
    """One sound order; what is wrong is added to it."""
    source = OlistSource()
    ada, soap = source.seller("ada"), source.product("soap")
    source.order("sound", items=[(ada, soap, "10.00", "1.00")], payments=[("boleto", 1, "11.00")], reviews=[5])
    source.ada, source.soap = ada, soap
    return source


@pytest.fixture
def order(source):
    """Add a sound order to be spoiled."""

    def add(name="odd", **overrides):
        sound = {"items": [(source.ada, source.soap, "10.00", "1.00")], "payments": [("boleto", 1, "11.00")]}
        return source.order(name, **sound | {"reviews": [5]} | overrides)

    return add


def rejected(report):
    return {name: counts["rejected"] for name, counts in report["tables"].items() if counts["rejected"]}


WHOLE_ORDER = {"orders": 1, "items": 1, "payments": 1, "reviews": 1}


@pytest.mark.parametrize(
    ("spoiled", "table", "code", "field", "old"),
    [
        ({"status": "teleported"}, "orders", "status_unknown", "order_status", "teleported"),
        ({"status": ""}, "orders", "status_unknown", "order_status", ""),
        ({"purchased": "0000-01-01 00:00:00"}, "orders", "time_unreadable", "order_purchase_timestamp",
         "0000-01-01 00:00:00"),
        ({"purchased": ""}, "orders", "time_unreadable", "order_purchase_timestamp", ""),
        ({"delivered": "2018-02-30 10:00:00"}, "orders", "time_unreadable", "order_delivered_customer_date",
         "2018-02-30 10:00:00"),
        ({"estimate": "soon"}, "orders", "time_unreadable", "order_estimated_delivery_date", "soon"),
        ({"payments": [("boleto", 1, "-11.00")]}, "payments", "amount_out_of_bounds", "payment_value", "-11.00"),
        ({"payments": [("boleto", 1, "1e3")]}, "payments", "amount_unreadable", "payment_value", "1e3"),
        ({"payments": [("boleto", 1, "NaN")]}, "payments", "amount_unreadable", "payment_value", "NaN"),
        ({"payments": [("boleto", 1, "9" * 40)]}, "payments", "amount_unreadable", "payment_value", "9" * 40),
        ({"payments": [("boleto", "many", "11.00")]}, "payments", "count_unreadable", "payment_installments", "many"),
        ({"reviews": ["6"]}, "reviews", "score_unreadable", "review_score", "6"),
    ],
)  # fmt: skip
def test_an_unreadable_value_rejects_the_whole_order(
    source, order, take_in, found, everyone, tmp_path, spoiled, table, code, field, old
):
    order(**spoiled)
    run = take_in(source.write(tmp_path))

    assert rejected(run.report) == WHOLE_ORDER
    assert found(run, code) == [(table, 3, "rejected", code, field, old, "")]
    others = {"orders", "items", "payments", "reviews"} - {table}
    expected = {each: "child_rejected" if each == "orders" else "parent_rejected" for each in others}
    assert {row[0]: row[3] for row in found(run) if row[0] != table} == expected
    assert list(Order.objects.values_list("external_id", flat=True)) == [key("order", "sound")]
    assert list(OrderGroup.objects.values_list("number", flat=True)) == [key("order", "sound")]
    assert Payment.objects.count() == 1


def test_rejected_money_is_told_from_what_was_taken(source, order, take_in, tmp_path):
    order(status="teleported")
    order("unreadable", payments=[("boleto", 1, "eleven")])
    price, _freight, payment = take_in(source.write(tmp_path)).report["money"]
    assert (price["source_minor"], price["taken_minor"], price["rejected_minor"], price["difference_minor"]) == (
        3000, 1000, 2000, 0,
    )  # fmt: skip
    assert (payment["source_minor"], payment["taken_minor"], payment["unreadable"]) == (2200, 1100, 1)


def test_a_missing_parent_rejects_the_order(source, order, take_in, found, tmp_path):
    order(items=[("f" * 32, source.soap, "10.00", "1.00")])
    run = take_in(source.write(tmp_path))
    assert rejected(run.report) == WHOLE_ORDER
    assert found(run, "missing_parent") == [("items", 3, "rejected", "missing_parent", "seller_id", "", "")]


def test_an_order_without_its_customer_is_rejected(source, order, take_in, found, tmp_path):
    order(customer="f" * 32)
    run = take_in(source.write(tmp_path))
    assert rejected(run.report) == WHOLE_ORDER
    assert found(run, "missing_parent") == [("orders", 3, "rejected", "missing_parent", "customer_id", "", "")]


def test_lines_of_no_order_are_rejected(source, take_in, found, tmp_path):
    source.row("payments", "f" * 32, 1, "boleto", 1, "5.00")
    run = take_in(source.write(tmp_path))
    assert rejected(run.report) == {"payments": 1}
    assert found(run) == [("payments", 3, "rejected", "missing_parent", "order_id", "", "")]


def test_exact_repeats_become_one(source, take_in, found, tmp_path):
    for table in ("orders", "items", "payments", "reviews", "sellers"):
        source.rows[table].append(source.rows[table][0])
    run = take_in(source.write(tmp_path))
    assert [row[:4] for row in found(run)] == [
        (table, 3, "normalised", "repeated_line") for table in ("items", "orders", "payments", "reviews", "sellers")
    ]
    assert run.report["tables"]["items"] == {
        "read": 2, "accepted": 1, "normalised": 1, "rejected": 0, "unchanged": 0,
    }  # fmt: skip
    assert run.report["money"][0]["repeated_minor"] == 1000


def test_one_key_with_two_bodies_rejects_all_that_hangs_on_it(source, order, take_in, found, tmp_path):
    order()
    source.rows["payments"].append([*source.rows["payments"][-1][:4], "12.00"])
    run = take_in(source.write(tmp_path))
    assert rejected(run.report) == WHOLE_ORDER | {"payments": 2}
    assert [row[:2] for row in found(run, "conflicting_key")] == [("payments", 3), ("payments", 4)]


def test_a_seller_with_two_bodies_takes_its_orders_along(source, order, take_in, found, tmp_path):
    bo = source.seller("bo")
    source.row("sellers", bo, "99999", "manaus", "AM")
    order(items=[(bo, source.soap, "10.00", "1.00")])
    run = take_in(source.write(tmp_path))
    assert rejected(run.report) == WHOLE_ORDER | {"sellers": 2}
    assert found(run, "parent_rejected")[0] == ("items", 3, "rejected", "parent_rejected", "seller_id", "", "")
    assert run.report["became"]["merchants"] == 1


def test_reviews_that_share_an_id_are_different(source, order, take_in, tmp_path):
    order()
    source.rows["reviews"][1][0] = source.rows["reviews"][0][0]
    report = take_in(source.write(tmp_path)).report
    assert report["tables"]["reviews"] == {
        "read": 2, "accepted": 2, "normalised": 0, "rejected": 0, "unchanged": 0,
    }  # fmt: skip
    assert report["became"]["reviews"] == 2


def test_a_line_with_a_field_too_many_is_rejected(source, order, take_in, found, tmp_path):
    order()
    source.rows["items"][1].append("surplus")
    run = take_in(source.write(tmp_path))
    assert rejected(run.report) == WHOLE_ORDER
    assert found(run, "line_ragged") == [("items", 3, "rejected", "line_ragged", "", "8", "")]


def test_a_line_is_counted_where_it_begins(source, order, take_in, found, tmp_path):
    source.rows["reviews"][0][4] = "two\nlines"
    order(reviews=["9"])
    run = take_in(source.write(tmp_path))
    assert found(run, "score_unreadable")[0][1] == 4


def test_what_is_changed_is_kept_old_and_new(source, order, take_in, found, everyone, tmp_path):
    source.seller("bo", city="santo andre/sao paulo", postcode="1012")
    source.product("plain", category="")
    source.product("strange", category="pc_gamer", weight="heavy")
    order(purchased="2018-03-01 10:00", approved="2017-10-15 00:30:00", handed_over="", delivered="",
          status="approved")  # fmt: skip
    run = take_in(source.write(tmp_path))
    assert rejected(run.report) == {}
    assert found(run) == [
        ("orders", 3, "normalised", "missing_seconds", "order_purchase_timestamp", "2018-03-01 10:00",
         "2018-03-01 10:00:00"),
        ("orders", 3, "normalised", "nonexistent_time", "order_approved_at", "2017-10-15 00:30:00",
         "2017-10-15 01:30:00-02:00"),
        ("products", 3, "normalised", "missing_category", "product_category_name", "", "uncategorized"),
        ("products", 4, "normalised", "measure_unreadable", "product_weight_g", "heavy", ""),
        ("products", 4, "normalised", "untranslated_category", "product_category_name", "pc_gamer", "pc_gamer"),
        ("sellers", 3, "normalised", "city_odd", "seller_city", "santo andre/sao paulo", "santo andre"),
        ("sellers", 3, "normalised", "postcode_unpadded", "seller_zip_code_prefix", "1012", "01012"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "table", "code"),
    [
        ({"handed_over": "2018-03-09 09:00:00"}, "orders", "delivered_before_handed_over"),
        ({"handed_over": "2018-03-01 10:10:00"}, "orders", "handed_over_before_approved"),
        ({"status": "canceled"}, "orders", "canceled_yet_delivered"),
        ({"delivered": ""}, "orders", "delivered_without_a_date"),
        ({"payments": [("not_defined", 1, "11.00")]}, "payments", "kind_undefined"),
    ],
)
def test_odd_history_is_taken_and_remarked_on(source, order, take_in, found, everyone, tmp_path, given, table, code):
    order(**given)
    run = take_in(source.write(tmp_path))
    assert [row[:4] for row in found(run)] == [(table, 3, "accepted", code)]
    assert Order.objects.count() == 2


def test_a_gap_in_the_sequence_is_remarked_on(source, take_in, found, tmp_path):
    source.row("payments", key("order", "sound"), 3, "voucher", 1, "0.00")
    run = take_in(source.write(tmp_path))
    assert found(run) == [("payments", 2, "accepted", "sequence_gap", "payment_sequential", "1 3", "")]


def test_the_download_gives_rejected_lines_with_their_reasons(source, order, take_in, everyone, tmp_path):
    order(status="teleported")
    run = take_in(source.write(tmp_path))
    heading, *rows = selectors.finding_table(run=run)
    assert heading[:6] == ["Table", "Line", "Key", "Kind", "Code", "Reason"]
    assert [row[:2] + row[5:8] for row in rows if row[0] == "orders"] == [
        ["orders", "3", "an unknown status", "order_status", "teleported"]
    ]
    assert len(rows) == 4
