"""Jobs as the API says them."""

from rest_framework import serializers

from config.kernel.api.fields import Moment, Out
from merchants.desk.states import JobStatus


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
