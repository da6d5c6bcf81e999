"""Pages about saved views of lists, and what a list is told of them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import pgettext_lazy

from config.kernel.index import Column, View
from config.kernel.pages import FormPage, IndexPage
from config.kernel.views import Saved, Shelf
from merchants.accounts.permissions import Permission
from merchants.desk import forms, selectors
from merchants.desk.filters import ViewFilter
from merchants.desk.models import SavedView
from merchants.desk.services import views


def shelf(page: str, *, request: HttpRequest) -> Shelf:
    """What `config.kernel.views` asks for."""
    slug, may_share = request.merchant.slug, request.actor.can(Permission.VIEWS_SHARE)
    rows = selectors.saved_views(person=request.user).filter(page=page).order_by("is_shared", "name", "pk")
    found = [
        Saved(
            str(view.public_id), view.name, view.query, view.is_shared,
            reverse("desk:view", args=[slug, view.public_id]) if view.is_own or may_share else "",
        )
        for view in rows[: 2 * views.MOST]
    ]  # fmt: skip
    return Shelf(page, found, reverse("desk:view-new", args=[slug]), may_share)


def list_of(page: str, *, slug: str) -> tuple[type[IndexPage], str]:
    """The list of this name and its address. Raises Http404 for what is no list of a shop."""
    try:
        path = reverse(page, args=[slug])
        shown = getattr(resolve(path).func, "view_class", None)
    except (NoReverseMatch, Resolver404):
        raise Http404 from None
    if not (shown and issubclass(shown, IndexPage)):
        raise Http404
    return shown, path


def address(view: SavedView, *, slug: str) -> str:
    _shown, path = list_of(view.page, slug=slug)
    return f"{path}?view={view.public_id}" + (f"&{view.query}" if view.query else "")


class ViewIndex(IndexPage):
    needs = Permission.WORK_VIEW
    template_name = "desk/view_list.html"
    title = __("Saved views")
    filterset_class = ViewFilter
    columns = [
        Column("name", pgettext_lazy("view", "Name"), order="name"),
        Column("page", __("List")),
        Column("shared", __("Who sees it")),
        Column("acts", ""),
    ]
    orders = {"name": ("name", "pk"), "-name": ("-name", "-pk")}
    views = [View(__("All")), View(__("For everybody"), {"shared": "yes"})]
    empty_text = __("Filter a list, then save what it shows under a name: it becomes a tab of that list.")

    def rows(self):
        # the table of routes asks for the rows without a request
        return selectors.saved_views(person=getattr(getattr(self, "request", None), "user", None))

    def ready(self, rows):
        may_share = self.actor.can(Permission.VIEWS_SHARE)
        for view in rows:
            view.url, view.may_change = address(view, slug=self.merchant.slug), view.is_own or may_share
            view.list_title = list_of(view.page, slug=self.merchant.slug)[0].title
        return rows


class ViewCreation(FormPage):
    needs = Permission.WORK_VIEW
    template_name = "desk/view_act.html"

    def context(self):
        return {"heading": _("Save view"), "submit_label": _("Save view"), "cancel_url": self.index_url}

    @property
    def index_url(self) -> str:
        return reverse("desk:views", args=[self.merchant.slug])

    def form(self, data=None, files=None):
        initial = {name: self.request.GET.get(name, "") for name in ("page", "query")}
        return forms.NewView(data, initial=initial, may_share=self.actor.can(Permission.VIEWS_SHARE))

    def act(self, form):
        sent = form.cleaned_data
        shown, _path = list_of(sent["page"], slug=self.merchant.slug)
        if not self.actor.can(shown.needs):
            raise PermissionDenied(shown.needs)
        view = views.keep(
            page=sent["page"], name=sent["name"], query=sent["query"], is_shared=sent.get("is_shared", False),
            owner=self.request.user, by=self.actor, now=self.now,
        )  # fmt: skip
        return address(view, slug=self.merchant.slug), _("The view was saved.")


class ViewPage(FormPage, abstract=True):
    """An act on one view, by its owner or by whoever may share."""

    needs = Permission.WORK_VIEW
    template_name = "desk/view_act.html"
    heading: str
    verb: str

    def load(self, public_id):
        self.view = selectors.saved_views(person=self.request.user).filter(public_id=public_id).first()
        if self.view is None:
            raise Http404
        if not (self.view.is_own or self.actor.can(Permission.VIEWS_SHARE)):
            raise PermissionDenied(Permission.VIEWS_SHARE)

    def context(self):
        crumbs = [{"label": ViewIndex.title, "url": reverse("desk:views", args=[self.merchant.slug])}]
        return {
            "view": self.view, "heading": self.heading, "about": self.view.name, "submit_label": self.verb,
            "crumbs": crumbs, "cancel_url": address(self.view, slug=self.merchant.slug),
        }  # fmt: skip

    def changed(self, **changes) -> str:
        """The address of the view as it is now."""
        view = views.change(view=self.view, changes=changes, by=self.actor, now=self.now)
        return address(view, slug=self.merchant.slug)


class ViewChange(ViewPage):
    heading, verb = __("Change view"), __("Save changes")

    def form(self, data=None, files=None):
        initial = {"name": self.view.name, "is_shared": self.view.is_shared}
        return forms.ViewName(data, initial=initial, may_share=self.actor.can(Permission.VIEWS_SHARE))

    def context(self):
        removal_url = reverse("desk:view-removal", args=[self.merchant.slug, self.view.public_id])
        return super().context() | {"removal_url": removal_url}

    def act(self, form):
        return self.changed(**form.cleaned_data), _("The changes were saved.")


class ViewStateChange(ViewPage):
    """Have a view show what its list shows now."""

    form_class = forms.ViewState
    heading, verb = __("Save what the list shows"), __("Save view")

    def initial(self):
        return {"query": self.view.query}

    def act(self, form):
        return self.changed(query=form.cleaned_data["query"]), _("The view was saved.")


class ViewRemoval(ViewPage):
    form_class = forms.Confirmation
    heading, verb = __("Delete view"), __("Delete view")

    def act(self, form):
        views.remove(view=self.view, by=self.actor, now=self.now)
        return list_of(self.view.page, slug=self.merchant.slug)[1], _("The view was deleted.")
