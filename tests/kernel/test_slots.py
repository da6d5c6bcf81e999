import pytest
from django.test import RequestFactory

from config.kernel import slots
from config.kernel.actors import Actor
from config.kernel.slots import Panel


@pytest.fixture
def request_of(settings, tmp_path, monkeypatch):
    """The request of somebody with permissions; templates that show one word each."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.html").write_text(f"{name}: {{{{ thing }}}}")
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [tmp_path]}]
    monkeypatch.setattr(slots, "_panels", slots.defaultdict(list))

    def made(*permissions):
        request = RequestFactory().get("/")
        request.actor = Actor("user:1", permissions=frozenset(permissions))
        return request

    return made


def panel(name, needs):
    return Panel(f"{name}.html", context_of, needs)


def context_of(*, request, thing):
    return {"thing": thing.upper()}


def test_a_place_nobody_fills_is_empty(request_of):
    assert slots.render("catalog.product", request=request_of()) == []


def test_panels_come_in_order_and_only_for_whoever_may_see_them(request_of):
    slots.fill("catalog.product", panel("one", "prices:read"))
    slots.fill("catalog.product", panel("two", "orders:read"))
    slots.fill("catalog.order", panel("two", "orders:read"))
    both = request_of("prices:read", "orders:read")
    assert slots.render("catalog.product", request=both, thing="scarf") == ["one: SCARF", "two: SCARF"]
    assert slots.render("catalog.product", request=request_of("orders:read"), thing="scarf") == ["two: SCARF"]
    assert slots.render("catalog.product", request=request_of(), thing="scarf") == []


def test_a_panel_that_registers_twice_shows_once(request_of):
    for _ in range(2):
        slots.fill("catalog.product", panel("one", "prices:read"))
    assert slots.render("catalog.product", request=request_of("prices:read"), thing="x") == ["one: X"]


def test_what_a_panel_may_not_show_is_not_even_read(request_of):
    slots.fill("catalog.product", Panel("one.html", lambda **_: pytest.fail("read without the permission"), "secret"))
    assert slots.render("catalog.product", request=request_of("prices:read")) == []
