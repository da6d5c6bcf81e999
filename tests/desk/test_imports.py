from datetime import timedelta

import pytest

from config.kernel import scope
from config.kernel.actors import machine
from config.kernel.flow import IllegalMove
from merchants.desk import selectors
from merchants.desk.models import ImportFinding, ImportRun
from merchants.desk.services import imports
from merchants.desk.services.imports import Finding

BY = machine("import:market")


@pytest.fixture
def run(platform, now):
    with scope.writing_for_many(because="an import does so"):
        yield imports.begin(platform=platform, source="market", label="/data/market.zip", by=BY, now=now)


def test_a_run_ends_with_its_report(run, now):
    imports.complete(run=run, report={"tables": {}}, now=now + timedelta(minutes=1))
    done = ImportRun.objects.get()
    assert (done.status, done.report, done.failure) == ("completed", {"tables": {}}, "")
    assert (done.started_by, done.label) == ("import:market", "/data/market.zip")
    assert done.finished_at - done.started_at == timedelta(minutes=1)


def test_a_run_may_fail_once(run, now):
    imports.fail(run=run, failure="No space left on device", now=now)
    with pytest.raises(IllegalMove):
        imports.complete(run=run, report={}, now=now)
    done = ImportRun.objects.get()
    assert (done.status, done.failure, done.report) == ("failed", "No space left on device", {})


def test_the_next_run_tells_of_an_interrupted_one(run, platform, now):
    imports.begin(platform=platform, source="other", label="", by=BY, now=now)
    imports.begin(platform=platform, source="market", label="", by=BY, now=now)
    assert list(selectors.import_runs().values_list("source", "status", "failure").order_by("pk")) == [
        ("market", "failed", imports.INTERRUPTED),
        ("other", "running", ""),
        ("market", "running", ""),
    ]


def test_findings_come_by_kind_and_line(run):
    found = [
        Finding("orders", 9, "b", "rejected", "status_unknown", "status", "x"),
        Finding("items", 4, "a", "normalised", "missing_seconds", "at", "10:00", "10:00:00"),
        Finding("orders", 2, "c", "rejected", "parent_rejected"),
    ]
    assert imports.add_findings(run=run, findings=found) == 3
    assert [each.line for each in selectors.findings(run=run)] == [4, 2, 9]
    assert [each.line for each in selectors.findings(run=run, kind="rejected")] == [2, 9]
    assert [each.line for each in selectors.findings(run=run, table="items")] == [4]
    assert [each.line for each in selectors.findings(run=run, code="parent_rejected")] == [2]
    assert [(each.table, each.code, each.findings) for each in selectors.finding_counts(run=run)] == [
        ("items", "missing_seconds", 1),
        ("orders", "parent_rejected", 1),
        ("orders", "status_unknown", 1),
    ]
    assert list(selectors.finding_table(run=run))[1:] == [
        ["orders", "2", "c", "Rejected", "parent_rejected", "what it belongs to was rejected", "", "", ""],
        ["orders", "9", "b", "Rejected", "status_unknown", "an unknown status", "status", "x", ""],
    ]


def test_long_values_are_cut(run):
    imports.add_findings(
        run=run, findings=[Finding("orders", 1, "k" * 300, "rejected", "status_unknown", old="x" * 900)]
    )
    found = ImportFinding.objects.get()
    assert (len(found.key), len(found.old)) == (200, 500)


def test_a_run_is_found_by_its_public_id(run):
    assert selectors.import_run(public_id=run.public_id) == run


def test_merchants_see_no_runs(run, acme):
    with scope.acting_for(acme):
        assert not selectors.import_runs().exists()
