import pytest

from config.kernel import events


@pytest.fixture
def subscribe(monkeypatch):
    """Have functions, and nobody else, react to a kind of fact; to all others nobody does."""
    monkeypatch.setattr(events, "_subscribers", {})

    def put(event, *handlers):
        events._subscribers[event.name] = {f"tests.{handler.__name__}": handler for handler in handlers}

    return put
