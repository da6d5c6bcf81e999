"""Product reviews, to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as __

from config.kernel.admin import ReadOnlyAdmin
from merchants.accounts.permissions import Permission
from support.models import ProductReview


@admin.register(ProductReview)
class ProductReviewAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Product reviews")
    list_display = ["external_id", "score", "order", "product", "merchant", "given_at"]
    list_select_related = ["merchant", "order", "product"]
    list_filter = ["score"]
    search_fields = ["external_id__exact", "order__number__exact", "merchant__slug__exact"]
