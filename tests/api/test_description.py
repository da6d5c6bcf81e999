"""openapi.yaml is what the code says, and the server does what openapi.yaml says."""

import re

import pytest
import schemathesis
import yaml
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import resolve
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from schemathesis import checks
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks as openapi_checks

from config.kernel import jobs
from tests.api.routes import API
from tests.architecture.source import ROOT

COMMITTED = ROOT / "openapi.yaml"
WRITE_IT = "python3 manage.py spectacular --validate --fail-on-warn --file openapi.yaml"
PROMISES = [
    checks.not_a_server_error, openapi_checks.status_code_conformance, openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance, openapi_checks.negative_data_rejection,
]  # fmt: skip
DESCRIPTION = yaml.safe_load(COMMITTED.read_text())
OPERATIONS = [
    (method.upper(), path) for path, methods in DESCRIPTION["paths"].items() for method in methods
]  # fmt: skip
SOME_ID = "0190b3a0-0000-7000-8000-000000000000"
PLACE = re.compile(r"\{(\w+)\}")


def filled(path: str) -> str:
    """An address with some id in it."""
    return PLACE.sub(SOME_ID, path)


def test_the_committed_description_is_that_of_the_code(monkeypatch):
    ours = {key: kind for key, kind in jobs._kinds.items() if not key.startswith("tests.")}
    monkeypatch.setattr(jobs, "_kinds", ours)  # other tests have made kinds of jobs known
    generated = SchemaGenerator().get_schema(request=None, public=True)
    assert OpenApiYamlRenderer().render(generated).decode() == COMMITTED.read_text(), f"run: {WRITE_IT}"


def test_it_describes_every_route_and_method():
    described = {(resolve(filled(path)).url_name, method) for method, path in OPERATIONS}
    assert described == {(name, method) for name, (_, methods) in API.items() for method in methods}


def test_it_names_the_scope_of_each_operation():
    for path, methods in DESCRIPTION["paths"].items():
        for method, operation in methods.items():
            resource = resolve(filled(path)).func.view_class
            needed = resource.reads if method == "get" else resource.writes
            assert (operation["x-scope"], operation["security"]) == (str(needed), [{"key": []}]), path


def test_what_may_be_sent_is_closed_and_what_is_answered_is_complete():
    for name, schema in DESCRIPTION["components"]["schemas"].items():
        if name.endswith("In"):
            assert schema["additionalProperties"] is False, name
        if name.endswith("Out") and name != "ErrorOut":
            assert sorted(schema["required"]) == sorted(schema["properties"]), name


@pytest.fixture
def described():
    """The description as the server gives it, to be asked within the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/openapi.yaml", WSGIHandler())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("examples", [12, pytest.param(400, marks=pytest.mark.nightly)])
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_the_server_does_what_is_described(system, things, described, settings, method, path, examples):
    """Generated requests, good and bad, about things that are there.

    That good ones are accepted is not asked here: what a text may hold is narrower than a pattern can say.
    """
    settings.API_BURST, settings.API_RATE = 10**6, 10**6
    about = API[resolve(filled(path)).url_name][0]

    @given(case=described[path][method].as_strategy())
    @hypothesis_settings(
        max_examples=examples, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    def asked(case):
        if about:
            case.path_parameters = {PLACE.search(path)[1]: things[about]}
        headers = {"Authorization": f"Bearer {system.key}"}
        case.call_and_validate(checks=PROMISES, headers=headers)

    asked()


def test_an_answer_that_is_not_described_bites(system, things, described, monkeypatch):
    """The planted fault: a field that is answered as another type than it says."""
    resource = resolve("/api/v1/channels/").func.view_class
    monkeypatch.setattr(resource, "ready", lambda self, rows: [setattr(row, "code", None) or row for row in rows])
    case = described["/api/v1/channels/"]["GET"].Case(query={})
    with pytest.raises(FailureGroup, match="null is not of type"):
        case.call_and_validate(checks=PROMISES, headers={"Authorization": f"Bearer {system.key}"})


@pytest.mark.parametrize(("path", "kind"), [("docs/", "text/html"), ("openapi.yaml", "application/yaml")])
def test_everybody_may_read_it(client, path, kind, db):
    response = client.get(f"/api/{path}")
    assert (response.status_code, response["Content-Type"].partition(";")[0]) == (200, kind)
    assert "unsafe" not in response["Content-Security-Policy"]


def test_the_page_loads_from_this_host_alone(client, db):
    page = client.get("/api/docs/").content.decode()
    assert re.findall(r"(?:src|href)=\"(?!/)([^\"]+)", page) == []
    assert "<script>" not in page and "style=" not in page
