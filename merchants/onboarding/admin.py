"""Shops, to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as __

from config.kernel.admin import ReadOnlyAdmin
from merchants.accounts.permissions import Permission
from merchants.onboarding.models import Shop


@admin.register(Shop)
class ShopAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Shops")
    list_display = ["name", "merchant", "country", "opened_at"]
    list_select_related = ["merchant"]
    list_filter = ["country"]
    search_fields = ["merchant__slug__exact", "name__startswith"]
