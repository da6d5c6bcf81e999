"""Addresses of pricing's pages, below `/m/<slug>/`."""

from django.urls import path

from pricing.pages import prices

app_name = "pricing"
urlpatterns = [path("products/<str:code>/prices/", prices.PriceChange.as_view(), name="product-prices")]
