"""Marketplace imports: what each read, took, changed and refused."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as __

from config.kernel.admin import ReadOnlyAdmin
from merchants.accounts.permissions import Permission
from merchants.desk.models import ImportRun


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    needs = Permission.IMPORTS_VIEW
    title = __("Import runs")
    list_display = ["label", "source", "status", "started_by", "started_at", "finished_at", "merchant"]
    list_select_related = ["merchant"]
    list_filter = ["status", "source"]
    search_fields = ["public_id__exact", "source__exact"]
