"""What the operator offers, as the API says it."""

from rest_framework import serializers

from config.kernel.api.fields import Out


class CategoryOut(Out):
    code = serializers.CharField()
    name = serializers.CharField(source="shown_name", help_text="In the language that was asked for.")
    depth = serializers.IntegerField(help_text="1 for the topmost; the order is the tree's.")


class ChannelOut(Out):
    code = serializers.CharField()
    name = serializers.CharField()
    currency = serializers.CharField()
