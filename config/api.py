"""What describes the API to people: a page that reads the committed description, from this host alone."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from config.embedded.keeper import ROOT
from config.kernel.api.problems import problem

DESCRIPTION = ROOT / "openapi.yaml"


@require_safe
def docs(request):
    return render(request, "api/docs.html")


@require_safe
def description(request):
    """The same for everybody: what a key may do is the key's."""
    return HttpResponse(
        DESCRIPTION.read_bytes(), content_type="application/yaml", headers={"Cache-Control": "no-cache"}
    )


@csrf_exempt
def nothing(request, rest):
    return problem(404, "not_found", _("There is nothing here."))
