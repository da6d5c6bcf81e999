"""Prices, to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as __

from config.kernel.admin import ReadOnlyAdmin
from merchants.accounts.permissions import Permission
from pricing.models import Price


@admin.register(Price)
class PriceAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Prices")
    list_display = ["variant", "channel", "amount", "starts_at", "merchant"]
    list_select_related = ["merchant", "variant", "channel"]
    search_fields = ["variant__sku__exact", "merchant__slug__exact"]
