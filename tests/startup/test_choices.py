"""What quickstart decides before it starts anything."""

import argparse
import socket

import pytest

from config import demo_logins, quickstart
from config.embedded.servers import StartError


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_passed_over(listener, monkeypatch, capsys):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        free = probe.getsockname()[1]
    monkeypatch.setattr(quickstart, "PORTS", [listener, free])
    assert quickstart.Stack("127.0.0.1", None).free_port() == free
    assert f"port {listener} is taken, using {free}" in capsys.readouterr().out


def test_a_taken_port_that_was_asked_for_is_an_error(listener):
    with pytest.raises(StartError, match=f"port {listener} is in use"):
        quickstart.Stack("127.0.0.1", listener).free_port()


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has one loopback address only")
def test_a_stranger_on_the_other_loopback_address_counts_as_taken():
    try:
        server = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has one loopback address only")
    with server:
        assert quickstart.taken("127.0.0.1", server.getsockname()[1])


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_this_machine_may_see_the_demo(host):
    assert quickstart.loopback(host) in (host, "127.0.0.1")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "desk.example", ""])
def test_the_network_may_not_see_the_demo(host):
    with pytest.raises(argparse.ArgumentTypeError, match="demo logins"):
        quickstart.loopback(host)


def test_the_logins_are_shown_with_the_address():
    shown = quickstart.welcome("http://localhost:8003")
    assert "http://localhost:8003" in shown
    assert demo_logins.PASSWORD in shown
    assert [email for email, _ in demo_logins.LOGINS if email not in shown] == []


def test_a_silent_worker_is_noticed(tmp_path, monkeypatch):
    mark = tmp_path / "worker.alive"
    monkeypatch.setattr(quickstart, "WORKER_ALIVE", mark)
    assert not quickstart.stalled()
    mark.touch()
    assert not quickstart.stalled()
    monkeypatch.setattr(quickstart, "STALLED", -1)
    assert quickstart.stalled()


@pytest.mark.parametrize("text", ["0", "-1", "65536", "99999", "http", "8000.5", "²", ""])
def test_what_is_no_port_is_refused(text):
    with pytest.raises(argparse.ArgumentTypeError, match="a number from 1 to 65535"):
        quickstart.port(text)


def test_a_port_is_a_number():
    assert [quickstart.port("1"), quickstart.port("8090"), quickstart.port("65535")] == [1, 8090, 65535]
