"""The filters of the desk's lists: one FilterSet serves the chips of the page and the API alike."""

import django_filters as filters
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.kernel import imports, jobs
from config.kernel.filters import FromDay, UntilDay, refuse_invalid, refuse_unknown
from merchants.desk.models import ImportRun, Job, Notification, WorkItem
from merchants.desk.services.tables import ENCODINGS
from merchants.desk.states import ImportPolicy, ImportStatus, JobStatus

YES = [("yes", _("Yes"))]


def job_kinds() -> list[tuple[str, str]]:
    return [(kind.key, kind.label) for kind in jobs.kinds()]


class JobFilter(filters.FilterSet):
    status = filters.ChoiceFilter(label=_("Status"), choices=JobStatus.choices)
    kind = filters.ChoiceFilter(label=_("What"), choices=job_kinds)

    class Meta:
        model = Job
        fields: list[str] = []


class WorkFilter(filters.FilterSet):
    """Of `selectors.work_items`; what is closed is only shown when it is asked for."""

    mine = filters.ChoiceFilter(label=_("Mine"), choices=YES, method="being")
    overdue = filters.ChoiceFilter(label=_("Overdue"), choices=YES, method="being")
    closed = filters.ChoiceFilter(label=pgettext_lazy("work item", "Closed"), choices=YES, method="being")

    class Meta:
        model = WorkItem
        fields: list[str] = []

    def being(self, rows, name, value):
        return rows if name == "closed" else rows.filter(**{f"is_{name}": True})

    @property
    def qs(self):
        return super().qs.filter(is_open=self.data.get("closed") != "yes")


class NotificationFilter(filters.FilterSet):
    unread = filters.ChoiceFilter(label=_("Unread"), choices=YES, method="being_unread")

    class Meta:
        model = Notification
        fields: list[str] = []

    def being_unread(self, rows, name, value):
        return rows.filter(read_at=None)


class ImportFilter(filters.FilterSet):
    status = filters.ChoiceFilter(label=_("Status"), choices=ImportStatus.choices)
    sent_from = FromDay(label=_("Sent from"), field_name="started_at")
    sent_until = UntilDay(label=_("Sent until"), field_name="started_at")

    class Meta:
        model = ImportRun
        fields: list[str] = []


def import_kinds() -> list[tuple[str, str]]:
    return [(kind.key, kind.label) for kind in imports.kinds()]


class ImportReading(filters.FilterSet):
    """How a file that is sent is to be read; it filters nothing."""

    encoding = filters.ChoiceFilter(
        label=_("Encoding of a text; found out where it is not said."), choices=list(ENCODINGS.items())
    )
    name = filters.CharFilter(label=_("What the file is called."), max_length=200)

    class Meta:
        model = ImportRun
        fields: list[str] = []

    @classmethod
    def said_in(cls, query: QueryDict) -> dict:
        """Raises UnknownFilter (400)."""
        asked = cls(query, queryset=ImportRun.objects.none())
        refuse_unknown(query, asked.filters)
        refuse_invalid(asked)
        return asked.form.cleaned_data


class ImportSending(ImportReading):
    kind = filters.ChoiceFilter(label=_("What its lines are about."), choices=import_kinds, required=True)
    policy = filters.ChoiceFilter(label=_("What wrong lines mean for the others."), choices=ImportPolicy.choices)
    check = filters.ChoiceFilter(label=_("Only say what would become of it."), choices=YES)
