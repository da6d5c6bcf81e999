"""Products and listings, to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as __

from catalog.models import Listing, Product, Variant
from config.kernel.admin import ReadOnlyAdmin, ReadOnlyInline
from merchants.accounts.permissions import Permission


class VariantsOfProduct(ReadOnlyInline):
    needs = Permission.PLATFORM_VIEW
    model = Variant


@admin.register(Product)
class ProductAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Products")
    list_display = ["code", "title", "merchant", "status", "category", "updated_at"]
    list_select_related = ["merchant", "category"]
    list_filter = ["status"]
    search_fields = ["code__exact", "external_id__exact", "merchant__slug__exact"]
    inlines = [VariantsOfProduct]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("category__names")


@admin.register(Variant)
class VariantAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Variants")
    list_display = ["sku", "specification", "product", "merchant", "barcode"]
    list_select_related = ["merchant", "product"]
    search_fields = ["sku__exact", "barcode__exact", "merchant__slug__exact"]


@admin.register(Listing)
class ListingAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Listings")
    list_display = ["variant", "channel", "status", "merchant", "listed_at"]
    list_select_related = ["merchant", "variant", "channel"]
    list_filter = ["status"]
    search_fields = ["variant__sku__exact", "merchant__slug__exact"]
