"""Addresses of catalog's pages, below `/m/<slug>/`."""

from django.urls import path

from catalog.pages import products

app_name = "catalog"
urlpatterns = [
    path("products/", products.ProductIndex.as_view(), name="products"),
    path("products/new/", products.ProductCreation.as_view(), name="product-new"),
    path("products/export/", products.ProductExport.as_view(), name="product-export"),
    path("products/<str:code>/", products.ProductDetail.as_view(), name="product"),
    path("products/<str:code>/change/", products.ProductChange.as_view(), name="product-change"),
    path("products/<str:code>/status/", products.ProductStatusChange.as_view(), name="product-status"),
    path("products/<str:code>/variants/", products.VariantCreation.as_view(), name="product-variants"),
    path("products/<str:code>/listings/", products.ListingCreation.as_view(), name="product-listings"),
    path("products/<str:code>/listings/status/", products.ListingStatusChange.as_view(), name="product-listing-status"),
]
