"""Stock and its ledger, to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as __

from config.kernel.admin import ReadOnlyAdmin
from inventory.models import StockLevel, StockMovement
from merchants.accounts.permissions import Permission


@admin.register(StockLevel)
class StockLevelAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Stock")
    list_display = ["variant", "merchant", "on_hand", "reserved", "damaged", "incoming"]
    list_select_related = ["merchant", "variant"]
    search_fields = ["variant__sku__exact", "merchant__slug__exact"]


@admin.register(StockMovement)
class StockMovementAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Movements of stock")
    list_display = ["level", "merchant", "kind", "on_hand", "damaged", "incoming", "at"]
    list_select_related = ["merchant", "level"]
    list_filter = ["kind"]
    search_fields = ["level__variant__sku__exact", "merchant__slug__exact"]
