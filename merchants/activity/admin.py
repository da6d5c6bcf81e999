"""The record of all that was done."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as __

from config.kernel.admin import ReadOnlyAdmin
from merchants.accounts.permissions import Permission
from merchants.activity.models import DomainEvent


@admin.register(DomainEvent)
class DomainEventAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Facts")
    list_display = ["name", "about", "actor", "merchant", "occurred_at", "recorded_at"]
    list_select_related = ["merchant"]
    search_fields = ["about__exact", "actor__exact", "name__startswith", "merchant__slug__exact"]
