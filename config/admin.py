"""The platform's desk: Django's admin, whose doors the permission map opens."""

from django.contrib.auth import logout
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

from config import design, names
from config.kernel.admin import ReadOnly, may
from merchants.accounts.permissions import Permission

APPS = {
    "accounts": _("People and merchants"), "activity": _("Activity"), "catalog": _("Catalog"),
    "desk": _("Imports, jobs and duties"), "fulfillment": _("Orders"), "inventory": _("Stock"),
    "marketplace": _("What the platform offers"), "onboarding": _("Shops"), "pricing": _("Prices"),
    "support": _("Reviews"),
}  # fmt: skip


class PlatformAdminSite(UnfoldAdminSite):
    """For platform staff, whom the doorkeeper has let in; people sign in and out where everybody does."""

    index_title = _("Overview")
    enable_nav_sidebar = True

    def register(self, model_or_iterable, admin_class=None, **options):
        """Pages of our own only: those that libraries bring along show secrets, and ask for Django's permissions."""
        if admin_class and issubclass(admin_class, ReadOnly):
            super().register(model_or_iterable, admin_class, **options)
            for model in [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable:
                self._name(model, admin_class)

    def _name(self, model, admin_class):
        """Lists, rows and columns are called the same everywhere, in the language of the reader."""
        opts = model._meta
        opts.verbose_name_plural = admin_class.title
        opts.app_config.verbose_name = APPS.get(opts.app_label, opts.app_config.verbose_name)
        for each in (model, *(inline.model for inline in admin_class.inlines)):
            names.translate(each)

    def get_urls(self):
        return [path("design/", self.admin_view(design.page), name="design"), *super().get_urls()]

    def has_permission(self, request):
        return may(request, Permission.PLATFORM_VIEW)

    def login(self, request, extra_context=None):
        return redirect("admin:index" if self.has_permission(request) else "account_login")

    def logout(self, request, extra_context=None):
        if request.method == "POST":
            logout(request)
        return redirect("account_login")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def search(self, request, extra_context=None):
        """Each list is searched by itself; unfold's search over all would keep objects in the cache: it takes JSON."""
        raise Http404

    def _build_app_dict(self, request, label=None):
        """Apps and lists by the names that staff know them by."""
        built = super()._build_app_dict(request, label)
        for app in built.values():
            app["name"] = APPS.get(app["app_label"], app["name"])
            for model in app["models"]:
                model["name"] = self._registry[model["model"]].title
        return built
