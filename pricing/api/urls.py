"""Addresses of prices, below `/api/v1/`."""

from django.urls import path

from pricing.api import views

urlpatterns = [
    path("prices/", views.Prices.as_view(), name="prices"),
    path("prices/bulk/", views.PricesInBulk.as_view(), name="prices-bulk"),
]
