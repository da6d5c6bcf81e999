"""Pages about acts on many rows at once: the look before, the doing, the undoing, and what was done lately."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext, pgettext_lazy

from config.kernel import changes as kinds
from config.kernel.errors import DomainError
from config.kernel.index import Column
from config.kernel.pages import FormPage, IndexPage, Page
from merchants.accounts.permissions import Permission
from merchants.accounts.selectors import names_of
from merchants.desk import forms, screens
from merchants.desk.errors import ListChanged, NothingChosen
from merchants.desk.filters import ChangeFilter
from merchants.desk.selectors import changes as selectors
from merchants.desk.services import changes
from merchants.desk.services.changes import Chosen
from merchants.desk.states import ChangeStatus

SHOWN = 200  # things that a page tells one by one


class ChangeIndex(IndexPage):
    needs = Permission.WORK_VIEW
    template_name = "desk/change_list.html"
    title = __("Recent changes")
    filterset_class = ChangeFilter
    columns = [
        Column("what", __("What")),
        Column("status", __("Status")),
        Column("changed", pgettext_lazy("lines", "Changed"), numeric=True),
        Column("kept", __("Left as they were"), numeric=True),
        Column("who", __("Who")),
        Column("made", __("When"), order="made", is_time=True),
        Column("acts", ""),
    ]
    orders = {"-made": ("-made_at", "-pk"), "made": ("made_at", "pk")}
    empty_text = __("What you do to many rows at once appears here, and can be undone for ten minutes.")

    def rows(self):
        return selectors.recent(can=self.actor.can)

    def ready(self, rows):
        names = names_of({change.started_by for change in rows})
        for change in rows:
            change.label, change.who = kinds.kind(change.kind).label, names.get(change.started_by, change.started_by)
            change.may_undo = selectors.may_undo(change, now=self.now)
        return rows


class ChangeCreation(Page):
    """Takes over what was chosen in a list, and shows what would become of it."""

    needs = Permission.WORK_VIEW

    def load(self, kind):
        self.kind = kinds.kind(kind)
        if self.kind is None:
            raise Http404
        if not self.actor.can(self.kind.needs):
            raise PermissionDenied(self.kind.needs)
        self.list_url = reverse(self.kind.page, args=[self.merchant.slug])

    def get(self, request, **_kwargs):
        return redirect(self.list_url)

    def post(self, request, **_kwargs):
        form = forms.ChosenRows(request.POST)
        sent = form.cleaned_data if form.is_valid() else {}
        try:
            if not sent or not (sent["whole"] or form.names):
                raise NothingChosen(_("Choose at least one row."))
            rows = Chosen(form.names, sent["query"], sent["counted"] if sent["whole"] else None, sent["back"])
            change = changes.prepare(kind=self.kind.key, rows=rows, by=self.actor, now=self.now)
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return redirect(f"{self.list_url}?{sent['back']}" if sent.get("back") else self.list_url)
        return redirect(change)


class ChangePage(FormPage, abstract=True):
    """A page about one change; whoever may do it may see and undo it."""

    needs = Permission.WORK_VIEW

    def load(self, public_id):
        self.change = selectors.change(public_id)
        self.kind = kinds.kind(self.change.kind)
        if not self.actor.can(self.kind.needs):
            raise PermissionDenied(self.kind.needs)
        back = f"?{self.change.back}" if self.change.back else ""
        self.list_url = reverse(self.kind.page, args=[self.merchant.slug]) + back

    def asked(self) -> dict | None:
        """What the form of the act was told; None while it has not been told all."""
        if self.kind.form is None:
            return {}
        form = self.kind.form(self.change.asked or None, merchant=self.merchant)
        return form.asked if form.is_valid() else None


class ChangeDetail(ChangePage):
    """Before it is done: what is still to be asked, and what would become of each thing. After: what did."""

    template_name = "desk/change_detail.html"

    @property
    def is_draft(self) -> bool:
        return self.change.status == ChangeStatus.DRAFT

    def form(self, data=None, files=None):
        if self.kind.form is None or not self.is_draft:
            return Form(data)
        return self.kind.form(data, initial=self.change.asked, merchant=self.merchant)

    def act(self, form):
        asked = {name: self.request.POST.get(name, "") for name in form.fields}
        changes.ask(change=self.change, asked=asked, by=self.actor, now=self.now)
        return self.change, ""

    def context(self):
        context = {"change": self.change, "kind": self.kind, "list_url": self.list_url, "is_draft": self.is_draft}
        if not self.is_draft:
            return context | self.outcome()
        asked = self.asked()
        if asked is None:
            return context
        found = changes.look(change=self.change, asked=asked, by=self.actor, now=self.now)
        return context | {"look": found, "notes": screens.change_notes(self.change, found)}

    def outcome(self) -> dict:
        change = self.change
        return {
            "effects": list(selectors.effects(change)[:SHOWN]), "may_undo": selectors.may_undo(change, now=self.now),
            "undo_until": change.applied_at and change.applied_at + selectors.UNDOABLE,
            "is_going": change.status in (ChangeStatus.RUNNING, ChangeStatus.UNDOING),
            "progress": change.job and screens.progress(change.job, now=self.now),
        }  # fmt: skip


class ChangeAct(ChangePage, abstract=True):
    form_class = forms.Confirmation
    template_name = "desk/act.html"
    verb: str

    def context(self):
        return {
            "heading": self.verb, "about": self.kind.label, "submit_label": self.verb,
            "crumbs": [{"label": ChangeIndex.title, "url": reverse("desk:changes", args=[self.merchant.slug])}],
            "cancel_url": self.change.get_absolute_url(),
        }  # fmt: skip


class ChangeApplication(ChangeAct):
    verb = pgettext_lazy("change", "Apply")
    form_class = forms.Counted

    def initial(self):
        return {"counted": selectors.chosen(self.change, self.kind).count(), "seen": self.change.asked_digest}

    def refuse(self, form, refusal):
        """There it is looked at again, as things stand now."""
        messages.error(self.request, refusal.message)
        return redirect(self.change)

    def act(self, form):
        asked = self.asked()
        if asked is None:
            return self.change, _("Say first what is to be done.")
        if form.cleaned_data["seen"] != self.change.asked_digest:  # in another tab, or before a step back
            raise ListChanged(_("It was changed meanwhile."))
        change = changes.apply(
            change=self.change, asked=asked, counted=form.cleaned_data["counted"], by=self.actor, now=self.now
        )
        if change.status != ChangeStatus.APPLIED:
            return change, _("This takes a while. You may go on working.")
        if selectors.may_undo(change, now=self.now):
            self.undo_url = reverse("desk:change-undoing", args=[self.merchant.slug, change.public_id])
        told = [self.kind.told(change.report["changed"]), _left(change.report["kept"])]
        return self.list_url, " ".join(filter(None, told))


class ChangeUndoing(ChangeAct):
    verb = __("Undo")

    def act(self, form):
        change = changes.undo(change=self.change, by=self.actor, now=self.now)
        if change.status != ChangeStatus.UNDONE:
            return change, _("This takes a while. You may go on working.")
        undone, kept = change.report["undone"], change.report["not_undone"]
        told = ngettext("%(count)s thing is as it was.", "%(count)s things are as they were.", undone)
        goal = change if kept else self.list_url
        return goal, " ".join(filter(None, [told % {"count": undone}, _left(kept)]))


def _left(count: int) -> str:
    told = ngettext("%(count)s was left as it is.", "%(count)s were left as they are.", count)
    return told % {"count": count} if count else ""
