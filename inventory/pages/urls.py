"""Addresses of inventory's pages, below `/m/<slug>/`. The export has one beside `stock/`, where any SKU may stand."""

from django.urls import path

from inventory.pages import stock

app_name = "inventory"
urlpatterns = [
    path("stock/", stock.StockIndex.as_view(), name="stocks"),
    path("stock-export/", stock.StockExport.as_view(), name="stock-export"),
    path("stock/<str:sku>/", stock.StockDetail.as_view(), name="stock"),
    path("stock/<str:sku>/receipt/", stock.StockReceipt.as_view(), name="stock-receipt"),
    path("stock/<str:sku>/announcement/", stock.StockAnnouncement.as_view(), name="stock-announcement"),
    path("stock/<str:sku>/adjustment/", stock.StockAdjustment.as_view(), name="stock-adjustment"),
    path("stock/<str:sku>/alert-line/", stock.StockAlertLine.as_view(), name="stock-alert-line"),
]
