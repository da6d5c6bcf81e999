import pytest
from django.core.exceptions import ImproperlyConfigured

from config.kernel.ports import NotChecked, Port


def doubled(numbers, *, now):
    return [2 * number for number in numbers]


@pytest.fixture
def port():
    return Port[int, int]("doubles", takes=["now"])


def test_without_a_provider_it_is_not_checked(port):
    with pytest.raises(NotChecked, match="doubles"):
        port.ask([1], now=None)


def test_answers_come_in_the_order_of_the_questions(port):
    port.provide(doubled)
    assert port.ask((3, 1, 2), now=None) == [6, 2, 4]
    assert port.ask([], now=None) == []


def test_it_has_one_provider(port):
    port.provide(doubled)
    port.provide(doubled)  # registering it again, as a second `ready` would, changes nothing
    with pytest.raises(ImproperlyConfigured, match="doubles has a provider already"):
        port.provide(lambda numbers, *, now: numbers)


@pytest.mark.parametrize(
    "provider", [lambda numbers: numbers, lambda numbers, *, then: numbers, lambda numbers, *, now, by: numbers]
)
def test_the_keywords_of_a_provider_are_checked_when_it_registers(port, provider):
    with pytest.raises(ImproperlyConfigured, match="is asked with"):
        port.provide(provider)
    with pytest.raises(NotChecked):
        port.ask([1], now=None)


@pytest.mark.parametrize("answers", [[], [1], [1, 2, 3]], ids=len)
def test_an_answer_that_is_missing_or_too_many_is_a_fault(port, answers):
    port.provide(lambda numbers, *, now: answers)
    with pytest.raises(ValueError, match=rf"doubles answered {len(answers)} of 2 questions"):
        port.ask([1, 2], now=None)
