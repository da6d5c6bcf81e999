"""Files that a system sends: read as a job, answered line by line, repaired and undone without a person."""

import io
from pathlib import Path

import pytest

from catalog.models import Product
from config.kernel import clock, scope
from merchants.desk.models import ImportRun
from merchants.desk.services import running
from merchants.desk.services.files import path_of
from merchants.desk.services.tables import MOST_BYTES
from tests.factories.marketplace import usual_category, usual_channel

GOODS = """SKU,标题,Category,Price,Channel
A-1,Kettle,{category},12.50,{channel}
A-2,保温杯,{category},3.00,{channel}
A-3,Bowl,{category},4.205,{channel}
"""


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def goods(acting) -> bytes:
    return GOODS.format(category=usual_category().code, channel=usual_channel().code).encode("gb18030")


@pytest.fixture
def send(system):
    def post(
        body: bytes,
        path: str = "imports/?kind=catalog.products&name=goods.csv&encoding=gb18030",
        *,
        key: str = "k",
        **headers,
    ):
        return system.post(path, body, Idempotency_Key=key, **{"Content_Type": "text/csv"} | headers)

    return post


def work() -> None:
    with scope.acting_for_nobody():
        while running.work("bulk", clock=clock.now):
            pass


def kept(media: Path) -> list[str]:
    return [path.name for path in media.rglob("*.csv")]


def test_a_file_is_read_as_a_job_and_answered_line_by_line(system, send, goods):
    begun = send(goods)
    told = begun.json()
    assert (begun.status_code, begun["Location"]) == (202, f"/api/v1/imports/{told['id']}/")
    assert (told["kind"], told["name"], told["status"], told["lines"]) == (
        "catalog.products",
        "goods.csv",
        "running",
        3,
    )
    assert (told["job"]["status"], told["counts"]["read"]) == ("queued", None)
    assert [(each["column"], each["heading"]) for each in told["columns"]] == [
        ("category", "Category"), ("channel", "Channel"), ("price", "Price"), ("sku", "SKU"), ("title", "标题"),
    ]  # fmt: skip
    work()
    path = f"imports/{told['id']}/"
    ended = system.get(path).json()
    assert (ended["status"], ended["job"]["status"], ended["job"]["done"]) == ("completed", "completed", 3)
    assert ended["counts"] == {
        "read": 3, "created": 2, "changed": 0, "unchanged": 0, "rejected": 1, "undone": None, "kept": None
    }  # fmt: skip
    assert system.get(f"{path}findings/").json()["data"] == [
        {"line": 4, "column": "Price", "message": "Write a plain number with at most 2 decimals, such as 12.50."}
    ]  # fmt: skip
    rejected = b"".join(system.get(f"{path}rejected/").streaming_content).decode("utf-8-sig")
    heading, line = rejected.splitlines()
    assert (heading.split(",")[0], line.split(",")[:2]) == ("SKU", ["A-3", "Bowl"])
    assert sorted(Product.objects.values_list("title", flat=True)) == ["Kettle", "保温杯"]

    again = send(rejected.replace("4.205", "4.20").encode(), f"{path}repairs/", key="repair")
    assert (again.status_code, again.json()["repairs"]) == (202, told["id"])
    work()
    assert Product.objects.count() == 3
    undone = system.post(f"{path}undoing/", Idempotency_Key="undo")
    assert (undone.status_code, undone.json()["status"]) == (202, "undoing")
    work()
    ended = system.get(path).json()
    assert (ended["status"], ended["counts"]["undone"], ended["counts"]["kept"]) == ("undone", 0, 2)
    why = "Its prices or orders stay on record; the product was archived."
    assert system.get(f"{path}kept/").json()["data"] == [
        {"line": 2, "thing": "A-1", "reason": why}, {"line": 3, "thing": "A-2", "reason": why}
    ]  # fmt: skip
    assert sorted(Product.objects.values_list("status", flat=True)) == ["archived", "archived", "draft"]


def test_what_is_checked_only_is_taken_in_when_it_is_asked_for(system, send, goods):
    told = send(goods, "imports/?kind=catalog.products&check=yes&encoding=gb18030").json()
    work()
    path = f"imports/{told['id']}/"
    checked = system.get(path).json()
    assert (checked["status"], checked["counts"]["created"], Product.objects.count()) == ("checked", 2, 0)
    assert system.post(f"{path}taking-in/", Idempotency_Key="take").status_code == 202
    work()
    assert (system.get(path).json()["status"], Product.objects.count()) == ("completed", 2)
    refused = system.post(f"{path}taking-in/", Idempotency_Key="take-again")
    assert (refused.status_code, refused.json()["code"]) == (409, "illegal_move")


