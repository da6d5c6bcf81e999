"""How resources describe themselves as OpenAPI: all of it is read from what they are."""

import re
from functools import cache

import django_filters as filters
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import get_lib_doc_excludes
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers

from config.kernel.api.bodies import TABLES
from config.kernel.api.fields import In, Out, page_of
from config.kernel.filters import DayFilter

LISTS = {"after": "The `next` of the page before.", "size": "Rows of a page, 100 unless said."}
SINCE = (
    "Only what changed at this moment or later. Ask from ten minutes before the last time on: an act that was under "
    "way then may have come to its end since."
)  # fmt: skip
KEY = {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"}
JSON, PROBLEM = "application/json", "application/problem+json"
VERBS = {"GET": "read", "POST": "create", "PATCH": "change"}


class ErrorOut(serializers.Serializer):
    """What is wrong with one field (`pointer`, RFC 6901) or parameter."""

    pointer = serializers.CharField(required=False)
    parameter = serializers.CharField(required=False)
    code = serializers.CharField()
    message = serializers.CharField()


class Problem(serializers.Serializer):
    """A refusal (RFC 9457). `code` stays the same for good; words may change and are in the language asked for."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    errors = ErrorOut(many=True)


class ApiSchema(AutoSchema):
    method_mapping = {"get": "read", "post": "create", "patch": "change"}

    def get_operation_id(self) -> str:
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(self.view).__name__).lower()
        verb = "list" if self.method == "GET" and self.view.listing else VERBS[self.method]
        return f"{verb}_{words}"

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").partition("/")[0]]

    def get_summary(self) -> str:
        return (type(self.view).__doc__ or "").strip().partition("\n")[0]

    def get_description(self) -> str:
        text = "\n".join(line.strip() for line in (type(self.view).__doc__ or "").strip().splitlines()[1:]).strip()
        return f"{text}\n\nScope: `{self.scope}`.".strip()

    def get_extensions(self) -> dict:
        return {"x-scope": str(self.scope)}

    @property
    def scope(self) -> str:
        return self.view.reads if self.method == "GET" else self.view.writes

    def get_auth(self) -> list[dict]:
        return [{"key": []}]

    def get_request_serializer(self):
        if self.method == "PATCH":
            return self.view.changes
        if self.method == "POST" and self.view.takes_file:
            return dict.fromkeys(TABLES, OpenApiTypes.BINARY)
        if self.method == "POST" and hasattr(self.view, "all"):
            return _bulk(self.view.input)
        return self.view.input or In

    def get_response_serializers(self):
        problems = {("default", PROBLEM): Problem}
        output = self.view.output
        if self.view.is_file:
            return {(200, self.view.kind): OpenApiTypes.BINARY} | problems
        if self.method == "POST":
            shown = _results(output) if hasattr(self.view, "all") else output
            again = {(self.view.answers_again, JSON): shown} if self.view.answers_again else {}
            return {(self.view.answers, JSON): shown} | again | problems
        return {(200, JSON): page_of(output) if self.view.listing and self.method == "GET" else output} | problems

    def _postprocess_serializer_schema(self, schema, serializer, direction):
        schema = super()._postprocess_serializer_schema(schema, serializer, direction)
        return schema | {"additionalProperties": False} if isinstance(serializer, In) else schema

    def get_override_parameters(self) -> list:
        return []

    def _get_parameters(self) -> list[dict]:
        return [*super()._get_parameters(), *self._of_the_list(), *self._headers()]

    def _of_the_list(self) -> list[dict]:
        listing, chosen_by = self.view.listing, getattr(self.view, "chosen_by", None)
        if chosen_by and self.method == "POST":
            return _filters(chosen_by)
        if self.method != "GET" or not listing:
            return []
        found = [
            _parameter("after", {"type": "string"}, LISTS["after"]),
            _parameter("size", {"type": "integer", "minimum": 1, "maximum": 200}, LISTS["size"]),
        ]
        if listing.updated:
            found.append(_parameter("updated_since", {"type": "string", "format": "date-time"}, SINCE))
        return [*found, *(_filters(listing.filterset) if listing.filterset else [])]

    def _headers(self) -> list[dict]:
        if self.method == "GET":
            return [] if self.view.listing else [_parameter("If-None-Match", {"type": "string"}, "", at="header")]
        told = "The same key with the same request gets the first answer again, for 30 days."
        found = [_parameter("Idempotency-Key", KEY, told, at="header", required=self.view.idempotent)]
        if self.method == "PATCH":
            told = "The ETag that was read; 412 where it has changed meanwhile."
            found.append(_parameter("If-Match", {"type": "string"}, told, at="header", required=True))
        return found

    def _get_filter_parameters(self) -> list:
        return []

    def _get_pagination_parameters(self) -> list:
        return []


def without_docs() -> list[type]:
    """The classes whose docstrings are for whoever reads the code."""
    return [*get_lib_doc_excludes(), serializers.Serializer, In, Out]


def tidied(result: dict, **_) -> dict:
    """Drop the marks that the generator leaves for itself."""
    return _tidied(result)


def _tidied(node):
    if isinstance(node, dict):
        return {name: _tidied(inner) for name, inner in node.items() if name != "x-spec-enum-id"}
    return [_tidied(inner) for inner in node] if isinstance(node, list) else node


def _parameter(name: str, schema: dict, told: str, *, at: str = "query", required: bool = False) -> dict:
    found = {"in": at, "name": name, "schema": schema, "description": told}
    return found | ({"required": True} if required else {})


def _filters(of: type[filters.FilterSet]) -> list[dict]:
    return [
        _parameter(name, _schema(each), str(each.label), required=each.extra["required"])
        for name, each in of.base_filters.items()
    ]


def _schema(of: filters.Filter) -> dict:
    if isinstance(of, DayFilter):
        return {"type": "string", "format": "date"}
    if isinstance(of, filters.ChoiceFilter) and not isinstance(of, filters.ModelChoiceFilter):
        choices = of.extra["choices"]
        return {"type": "string", "enum": [str(key) for key, _label in (choices() if callable(choices) else choices)]}
    most = of.extra.get("max_length")
    return {"type": "string"} | ({"maxLength": most} if most else {})


@cache
def _bulk(one: type[In]) -> type[serializers.Serializer]:
    items = serializers.ListField(child=one(), min_length=1, max_length=1_000)
    return type(f"{one.__name__}Bulk", (serializers.Serializer,), {"items": items})


@cache
def _results(output) -> type[serializers.Serializer]:
    """One answer per item, in their order."""
    fields = {
        "status": serializers.IntegerField(), "body": output(required=False), "problem": Problem(required=False)
    }  # fmt: skip
    one = type(f"{output.__name__}Result", (serializers.Serializer,), fields)
    counts = {"done": serializers.IntegerField(), "refused": serializers.IntegerField(), "results": one(many=True)}
    return type(f"{output.__name__}Results", (serializers.Serializer,), counts)
