"""An import of twenty times as many rows takes no more memory."""

import pytest

from config.embedded.postgres import OWNER
from config.pytest_services import durable_cluster
from tests.factories import olist, retail
from tests.faults.importing import peak_of, start

ORDERS, PORTION = 100, 50
FLAT = 12  # MiB that two runs of one source may differ by


def peak(source, url, kind) -> int:
    """The resident memory at its highest, in MiB."""
    process = start(source, url, portion=PORTION, kind=kind)
    said, complained = process.communicate()
    assert process.returncode == 0, said + complained
    return peak_of(said)


@pytest.mark.timeout(180)
@pytest.mark.parametrize(("kind", "write"), [("olist", olist.write_large), ("online-retail", retail.write_large)])
def test_memory_is_flat(tmp_path, kind, write):
    with durable_cluster() as cluster:
        cluster.sql(f"create database large template {OWNER} owner {OWNER}")
        small = peak(write(tmp_path / "small", ORDERS), cluster.url(), kind)
        large = peak(write(tmp_path / "large", ORDERS * 20), cluster.url("large"), kind)
    assert small < 300
    assert large - small <= FLAT, f"{small} MiB, then {large} MiB"