def test_one_bad_line_may_mean_the_whole_file(system, send, goods):
    told = send(goods, "imports/?kind=catalog.products&policy=reject_file&encoding=gb18030").json()
    work()
    assert (system.get(f"imports/{told['id']}/").json()["status"], Product.objects.count()) == ("refused", 0)


def test_the_same_file_under_the_same_key_is_read_once(send, goods, media):
    first = send(goods)
    again = send(goods)
    assert (again.content, again["Idempotency-Replayed"]) == (first.content, "true")
    other = send(goods + b"A-4,Cup,,,\n")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert (ImportRun.objects.count(), len(kept(media))) == (1, 1)


@pytest.mark.parametrize(
    ("path", "body", "headers", "status", "code", "place"),
    [
        ("imports/", b"SKU\nA", {}, 400, "unknown_filter", "kind"),
        ("imports/?kind=cakes", b"SKU\nA", {}, 400, "unknown_filter", "kind"),
        ("imports/?kind=catalog.products&color=red", b"SKU\nA", {}, 400, "unknown_filter", "color"),
        ("imports/?kind=catalog.products&policy=maybe", b"SKU\nA", {}, 400, "unknown_filter", "policy"),
        ("imports/?kind=catalog.products", b" \n", {}, 400, "file_unreadable", ""),
        ("imports/?kind=catalog.products", b"SKU,Title\n", {}, 400, "file_unreadable", ""),
        ("imports/?kind=catalog.products", b"\xd0\xcf\x11\xe0old", {}, 400, "file_unreadable", ""),
        ("imports/?kind=catalog.products", b"PK\x03\x04nothing", {}, 400, "file_unreadable", ""),
        ("imports/?kind=catalog.products", b"Colour,Smell\nred,sweet\n", {}, 400, "columns_wrong", "/sku"),
        ("imports/?kind=catalog.products", b"{}", {"Content_Type": "application/json"}, 415, "unsupported_media_type",
         None),
        ("imports/?kind=catalog.products", b"SKU\nA", {"Idempotency_Key": ""}, 400, "idempotency_key_malformed", None),
    ],
)  # fmt: skip
def test_what_is_refused_is_not_kept(system, acting, media, path, body, headers, status, code, place):
    named = {"Idempotency_Key": "k", "Content_Type": "text/csv"} | headers
    told = system.post(path, body, **named)
    assert (told.status_code, told.json()["code"]) == (status, code)
    found = [each.get("parameter", each.get("pointer")) for each in told.json()["errors"]]
    assert found == ([] if place is None else [place])
    assert (ImportRun.objects.count(), kept(media)) == (0, [])


def test_a_file_that_is_too_large_is_not_read(system, acting, media):
    told = system.browser.post(
        "/api/v1/imports/?kind=catalog.products", content_type="text/csv", CONTENT_LENGTH=str(MOST_BYTES + 1),
        headers={"Authorization": f"Bearer {system.key}", "Idempotency-Key": "k"},
    )  # fmt: skip
    assert (told.status_code, told.json()["code"], kept(media)) == (413, "body_too_large", [])


def test_a_file_of_ten_megabytes_is(system, send, acting, media):
    text = io.StringIO()
    text.write("SKU,Title\n")
    for number in range(40_000):
        text.write(f"S-{number},{'x' * 250}\n")
    told = send(text.getvalue().encode())
    assert (told.status_code, told.json()["lines"]) == (202, 40_000)
    assert path_of(ImportRun.objects.get().file, merchant=acting).stat().st_size > 10_000_000


def test_the_scope_of_the_kind_is_needed_too(system_of, acme, send, goods):
    lesser = system_of(acme, "jobs:read")
    told = lesser.post("imports/?kind=catalog.products", goods, Idempotency_Key="k", Content_Type="text/csv")
    assert (told.status_code, told.json()["code"]) == (403, "missing_scope")
    assert "products:write" in told.json()["detail"]
    run = send(goods).json()["id"]
    for method, path in (("GET", ""), ("GET", "findings/"), ("GET", "rejected/"), ("POST", "undoing/")):
        assert lesser.ask(method, f"imports/{run}/{path}").status_code == 403
    assert lesser.get("imports/").json()["data"] == []
    assert lesser.get("import-kinds/").json() == {"kinds": []}


def test_what_may_be_brought_in_is_told(system_of, acme):
    told = system_of(acme, "jobs:read", "prices:write").get("import-kinds/").json()["kinds"]
    assert [(each["kind"], each["scope"]) for each in told] == [("pricing.prices", "prices:write")]
    assert {(each["column"], each["tells_apart"]) for each in told[0]["columns"]} >= {("sku", True), ("price", False)}
