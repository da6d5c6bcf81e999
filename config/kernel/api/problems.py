"""Refusals of the API as RFC 9457 `application/problem+json`: one shape, whatever went wrong."""

import json
from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.status import HTTP_400_BAD_REQUEST

from config.kernel.errors import DomainError, UnknownFilter

CODES = {
    exceptions.NotFound: "not_found", exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.UnsupportedMediaType: "unsupported_media_type",
}  # fmt: skip
TITLES = {
    400: "Malformed request", 401: "No credential", 403: "Not allowed", 404: "Not found", 405: "Method not allowed",
    409: "Conflict", 412: "Changed meanwhile", 413: "Too large", 415: "Unsupported media type",
    422: "Not processable", 428: "Precondition required", 429: "Too many requests", 500: "Fault of ours",
    503: "Not available", 507: "Out of space",
}  # fmt: skip
OF_FORMS = 422


class TooManyRequests(DomainError):
    """`after` is when to ask again, in whole seconds."""

    code = "too_many_requests"
    status = 429


class TooLarge(DomainError):
    code = "body_too_large"
    status = 413


class Stale(DomainError):
    code = "changed_meanwhile"
    status = 412


class NoIfMatch(DomainError):
    code = "if_match_missing"
    status = 428


class NoIdempotencyKey(DomainError):
    code = "idempotency_key_missing"
    status = 400


def told(fault: Exception, *, at: str = "", pointers: dict[str, str] | None = None) -> dict | None:
    """What a refusal says; None for what is no refusal but a fault of ours.

    `at` goes before each JSON pointer; `pointers` are where the fields that services name lie in the body.
    """
    if isinstance(fault, UnknownFilter):
        errors = [{"parameter": fault.field, "code": fault.code, "message": fault.message}] if fault.field else []
        return described(fault.status, fault.code, fault.message, errors)
    if isinstance(fault, DomainError):
        pointer = at + (pointers or {}).get(fault.field, f"/{fault.field}")
        errors = [{"pointer": pointer, "code": fault.code, "message": fault.message}] if fault.field else []
        # a form that its fields refuse is a body that its fields refuse
        status = HTTP_400_BAD_REQUEST if fault.status == OF_FORMS and fault.field else fault.status
        return described(status, fault.code, fault.message, errors)
    if isinstance(fault, exceptions.ValidationError):
        errors = list(_errors(fault.detail, at))
        lost = [error for error in errors if error["code"] == "not_found"]
        if lost:  # a thing that is named and not there, or another merchant's, is missing like one in the address
            return described(404, "not_found", _("What you name is not there."), lost)
        return described(HTTP_400_BAD_REQUEST, "invalid", _("Some fields are not as they should be."), errors)
    if isinstance(fault, Http404):
        return described(404, "not_found", _("There is nothing here."))
    if isinstance(fault, PermissionDenied):
        return described(403, "missing_scope", _("This key lacks the scope “%(scope)s”.") % {"scope": fault})
    if isinstance(fault, exceptions.APIException):
        return described(fault.status_code, CODES.get(type(fault), "malformed"), str(fault.detail))
    return None


def described(status: int, code: str, detail: str, errors: list[dict] | None = None) -> dict:
    return {
        "type": f"urn:zhanggui:problem:{code}", "title": TITLES.get(status, "Refused"), "status": status,
        "detail": str(detail), "code": code, "errors": errors or [],
    }  # fmt: skip


def problem(status: int, code: str, detail: str) -> HttpResponse:
    return answer(described(status, code, detail))


def answer(description: dict) -> HttpResponse:
    text = json.dumps(description, ensure_ascii=False).encode()
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(text, status=description["status"], content_type="application/problem+json", headers=headers)


def refuse(fault: Exception, context: dict) -> HttpResponse | None:
    """DRF's exception handler; what is no refusal is a bug and stays a 500."""
    description = told(fault, pointers=getattr(context["view"], "pointers", None))
    if description is None:
        return None
    response = answer(description)
    if after := getattr(fault, "context", {}).get("after"):
        response["Retry-After"] = str(after)
    return response


def _errors(detail, at: str) -> Iterator[dict]:
    """DRF's nested messages, each with the JSON pointer (RFC 6901) of the field it is about."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            own = name in ("non_field_errors", "")
            yield from _errors(inner, at if own else f"{at}/{str(name).replace('~', '~0').replace('/', '~1')}")
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            is_message = not isinstance(inner, dict | list)
            yield from _errors(inner, at if is_message else f"{at}/{place}")
    else:
        yield {"pointer": at, "code": getattr(detail, "code", "invalid"), "message": str(detail)}
