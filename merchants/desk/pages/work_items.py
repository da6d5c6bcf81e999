"""Pages about what people have to do."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import pgettext_lazy

from config.kernel.index import Column, View
from config.kernel.pages import FormPage, IndexPage
from merchants.accounts.permissions import Permission
from merchants.desk import forms, selectors
from merchants.desk.filters import WorkFilter
from merchants.desk.services import work_items


class WorkIndex(IndexPage):
    needs = Permission.WORK_VIEW
    template_name = "desk/work_list.html"
    title = __("To do")
    filterset_class = WorkFilter
    columns = [
        Column("what", __("What")),
        Column("due", __("Due")),
        Column("owner", pgettext_lazy("work item", "Owner")),
        Column("opened", pgettext_lazy("work item", "Since"), order="opened", is_time=True),
        Column("acts", ""),
    ]
    orders = {"-opened": ("-opened_at", "-pk"), "opened": ("opened_at", "pk")}
    views = [
        View(pgettext_lazy("work item", "Open")), View(__("Mine"), {"mine": "yes"}),
        View(__("Overdue"), {"overdue": "yes"}),
        View(pgettext_lazy("work item", "Closed"), {"closed": "yes"}),
    ]  # fmt: skip
    empty_text = __("What needs a person appears here.")

    def rows(self):
        # the table of routes asks for the rows without a request
        user = getattr(getattr(self, "request", None), "user", None)
        return selectors.work_items(user=user, can=self.actor.can, now=self.now)

    def context(self):
        return super().context() | {"may_manage": self.actor.can(Permission.WORK_MANAGE)}


class WorkAct(FormPage, abstract=True):
    """An act on one item."""

    needs = Permission.WORK_MANAGE
    template_name = "desk/act.html"
    verb: str

    def load(self, public_id):
        self.item = selectors.work_item(public_id, user=self.request.user, can=self.actor.can, now=self.now)
        self.index_url = reverse("desk:work", args=[self.merchant.slug])

    @property
    def back_url(self) -> str:
        """Where the form was sent from, if that is a page of this shop."""
        asked = self.request.POST.get("back", "")
        return asked if asked.startswith(reverse("shop", args=[self.merchant.slug])) else self.index_url

    def of_item(self, page: str) -> str:
        return reverse(page, args=[self.merchant.slug, self.item.public_id])

    def context(self):
        return {
            "heading": self.verb, "about": self.item.title, "submit_label": self.verb,
            "crumbs": [{"label": WorkIndex.title, "url": self.index_url}], "cancel_url": self.index_url,
        }  # fmt: skip


class WorkAssignment(WorkAct):
    form_class = forms.Confirmation
    verb = __("Take it on")

    def act(self, form):
        work_items.assign(item=self.item, owner=self.request.user, by=self.actor, now=self.now)
        self.undo_url = self.of_item("desk:work-release")
        return self.back_url, _("It is yours now.")


class WorkRelease(WorkAct):
    form_class = forms.Confirmation
    verb = __("Leave it to others")

    def act(self, form):
        work_items.assign(item=self.item, owner=None, by=self.actor, now=self.now)
        return self.back_url, _("It is nobody's in particular now.")


class WorkClosure(WorkAct):
    form_class = forms.Closure
    verb = __("Close")

    def act(self, form):
        work_items.close(item=self.item, why=form.cleaned_data["why"], by=self.actor, now=self.now)
        self.undo_url = self.of_item("desk:work-reopening")
        return self.back_url, _("It is closed.")


class WorkDone(WorkAct):
    """Closes at once, for kinds that need no word about it."""

    form_class = forms.Confirmation
    verb = __("Done")

    def act(self, form):
        work_items.close(item=self.item, why=_("It was done."), by=self.actor, now=self.now)
        self.undo_url = self.of_item("desk:work-reopening")
        return self.back_url, _("Done: %(what)s") % {"what": self.item.title}


class WorkReopening(WorkAct):
    form_class = forms.Confirmation
    verb = __("Open it again")

    def act(self, form):
        work_items.reopen(item=self.item, by=self.actor, now=self.now)
        return self.back_url, _("It is to be done again.")
