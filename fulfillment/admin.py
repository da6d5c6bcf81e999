"""Orders and what hangs on them, to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as __

from config.kernel.admin import ReadOnlyAdmin, ReadOnlyInline
from fulfillment.models import Order, OrderGroup, OrderLine, Payment, PaymentPart, Shipment
from merchants.accounts.permissions import Permission


@admin.register(OrderGroup)
class OrderGroupAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Order groups")
    list_display = ["number", "source", "source_status", "currency", "placed_at"]
    list_filter = ["source"]
    search_fields = ["number__exact"]


class LinesOfOrder(ReadOnlyInline):
    needs = Permission.PLATFORM_VIEW
    model = OrderLine
    verbose_name_plural = __("Order lines")


class PaymentPartsOfOrder(ReadOnlyInline):
    needs = Permission.PLATFORM_VIEW
    model = PaymentPart
    verbose_name_plural = __("Parts of payments")


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Orders")
    list_display = ["number", "merchant", "status", "source_status", "total", "paid", "gap", "placed_at"]
    list_select_related = ["merchant"]
    list_filter = ["status"]
    search_fields = ["number__exact", "external_id__exact", "merchant__slug__exact"]
    readonly_fields = ("gap",)
    inlines = [LinesOfOrder, PaymentPartsOfOrder]


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Payments")
    list_display = ["group", "sequence", "kind", "instalments", "amount", "paid_at"]
    list_select_related = ["group"]
    list_filter = ["kind"]
    search_fields = ["group__number__exact"]


@admin.register(Shipment)
class ShipmentAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Shipments")
    list_display = ["order", "merchant", "ship_by_at", "deliver_by_on", "handed_over_at", "delivered_at", "carrier"]
    list_select_related = ["merchant", "order"]
    search_fields = ["order__number__exact", "waybill__exact", "merchant__slug__exact"]
