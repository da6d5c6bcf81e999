"""Marketplace imports: what each read, took, changed and refused, and how its money adds up."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as __
from django.utils.translation import pgettext_lazy

from config.kernel import keyset, spreadsheets
from config.kernel.admin import ReadOnlyAdmin, admin_page
from merchants.accounts.permissions import Permission
from merchants.desk import rules, selectors
from merchants.desk.models import ImportRun
from merchants.desk.states import FindingKind

FINDINGS_SHOWN = 100
HEADINGS = [
    __("Table"), __("Line"), pgettext_lazy("import finding", "Key"), pgettext_lazy("import finding", "Kind"),
    __("Reason"), __("Field"), pgettext_lazy("import finding", "Old"), pgettext_lazy("import finding", "New"),
]  # fmt: skip


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    """A run's page is its report; its findings can be narrowed down, its rejected lines downloaded."""

    needs = Permission.IMPORTS_VIEW
    title = __("Import runs")
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
