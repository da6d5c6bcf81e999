"""Pages about jobs."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel import jobs as kinds
from config.kernel.index import Column, View
from config.kernel.pages import FormPage, IndexPage, Page
from merchants.accounts.permissions import Permission
from merchants.activity.selectors import timeline
from merchants.desk import forms, screens, selectors
from merchants.desk.filters import JobFilter
from merchants.desk.services import jobs
from merchants.desk.states import JobStatus


class JobIndex(IndexPage):
    needs = Permission.JOBS_VIEW
    template_name = "desk/job_list.html"
    title = __("Jobs")
    filterset_class = JobFilter
    columns = [
        Column("what", __("What")),
        Column("status", __("Status")),
        Column("progress", __("Progress")),
        Column("who", __("Asked for by")),
        Column("created", __("Asked for"), order="created", is_time=True),
    ]
    orders = {"-created": ("-created_at", "-pk"), "created": ("created_at", "pk")}
    views = [
        View(__("All")),
        View(__("Running"), {"status": JobStatus.RUNNING.value}),
        View(__("Failed"), {"status": JobStatus.FAILED.value}),
        View(__("Parked"), {"status": JobStatus.PARKED.value}),
    ]
    empty_text = __("Exports and other work that takes a while appear here.")

    def rows(self):
        return selectors.jobs()

    def ready(self, rows):
        for job in selectors.with_starters(rows):
            job.label, job.progress = screens.label(job), screens.progress(job, now=self.now)
        return rows


class JobPage(Page, abstract=True):
    """A page about one job."""

    def load(self, public_id):
        self.job = selectors.job(public_id)
        self.kind = kinds.kind(self.job.kind)
        self.heading = screens.label(self.job)
        self.crumbs = [{"label": JobIndex.title, "url": reverse("desk:jobs", args=[self.merchant.slug])}]

    @property
    def may_see_result(self) -> bool:
        return self.kind is not None and self.actor.can(self.kind.needs)


class JobDetail(JobPage):
    """Asks for itself again every two seconds while the job is going."""

    needs = Permission.JOBS_VIEW
    template_name = "desk/job_detail.html"

    def context(self):
        job, may_manage = self.job, self.actor.can(Permission.JOBS_MANAGE)
        (job,) = selectors.with_starters([job])
        return {
            "job": job, "label": self.heading, "crumbs": self.crumbs,
            "progress": screens.progress(job, now=self.now),
            "is_going": screens.is_going(job),
            "may_stop": may_manage and screens.may_stop(job),
            "may_resume": may_manage and screens.may_resume(job),
            "may_see_result": self.may_see_result,
            "facts": screens.facts(job, who=job.who),
            "timeline": timeline(job.about) if self.actor.can(Permission.ACTIVITY_VIEW) else None,
        }  # fmt: skip


class JobAct(JobPage, FormPage, abstract=True):
    """An act on one job."""

    needs = Permission.JOBS_MANAGE
    form_class = forms.Confirmation
    template_name = "desk/act.html"
    verb: str
    intro = ""

    def context(self):
        url = self.job.get_absolute_url()
        crumbs = [*self.crumbs, {"label": self.heading, "url": url}]
        return {
            "heading": self.verb, "about": self.heading, "intro": self.intro, "submit_label": self.verb,
            "crumbs": crumbs, "cancel_url": url,
        }  # fmt: skip


class JobStop(JobAct):
    verb = __("Stop")
    intro = __("What is done stays done. It can be resumed later, and goes on where it stopped.")

    def act(self, form):
        jobs.stop(job=self.job, by=self.actor, now=self.now)
        return self.job, _("The job stops after its present step.")


class JobResumption(JobAct):
    verb = __("Resume")
    intro = __("It goes on where it stopped.")

    def act(self, form):
        jobs.resume(job=self.job, by=self.actor, now=self.now)
        return self.job, _("The job goes on.")


class JobFile(JobPage):
    """The file a job made, for those who may see what is in it."""

    needs = Permission.JOBS_VIEW

    def get(self, request, **_):
        if not self.may_see_result:
            raise PermissionDenied(self.job.kind)
        path = jobs.path_of(self.job.file, merchant=self.merchant)
        if not self.job.file or not path.is_file():
            raise Http404
        name = f"{self.job.kind.rpartition('.')[2]}-{self.job.created_at:%Y%m%d-%H%M%S}{path.suffix}"
        return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")
