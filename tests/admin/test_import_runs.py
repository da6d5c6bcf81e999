import csv
import io

import pytest

from config.kernel import scope
from merchants.accounts.permissions import PlatformRole
from merchants.desk.models import ImportFinding
from merchants.desk.states import FindingKind

REPORT = {
    "currency": "BRL",
    "tables": {"orders": {"read": 8135, "accepted": 8100, "normalised": 30, "rejected": 5, "unchanged": 0}},
    "money": [
        {"table": "payments", "column": "payment", "source_minor": 142_860_281, "taken_minor": 142_860_281,
         "difference_minor": 0},
    ],
    "identity": [{"code": "payments", "amount_minor": 142_860_281}, {"code": "rounding", "amount_minor": -7}],
}  # fmt: skip


@pytest.fixture
def address(run):
    return f"/admin/desk/importrun/{run.pk}/change/"


def rejected_of(run):
    return f"/admin/desk/importrun/{run.pk}/rejected.csv"


def test_a_run_shows_its_rows_its_money_and_how_it_adds_up(platform, run, address, admin_user, client_for):
    with scope.acting_for(platform):
        run.report = REPORT
        run.save()

    response = client_for(admin_user).get(address)

    context = response.context
    assert context["row_counts"].rows == [["orders", 8135, 8100, 30, 5, 0]]
    assert [list(map(str, row)) for row in context["money"].rows] == [
        ["payments", "payment", "1428602.81 BRL", "1428602.81 BRL", "0.00 BRL"]
    ]
    assert [list(map(str, row)) for row in context["identity"].rows] == [
        ["Payments", "1428602.81 BRL"], ["Within a few cents of their value", "-0.07 BRL"],
    ]  # fmt: skip
    page = response.content.decode()
    for shown in ("R$\xa01,428,602.81", "\u2212R$\xa00.07", "8135", "Money against the source"):
        assert shown in page


def test_findings_can_be_narrowed_down(run, address, admin_user, client_for):
    browser = client_for(admin_user)

    def lines(query):
        return [finding.line for finding in browser.get(f"{address}?{query}").context["findings"]]

    assert lines("") == [4, 3, 2]  # accepted, normalised, rejected
    assert lines("kind=rejected") == [2]
    assert lines("kind=rejected&table=payments") == []
    assert lines("table=orders&code=odd") == [4, 3, 2]


def test_findings_are_read_page_by_page(platform, run, address, admin_user, client_for):
    with scope.acting_for(platform):
        ImportFinding.objects.bulk_create(
            ImportFinding(run=run, table="items", line=line, kind=FindingKind.REJECTED, code="odd")
            for line in range(1, 102)
        )
    browser = client_for(admin_user)

    first = browser.get(f"{address}?table=items").context
    second = browser.get(f"{address}{first['next_url']}").context
    back = browser.get(f"{address}{second['previous_url']}").context

    assert [finding.line for finding in first["findings"]] == list(range(1, 101))
    assert [finding.line for finding in second["findings"]] == [101]
    assert [finding.line for finding in back["findings"]] == list(range(1, 101))


def test_a_place_that_is_not_of_this_list_is_refused(run, address, admin_user, client_for):
    assert client_for(admin_user).get(f"{address}?after=nonsense").status_code == 400


def test_rejected_lines_are_downloaded_and_run_no_formula(platform, run, admin_user, client_for):
    with scope.acting_for(platform):
        ImportFinding.objects.create(
            run=run, table="items", line=9, key="=1+1", kind=FindingKind.REJECTED, code="amount_unreadable",
            field="price", old='@SUM("a",1)', new="",
        )  # fmt: skip

    response = client_for(admin_user).get(rejected_of(run))

    assert response["Content-Disposition"] == f'attachment; filename="rejected-{run.public_id}.csv"'
    sheet = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert sheet[1:] == [
        ["items", "9", "'=1+1", "Rejected", "amount_unreadable", "not an amount", "price", '\'@SUM("a",1)', ""],
        ["orders", "2", "key-2", "Rejected", "odd", "odd", "", "", ""],
    ]
    one_table = client_for(admin_user).get(f"{rejected_of(run)}?table=orders")
    assert b"".join(one_table.streaming_content).count(b"\r\n") == 2


@pytest.mark.parametrize(
    ("role", "status"), [(PlatformRole.FINANCE, 200), (PlatformRole.REVIEWER, 403), (PlatformRole.RISK, 403)]
)
def test_imports_are_for_those_who_may_see_them(run, address, staff, client_for, role, status):
    browser = client_for(staff(role))

    assert browser.get(address).status_code == status
    assert browser.get(rejected_of(run)).status_code == status


def test_imports_are_not_for_shops(run, address, olive, client_for):
    assert client_for(olive).get(address).status_code == 404
    assert client_for(olive).get(rejected_of(run)).status_code == 404


def test_there_is_no_other_run(run, admin_user, client_for):
    assert client_for(admin_user).get("/admin/desk/importrun/0/change/").status_code == 404
