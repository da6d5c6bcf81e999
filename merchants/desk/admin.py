"""Marketplace imports with their reports, jobs and work items, to look at; recurring duties, to steer as well."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import pgettext_lazy

from config.kernel import clock, keyset, scope, spreadsheets
from config.kernel import duties as kinds_of_duties
from config.kernel.admin import Act, ReadOnlyAdmin, admin_page
from config.kernel.imports import marketplaces
from config.kernel.personal import masked
from merchants.accounts import selectors as accounts
from merchants.accounts.models import Merchant
from merchants.accounts.permissions import Permission
from merchants.desk import forms, rules, selectors
from merchants.desk.models import Duty, ImportRun, Job, WorkItem
from merchants.desk.services import duties, imports, work_items
from merchants.desk.states import FindingKind

FINDINGS_SHOWN = 100
HEADINGS = [
    __("Table"), __("Line"), pgettext_lazy("import finding", "Key"), pgettext_lazy("import finding", "Kind"),
    __("Reason"), __("Field"), pgettext_lazy("import finding", "Old"), pgettext_lazy("import finding", "New"),
]  # fmt: skip


class StartMarketplaceImport(Act):
    needs = Permission.PLATFORM_MANAGE
    title = __("Take over a marketplace")
    form_class = forms.MarketplaceFile

    def do(self, form):
        sent = form.cleaned_data
        platform = Merchant.objects.get(slug=Merchant.PLATFORM)
        (source,) = (each for each in marketplaces() if each.key == sent["source"])
        file = imports.receive(sent["file"], platform=platform)
        with scope.acting_for(platform):
            imports.ask_for(
                source=source, file=file, label=sent["file"].name, within=sent["within"],
                owner_email=sent["owner_email"], by=self.actor, now=self.now,
            )  # fmt: skip
        return _("The import has begun. It appears here once the file was opened, and among the jobs at once.")


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    """A run's page is its report; its findings can be narrowed down, its rejected lines downloaded."""

    needs = Permission.IMPORTS_VIEW
    title = __("Import runs")
    acts = {"new": StartMarketplaceImport}
    list_display = ["label", "source", "status", "started_by", "started_at", "finished_at"]
    list_filter = ["status", "source"]
    search_fields = ["public_id__exact", "source__exact"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.rejected_view)
        return [path("<int:pk>/rejected.csv", view, name="desk_importrun_rejected"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        run = self._run(request, object_id)
        counts = selectors.finding_counts(run=run)
        context = self.admin_site.each_context(request) | {
            "title": run.label, "run": run, "counts": counts, "kinds": FindingKind.choices,
            "tables": sorted({count.table for count in counts}), "row_counts": rules.row_counts(run.report),
            "money": rules.money(run.report), "identity": rules.identity(run.report),
            "matching": rules.matching(run.report),
            "rejected_url": reverse(admin_page(self.opts, "rejected"), args=[run.pk]), **self._findings(request, run),
        }  # fmt: skip
        return TemplateResponse(request, "admin/import_run.html", context)

    def _findings(self, request, run: ImportRun) -> dict:
        """One page of findings, as narrowed down in the address."""
        chosen = {name: request.GET.get(name, "") for name in ("kind", "table", "code")}
        place = {name: request.GET.get(name, "") for name in ("after", "before")}
        found = selectors.findings(run=run, **chosen)
        page = keyset.page(found, order=selectors.FINDING_ORDER, size=FINDINGS_SHOWN, **place)
        for finding in page.rows:
            finding.reason = selectors.reason(finding.code)
        turned = {"previous_url": {"before": page.before}, "next_url": {"after": page.after}}
        urls = {name: f"?{urlencode(chosen | turn)}" if all(turn.values()) else None for name, turn in turned.items()}
        return {"chosen": chosen, "findings": page.rows, "headings": HEADINGS, **urls}

    def rejected_view(self, request, pk):
        """The rejected lines, or those of one `table`, with their reasons as a file for a spreadsheet."""
        run = self._run(request, pk)
        rows = selectors.finding_table(run=run, table=request.GET.get("table", ""))
        return spreadsheets.download(rows, name=f"rejected-{run.public_id}.csv")

    def _run(self, request, pk) -> ImportRun:
        if request.method not in ("GET", "HEAD") or not self.has_view_permission(request):
            raise PermissionDenied(self.needs)
        if (run := self.get_object(request, str(pk))) is None:
            raise Http404
        return run


class PauseDuty(Act):
    needs = Permission.PLATFORM_MANAGE
    title = __("Pause")
    form_class = forms.Confirmation

    def do(self, form):
        duties.pause(duty=self.row, by=self.actor, now=self.now)
        return _("The duty is paused.")


class ResumeDuty(Act):
    needs = Permission.PLATFORM_MANAGE
    title = __("Resume")
    form_class = forms.Confirmation

    def do(self, form):
        duties.resume(duty=self.row, by=self.actor, now=self.now)
        return _("The duty goes on.")


class RunDutyNow(Act):
    needs = Permission.PLATFORM_MANAGE
    title = __("Run now")
    form_class = forms.Confirmation

    def do(self, form):
        duties.run_now(duty=self.row, by=self.actor, now=self.now)
        return _("The duty is due now.")


class ChangeCadence(Act):
    needs = Permission.PLATFORM_MANAGE
    title = __("Change how often")
    form_class = forms.Cadence

    def initial(self):
        return {"seconds": self.row.cadence_seconds}

    def do(self, form):
        seconds = form.cleaned_data["seconds"]
        duties.change_cadence(duty=self.row, seconds=seconds, by=self.actor, now=self.now)
        return _("The duty is due every %(seconds)s s now.") % {"seconds": seconds}


@admin.register(Duty)
class DutyAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Recurring duties")
    acts = {
        "row-pause": PauseDuty, "row-resumption": ResumeDuty, "row-now": RunDutyNow, "row-cadence": ChangeCadence,
    }  # fmt: skip
    list_display = [
        "key", "what", "cadence_seconds", "next_due_at", "is_late", "is_paused", "last_started_at", "last_outcome",
        "last_milliseconds", "failures",
    ]  # fmt: skip
    list_filter = ["is_paused", "last_outcome"]
    readonly_fields = ("what", "is_late", "bounds")

    @admin.display(description=__("what"))
    def what(self, duty):
        kind = kinds_of_duties.kind(duty.key)
        return kind.label if kind else _("not in the code any more")

    @admin.display(description=__("late"), boolean=True)
    def is_late(self, duty):
        return not duty.is_paused and rules.is_late(next_due_at=duty.next_due_at, now=clock.now())

    @admin.display(description=__("how often it may be"))
    def bounds(self, duty):
        kind = kinds_of_duties.kind(duty.key)
        return kind and f"{kind.least} – {kind.most}"


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Jobs")
    hidden = ("arguments", "checkpoint", "report", "result", "file", "lease")
    list_display = ["public_id", "merchant", "kind", "status", "done", "total", "tries", "created_at", "ended_at"]
    list_select_related = ["merchant"]
    list_filter = ["status", "kind"]
    search_fields = ["public_id__exact", "merchant__slug__exact"]


class AssignItem(Act):
    needs = Permission.PLATFORM_MANAGE
    title = __("Give to somebody")
    form_class = forms.Assignment

    def initial(self):
        return {"owner": self.row.owner_id}

    def form(self, *sent):
        with scope.acting_for(self.row.merchant):
            people = [(member.user_id, member.name) for member in accounts.members().order_by("name", "pk")]
        return self.form_class(*sent, initial=self.initial(), people=people)

    def do(self, form):
        with scope.acting_for(self.row.merchant):
            owner = accounts.person_of(f"user:{form.cleaned_data['owner']}")
            work_items.assign(item=self.row, owner=owner, by=self.actor, now=self.now)
        return _("It was given to %(person)s.") % {"person": owner} if owner else _("It is nobody's in particular now.")


class CloseItem(Act):
    needs = Permission.PLATFORM_MANAGE
    title = pgettext_lazy("work item", "Close")
    form_class = forms.Closure

    def do(self, form):
        with scope.acting_for(self.row.merchant):
            work_items.close(item=self.row, why=form.cleaned_data["why"], by=self.actor, now=self.now)
        return _("It is closed.")


@admin.register(WorkItem)
class WorkItemAdmin(ReadOnlyAdmin):
    """Those of everybody, to look at; those of the platform, to give to somebody and to close."""

    needs = Permission.PLATFORM_VIEW
    title = __("Work items")
    acts = {"row-assignment": AssignItem, "row-closure": CloseItem}
    hidden = ("owner",)
    list_display = ["what", "merchant", "about", "person", "due_at", "opened_at", "closed_at"]
    list_select_related = ["merchant", "owner"]
    list_filter = ["kind"]
    readonly_fields = ("what", "person")
    search_fields = ["merchant__slug__exact", "about__exact"]

    def has_act(self, request, act, row):
        is_open = row.merchant.slug == Merchant.PLATFORM and row.closed_at is None
        return is_open and (act is AssignItem or row.closes_by_hand)

    @admin.display(description=__("what"))
    def what(self, item):
        return item.title

    @admin.display(description=pgettext_lazy("work item", "owner"))
    def person(self, item):
        return item.owner and masked(item.owner.name)
