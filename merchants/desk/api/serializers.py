"""Jobs and imports as the API says them."""

from rest_framework import serializers

from config.kernel.api.fields import Moment, Out
from merchants.desk.states import ImportPolicy, ImportStatus, JobStatus


class JobOut(Out):
    id = serializers.UUIDField(source="public_id")
    kind = serializers.CharField()
    status = serializers.ChoiceField(JobStatus.choices)
    done = serializers.IntegerField(help_text="Rows so far.")
    total = serializers.IntegerField(allow_null=True, help_text="Rows in all, once it is known.")
    errors = serializers.IntegerField()
    has_file = serializers.BooleanField(source="file_is_there")
    created_at = Moment()
    ended_at = Moment(allow_null=True)
    expires_at = Moment(allow_null=True, help_text="Until when it is kept, with its file.")


class ReadColumnOut(Out):
    column = serializers.CharField(help_text="Its name among the columns of the kind.")
    heading = serializers.CharField(help_text="Where it stands in the file.")


class ImportCountsOut(Out):
    """What became of the lines, or would; null while it is not known."""

    read = serializers.IntegerField(allow_null=True)
    created = serializers.IntegerField(allow_null=True)
    changed = serializers.IntegerField(allow_null=True)
    unchanged = serializers.IntegerField(allow_null=True)
    rejected = serializers.IntegerField(allow_null=True)
    undone = serializers.IntegerField(allow_null=True)
    kept = serializers.IntegerField(allow_null=True)


class ImportOut(Out):
    id = serializers.UUIDField(source="public_id")
    kind = serializers.CharField()
    name = serializers.CharField(source="label")
    status = serializers.ChoiceField(ImportStatus.choices)
    policy = serializers.ChoiceField(ImportPolicy.choices)
    lines = serializers.IntegerField(allow_null=True, help_text="Of the file, below its headings.")
    columns = ReadColumnOut(many=True, source="read_columns")
    counts = ImportCountsOut()
    repairs = serializers.UUIDField(allow_null=True, source="first", help_text="The import whose lines these were.")
    started_at = Moment()
    finished_at = Moment(allow_null=True)
    job = JobOut(allow_null=True)


class FindingOut(Out):
    line = serializers.IntegerField(help_text="Its number in the file.")
    column = serializers.CharField(source="field", help_text="What it is called; empty for the line as a whole.")
    message = serializers.CharField()


class KeptOut(Out):
    line = serializers.IntegerField()
    thing = serializers.CharField()
    reason = serializers.CharField(source="kept_because")


class KindColumnOut(Out):
    column = serializers.CharField()
    label = serializers.CharField()
    is_required = serializers.BooleanField(help_text="In every line.")
    tells_apart = serializers.BooleanField(help_text="Lines are told apart by it.")


class ImportKindOut(Out):
    kind = serializers.CharField()
    label = serializers.CharField()
    scope = serializers.CharField(help_text="What a key needs besides to bring such a file in.")
    columns = KindColumnOut(many=True)


class ImportKindsOut(Out):
    kinds = ImportKindOut(many=True)
