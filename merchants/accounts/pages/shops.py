"""Choosing a shop, and what every member of one may open."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language, ngettext
from django.views.decorators.http import require_POST, require_safe

from config.kernel import keyset, scope
from config.kernel.pages import Page
from merchants.accounts import selectors
from merchants.accounts.permissions import Permission
from merchants.accounts.services import users
from merchants.accounts.sign_in import remember_language
from merchants.accounts.states import Density

BY_NAME = ("name", "pk")


@login_required
@require_safe
def home(request):
    """A person's shops: straight on to the only one, else a list that can be searched."""
    query = request.GET.get("q", "").strip()
    cursors = {name: request.GET.get(name, "") for name in ("after", "before")}
    with scope.across_merchants(because="a person chooses among the merchants they work for"):
        page = keyset.page(selectors.merchants_of(request.user, matching=query), order=BY_NAME, size=50, **cursors)
        works_for_platform = selectors.works_for_platform(request.user)
    everything = not query and not any(cursors.values())
    if everything and len(page.rows) == 1 and not works_for_platform:
        return redirect("shop", page.rows[0].slug)
    if everything and not page.rows and works_for_platform:
        return redirect("admin:index")
    context = {"shops": page, "query": query, "works_for_platform": works_for_platform, "pager": _pager(page, query)}
    return render(request, "accounts/home.html", context)


def _pager(page, query: str) -> dict:
    def turn(**place):
        return f"?{urlencode({'q': query} | place)}" if all(place.values()) else None

    count = ngettext("%(count)s shop on this page", "%(count)s shops on this page", len(page.rows))
    return {
        "shown_label": count % {"count": len(page.rows)}, "first_url": turn() if page.before else None,
        "previous_url": turn(before=page.before), "next_url": turn(after=page.after),
    }  # fmt: skip


@require_POST
def choose_language(request):
    """Read the pages in another language from now on, on this machine and after the next sign-in."""
    language, response = request.POST.get("language", ""), _back(request)
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        remember_language(response, language)
        if request.user.is_authenticated:
            users.speak(user=request.user, language=language)
    return response


@require_POST
def choose_density(request):
    """Have the rows of lists closer together or further apart, on every machine one signs in at."""
    density = request.POST.get("density", "")
    if density in Density.values and request.user.is_authenticated:
        users.arrange(user=request.user, density=Density(density))
    return _back(request)


def _back(request):
    """To the page that a form says it was sent from."""
    after = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure())
    return redirect(after if safe else reverse("home"))


class Menu(Page):
    """All of the side bar on a page of its own, for phones and without a script."""

    needs = Permission.PRODUCTS_VIEW
    template_name = "accounts/menu.html"
