"""Addresses of stock, below `/api/v1/`."""

from django.urls import path

from inventory.api import views

urlpatterns = [
    path("stock/", views.Stock.as_view(), name="stock"),
    path("stock/movements/", views.StockMovements.as_view(), name="stock-movements"),
    path("stock/receipts/", views.StockReceipts.as_view(), name="stock-receipts"),
    path("stock/receipts/bulk/", views.StockReceiptsInBulk.as_view(), name="stock-receipts-bulk"),
    path("stock/announcements/", views.StockAnnouncements.as_view(), name="stock-announcements"),
    path("stock/adjustments/", views.StockAdjustments.as_view(), name="stock-adjustments"),
    path("stock/adjustments/bulk/", views.StockAdjustmentsInBulk.as_view(), name="stock-adjustments-bulk"),
    path("stock/alert-lines/", views.StockAlertLines.as_view(), name="stock-alert-lines"),
    path("stock/exports/", views.StockExports.as_view(), name="stock-exports"),
]
