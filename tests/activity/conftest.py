import pytest

from config.kernel import events


@pytest.fixture
def subscribe(monkeypatch):
    """Have functions, and nobody else, react to a kind of fact."""

    def put(event, *handlers):
        keyed = {f"tests.{handler.__name__}": handler for handler in handlers}
        monkeypatch.setattr(events, "_subscribers", dict(events._subscribers) | {event.name: keyed})

    return put
