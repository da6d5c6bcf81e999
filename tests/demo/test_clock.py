"""The clock of a demo goes ahead for everybody, says so, and comes back."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from analytics.errors import ClockTooFar, NotADemo
from analytics.models import DemoClock
from analytics.services.demo import clock as demo_clock
from config.kernel import clock, scope
from config.kernel.actors import machine
from merchants.activity.models import DomainEvent

BY = machine("test")


@pytest.fixture
def demo(monkeypatch, settings):
    """A platform as quickstart starts it: its clock is asked for."""
    settings.DEMO = True
    monkeypatch.setattr(clock, "_asked", [demo_clock.ahead])
    monkeypatch.setattr(clock, "_known", None)


@pytest.fixture
def wound_up(demo, platform, now):
    demo_clock.wind_up(now=now)


def told(*words: str) -> str:
    out = StringIO()
    call_command("demo_clock", *words, stdout=out)
    return out.getvalue()


def is_ahead(by_how_much: timedelta) -> bool:
    return abs(clock.now() - timezone.now() - by_how_much) < timedelta(seconds=5)


def test_it_moves_on_from_where_it_is_and_comes_back(wound_up, platform, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        told("+15d")
    assert is_ahead(timedelta(days=15))
    with django_capture_on_commit_callbacks(execute=True):
        told("+6h")
    assert is_ahead(timedelta(days=15, hours=6))
    assert "15 days, 6:00:00 ahead" in told()
    with django_capture_on_commit_callbacks(execute=True):
        told("reset")
    assert is_ahead(timedelta())
    day, hour = 86_400, 3_600
    with scope.acting_for(platform):
        moves = list(DomainEvent.objects.filter(name="analytics.demo_clock.moved").order_by("pk"))
    assert [(fact.payload["before_seconds"], fact.payload["after_seconds"]) for fact in moves] == [
        (0, 15 * day), (15 * day, 15 * day + 6 * hour), (15 * day + 6 * hour, 0),
    ]  # fmt: skip


def test_another_process_sees_it_within_a_second(wound_up, monkeypatch):
    assert is_ahead(timedelta())
    DemoClock.objects.update(ahead_seconds=86_400)  # as another process does
    assert is_ahead(timedelta())
    clock_of_the_machine = clock.machine.monotonic() + clock.KNOWN_FOR + 0.01
    monkeypatch.setattr(clock.machine, "monotonic", lambda: clock_of_the_machine)
    assert is_ahead(timedelta(days=1))


def test_only_a_demo_has_a_clock_that_moves(demo, platform, now, settings):
    with pytest.raises(NotADemo):
        demo_clock.move(timedelta(days=1), by=BY, now=now)
    with pytest.raises(NotADemo):
        demo_clock.reset(by=BY, now=now)
    settings.DEMO = False
    with pytest.raises(CommandError, match="Only the clock of a demo"):
        told("+1d")
    assert not DemoClock.objects.exists()


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_it_goes_forward_and_no_farther_than_a_year(wound_up, now, days):
    with pytest.raises(ClockTooFar):
        demo_clock.move(timedelta(days=days), by=BY, now=now)
    assert DemoClock.objects.get().ahead_seconds == 0


@pytest.mark.parametrize("word", ["15d", "+15", "+1y", "tomorrow"])
def test_the_command_says_how_it_is_asked(wound_up, word):
    with pytest.raises(CommandError, match="Write"):
        told(word)
    assert DemoClock.objects.get().ahead_seconds == 0


@pytest.mark.parametrize("address", ["/m/acme/facts/", "/"])
def test_pages_of_a_shop_say_so(wound_up, acme, olive, client_for, address):
    page = client_for(olive).get(address, follow=True).content.decode()
    assert "Demo clock" not in page and "everyone who reads the README" in page
    DemoClock.objects.update(ahead_seconds=15 * 86_400)
    clock.look_again()
    page = client_for(olive).get(address, follow=True).content.decode()
    assert ", 15 days ahead" in page


def test_pages_of_the_platform_say_so(wound_up, admin_user, client_for):
    DemoClock.objects.update(ahead_seconds=86_400)
    clock.look_again()
    assert ", 1 day ahead" in client_for(admin_user).get("/admin/").content.decode()


def test_without_a_demo_nobody_is_asked(platform, now, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert is_ahead(timedelta())
