"""Every state machine of every app: the full matrix of from and to, and no state that cannot be reached."""

import importlib
from itertools import product

import pytest
from django.apps import apps

from config.kernel.flow import Flow, IllegalMove, Moving

MODELS = [model for model in apps.get_models() if issubclass(model, Moving)]
START = {
    "merchant": "open", "import": "draft", "job": "queued", "product": "draft", "listing": "live", "order": "placed",
    "change": "draft",
}  # fmt: skip


def states(flow: Flow):
    return type(next(iter(flow.moves)))


def flows():
    """The flows in the `states` of our apps."""
    for config in apps.get_app_configs():
        try:
            module = importlib.import_module(f"{config.name}.states")
        except ModuleNotFoundError:
            continue
        yield from (value for value in vars(module).values() if isinstance(value, Flow))


def name(value):
    return getattr(value, "__name__", str(value))


CASES = [(model, *pair) for model in MODELS for pair in product(states(model.flow), repeat=2)]


@pytest.mark.parametrize(
    ("model", "current", "target"), CASES, ids=lambda value: getattr(value, "__name__", str(value))
)
def test_only_the_table_moves(model, current, target):
    for now in (current, current.value):  # as assigned, and as the database gives it back
        thing = model(status=now)
        if target in model.flow.moves.get(current, ()):
            thing.move_to(target)
            assert thing.status == target
        else:
            with pytest.raises(IllegalMove) as refusal:
                thing.move_to(target)
            assert thing.status == now
            assert refusal.value.status == 409
            assert refusal.value.context == {"noun": model.flow.noun, "current": current.value, "target": target.value}


@pytest.mark.parametrize("model", MODELS)
def test_a_flow_knows_the_states_of_its_model(model):
    assert [key for key, _ in model._meta.get_field("status").choices] == states(model.flow).values


def test_every_flow_is_a_models():
    assert {flow.noun for flow in flows()} == {model.flow.noun for model in MODELS} == START.keys()


@pytest.mark.parametrize("model", MODELS)
def test_every_state_can_be_reached(model):
    reached, ahead = set(), {START[model.flow.noun]}
    while ahead:
        state = ahead.pop()
        reached.add(state)
        ahead |= {str(target) for target in model.flow.moves.get(state, ())} - reached
    assert reached == set(states(model.flow).values)


def test_nothing_stays_where_it_is_by_moving():
    for flow in flows():
        assert all(current not in targets for current, targets in flow.moves.items())


def test_the_words_of_a_refusal_are_for_people():
    model = next(model for model in MODELS if model.flow.noun == "product")
    with pytest.raises(IllegalMove, match="This is “Archived” by now and cannot become “Ready”"):
        model(status="archived").move_to(states(model.flow).READY)
