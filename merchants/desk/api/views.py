"""Jobs: what was begun with 202 is looked up here until it has ended."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404

from config.kernel import jobs as kinds
from config.kernel.api.lists import Listing
from config.kernel.api.resources import Resource
from merchants.accounts.permissions import Permission
from merchants.desk import selectors
from merchants.desk.api.exports import with_files
from merchants.desk.api.serializers import JobOut
from merchants.desk.filters import JobFilter
from merchants.desk.services import jobs


class Jobs(Resource):
    """The shop's exports and other long work, the newest first."""

    reads = Permission.JOBS_VIEW
    output = JobOut
    listing = Listing("jobs", ("-created_at", "-pk"), JobFilter)

    def rows(self):
        return selectors.jobs()

    def ready(self, rows):
        return with_files(rows)


class JobResource(Resource, abstract=True):
    output = JobOut

    def load(self, public_id):
        self.job = selectors.job(public_id)

    def ready(self, rows):
        return with_files(rows)


class OneJob(JobResource):
    """How far a job has come."""

    reads = Permission.JOBS_VIEW

    def row(self):
        return self.job


class JobStop(JobResource):
    """End a job after its present step; it can be resumed."""

    writes = Permission.JOBS_MANAGE
    answers = 200

    def create(self, data):
        return jobs.stop(job=self.job, by=self.actor, now=self.now)


class JobResumption(JobResource):
    """Let a job go on where it stopped."""

    writes = Permission.JOBS_MANAGE
    answers = 200

    def create(self, data):
        return jobs.resume(job=self.job, by=self.actor, now=self.now)


class JobFile(JobResource):
    """The file that a job made, for a key that has the scope of what is in it."""

    reads = Permission.JOBS_VIEW
    is_file = True

    def row(self):
        return self.job

    def shown(self, row, *, status):
        kind = kinds.kind(row.kind)
        if kind is None or not self.actor.can(kind.needs):
            raise PermissionDenied(kind.needs if kind else row.kind)
        path = jobs.path_of(row.file, merchant=self.merchant)
        if not row.file or not path.is_file():
            raise Http404
        return FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type="text/csv")
