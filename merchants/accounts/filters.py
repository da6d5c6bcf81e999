"""The filters of the list of a shop's people."""

import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from merchants.accounts.models import Credential, Membership
from merchants.accounts.permissions import Role


class MemberFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Name or e-mail"), method="search", max_length=200)
    role = filters.ChoiceFilter(label=_("Role"), choices=Role.choices, method="holding")

    class Meta:
        model = Membership
        fields: list[str] = []

    def search(self, rows, name, value):
        return rows.filter(Q(user__name__icontains=value) | Q(user__email__icontains=value))

    def holding(self, rows, name, value):
        return rows.filter(roles__contains=[value])


class CredentialFilter(filters.FilterSet):
    revoked = filters.ChoiceFilter(
        label=_("Revoked"), choices=[("yes", _("Yes")), ("no", _("No"))], method="being_revoked"
    )  # fmt: skip

    class Meta:
        model = Credential
        fields: list[str] = []

    def being_revoked(self, rows, name, value):
        return rows.filter(revoked_at__isnull=value == "no")
