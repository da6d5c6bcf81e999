"""Beginning an export by the API: every list that has a file says which, the rest is the same."""

from django_filters import FilterSet

from config.kernel.api.resources import Resource
from merchants.desk.api.serializers import JobOut
from merchants.desk.models import Job
from merchants.desk.services import exports


def with_files(rows: list[Job]) -> list[Job]:
    """Give each job what its output says of its file."""
    for job in rows:
        job.file_is_there = bool(job.file)
    return rows


class Exports(Resource, abstract=True):
    """`kind` is the job's; the filters of the list, `chosen_by`, are parameters here too."""

    kind: str
    chosen_by: type[FilterSet]
    output, answers, item = JobOut, 202, "api:job"

    def filters(self):
        return self.chosen_by

    def create(self, data):
        chosen = {"query": self.request.query_params, "filterset": self.filters()}
        return exports.queue(self.kind, **chosen, by=self.actor, now=self.now)

    def ready(self, rows):
        return with_files(rows)

    def refuse_parameters(self, query):
        """They are filters, which the service looks at."""
