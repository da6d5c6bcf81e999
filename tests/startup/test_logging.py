import pytest
import structlog

from config import logging as logs


def written(**event):
    return logs.without_personal_data(None, "info", event)


def test_who_asked_is_left_out():
    assert written(event="seen", ip="192.0.2.1", user_agent="Firefox", user_id=7) == {"event": "seen", "user_id": 7}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("mail to olive@acme.example failed", "mail to …@… failed"),
        ("call 13812345678 now", "call … now"),
        ("duplicate key\nDETAIL:  Key (email)=(me) already exists.\nmore", "duplicate key\nDETAIL: …\nmore"),
        ("order 1042 was shipped", "order 1042 was shipped"),
    ],
)
def test_a_message_of_somebody_elses_is_masked(text, masked):
    assert written(event=text) == {"event": masked}


@pytest.mark.parametrize(
    ("request_line", "shown"),
    [
        ("GET /m/acme/orders/?q=Jane+Doe", "GET /m/acme/orders/?…"),
        ("GET /p/abc/", "GET /p/…/"),
        ("POST /account/password/reset/key/3-cx7u9d-0123456789abcdef/", "POST /account/password/reset/key/…/"),
        (
            "GET /api/v1/orders/0198c1a2-7b3c-7def-8123-456789abcdef",
            "GET /api/v1/orders/0198c1a2-7b3c-7def-8123-456789abcdef",
        ),
    ],
)
def test_a_link_that_opens_something_is_not_written_down(request_line, shown):
    assert written(request=request_line) == {"request": shown}


@pytest.mark.parametrize(
    ("event", "kept"),
    [
        ({"request": "GET /healthz", "code": 200}, False),
        ({"request": "GET /readyz", "event": "request_started"}, False),
        ({"request": "GET /readyz", "code": 503}, True),
        ({"request": "GET /", "code": 200}, True),
    ],
)
def test_only_bad_news_about_health_is_kept(event, kept):
    try:
        assert logs.without_routine(None, "info", event) == event
    except structlog.DropEvent:
        assert not kept
    else:
        assert kept
