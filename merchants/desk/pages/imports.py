"""Pages about files that are brought in."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import pgettext, pgettext_lazy

from config.kernel import imports, keyset, spreadsheets
from config.kernel.index import Column, View
from config.kernel.pages import FormPage, IndexPage, Page
from config.templatetags.ui import moment, number
from merchants.accounts.permissions import Permission
from merchants.activity.selectors import timeline
from merchants.desk import forms, screens, selectors
from merchants.desk.filters import ImportFilter
from merchants.desk.services import file_imports
from merchants.desk.states import ImportStatus

SHOWN = 50  # problems on a page


class ImportIndex(IndexPage):
    needs = Permission.JOBS_VIEW
    template_name = "desk/import_list.html"
    title = __("Imports")
    filterset_class = ImportFilter
    columns = [
        Column("file", __("File")),
        Column("kind", __("What")),
        Column("status", __("Status")),
        Column("lines", __("Lines"), numeric=True),
        Column("rejected", __("Rejected"), numeric=True),
        Column("started", pgettext_lazy("import", "Sent"), order="started", is_time=True),
    ]
    orders = {"-started": ("-started_at", "-pk"), "started": ("started_at", "pk")}
    views = [
        View(__("All")),
        View(__("Being prepared"), {"status": ImportStatus.DRAFT.value}),
        View(__("Completed"), {"status": ImportStatus.COMPLETED.value}),
    ]
    empty_text = __("Bring in products, prices or buyers from a file: CSV or Excel, in any common encoding.")

    def rows(self):
        return selectors.file_imports(may_see=self.actor.can)

    def ready(self, rows):
        for run in rows:
            run.kind_label, run.stands = screens.kind_label(run), screens.import_status(run)
            run.lines = run.reading.get("lines") or run.report.get("read")  # neither, of what could not be read
        return rows

    def context(self):
        kinds = [kind for kind in imports.kinds() if self.actor.can(kind.needs)]
        return super().context() | {"kinds": kinds}


class ImportUpload(FormPage):
    """Send a file of one kind."""

    needs = Permission.JOBS_VIEW
    form_class = forms.SentFile
    template_name = "desk/import_upload.html"

    def load(self, kind):
        self.kind = imports.kind(kind)
        if self.kind is None:
            raise Http404
        if not self.actor.can(self.kind.needs):
            raise PermissionDenied(self.kind.needs)

    def context(self):
        index = reverse("desk:imports", args=[self.merchant.slug])
        return {
            "heading": _("Import: %(kind)s") % {"kind": self.kind.label}, "submit_label": _("Send file"),
            "columns": self.kind.columns(merchant=self.merchant), "cancel_url": index,
            "crumbs": [{"label": ImportIndex.title, "url": index}],
        }  # fmt: skip

    def act(self, form):
        sent = form.cleaned_data
        received = file_imports.receive(sent["file"], merchant=self.merchant, encoding=sent["encoding"])
        run = file_imports.open_draft(kind=self.kind.key, received=received, by=self.actor, now=self.now)
        return reverse("desk:import-columns", args=[self.merchant.slug, run.public_id]), _("The file was read.")


class ImportPage(Page, abstract=True):
    """A page about one import, for those who may bring in such files."""

    def load(self, public_id):
        self.run = selectors.file_import(public_id)
        self.kind = imports.kind(self.run.kind)
        if self.kind is None or not self.actor.can(self.kind.needs):
            raise PermissionDenied(self.run.kind)

    @property
    def crumbs(self) -> list[dict]:
        return [{"label": ImportIndex.title, "url": reverse("desk:imports", args=[self.merchant.slug])}]


class ImportColumns(ImportPage, FormPage):
    """Say what the columns are, with the first lines of the file beside; then check it, or take it in at once."""

    needs = Permission.JOBS_VIEW
    template_name = "desk/import_columns.html"

    def form(self, data=None, files=None):
        return forms.ImportColumns(data, run=self.run, columns=self.kind.columns(merchant=self.merchant))

    def context(self):
        return {
            "run": self.run, "crumbs": self.crumbs, "heading": self.run.label, "notes": screens.notes(self.run),
            "cancel_url": self.run.get_absolute_url(),
        }  # fmt: skip

    def act(self, form):
        run = file_imports.choose_columns(run=self.run, **form.chosen, by=self.actor, now=self.now)
        is_check = "take" not in self.request.POST
        file_imports.start(run=run, dry=is_check, by=self.actor, now=self.now)
        return run, _("The file is being checked.") if is_check else _("The file is being taken in.")


class ImportDetail(ImportPage):
    """What became of the lines; it asks for itself again while a job is at it."""

    needs = Permission.JOBS_VIEW
    template_name = "desk/import_detail.html"

    def context(self):
        run, first, left = self.run, self.run.repairs or self.run, selectors.lines_left(self.run).count()
        left_of_first = selectors.lines_left(first).count() if first != run else left
        place = {name: self.request.GET.get(name, "") for name in ("after", "before")}
        found = keyset.page(selectors.problems(run), order=selectors.PROBLEM_ORDER, size=SHOWN, **place)
        return {
            "run": run, "stands": screens.import_status(run), "crumbs": self.crumbs,
            "counts": screens.import_counts(run), "problems": found.rows,
            "sorts": selectors.problem_sorts(run),
            "pager": self.pager(found), "left": left, "kept": list(selectors.kept_effects(run)[:SHOWN]),
            "is_going": run.job is not None and screens.is_going(run.job),
            "progress": run.job and screens.progress(run.job, now=self.now),
            "notes": screens.notes(run), "facts": self.facts(), "first": first,
            "acts": screens.import_acts(run, left=left, left_of_first=left_of_first),
            "timeline": timeline(run.about) if self.actor.can(Permission.ACTIVITY_VIEW) else None,
        }  # fmt: skip

    def pager(self, found) -> dict | None:
        turns = {
            "first_url": "?" if found.before else None,
            "previous_url": f"?before={found.before}" if found.before else None,
            "next_url": f"?after={found.after}" if found.after else None,
        }
        return turns if any(turns.values()) else None

    def facts(self) -> list[tuple[str, object]]:
        run, reading = self.run, self.run.reading
        return [
            (_("What"), self.kind.label),
            (pgettext("import", "Sent"), moment(run.started_at)),
            (_("Lines"), number(reading.get("lines", 0)) if reading else None),
            (_("If lines are wrong"), run.get_policy_display()),
            (_("Ended"), moment(run.finished_at) or None),
        ]


class ImportAct(ImportPage, FormPage, abstract=True):
    needs = Permission.JOBS_VIEW
    form_class = forms.Confirmation
    template_name = "desk/act.html"
    verb: str
    intro = ""

    def context(self):
        url = self.run.get_absolute_url()
        return {
            "heading": self.verb, "about": self.run.label, "intro": self.intro, "submit_label": self.verb,
            "crumbs": [*self.crumbs, {"label": self.run.label, "url": url}], "cancel_url": url,
        }  # fmt: skip


class ImportTakeIn(ImportAct):
    verb = __("Take in")
    intro = __("What the check said comes to pass, as things stand by then.")

    def act(self, form):
        file_imports.start(run=self.run, dry=False, by=self.actor, now=self.now)
        return self.run, _("The file is being taken in.")


class ImportUndoing(ImportAct):
    verb = __("Undo")
    intro = __("What this file brought in is removed and what it changed is as before, where nobody has changed it "
               "since and nothing depends on it. The page says what was kept, and why.")  # fmt: skip

    def act(self, form):
        file_imports.undo(run=self.run, by=self.actor, now=self.now)
        return self.run, _("The import is being undone.")


class ImportRepair(ImportPage, FormPage):
    """Send the rejected lines again, repaired."""

    needs = Permission.JOBS_VIEW
    form_class = forms.SentFile
    template_name = "desk/act.html"

    def context(self):
        url = self.run.get_absolute_url()
        return {
            "heading": _("Send repaired lines"), "about": self.run.label, "submit_label": _("Send file"),
            "intro": _("Download the rejected lines, repair them, and send that file. Its last column says what is "
                       "wrong with each; leave the column with the line numbers as it is."),
            "crumbs": [*self.crumbs, {"label": self.run.label, "url": url}], "cancel_url": url,
        }  # fmt: skip

    def act(self, form):
        sent = form.cleaned_data
        received = file_imports.receive(sent["file"], merchant=self.merchant, encoding=sent["encoding"])
        run = file_imports.open_repair(repairs=self.run, received=received, by=self.actor, now=self.now)
        return run, _("The repaired lines are being taken in.")


class ImportRejected(ImportPage):
    """The lines that are still to be repaired, as they stood in the file, with what is wrong with each."""

    needs = Permission.JOBS_VIEW

    def get(self, request, **_):
        rows = selectors.rejected_table(self.run)
        return spreadsheets.download(rows, name=f"rejected-{self.run.public_id}.csv")
