"""Choosing a shop, and what every member of one may open."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST, require_safe

from config.kernel import keyset, navigation, scope
from config.kernel.pages import Page
from merchants.accounts import selectors
from merchants.accounts.models import Merchant
from merchants.accounts.permissions import Permission
from merchants.accounts.services import users

BY_NAME = ("name", "pk")


@login_required
@require_safe
def home(request):
    """A person's shops: straight on to the only one, else a list that can be searched."""
    query = request.GET.get("q", "").strip()
    with scope.across_merchants(because="a person chooses among the merchants they work for"):
        shops = selectors.merchants_of(request.user, matching=query)
        cursors = {name: request.GET.get(name, "") for name in ("after", "before")}
        page = keyset.page(shops, order=BY_NAME, size=50, **cursors)
        is_staff = Merchant.objects.filter(slug=Merchant.PLATFORM).first()
    staff = is_staff and selectors.membership_of(request.user, is_staff)
    if not query and len(page.rows) == 1 and not staff and not any(cursors.values()):
        return redirect("shop", page.rows[0].slug)
    if not query and not page.rows and staff:
        return redirect("admin:index")
    return render(request, "accounts/home.html", {"shops": page, "query": query, "is_staff": bool(staff)})


@require_POST
def choose_language(request):
    """Read the pages in another language from now on, on this machine and after the next sign-in."""
    language, after = request.POST.get("language", ""), request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure())
    response = redirect(after if safe else reverse("home"))
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=settings.LANGUAGE_COOKIE_AGE, samesite="Lax",
            secure=request.is_secure(),
        )  # fmt: skip
        if request.user.is_authenticated:
            users.speak(user=request.user, language=language)
    return response


class ShopHome(Page):
    """The first page of a shop is the first list that one may see."""

    needs = Permission.PRODUCTS_VIEW

    def get(self, request, **_):
        return redirect(navigation.links(request)[0]["url"])


class Menu(Page):
    """All of the side bar on a page of its own, for phones and without a script."""

    needs = Permission.PRODUCTS_VIEW
    template_name = "accounts/menu.html"
