"""What no request may carry, what every answer does, and what a refusal looks like that no form has caught."""

import sys

from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from config.kernel.api.problems import problem
from config.kernel.errors import DomainError

# unfold needs inline code for its menus; nothing of it loads from elsewhere either
ADMIN_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)


class NoNul:
    """No text in PostgreSQL can hold a NUL and nobody types one: it is refused before anything is looked up by it.

    Forms refuse it themselves.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        sent = [request.path_info, *request.COOKIES.values()]
        if "%00" in request.META.get("QUERY_STRING", "") or any("\0" in text for text in sent):
            raise BadRequest("a NUL")
        return self.get_response(request)


class NothingIsKept:
    """Pages for signed-in people stay out of every cache: shops are run on shared computers."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not response.has_header("Cache-Control") and request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        if request.path_info.startswith("/admin/"):
            response["Content-Security-Policy"] = ADMIN_POLICY
        return response


class Refusals:
    """A DomainError that reaches the top becomes a page with its words and its status."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, DomainError):
            return None
        return render(request, "refusal.html", {"refusal": exception}, status=exception.status)


def bad_request(request, exception):
    """The page for a request that cannot be read. Django's own looks for a CSRF token in it, and so fails once more."""
    if _is_of_the_api(request):
        return problem(400, "malformed", _("The request cannot be read."))
    return HttpResponseBadRequest(render_to_string("400.html"))


def server_error(request):
    """The page when something broke. That the database is gone passes: browsers and proxies may ask again."""
    is_gone, is_api = isinstance(sys.exc_info()[1], OperationalError | InterfaceError), _is_of_the_api(request)
    if is_gone:
        told = problem(503, "not_available", _("The database does not answer.")) if is_api else None
        response = told or HttpResponse(render_to_string("503.html"), status=503)
        response["Retry-After"] = "5"
        return response
    if is_api:
        return problem(500, "fault", _("Something broke on our side. It was noted."))
    return HttpResponseServerError(render_to_string("500.html"))


def _is_of_the_api(request) -> bool:
    return request.path_info.startswith("/api/v1/")
